"""The proof finds what was touched, and nothing else."""

import pytest

from assessments.facts import ItemScore, Milestone, MilestoneKind
from curriculum.bundle import to_bundle
from curriculum.ids import ItemId
from people.facts import CohortOpened, Enrolment
from people.ids import new_fact_id
from people.models import HubId
from store.ledger import Store
from store.standing import rebuild
from store.verify import verify
from tests.builders import COHORT, ROLE, make_attempt, make_programme, make_started
from tests.store.making import ANN, NOW, PROGRAMME, TOM, amendment, person_added, progress

ITEMS = (ItemScore(0, ItemId("m1-01"), 1, 1, 4), ItemScore(1, ItemId("m1-02"), 0, 1, 5))


@pytest.fixture
def full(store: Store) -> Store:
    """A store with facts of several shapes, private texts, a follow-up and a bundle."""
    started = make_started()
    reflection = Milestone(
        fact_id=new_fact_id(),
        person_id=ANN,
        actor_id=ANN,
        occurred_at=NOW,
        programme_id=PROGRAMME,
        kind=MilestoneKind.REFLECTION,
        what="m1",
        note="I listened first.",
    )
    step = progress(3)
    store.append(person_added(), person_added(TOM), started, make_attempt(started, items=ITEMS), reflection, step)
    store.append(amendment(step))
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    return store


def _tamper(store: Store, statement: str) -> None:
    store.write(lambda batch: batch.execute(statement))


def test_an_untouched_store_has_no_faults(full: Store) -> None:
    proof = verify(full)
    assert (proof.n_facts, proof.n_erased, proof.faults) == (7, 0, ())


def test_an_empty_store_has_no_faults(store: Store) -> None:
    assert verify(store).as_dict() == {"facts": 0, "erased_texts": 0, "problems": []}


@pytest.mark.parametrize(
    ("statement", "where", "message"),
    [
        ("UPDATE module_progress SET step = 4", "module_progress 6", "digest differs"),
        ("UPDATE module_progress SET person_no = 2", "module_progress 6", "digest differs"),
        ("UPDATE person_added SET recorded_at = recorded_at - INTERVAL 1 SECOND", "person_added 1", "digest differs"),
        ("UPDATE person_added SET day = day - 1", "person_added 2", "digest differs"),
        ("UPDATE milestone SET note_hash = ''", "milestone 5", "digest differs"),
        ("UPDATE attempt_item SET points = points + 1", "attempt 4", "digest differs"),
        ("DELETE FROM attempt_item", "attempt 4", "digest differs"),
        ("UPDATE fact_key SET digest = 'x' WHERE fact_no = 1", "person_added 1", "digest differs"),
        ("UPDATE private_text SET text = 'I spoke first.'", "milestone 5", "private text `note`"),
        ("DELETE FROM module_progress", "module_progress 6", "is gone"),
        ("DELETE FROM fact_key WHERE fact_no = 6", "module_progress 6", "nobody recorded it"),
        ("INSERT INTO module_progress SELECT * FROM module_progress", "module_progress 6", "2 times"),
        ("UPDATE amendment SET target_no = 99", "amendment 7", "names 99"),
        ("UPDATE module_progress SET module_no = 999", "module_progress 6", "names 999"),
        ("UPDATE amendment SET change = 'forgiven'", "amendment 7", "cannot be read"),
        ("UPDATE attempt_item SET fact_no = 98", "attempt_item 98", "there is no attempt"),
        ("DELETE FROM attempt; DELETE FROM fact_key WHERE kind = 'attempt'", "attempt_item 4", "there is no attempt"),
        ("UPDATE private_text SET fact_no = 97", "private_text 97", "belongs to no fact"),
        ("UPDATE fact_key SET fact_no = 1 WHERE fact_no = 2", "fact 1", "2 facts have this number"),
        ("UPDATE fact_key SET kind = 'rumour' WHERE fact_no = 2", "rumour", "no such kind"),
        ("UPDATE programme_version SET bundle = 'x'::BLOB", "programme alongside, version 1", "not what was published"),
    ],
)
def test_what_was_touched_is_found(full: Store, statement: str, where: str, message: str) -> None:
    _tamper(full, statement)
    faults = verify(full).faults
    assert any(fault.where.startswith(where) and message in fault.message for fault in faults), faults


def test_only_what_was_touched_is_found(full: Store) -> None:
    _tamper(full, "UPDATE module_progress SET step = 4")
    assert len(verify(full).faults) == 1


def test_an_erased_text_is_no_fault(full: Store) -> None:
    _tamper(full, "DELETE FROM private_text")
    proof = verify(full)
    assert (proof.n_erased, proof.faults) == (1, ())


def test_derived_rows_that_do_not_follow_from_the_facts_are_found(full: Store) -> None:
    base = {"person_id": ANN, "actor_id": TOM, "occurred_at": NOW, "programme_id": PROGRAMME, "cohort_id": COHORT}
    cohort = CohortOpened(**base, fact_id=new_fact_id(), hub_id=HubId("here"), title="Spring", starts_on=NOW.date())
    full.append(cohort, Enrolment(**base, fact_id=new_fact_id(), role_id=ROLE, version_no=1))
    rebuild(full)
    assert verify(full).faults == ()
    _tamper(full, "UPDATE person_gate SET have = have + 1")
    assert [fault.where for fault in verify(full).faults] == ["person 1"]
    rebuild(full)
    assert verify(full).faults == ()


def test_progress_names_each_kind(full: Store) -> None:
    told: dict[str, int] = {}
    verify(full, told.__setitem__)
    assert {name: n for name, n in told.items() if n} == {
        "amendment": 1,
        "attempt": 1,
        "attempt_started": 1,
        "milestone": 1,
        "module_progress": 1,
        "person_added": 2,
    }


def test_within_a_kind_of_which_there_are_many_it_is_said_how_far_it_is(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.verify._CHUNK", 1)
    monkeypatch.setattr("store.verify._TOLD_EVERY", 1)
    told: list[tuple[str, int]] = []
    verify(full, lambda table, n: told.append((table, n)))
    assert [n for table, n in told if table == "person_added"] == [1, 2]
