"""Design section 8, cell by cell: what each office may do with each kind of record, and nothing else.

`DESIGN` is written from the table in the design; `NEEDED_BESIDES` names what a page of the product needs beyond a
cell's words, each with its reason. All that neither names must be refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from people.errors import NotAllowedError
from people.models import OPERATOR, Actor, HeldGrant, HubId, Office, PersonId, Subject
from people.rights import (
    Record,
    Right,
    has_individual_access,
    may_anywhere,
    may_in_hub,
    may_in_some_hub,
    may_on_person,
    require_anywhere,
    require_in_hub,
    require_on_person,
)

ME, OTHER, THIRD = PersonId(1), PersonId(2), PersonId(3)
HERE, ELSEWHERE = HubId("here"), HubId("elsewhere")


@dataclass(frozen=True)
class Reach:
    """The rights of a cell by how far they go."""

    own: str = ""
    assigned: str = ""
    hub: str = ""
    record: str = ""
    all: str = ""


NOTHING = Reach()

OWN_RECORD = {
    Record.RESULTS: "see write export appeal",
    Record.OBSERVATION: "see acknowledge appeal export",
    Record.READINESS: "see see_status export",
    Record.SIGN_OFF: "see acknowledge appeal export",
    Record.HOLD: "see_status appeal",
    Record.SUPERVISION: "see arrange export",
    Record.WELLBEING: "see write delete export",
    Record.CONFIDENCE: "see write export",
    Record.AUDIT: "see",
}
"""The row "own record", with what the trainee's cells below it say of single records. To arrange is to say when one is
free, to take, accept and call off meetings, to ask to be contacted, and to prepare a session that one leads."""

DESIGN: dict[tuple[Office, Record], Reach] = {
    # quiz results, module progress
    (Office.TRAINER, Record.RESULTS): Reach(assigned="see"),
    (Office.TRAINING_LEAD, Record.RESULTS): Reach(hub="see"),
    (Office.FUNDER, Record.RESULTS): Reach(hub="see_aggregate"),
    # gate status: of the rows results and observations, as readiness
    (Office.TRAINER, Record.READINESS): Reach(assigned="see see_status"),
    (Office.TRAINING_LEAD, Record.READINESS): Reach(hub="see see_status"),
    (Office.MANAGER, Record.READINESS): Reach(hub="see_status see_aggregate"),
    (Office.FUNDER, Record.READINESS): Reach(hub="see_aggregate"),
    # observations, ratings; a safeguarding lead sees the one behind a hold as part of the hold
    (Office.TRAINER, Record.OBSERVATION): Reach(assigned="see write"),
    (Office.TRAINING_LEAD, Record.OBSERVATION): Reach(hub="see adjudicate"),
    (Office.FUNDER, Record.OBSERVATION): Reach(hub="see_aggregate"),
    # sign-off
    (Office.TRAINER, Record.SIGN_OFF): Reach(assigned="see decide"),
    (Office.TRAINING_LEAD, Record.SIGN_OFF): Reach(hub="see decide countersign"),
    (Office.MANAGER, Record.SIGN_OFF): Reach(hub="see see_status"),
    (Office.FUNDER, Record.SIGN_OFF): Reach(hub="see_aggregate"),
    # hold
    (Office.TRAINER, Record.HOLD): Reach(assigned="see see_status open withdraw"),
    (Office.TRAINING_LEAD, Record.HOLD): Reach(hub="see see_status"),
    (Office.SAFEGUARDING_LEAD, Record.HOLD): Reach(hub="see see_status lift"),
    (Office.SAFEGUARDING_DEPUTY, Record.HOLD): Reach(hub="see see_status lift"),
    (Office.MANAGER, Record.HOLD): Reach(hub="see_status"),
    (Office.FUNDER, Record.HOLD): Reach(hub="see_aggregate"),
    # supervision, attendance, logistics
    (Office.TRAINER, Record.SUPERVISION): Reach(assigned="see write"),
    (Office.TRAINING_LEAD, Record.SUPERVISION): Reach(hub="see"),
    (Office.COORDINATOR, Record.SUPERVISION): Reach(hub="see write"),
    (Office.MANAGER, Record.SUPERVISION): Reach(hub="see"),
    (Office.FUNDER, Record.SUPERVISION): Reach(hub="see_aggregate"),
    # well-being check-in
    (Office.TRAINER, Record.WELLBEING): Reach(assigned="see"),
    # how sure people feel: seen like a check-in, and by the manager as sums (domain, part 0)
    (Office.TRAINER, Record.CONFIDENCE): Reach(assigned="see"),
    (Office.MANAGER, Record.CONFIDENCE): Reach(hub="see_aggregate"),
    (Office.FUNDER, Record.CONFIDENCE): Reach(hub="see_aggregate"),
    # rater severity and agreement
    (Office.TRAINER, Record.RATER): Reach(own="see"),
    (Office.TRAINING_LEAD, Record.RATER): Reach(own="see", hub="see"),
    (Office.MANAGER, Record.RATER): Reach(hub="see_aggregate"),
    # people, grants, cohorts
    (Office.COORDINATOR, Record.COHORT): Reach(hub="see write"),
    (Office.MANAGER, Record.PEOPLE): Reach(hub="see write"),
    (Office.MANAGER, Record.COHORT): Reach(hub="see write"),
    (Office.ADMINISTRATOR, Record.PEOPLE): Reach(all="see write reset_password"),
    (Office.ADMINISTRATOR, Record.COHORT): Reach(all="see write"),
    # programme text and rules
    (Office.TRAINEE, Record.PROGRAMME): Reach(all="see"),
    (Office.TRAINER, Record.PROGRAMME): Reach(all="see propose"),
    (Office.TRAINING_LEAD, Record.PROGRAMME): Reach(all="see draft publish"),
    (Office.MANAGER, Record.PROGRAMME): Reach(all="see draft publish"),
    (Office.SAFEGUARDING_LEAD, Record.SAFEGUARDING_TEXT): Reach(all="see approve"),
    (Office.SAFEGUARDING_DEPUTY, Record.SAFEGUARDING_TEXT): Reach(all="see approve"),
    # audit; a safeguarding lead's is the history of each hold, seen as part of the hold
    (Office.TRAINING_LEAD, Record.AUDIT): Reach(hub="see"),
    (Office.MANAGER, Record.AUDIT): Reach(hub="see"),
    (Office.ADMINISTRATOR, Record.AUDIT): Reach(all="see"),
    # reports of sums, frozen; the manager makes the file for research of those who agreed
    (Office.MANAGER, Record.REPORT): Reach(hub="see publish"),
    (Office.FUNDER, Record.REPORT): Reach(hub="see"),
    (Office.MANAGER, Record.RESEARCH): Reach(hub="export"),
    # one record until a date: an external countersigner
    (Office.COUNTERSIGNER, Record.READINESS): Reach(record="see see_status"),
    (Office.COUNTERSIGNER, Record.OBSERVATION): Reach(record="see"),
    (Office.COUNTERSIGNER, Record.SIGN_OFF): Reach(record="see countersign"),
}

NEEDED_BESIDES: dict[tuple[Office, Record], tuple[Reach, str]] = {
    (Office.TRAINER, Record.RESULTS): (
        Reach(assigned="unlock", hub="mark invigilate"),
        "more attempts are given by a trainer; texts are marked without a name, quizzes watched in the room",
    ),
    (Office.TRAINING_LEAD, Record.RESULTS): (
        Reach(hub="unlock mark invigilate adjudicate"),
        "and by the training lead where there is none, who decides between two marks",
    ),
    (Office.TRAINING_LEAD, Record.PROGRAMME): (
        Reach(all="correct", hub="judge open"),
        "answers for keys that were wrong, and for where a cut comes from",
    ),
    (Office.TRAINER, Record.PROGRAMME): (Reach(hub="judge"), "who knows the work says how hard a question is"),
    (Office.MANAGER, Record.PROGRAMME): (Reach(hub="judge open"), "who may draft a cut may ask judges for one"),
    (Office.TRAINER, Record.OBSERVATION): (Reach(assigned="take_over"), "sheets of paper come back through who trains"),
    (Office.TRAINING_LEAD, Record.OBSERVATION): (Reach(hub="take_over"), "or through the hub's training lead"),
    (Office.TRAINING_LEAD, Record.SIGN_OFF): (Reach(hub="revoke invite"), "who decides may take back, or ask outside"),
    (Office.MANAGER, Record.SIGN_OFF): (Reach(hub="invite"), "who gives offices may ask somebody from outside"),
    (Office.ADMINISTRATOR, Record.SIGN_OFF): (Reach(all="invite"), "and who looks after all accounts"),
    (Office.TRAINING_LEAD, Record.RATER): (Reach(hub="write"), "records that a calibration was passed"),
    (Office.TRAINER, Record.PEOPLE): (Reach(assigned="see reset_password"), "reset slips are given face to face"),
    (Office.TRAINING_LEAD, Record.PEOPLE): (Reach(hub="see"), "the names of those whose results they see"),
    (Office.TRAINING_LEAD, Record.COHORT): (Reach(hub="see"), "the cohorts of those whose results they see"),
    (Office.SAFEGUARDING_LEAD, Record.PROGRAMME): (Reach(all="see"), "the text to be approved stands in it"),
    (Office.SAFEGUARDING_DEPUTY, Record.PROGRAMME): (Reach(all="see"), "the text to be approved stands in it"),
    (Office.COORDINATOR, Record.PROGRAMME): (Reach(all="see"), "its sessions are what attendance is kept of"),
    (Office.COUNTERSIGNER, Record.PROGRAMME): (Reach(all="see"), "the levels to be countersigned stand in it"),
    (Office.ADMINISTRATOR, Record.PROGRAMME): (Reach(all="see"), "cohorts are opened for one"),
}


def _rights(text: str) -> set[Right]:
    return {Right(word) for word in text.split()}


def _expected(office: Office, record: Record, reach: str) -> set[Right]:
    besides = NEEDED_BESIDES.get((office, record), (NOTHING, ""))[0]
    return _rights(getattr(DESIGN.get((office, record), NOTHING), reach)) | _rights(getattr(besides, reach))


def _actor(office: Office, hub_id: HubId | None = HERE) -> Actor:
    match office:
        case Office.COUNTERSIGNER:
            grant = HeldGrant(office, record_id=THIRD)
        case Office.ADMINISTRATOR:
            grant = HeldGrant(office)
        case _:
            grant = HeldGrant(office, hub_id)
    return Actor(ME, "Me", (grant,))


def _allowed(actor: Actor, record: Record, subject: Subject) -> set[Right]:
    return {right for right in Right if may_on_person(actor, right, record, subject)}


Cell = Callable[[Office, Record], set[Right]]


def _of(subject: Subject, hub_id: HubId | None = HERE) -> Cell:
    """Return what an office held in the hub may do with records of the subject."""
    return lambda office, record: _allowed(_actor(office, hub_id), record, subject)


def _by(*reaches: str) -> Cell:
    """Return what the design gives an office by these reaches."""
    return lambda office, record: set().union(*(_expected(office, record, reach) for reach in reaches))


def _by_ones_own_and(*reaches: str) -> Cell:
    """Return the same, and besides what everybody but a funder may do with the own record."""
    besides = _by(*reaches)

    def expected(office: Office, record: Record) -> set[Right]:
        own = set() if office == Office.FUNDER else _rights(OWN_RECORD.get(record, ""))
        return own | besides(office, record)

    return expected


def _wrong_cells(found: Cell, expected: Cell) -> list[str]:
    """Return the cells of the table that differ from the design, with what is too much and what is missing."""
    cells = [
        (office, record, found(office, record), expected(office, record)) for office in Office for record in Record
    ]
    return [
        f"{office}, {record}: may also {_words(may - should)}, may not {_words(should - may)}"
        for office, record, may, should in cells
        if may != should
    ]


def _words(rights: set[Right]) -> str:
    return " ".join(sorted(rights)) or "nothing"


def test_own_record() -> None:
    assert _wrong_cells(_of(Subject(ME, frozenset({HERE}))), _by_ones_own_and("own", "hub", "all")) == []


def test_own_record_of_a_person_in_no_hub() -> None:
    assert _wrong_cells(_of(Subject(ME)), _by_ones_own_and("own", "all")) == []


def test_record_of_an_assigned_trainee_in_the_hub() -> None:
    subject = Subject(OTHER, frozenset({HERE}), frozenset({ME, THIRD}))
    assert _wrong_cells(_of(subject), _by("assigned", "hub", "all")) == []


def test_record_of_another_trainers_trainee_in_the_hub() -> None:
    assert _wrong_cells(_of(Subject(OTHER, frozenset({HERE}), frozenset({THIRD}))), _by("hub", "all")) == []


def test_record_of_somebody_in_another_hub() -> None:
    assert _wrong_cells(_of(Subject(OTHER, frozenset({ELSEWHERE}), frozenset({THIRD}))), _by("all")) == []


def test_record_opened_for_one_person() -> None:
    assert _wrong_cells(_of(Subject(THIRD, frozenset({ELSEWHERE}))), _by("record", "all")) == []


def test_office_in_all_hubs_reaches_every_hub() -> None:
    assert _wrong_cells(_of(Subject(OTHER, frozenset({ELSEWHERE})), hub_id=None), _by("hub", "all")) == []


def test_record_of_somebody_who_holds_an_office_in_the_hub_and_trains_elsewhere() -> None:
    def expected(office: Office, record: Record) -> set[Right]:
        is_of_the_office = record in {Record.PEOPLE, Record.RATER, Record.AUDIT}
        return _by("hub", "all")(office, record) if is_of_the_office else _by("all")(office, record)

    subject = Subject(OTHER, frozenset({ELSEWHERE}), frozenset({THIRD}), office_hub_ids=frozenset({HERE}))
    assert _wrong_cells(_of(subject), expected) == []


def test_records_of_a_whole_hub() -> None:
    def found_in(hub_id: HubId) -> Cell:
        return lambda office, record: {right for right in Right if may_in_hub(_actor(office), right, record, hub_id)}

    assert _wrong_cells(found_in(HERE), _by("hub", "all")) == []
    assert _wrong_cells(found_in(ELSEWHERE), _by("all")) == []


def test_records_that_belong_to_nobody() -> None:
    def found_by(may: Callable[[Actor, Right, Record], bool]) -> Cell:
        return lambda office, record: {right for right in Right if may(_actor(office), right, record)}

    assert _wrong_cells(found_by(may_anywhere), _by("all")) == []
    assert _wrong_cells(found_by(may_in_some_hub), _by("hub", "all")) == []


def test_a_cell_that_differs_is_named_with_what_differs() -> None:
    wrong = _wrong_cells(_of(Subject(OTHER, frozenset({HERE}), frozenset({ME}))), _by("hub", "all"))
    assert "trainer, results: may also see unlock, may not nothing" in wrong


@pytest.mark.parametrize("record", Record)
def test_without_any_office_only_the_own_record_is_open(record: Record) -> None:
    nobody = Actor(ME, "Me")
    assert _allowed(nobody, record, Subject(ME, frozenset({HERE}))) == _rights(OWN_RECORD.get(record, ""))
    assert _allowed(nobody, record, Subject(OTHER, frozenset({HERE}), frozenset({ME}))) == set()


@pytest.mark.parametrize("record", Record)
def test_operator_may_everything(record: Record) -> None:
    operator = Actor(OPERATOR, "root", is_operator=True)
    assert _allowed(operator, record, Subject(OTHER, frozenset({ELSEWHERE}))) == set(Right)
    assert all(may_in_hub(operator, right, record, HERE) and may_anywhere(operator, right, record) for right in Right)


@pytest.mark.parametrize("record", Record)
def test_two_offices_add_up(record: Record) -> None:
    both = replace(
        _actor(Office.TRAINER), grants=(HeldGrant(Office.TRAINER, HERE), HeldGrant(Office.COORDINATOR, HERE))
    )
    expected = set().union(
        *(_expected(o, record, r) for o in (Office.TRAINER, Office.COORDINATOR) for r in ("assigned", "hub", "all"))
    )
    assert _allowed(both, record, Subject(OTHER, frozenset({HERE}), frozenset({ME}))) == expected


def test_trainer_named_as_their_own_trainer_gains_nothing() -> None:
    subject = Subject(ME, frozenset({HERE}), frozenset({ME}))
    assert not may_on_person(_actor(Office.TRAINER), Right.DECIDE, Record.SIGN_OFF, subject)
    assert not may_on_person(_actor(Office.TRAINER), Right.RESET_PASSWORD, Record.PEOPLE, subject)


def test_offices_that_show_single_people() -> None:
    blind = {Office.TRAINEE, Office.FUNDER}
    assert {office for office in Office if not has_individual_access(office)} == blind


def test_refusals_say_what_and_whom_to_ask() -> None:
    actor = _actor(Office.COORDINATOR)
    with pytest.raises(NotAllowedError, match=r"see the results of person 2.*programme manager"):
        require_on_person(actor, Right.SEE, Record.RESULTS, Subject(OTHER, frozenset({HERE})))
    with pytest.raises(NotAllowedError, match="hub elsewhere"):
        require_in_hub(actor, Right.WRITE, Record.COHORT, ELSEWHERE)
    with pytest.raises(NotAllowedError, match="publish the programme"):
        require_anywhere(actor, Right.PUBLISH, Record.PROGRAMME)
