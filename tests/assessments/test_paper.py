"""Forms from paper: read cell by cell, tried first, taken over once, and never past the rules of *Observe*."""

import csv
import io
from typing import Any

import pytest

from assessments.commands import describe
from assessments.errors import HasLeftError, LateEntryError, OtherRaterError, SheetKnownError, WrongInputError
from assessments.facts import (
    GlobalRating,
    Hold,
    Observation,
    ObservationOpened,
    Relation,
    Seen,
    SheetSource,
    SheetTakenOver,
    Stage,
    Tick,
)
from assessments.paper.batch import read_batch
from assessments.paper.codes import (
    content_code,
    new_form_code,
    person_code,
    read_form_code,
    read_person_code,
    same_content,
)
from assessments.paper.columns import answer_columns, column_names, template
from assessments.service.paper import Note, Outcome, Report, take_over
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import ClockChange, Pause
from people.models import Actor, PersonId
from tests.assessments.world import World, find_all, make_actor
from tests.builders import NOW, PROGRAMME, make_programme

PROGRAMME_AS_MADE = make_programme()
FORM, OTHER_FORM = "K7QM-2XP", "ABCD-EFG"
BASICS = {"L1/D1.1-B1": "s", "L1/D1.1-B2": "s", "L1/D1.1-F1": "n", "L1/D1.1-U1": "n"}


def whole_code(signs: str) -> str:
    """Return a form's code with the sign that proves it."""
    from people.codes import ALPHABET

    return next(code for sign in ALPHABET if (code := read_form_code(signs + sign)))


def row(checklist_id: str = "C2", **cells: str) -> dict[str, str]:
    """Return a sheet of the trainer about the trainee in a real group, all basics of L1 seen."""
    checklist = PROGRAMME_AS_MADE.checklist_by_id[ChecklistId(checklist_id)]
    filled = {
        "form": whole_code(FORM),
        "checklist": checklist_id,
        "content": content_code(PROGRAMME_AS_MADE, checklist),
        "trainee": person_code(PersonId(1)),
        "observer": person_code(PersonId(3)),
        "day": "2025-03-09",
        "setting": "live",
        "stage": "lead_part",
        "session": "G1 S2",
        "second_leader": "y",
        "counts": "y",
        "overall": "3",
        "help": "4",
    }
    return filled | BASICS | {name.replace("__", "/"): cell for name, cell in cells.items()}


