"""Cohorts: opening, joining, moving, and the clock of those in it."""

import pytest

from people.errors import NotAllowedError
from people.facts import ClockChange, ClockReason, CohortDated, CohortOpened, Enrolment, Pause
from people.models import CohortId
from people.service.clock import change_clock
from people.service.reach import find_enrolment, list_assignments
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown, unfold
from tests.web.manager.conftest import HUB, Town
from web.views.manager.cohorts import VIEW


def _open_second(town: Town) -> CohortId:
    page = unfold(draw(VIEW, town.context("mona")), "Open a cohort")
    page.text_input[0].input("Summer")
    page.button[-1].click().run()
    return town.store.list_facts(CohortOpened)[-1].cohort_id


@pytest.mark.parametrize("login", ["mona", "cora", "admin"])
def test_cohorts_are_listed_with_how_many_are_in_them(town: Town, login: str) -> None:
    text = shown(draw(VIEW, town.context(login)))
    assert "Spring" in text
    assert "2 people" in text


def test_page_without_a_hub_says_what_to_do(town: Town) -> None:
    assert "Ask an administrator" in shown(draw(VIEW, town.context("amina")))


def test_hub_without_a_live_programme_points_to_it(town: Town) -> None:
    page = draw(VIEW, town.context("otto"))
    assert "No programme is live here yet" in shown(page)
    assert not page.button


@pytest.mark.parametrize("login", ["mona", "cora"])
def test_cohort_is_opened_and_shown_at_once(town: Town, login: str) -> None:
    page = unfold(draw(VIEW, town.context(login)), "Open a cohort")
    page.text_input[0].input("Summer")
    page.button[-1].click().run()
    assert [cohort.title for cohort in town.store.list_facts(CohortOpened)] == ["Spring", "Summer"]
    assert page.query_params["cohort"] == town.store.list_facts(CohortOpened)[-1].cohort_id
    assert "Summer" in shown(page)


def test_the_last_day_of_a_cohort_is_set_and_shown(town: Town) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    assert "No last day is set" in [fold.label for fold in page.expander]
    day = town.clock().date().replace(year=town.clock().year + 1)
    next(field for field in page.date_input if field.label == "Last day").set_value(day).run()
    next(button for button in page.button if button.label == "Set the last day").click().run()
    assert not page.exception
    assert [dated.ends_on for dated in town.store.list_facts(CohortDated)] == [day]
    assert any(fold.label.startswith("Last day: ") for fold in page.expander)


def test_two_of_a_cohort_are_made_buddies_and_part(town: Town) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    next(button for button in page.button if button.label == "Make them buddies").click().run()
    assert "1 pair of buddies" in [fold.label for fold in page.expander]
    assert [row["name"] for row in town.store.query("own_buddies", town.actor("amina"))] == ["Ben"]
    next(button for button in page.button if button.label == "Part").click().run()
    assert "0 pairs of buddies" in [fold.label for fold in page.expander]


def test_nobody_is_their_own_buddy(town: Town) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    page.selectbox(key="buddy-other").select_index(0)
    next(button for button in page.button if button.label == "Make them buddies").click().run()
    assert "two people of this cohort" in page.error[0].value


def test_cohort_without_a_name_is_refused_at_its_place(town: Town) -> None:
    page = unfold(draw(VIEW, town.context("mona")), "Open a cohort")
    page.button[-1].click().run()
    assert "it is empty" in page.error[0].value


def test_new_trainee_is_invited_into_the_cohort(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), cohort=town.cohort_id)
    page.text_input(key="trainee-name").input("Dina")
    page.selectbox(key="trainer-trainee").select_index(1)
    next(button for button in page.button if button.label == "Add and make the slip").click().run()
    assert "Hand this over" in shown(page)
    account = town.store.find_account("dina")
    assert account is not None
    enrolment = find_enrolment(town.store, account.person_id, PROGRAMME)
    assert enrolment is not None
    assert enrolment.cohort_id == town.cohort_id
    assert [fact.trainer_id for fact in list_assignments(town.store, account.person_id)] == [town.ids["tess"]]


