"""What is kept about today's readiness: always what the facts say, after every commit and every midnight."""

import time
from collections import Counter
from datetime import date, timedelta

from assessments.facts import (
    Attendance,
    Calibration,
    Certificate,
    Hold,
    Milestone,
    MilestoneKind,
    ModuleProgress,
    Presence,
)
from assessments.verdicts import GateState, Status, Verdict
from curriculum.gates import CertificateGate, CertificatePart, PortfolioGate, Severity
from curriculum.ids import BehaviourId, CertificateId, GateId, ModuleId
from people.facts import Amendment, Change, Enrolment, RecordOpened
from people.models import PersonId
from store.readiness import verdicts
from store.standing import (
    Refresher,
    board,
    board_counts,
    catch_up,
    differing,
    rebuild,
    refresh,
    refresh_all,
    standing_of,
)
from tests.analytics.place import COHORT, HUB, STRANGER, TRAINEE, TRAINER, WHY, Place
from tests.builders import PROGRAMME, ROLE

CERTIFICATE = CertificateId("safeguarding")


def today(place: Place) -> Verdict:
    found = standing_of(place.store, PROGRAMME, TRAINEE)
    assert found is not None
    return found


def state_of(verdict: Verdict, gate: str) -> GateState:
    return next(one.state for one in verdict.gates if one.gate_id == gate)


def from_facts(place: Place) -> list[Verdict]:
    return verdicts(place.store, PROGRAMME, as_of=place.now, known_at=place.now)


def reflect(place: Place, person_id: PersonId = TRAINEE) -> None:
    place.note(Milestone, person_id=person_id, kind=MilestoneKind.REFLECTION, what="M1")


def test_what_is_kept_is_the_verdict_from_the_facts(place: Place) -> None:
    reflect(place)
    place.observe(-3)
    place.enrol(STRANGER)
    assert [row.verdict for row in board(place.store, PROGRAMME)] == from_facts(place)
    assert today(place) == from_facts(place)[0]


def test_a_commit_is_seen_at_the_next_reading(place: Place) -> None:
    assert today(place).status is Status.NOT_STARTED
    place.note(Attendance, session_id="T1", presence=Presence.PRESENT, minutes=120)
    assert today(place).status is Status.IN_TRAINING


def test_reading_a_module_begins_the_training(place: Place) -> None:
    assert today(place).status is Status.NOT_STARTED
    place.note(ModuleProgress, module_id=ModuleId("M1"), step=0)
    assert today(place).status is Status.IN_TRAINING


def test_a_correction_is_seen_at_the_next_reading(place: Place) -> None:
    wrong = place.note(Attendance, session_id="T1", presence=Presence.PRESENT, minutes=120)
    assert today(place).status is Status.IN_TRAINING
    place.record(Amendment, target_id=wrong.fact_id, change=Change.VOID)
    assert today(place).status is Status.NOT_STARTED


def test_a_calibration_changes_what_is_said_about_whom_the_observer_watched(place: Place) -> None:
    place.observe(-3)
    assert state_of(today(place), "assessor") is GateState.NOT_COMPUTABLE
    taken = place.note(Calibration, -5, person_id=TRAINER, is_passed=True)
    assert state_of(today(place), "assessor") is GateState.MET
    place.record(Amendment, person_id=TRAINER, target_id=taken.fact_id, change=Change.REVOKED)
    assert state_of(today(place), "assessor") is GateState.NOT_COMPUTABLE


def test_a_certificate_runs_out_at_midnight_without_any_fact(place: Place) -> None:
    place.record(Certificate, certificate_id=CERTIFICATE, issued_on=date(2026, 1, 1), expires_on=date(2026, 3, 10))
    assert state_of(today(place), "certificate") is GateState.MET
    place.now += timedelta(days=1)
    assert state_of(today(place), "certificate") is GateState.NOT_MET


def test_who_is_no_longer_enrolled_is_no_longer_kept(place: Place) -> None:
    joined = place.enrol(STRANGER)
    assert len(board(place.store, PROGRAMME)) == 2
    place.record(Amendment, person_id=STRANGER, target_id=joined.fact_id, change=Change.VOID)
    assert [row.verdict.person_id for row in board(place.store, PROGRAMME)] == [TRAINEE]


def test_a_board_is_of_a_cohort_a_hub_or_a_trainer(place: Place) -> None:
    place.enrol(STRANGER)
    everybody = [TRAINEE, STRANGER]
    found = {
        "cohort": board(place.store, PROGRAMME, cohort_id=COHORT),
        "hub": board(place.store, PROGRAMME, hub_id=HUB),
        "trainer": board(place.store, PROGRAMME, trainer_id=TRAINER),
        "nobody's": board(place.store, PROGRAMME, trainer_id=STRANGER),
    }
    people = {name: [row.verdict.person_id for row in rows] for name, rows in found.items()}
    assert people == {"cohort": everybody, "hub": everybody, "trainer": [TRAINEE], "nobody's": []}
    assert [row.name for row in found["hub"]] == ["Sunita", "Person 3"]