def batch(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    names = list(dict.fromkeys(name for one in rows for name in one))
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def try_out(world: World, content: bytes, actor: Actor | None = None, **changes: Any) -> Report:
    given: dict[str, Any] = {"saw": (), "is_dry": True, "now": NOW} | changes
    return take_over(world.ledger, actor or world.trainer, content, **given)


def take_in(world: World, content: bytes, actor: Actor | None = None, **changes: Any) -> Report:
    return try_out(world, content, actor, is_dry=False, **changes)


def refusal(world: World, actor: Actor | None = None, **cells: str) -> Any:
    report = try_out(world, batch(row(**cells)), actor)
    assert report.faults == ()
    assert report.lines[0].outcome is Outcome.REFUSED
    return report.lines[0].refusal


# ---------------------------------------------------------------- codes


def test_code_of_a_form_survives_how_it_is_typed_and_proves_itself() -> None:
    code = new_form_code()
    assert read_form_code(f" {code.lower().replace('-', ' ')} ") == code
    signs = code.replace("-", "")
    assert read_form_code(signs[:-1]) is None
    for place in range(len(signs) - 1):
        swapped = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
        assert read_form_code(swapped) == (code if swapped == signs else None)


def test_code_of_a_person_is_the_number_and_a_proof() -> None:
    assert read_person_code(person_code(PersonId(17))) == PersonId(17)
    codes = [person_code(PersonId(number)) for number in range(1, 200)]
    swapped = {f"{code.split('-')[0][::-1]}-{code[-1]}" for code in codes} - set(codes)
    assert [code for code in swapped if read_person_code(code) is not None] == []
    assert read_person_code("17") is None
    assert read_person_code("Tom") is None


def test_another_wording_is_another_content() -> None:
    checklist = PROGRAMME_AS_MADE.checklist_by_id[ChecklistId("C2")]
    first = checklist.lines[0].model_copy(update={"text": "Otherwise"})
    changed = checklist.model_copy(update={"lines": (first, *checklist.lines[1:])})
    code = content_code(PROGRAMME_AS_MADE, checklist)
    assert same_content(code.lower().replace("-", ""), code)
    assert content_code(PROGRAMME_AS_MADE, changed) != code


# ---------------------------------------------------------------- the template


def test_template_has_a_column_for_each_item_and_says_which_checklist_it_is() -> None:
    checklist = PROGRAMME_AS_MADE.checklist_by_id[ChecklistId("C2")]
    made = template(PROGRAMME_AS_MADE, checklist, 2)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert tuple(rows[0]) == column_names(PROGRAMME_AS_MADE, checklist)
    assert [one["checklist"] for one in rows] == ["C2", "C2"]
    shown = [column.name for column in answer_columns(PROGRAMME_AS_MADE, checklist) if column.line.id == "L1"]
    assert shown == ["L1/all", "L1/D1.1-B1", "L1/D1.1-B2", "L1/D1.1-F1", "L1/D1.1-U1"]


def test_an_empty_template_holds_no_form(world: World) -> None:
    checklist = PROGRAMME_AS_MADE.checklist_by_id[ChecklistId("C2")]
    assert read_batch(template(PROGRAMME_AS_MADE, checklist)).rows == ()
    assert take_in(world, template(PROGRAMME_AS_MADE, checklist)).lines == ()


# ---------------------------------------------------------------- taking over


def test_a_trial_says_what_would_happen_and_writes_nothing(world: World) -> None:
    n_before = len(world.ledger.facts)
    report = try_out(world, batch(row()))
    assert [line.outcome for line in report.lines] == [Outcome.NEW]
    assert len(world.ledger.facts) == n_before


def test_a_form_becomes_what_the_page_would_have_made_of_it(world: World) -> None:
    report = take_in(world, batch(row(began="18:30", ended="18:52", strength="Waits for people")))
    assert report.count(Outcome.NEW) == 1
    (observation,) = find_all(world, Observation)
    assert observation.actor_id == world.trainer.person_id
    assert observation.person_id == world.trainee.person_id
    assert (observation.setting, observation.stage, observation.session_code) == (
        Setting.LIVE,
        Stage.LEAD_PART,
        "G1 S2",
    )
    assert observation.counts
    assert (observation.global_rating, observation.entrustment) == (GlobalRating.PASS, 4)
    assert observation.seconds == 22 * 60
    assert observation.strength == "Waits for people"
    assert {one.line_id: one.level for one in observation.ratings}["L1"] == 3
    assert world.ledger.day_of(observation.occurred_at).isoformat() == "2025-03-09"
    assert len(find_all(world, Tick)) == 4


def test_who_took_it_over_and_from_which_sheet_is_recorded(world: World) -> None:
    take_in(world, batch(row()), world.lead)
    (taken,) = find_all(world, SheetTakenOver)
    (opened,) = find_all(world, ObservationOpened)
    assert taken.actor_id == world.lead.person_id
    assert opened.actor_id == world.trainer.person_id
    assert (taken.opened_id, taken.source, taken.sheet) == (opened.fact_id, SheetSource.PAPER, whole_code(FORM))


def test_a_second_time_changes_nothing_and_says_so(world: World) -> None:
    content = batch(row(), row(form=whole_code(OTHER_FORM)))
    take_in(world, content)
    n_before = len(world.ledger.facts)
    report = take_in(world, content)
    assert [line.outcome for line in report.lines] == [Outcome.SAME, Outcome.SAME]
    assert len(world.ledger.facts) == n_before


def test_other_content_under_a_known_form_is_refused_and_named(world: World) -> None:
    take_in(world, batch(row()))
    error = refusal(world, overall="4", **{"L1/D1.1-B2": "n"})
    assert isinstance(error, SheetKnownError)
    assert error.differs == "overall or help, answers"
    assert "photocopied" in str(error)


@pytest.mark.parametrize("is_dry", [True, False])
def test_a_form_that_stands_twice_in_a_file_is_taken_once(world: World, is_dry: bool) -> None:
    report = try_out(world, batch(row(), row(), row(help="1")), is_dry=is_dry)
    assert [line.outcome for line in report.lines] == [Outcome.NEW, Outcome.SAME, Outcome.REFUSED]
    assert len(find_all(world, Observation)) == (0 if is_dry else 1)


def test_of_two_who_take_over_the_same_sheet_at_once_one_is_told_that_it_is_here(world: World) -> None:
    content = batch(row(), row(form=whole_code(OTHER_FORM)))

    def be_quicker(n_done: int, n_all: int) -> None:
        if n_done == 1:
            take_in(world, batch(row()), world.lead)

    report = take_in(world, content, progress=be_quicker)
    assert [line.outcome for line in report.lines] == [Outcome.SAME, Outcome.NEW]
    assert len(find_all(world, Observation)) == 2


def test_a_numbered_photocopy_is_a_form_of_its_own(world: World) -> None:
    report = take_in(world, batch(row(copy=""), row(copy="2", day="2025-03-08")))
    assert report.count(Outcome.NEW) == 2
    assert report.lines[1].sheet == f"{whole_code(FORM)}/2"


def test_boxes_for_all_of_a_kind_stand_for_the_answers(world: World) -> None:
    cells = dict.fromkeys(BASICS, "")
    take_in(world, batch(row(**cells, L1__all="y", none_unhelpful="x", no_further="y")))
    (observation,) = find_all(world, Observation)
    assert {one.line_id: one.level for one in observation.ratings} == {"L1": 3, "L2": None}
    unhelpful = [one for one in find_all(world, Tick) if str(one.behaviour_id).endswith("U1")]
    assert [one.state for one in unhelpful] == [Seen.NOT_SEEN] * 2


def test_whole_words_and_large_letters_are_read_too(world: World) -> None:
    cells = {"L1/D1.1-B1": "SEEN", "L1/D1.1-B2": "S", "L1/D1.1-F1": "not seen", "L1/D1.1-U1": "N"}
    report = take_in(world, batch(row(setting="2", stage="3", overall="Pass", **cells)))
    assert report.count(Outcome.NEW) == 1


def test_ones_own_sheet_and_the_partners_are_taken_over_by_the_trainer(world: World) -> None:
    own = row("C8", form=whole_code(FORM), observer="", counts="")
    partner = row("C9", form=whole_code(OTHER_FORM), observer=person_code(PersonId(2)), counts="")
    for sheet in (own, partner):
        assert take_in(world, batch(sheet)).count(Outcome.NEW) == 1
    assert {one.relation: one.actor_id for one in find_all(world, Observation)} == {
        Relation.SELF: world.trainee.person_id,
        Relation.PARTNER: world.fellow.person_id,
    }
    assert not any(one.counts for one in find_all(world, Observation))


# ---------------------------------------------------------------- harm


HARM = {"L2/D1.2-U1": "s"}


def test_harm_waits_until_it_is_confirmed(world: World) -> None:
    report = take_in(world, batch(row(**HARM)))
    assert report.lines[0].outcome is Outcome.HARM
    assert report.lines[0].harmful
    assert find_all(world, Observation) == []
    assert describe(report)["waiting"][0]["harmful"] == list(report.lines[0].harmful)


def test_confirmed_harm_opens_a_hold(world: World) -> None:
    report = take_in(world, batch(row(**HARM)), saw=[whole_code(FORM)])
    assert report.lines[0].outcome is Outcome.NEW
    (hold,) = find_all(world, Hold)
    assert (hold.person_id, hold.actor_id) == (world.trainee.person_id, world.trainer.person_id)


def test_a_confirmation_covers_its_own_sheet_alone(world: World) -> None:
    report = take_in(world, batch(row(**HARM), row(form=whole_code(OTHER_FORM), **HARM)), saw=[whole_code(FORM)])
    assert [line.outcome for line in report.lines] == [Outcome.NEW, Outcome.HARM]
    assert len(find_all(world, Hold)) == 1


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("form", "K7QM-2XPY", "a code such as"),
        ("form", "", "a code such as"),
        ("copy", "two", "a number"),
        ("trainee", "Tom Baker", "a person's code"),
        ("trainee", "1-A", "a person's code"),
        ("observer", "3", "a person's code"),
        ("day", "11/12/2025", "a day such as 2026-11-27"),
        ("day", "", "a day such as 2026-11-27"),
        ("day", "2025-03-11", "2025-03-10 or earlier"),
        ("began", "25:00", "a time such as 18:30"),
        ("setting", "3", "1 (roleplay), 2 (live)"),
        ("stage", "", "1 (observe)"),
        ("counts", "", "y or n"),
        ("second_leader", "maybe", "y or n"),
        ("late_reason", "holiday", "one of"),
        ("session", "", "a code for the live session"),
        ("L1/D1.1-B1", "q", "s (seen), n (not_seen), o (no_opportunity)"),
        ("overall", "5", "1 (not_yet)"),
        ("help", "6", "1 to 5"),
        ("strength", "Her son is 4 years old", "a few words about practice"),
        ("content", "AAAA-BBBB", "-"),
        ("checklist", "C99", "a checklist of a programme"),
        ("checklist", "C10", "a checklist of a programme"),
    ],
)
def test_each_wrong_cell_is_named_with_what_is_expected(world: World, column: str, cell: str, expected: str) -> None:
    error = refusal(world, **{column: cell})
    assert isinstance(error, WrongInputError)
    assert expected in error.expected
    assert error.advice