def test_coordinator_puts_in_who_is_here_but_adds_nobody(town: Town) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    assert not [field for field in page.text_input if field.key == "trainee-name"]
    page.selectbox(key="enrol-who").select("Ruth")
    next(button for button in page.button if button.label == "Put into this cohort").click().run()
    assert find_enrolment(town.store, town.ids["ruth"], PROGRAMME) is not None
    assert "3 people" in shown(page)


def test_who_moves_is_told_apart_from_who_joins(town: Town) -> None:
    summer = _open_second(town)
    page = draw(VIEW, town.context("mona"), cohort=summer)
    options = page.selectbox(key="enrol-who").options
    assert "Amina (moves from Spring)" in options
    page.selectbox(key="enrol-who").select("Amina (moves from Spring)")
    next(button for button in page.button if button.label == "Put into this cohort").click().run()
    enrolment = find_enrolment(town.store, town.ids["amina"], PROGRAMME)
    assert enrolment is not None
    assert enrolment.cohort_id == summer
    assert "1 person" in shown(draw(VIEW, town.context("mona"), cohort=town.cohort_id))


def test_trainee_pauses_and_comes_back(town: Town) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    key = f"{town.ids['amina']}-{PROGRAMME}"
    page.radio[0].set_value(ClockChange.PAUSED).run()
    page.selectbox(key=f"reason-{key}-paused").select(ClockReason.NO_TIME)
    page.button(key=f"save-clock-{key}").click().run()
    pauses = town.store.list_facts(Pause, town.ids["amina"])
    assert [(pause.change, pause.reason) for pause in pauses] == [(ClockChange.PAUSED, ClockReason.NO_TIME)]
    assert "Paused since 23 Nov 2026" in shown(page)
    assert page.radio[0].options == ["Is back", "Leaves the programme"]


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        (ClockChange.PAUSED, ["Their own wish", "No time at present", "The hub decided", "Another reason"]),
        (
            ClockChange.WITHDRAWN,
            ["Their own wish", "No time at present", "Moved away", "The hub decided", "Another reason"],
        ),
    ],
)
def test_each_change_offers_the_reasons_that_fit(town: Town, change: ClockChange, reasons: list[str]) -> None:
    page = draw(VIEW, town.context("cora"), cohort=town.cohort_id)
    page.radio[0].set_value(change).run()
    assert page.selectbox(key=f"reason-{town.ids['amina']}-{PROGRAMME}-{change}").options == reasons


def _leave(town: Town, login: str = "amina") -> None:
    change_clock(
        town.store,
        town.actor("mona"),
        town.ids[login],
        PROGRAMME,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.MOVED_AWAY,
        now=town.clock(),
    )
    town.clock.move(hours=1)


def test_who_has_left_comes_back_by_being_put_in_again(town: Town) -> None:
    _leave(town)
    page = draw(VIEW, town.context("mona"), cohort=town.cohort_id)
    assert "Left since 23 Nov 2026 · Moved away" in shown(page)
    assert len(page.radio) == 1
    page.selectbox(key="enrol-who").select("Amina (had left)")
    next(button for button in page.button if button.label == "Put into this cohort").click().run()
    text = shown(draw(VIEW, town.context("mona"), cohort=town.cohort_id))
    assert "Left since" not in text
    assert len(town.store.list_facts(Enrolment, town.ids["amina"])) == 2


def test_training_lead_reads_and_changes_nothing(town: Town) -> None:
    page = draw(VIEW, town.context("lena"), cohort=town.cohort_id)
    assert "Amina" in shown(page)
    assert not page.button


def test_cohort_of_another_hub_is_not_shown(town: Town) -> None:
    page = draw(VIEW, town.context("otto"), cohort=town.cohort_id)
    assert "There is no such cohort here" in shown(page)


@pytest.mark.parametrize("query", ["cohorts_in_hub", "cohorts_people", "cohorts_candidates"])
@pytest.mark.parametrize("login", ["otto", "sam", "amina", "ruth"])
def test_cohorts_of_a_hub_are_for_its_own_managers(town: Town, login: str, query: str) -> None:
    with pytest.raises(NotAllowedError):
        town.store.query(query, town.actor(login), hub=HUB)
