"""People: who is listed, adding, offices, trainers, slips; and what the services refuse."""

import pytest

from people import service
from people.errors import NotAllowedError
from people.facts import Assignment
from people.models import Office, PersonId
from people.service.reach import list_assignments, list_grants
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, OTHER_HUB, Town
from web.views.manager.people import VIEW


def _offices(town: Town, person_id: PersonId) -> set[Office]:
    return {grant.office for grant in list_grants(town.store, person_id, town.clock())}


def _code(page) -> str:
    return page.code[0].value.rsplit("/", 1)[1]


def test_manager_sees_the_people_of_the_own_hub_alone(town: Town) -> None:
    text = shown(draw(VIEW, town.context("mona")))
    assert all(name in text for name in ("Amina", "Ben", "Ruth", "Sam", "Mona"))
    assert "Otto" not in text
    assert "Administrator" not in text.replace("Administrator\\", "")


def test_administrator_sees_everybody_in_all_hubs(town: Town) -> None:
    page = draw(VIEW, town.context("admin"), hub="")
    page.selectbox(key="choice-hub").select("").run()
    text = shown(page)
    assert "Otto" in text
    assert "Administrator" in text


def test_who_holds_an_office_in_all_hubs_is_named_without_sign_in_name(town: Town) -> None:
    town.add("gus", Office.TRAINER, None)
    rows = town.store.query("people_in_hub", town.actor("mona"), hub=HUB)
    row = next(row for row in rows if row["name"] == "Gus")
    assert (row["is_here"], row["login"]) == (False, "")
    page = draw(VIEW, town.context("mona"), person=str(town.ids["gus"]))
    assert "for all hubs" in shown(page)
    assert not page.button


@pytest.mark.parametrize("login", ["cora", "sam", "ruth", "amina"])
def test_who_does_not_look_after_people_may_not_list_a_hub(town: Town, login: str) -> None:
    with pytest.raises(NotAllowedError):
        town.store.query("people_in_hub", town.actor(login), hub=HUB)
    with pytest.raises(NotAllowedError):
        town.store.query("people_everywhere", town.actor(login))


def test_manager_of_another_hub_may_not_list_this_one(town: Town) -> None:
    with pytest.raises(NotAllowedError):
        town.store.query("people_in_hub", town.actor("otto"), hub=HUB)


def test_page_without_a_hub_says_what_to_do(town: Town) -> None:
    page = draw(VIEW, town.context("sam"))
    assert "Ask an administrator" in shown(page)


# ---------------------------------------------------------------- adding