def test_times_must_follow_one_another(world: World) -> None:
    assert refusal(world, began="19:00", ended="18:00").where == "ended"


def test_a_box_for_all_that_contradicts_an_answer_is_refused(world: World) -> None:
    assert refusal(world, L1__all="y", **{"L1/D1.1-B2": "n"}).where == "L1/D1.1-B2"


def test_a_role_plays_story_is_asked_and_nothing_else_has_one(world: World) -> None:
    assert refusal(world, scenario="sore-arm").where == "scenario"


def test_a_trainee_who_has_left_is_refused(world: World) -> None:
    world.record(Pause, world.trainee, world.manager, programme_id=PROGRAMME, change=ClockChange.WITHDRAWN)
    assert isinstance(refusal(world), HasLeftError)


def test_long_ago_needs_a_reason(world: World) -> None:
    assert isinstance(refusal(world, day="2024-12-01"), LateEntryError)
    report = take_in(world, batch(row(day="2024-12-01", late_reason="paper_record")))
    assert report.count(Outcome.NEW) == 1
    assert find_all(world, SheetTakenOver)[0].late_reason == "paper_record"


def test_an_observer_without_the_right_is_refused(world: World) -> None:
    observer = person_code(world.outsider.person_id)
    assert isinstance(refusal(world, world.lead, observer=observer), NotAllowedError)


