"""Keeping and deleting: what is past its time, what comes, what has no day, and what was destroyed."""

from datetime import timedelta

from people.facts import CohortOpened, Destruction, Enrolment, RetentionCategory
from people.ids import new_fact_id
from people.models import NOBODY, OPERATOR, CohortId
from store.retention import list_stock
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker, scene, shown, walker

__all__ = ["scene", "walker"]


def test_nothing_is_due_in_a_hub_that_trains(walker: Walker) -> None:
    text = shown(walker.open("keeping", "manager"))
    assert "Nothing is past its time" in text
    assert "Autumn group (demonstration) · then deleted" in text
    assert "names on results and decisions" in text


def test_what_is_past_its_time_says_since_when_and_what_to_do(walker: Walker) -> None:
    due = min(stock.due_on for stock in list_stock(walker.scene.store, walker.scene.now) if stock.due_on)
    walker.scene.wait(days=(due - walker.scene.now.date()).days + 30)
    text = shown(walker.open("keeping", "manager"))
    assert "× comments and reflections** :orange-badge[due since" in text
    assert "python -m store retention --dry-run" in text
    assert "Nothing is past its time" not in text


def test_the_log_says_what_and_how_many_and_no_content(walker: Walker) -> None:
    store, now = walker.scene.store, walker.scene.now
    cohort = store.list_facts(CohortOpened, hub_id=HUB)[0]
    line = Destruction(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=OPERATOR,
        occurred_at=now - timedelta(days=3),
        category=RetentionCategory.WELLBEING,
        cohort_id=cohort.cohort_id,
        n_destroyed=14,
        period_days=90,
    )
    store.append(line)
    page = walker.open("keeping", "manager")
    [table] = page.table
    cells = [cell.replace("\\", "") for cell in table.value.iloc[0]]
    assert cells == ["20 Nov 2026", "14 × check-ins", "Autumn group (demonstration)"]


def test_a_cohort_without_a_last_day_is_named(walker: Walker) -> None:
    store, now = walker.scene.store, walker.scene.now
    old = store.list_facts(CohortOpened, hub_id=HUB)[0]
    opened = {"hub_id": HUB, "programme_id": ALONGSIDE, "title": "Endless group", "starts_on": old.starts_on}
    base = {"fact_id": new_fact_id(), "person_id": NOBODY, "actor_id": OPERATOR, "occurred_at": now}
    store.append(CohortOpened(**base, cohort_id=CohortId("endless"), **opened))
    member = store.list_facts(Enrolment, walker.person("priya"))[-1]
    moved = {"programme_id": ALONGSIDE, "cohort_id": CohortId("endless"), "role_id": member.role_id, "version_no": 1}
    store.append(Enrolment(**base | {"fact_id": new_fact_id(), "person_id": member.person_id}, **moved))
    assert "These cohorts have none yet:\n- Endless group" in shown(walker.open("keeping", "manager"))


def test_others_find_nothing_here(walker: Walker) -> None:
    for login in ("lead", "coordinator", "trainer", "priya"):
        text = shown(walker.open("keeping", login))
        assert "You have no hub yet" in text, login
        assert "comments and reflections" not in text, login


def test_an_administrator_sees_all_hubs(walker: Walker) -> None:
    assert "Autumn group (demonstration)" in shown(walker.open("keeping", "admin"))