def test_adding_a_trainer_gives_office_and_slip_at_once(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.selectbox(key="task-new").select_index(1).run()
    page.text_input(key="new-name").input("Zoë Miller")
    page.button[-1].click().run()
    account = town.store.find_account("zoe.miller")
    assert account is not None
    assert _offices(town, account.person_id) == {Office.TRAINER}
    assert "Hand this over" in shown(page)
    invitee = service.get_invitee(town.store, _code(page), town.clock())
    assert invitee.person_id == account.person_id


def test_adding_a_trainee_puts_them_into_the_cohort_with_a_trainer(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    assert page.selectbox(key="task-new").options[0] == "Trainee in Spring"
    page.text_input(key="new-name").input("Dina")
    page.selectbox(key="trainer-new").select_index(0)
    page.button[-1].click().run()
    account = town.store.find_account("dina")
    assert account is not None
    assert town.store.subject(account.person_id).hub_ids == {HUB}
    assert [fact.trainer_id for fact in list_assignments(town.store, account.person_id)] == [town.ids["ruth"]]


def test_a_second_click_adds_nobody_else(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.text_input(key="new-name").input("Dina")
    page.button[-1].click().run()
    n_people = len(town.store.query("people_in_hub", town.actor("mona"), hub=HUB))
    page.run()
    assert len(town.store.query("people_in_hub", town.actor("mona"), hub=HUB)) == n_people
    assert "Hand this over" in shown(page)


def test_slip_is_shown_once(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.text_input(key="new-name").input("Dina")
    page.button[-1].click().run()
    code = _code(page)
    page.button(key="slip-done").click().run()
    assert code not in shown(page)
    assert not page.code


def test_taken_sign_in_name_is_refused_at_its_place(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.text_input(key="new-name").input("Dina")
    page.text_input(key="new-login").input("ruth")
    page.button[-1].click().run()
    assert "is taken" in page.error[0].value


def test_external_countersigner_gets_one_record_until_a_day(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    options = page.selectbox(key="task-new").options
    page.selectbox(key="task-new").select("External countersigner").run()
    assert "External countersigner" in options
    page.text_input(key="new-name").input("Eve Outside")
    page.button[-1].click().run()
    account = town.store.find_account("eve.outside")
    assert account is not None
    grant = list_grants(town.store, account.person_id, town.clock())[0]
    assert (grant.office, grant.record_id, grant.hub_id) == (Office.COUNTERSIGNER, town.ids["amina"], None)
    assert grant.until_on is not None
    page.button(key="slip-done").click().run()
    assert "External countersigner for Amina" in shown(page)


def test_only_an_administrator_may_make_administrators(town: Town) -> None:
    assert "Administrator" not in draw(VIEW, town.context("mona")).selectbox(key="task-new").options
    assert "Administrator" in draw(VIEW, town.context("admin")).selectbox(key="task-new").options


@pytest.mark.parametrize(
    ("name", "login"),
    [("Ruth Miller", "ruth.miller"), ("Ruth", "ruth2"), ("Åsa Ödegård-Lind", "asa.odegard.lind"), ("李", "person")],
)
def test_sign_in_name_is_made_from_the_name(town: Town, name: str, login: str) -> None:
    assert service.suggest_login(town.store, name) == login


# ---------------------------------------------------------------- one person


def test_manager_gives_and_ends_an_office(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), person=str(town.ids["ruth"]))
    page.selectbox(key="task-more").select("Co-ordinator").run()
    page.button(key="give").click().run()
    assert _offices(town, town.ids["ruth"]) == {Office.TRAINER, Office.COORDINATOR}
    grant = next(g for g in list_grants(town.store, town.ids["ruth"], town.clock()) if g.office is Office.COORDINATOR)
    page.button(key=f"end-{grant.fact_id}").click().run()
    assert _offices(town, town.ids["ruth"]) == {Office.TRAINER}


def test_manager_assigns_a_trainer_and_takes_them_away(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), person=str(town.ids["amina"]))
    assert "No trainer yet" in shown(page)
    page.selectbox(key="new-trainer").select_index(1)
    page.button(key="assign").click().run()
    assigned = town.store.list_facts(Assignment, town.ids["amina"])
    assert [fact.trainer_id for fact in assigned] == [town.ids["tess"]]
    page.button(key=f"unassign-{assigned[0].fact_id}").click().run()
    assert list_assignments(town.store, town.ids["amina"]) == []


def test_manager_makes_a_new_invitation_but_no_reset(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), person=str(town.ids["amina"]))
    page.button(key="invite-again").click().run()
    assert service.get_invitee(town.store, _code(page), town.clock()).person_id == town.ids["amina"]
    town.sign_in_first("ben")
    page = draw(VIEW, town.context("mona"), person=str(town.ids["ben"]))
    assert not [button for button in page.button if button.key in {"invite-again", "reset"}]


def test_administrator_makes_a_reset_slip_that_ends_all_sessions(town: Town) -> None:
    town.sign_in_first("ben")
    session = service.start_session(town.store, town.ids["ben"], town.clock())
    page = draw(VIEW, town.context("admin"), person=str(town.ids["ben"]))
    page.button(key="reset").click().run()
    assert "Choose a new password" in shown(page)
    assert service.find_actor(town.store, session.token, town.clock()) is None


def test_manager_changes_a_name(town: Town) -> None:
    number = town.ids["amina"]
    page = draw(VIEW, town.context("mona"), person=str(number))
    page.text_input(key=f"name-{number}").input("Amina K.")
    page.button[-1].click().run()
    assert town.store.name_of(number) == "Amina K."


@pytest.mark.parametrize("number", ["999", "abc", "-1"])
def test_unknown_person_is_said_to_be_unknown(town: Town, number: str) -> None:
    assert "Nobody here has this number" in shown(draw(VIEW, town.context("mona"), person=number))


def test_person_of_another_hub_is_not_opened(town: Town) -> None:
    page = draw(VIEW, town.context("mona"), person=str(town.ids["otto"]))
    assert "Nobody here has this number" in shown(page)


def test_person_without_a_task_waits_for_who_added_them(town: Town) -> None:
    person_id = service.add_person(town.store, town.actor("mona"), "Wanda", "wanda", town.clock())
    assert "Wanda" in shown(draw(VIEW, town.context("mona")))
    assert "Wanda" not in shown(draw(VIEW, town.context("otto")))
    page = draw(VIEW, town.context("mona"), person=str(person_id))
    page.selectbox(key="task-more").select("Trainer").run()
    page.button(key="give").click().run()
    assert _offices(town, person_id) == {Office.TRAINER}


def test_same_person_may_not_be_listed_from_outside(town: Town) -> None:
    with pytest.raises(NotAllowedError):
        town.store.query("people_trainers", town.actor("otto"), hub=HUB)
    assert town.store.query("people_trainers", town.actor("otto"), hub=OTHER_HUB) == []