def test_a_trainer_takes_over_no_other_trainers_sheets(world: World) -> None:
    observer = person_code(world.second_trainer.person_id)
    assert isinstance(refusal(world, observer=observer), OtherRaterError)
    assert take_in(world, batch(row(observer=observer)), world.lead).count(Outcome.NEW) == 1


def test_people_out_of_reach_and_people_who_are_not_are_told_alike(world: World) -> None:
    far, nobody = (str(refusal(world, trainee=person_code(PersonId(n)))) for n in (11, 400))
    assert far.replace("11", "?") == nobody.replace("400", "?")


def test_nobody_takes_over_sheets_about_themselves(world: World) -> None:
    report = try_out(world, batch(row()), make_actor(1, *world.lead.offices))
    assert report.lines[0].outcome is Outcome.REFUSED


def test_who_may_take_over_nothing_does_not_even_try(world: World) -> None:
    for actor in (world.trainee, world.coordinator, world.manager, world.safeguarding):
        with pytest.raises(NotAllowedError):
            try_out(world, batch(row()), actor)


def test_one_bad_line_keeps_no_other_back(world: World) -> None:
    report = take_in(world, batch(row(help="9"), row(form=whole_code(OTHER_FORM))))
    assert [line.outcome for line in report.lines] == [Outcome.REFUSED, Outcome.NEW]
    told = describe(report)
    assert (told["taken_over"], told["refused"][0]["line"], told["refused"][0]["column"]) == (1, 2, "help")