def test_counts_agree_with_the_rows_they_count(place: Place) -> None:
    place.enrol(STRANGER)
    reflect(place)
    place.observe(-3)
    rows = [row.verdict for row in board(place.store, PROGRAMME, hub_id=HUB)]
    counts = board_counts(place.store, PROGRAMME, hub_id=HUB)
    assert list(counts) == [ROLE]
    assert counts[ROLE].by_status == Counter(verdict.status for verdict in rows)
    gates = {gate.gate_id for verdict in rows for gate in verdict.gates}
    assert counts[ROLE].by_gate == {gate: Counter(state_of(verdict, gate) for verdict in rows) for gate in gates}


def test_one_gate_away_is_counted_by_that_gate() -> None:
    parts = (CertificatePart(certificate=CERTIFICATE, months=24),)
    place = Place(
        PortfolioGate(id=GateId("reflections"), title="Reflections", why=WHY, kind="portfolio", min=1),
        CertificateGate(id=GateId("certificate"), title="Certificate", why=WHY, kind="certificate", parts=parts),
        PortfolioGate(id=GateId("more"), title="More", why=WHY, kind="portfolio", min=9, severity=Severity.WARN),
    )
    assert board_counts(place.store, PROGRAMME)[ROLE].one_away == Counter()
    reflect(place)
    assert board_counts(place.store, PROGRAMME)[ROLE].one_away == Counter({GateId("certificate"): 1})
    place.store.close()


def test_a_hold_shows_since_when_and_the_oldest_open_one_counts(place: Place) -> None:
    seen = place.observe(-3, 1, critical_unhelpful=1)
    more = {"observation_id": seen.fact_id, "behaviour_id": BehaviourId("D1.1-U1")}
    first = place.note(Hold, -3, **more)
    place.note(Hold, -1, **more)
    assert (today(place).status, today(place).hold_since) == (Status.ON_HOLD, date(2026, 3, 7))
    place.record(Amendment, target_id=first.fact_id, change=Change.LIFTED)
    assert today(place).hold_since == date(2026, 3, 9)


# ---------------------------------------------------------------- proof


def test_what_was_tampered_with_is_found_and_mended(place: Place) -> None:
    place.enrol(STRANGER)
    catch_up(place.store)
    assert differing(place.store) == []
    place.store.write(lambda batch: batch.execute("UPDATE person_gate SET state = 'met' WHERE person_no = 3"))
    place.store.write(lambda batch: batch.execute("DELETE FROM person_status WHERE person_no = 1"))
    assert differing(place.store) == [TRAINEE, STRANGER]
    rebuild(place.store)
    assert differing(place.store) == []
    assert [row.verdict for row in board(place.store, PROGRAMME)] == from_facts(place)


def test_what_waits_to_be_brought_up_to_date_is_no_fault(place: Place) -> None:
    catch_up(place.store)
    reflect(place)
    place.now += timedelta(days=2)
    assert differing(place.store) == []


def test_only_the_people_named_are_computed_anew(place: Place) -> None:
    place.enrol(STRANGER)
    catch_up(place.store)
    place.store.write(lambda batch: batch.execute("UPDATE person_gate SET have = 99"))
    refresh(place.store, [STRANGER])
    assert differing(place.store) == [TRAINEE]
    refresh_all(place.store)
    assert differing(place.store) == []


def test_people_whose_numbers_lie_far_apart_are_all_computed(place: Place) -> None:
    far = [PersonId(number) for number in (700, 2000, 30_000)]
    for person_id in far:
        place.enrol(person_id)
    assert [row.verdict.person_id for row in board(place.store, PROGRAMME)] == [TRAINEE, *far]
    for person_id in far:
        reflect(place, person_id)
    assert [row.verdict for row in board(place.store, PROGRAMME)] == from_facts(place)


def test_an_empty_store_has_an_empty_board() -> None:
    place = Place()
    assert board(place.store, PROGRAMME)[0].verdict.gates == ()
    joined = place.store.list_facts(Enrolment, TRAINEE)[0]
    place.record(Amendment, target_id=joined.fact_id, change=Change.VOID)
    assert board(place.store, PROGRAMME) == []
    assert standing_of(place.store, PROGRAMME, TRAINEE) is None
    assert board_counts(place.store, PROGRAMME) == {}
    place.store.close()


def test_facts_that_change_nothing_are_not_even_noted(place: Place) -> None:
    catch_up(place.store)
    before = place.store.engine.fetch("SELECT ledger_position FROM standing_as_of")
    place.record(RecordOpened, what="observation")
    catch_up(place.store)
    assert place.store.engine.fetch("SELECT ledger_position FROM standing_as_of") == before
    reflect(place)
    catch_up(place.store)
    assert place.store.engine.fetch("SELECT ledger_position FROM standing_as_of") == [(place.store.position,)]


def test_a_running_app_catches_up_by_itself(place: Place) -> None:
    refresher = Refresher(place.store)
    refresher.start()
    reflect(place)
    position, noted = place.store.position, 0
    until = time.monotonic() + 10
    while noted != position and time.monotonic() < until:
        time.sleep(0.05)
        rows = place.store.engine.fetch("SELECT ledger_position FROM standing_as_of")
        noted = rows[0][0] if rows else 0
    refresher.stop()
    assert noted == position