def test_a_file_holds_one_checklist(world: World) -> None:
    other = row("C8", form=whole_code(OTHER_FORM), observer="", counts="")
    report = take_in(world, batch(row(), other))
    assert [line.outcome for line in report.lines] == [Outcome.NEW, Outcome.REFUSED]
    assert "file of their own" in str(report.lines[1].refusal)


# ---------------------------------------------------------------- what is worth knowing


def test_unanswered_lines_and_what_cannot_count_are_told(world: World) -> None:
    report = try_out(world, batch(row(second_leader="n")))
    assert set(report.lines[0].notes) == {Note.FORMATIVE, Note.UNANSWERED}


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16"), (";", "utf-16-le")],
)
def test_files_are_read_as_people_save_them(world: World, delimiter: str, encoding: str) -> None:
    content = batch(row(strength="Écoute très bien"), delimiter=delimiter, encoding=encoding)
    report = take_in(world, content)
    assert report.count(Outcome.NEW) == 1
    assert find_all(world, Observation)[0].strength == "Écoute très bien"


def test_a_column_that_no_template_has_refuses_the_file(world: World) -> None:
    report = take_in(world, batch(row() | {"child": "Ana"}))
    assert "nothing about a family may stand here" in report.faults[0].expected
    assert find_all(world, Observation) == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04rest", b"\xff\xfe\x00\xd8", b"name,age\nAna,4\n", b"form,form\n1,2\n", b'form,day\n"x']
)
def test_a_file_that_is_none_is_refused_as_a_whole(world: World, content: bytes) -> None:
    report = take_in(world, content)
    assert report.faults
    assert report.lines == ()
    assert describe(report)["refused"][0]["expected"]


def test_a_tablets_file_is_known_by_its_own_number(world: World) -> None:
    number = "0f8fad5b-d9cb-469f-a165-70867728950e"
    cells = row(form="", setting="live")
    groups = {"trainee": "head-", "L1/D1.1-B1": "items-", "overall": "foot-"}
    sent = {
        groups.get(name, "") + name.casefold().replace("/", "_").replace(".", "_").replace("-", "_"): cell
        for name, cell in cells.items()
        if name != "form"
    }
    sent |= {"SubmissionDate": "2025-03-09T20:00:00Z", "meta-instanceID": f"uuid:{number}", "KEY": f"uuid:{number}"}
    sent |= {"day": "2025-03-09", "began": "18:30:00.000+00:00", "ended": "18:52:00.000+00:00"}
    report = take_in(world, batch(sent))
    assert [(line.outcome, line.sheet) for line in report.lines] == [(Outcome.NEW, number)]
    assert take_in(world, batch(sent)).count(Outcome.SAME) == 1
    (taken,) = find_all(world, SheetTakenOver)
    assert taken.source is SheetSource.TABLET


def test_progress_is_told(world: World) -> None:
    told: list[tuple[int, int]] = []
    try_out(world, batch(row(), row(form=whole_code(OTHER_FORM))), progress=lambda *n: told.append(n))
    assert told == [(0, 2), (1, 2), (2, 2)]
