"""Appeals on the pages: what can be appealed against and until when, who decides, and what everybody reads."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from assessments.facts import Appeal, AppealDecided, Hold, Observation
from assessments.service.appeals import make_appeal
from people.facts import Change, RecordOpened
from people.models import Office
from people.service import end_grant, give_grant
from people.service.reach import list_grants
from tests.web.acting import OPERATOR, box
from tests.web.scene import HUB
from tests.web.walking import Walker, choose, click, labels, said, shown

WORDS = "The alarm went off and we had to stop half-way."


def appeal_of(walker: Walker, login: str) -> Appeal:
    [appeal] = walker.scene.store.list_facts(Appeal, walker.person(login))
    return appeal


def appeal_on_hold(walker: Walker) -> Appeal:
    """Let Luis appeal against his hold."""
    store, now = walker.scene.store, walker.scene.now
    [hold] = store.list_facts(Hold, walker.person("luis"))
    return make_appeal(store, walker.scene.actor("luis"), hold.fact_id, "not_what_happened", WORDS, now=now)


def appeal_on_rating(walker: Walker) -> Appeal:
    """Let Fatima appeal against her newest rating."""
    store, now = walker.scene.store, walker.scene.now
    rating = store.list_facts(Observation, walker.person("fatima"))[-1]
    return make_appeal(store, walker.scene.actor("fatima"), rating.fact_id, "no_fair_chance", WORDS, now=now)


def open_appeal(walker: Walker, login: str, appeal: Appeal) -> AppTest:
    return walker.open("appeals-to-decide", login, appeal=str(appeal.fact_id))


# ---------------------------------------------------------------- whom it concerns


def test_a_trainee_finds_what_can_be_appealed_against_until_when_and_sends_it(walker: Walker) -> None:
    [hold] = walker.scene.store.list_facts(Hold, walker.person("luis"))
    text = shown(walker.open("appeals", "luis"))
    assert "**Hold after: Opening, holding and closing, in a real group**" in text
    assert "21 Nov 2026 · you can appeal until 19 Dec 2026" in text
    page = walker.open("appeals", "luis", about=str(hold.fact_id))
    text = shown(page)
    for words in ("Promises total secrecy", "Tomasz Nowak (trainer)", "Practice stays on hold until", "19 Dec 2026"):
        assert words in text, words
    choose(page, "Why?", "not_what_happened")
    box(page, "Your words (you may leave this empty)").set_value(WORDS).run()
    click(page, "Send the appeal")
    appeal = appeal_of(walker, "luis")
    assert (appeal.ground, appeal.note) == ("not_what_happened", WORDS)
    assert walker.went[-1] == ("appeals", {})
    text = shown(walker.follow("luis"))
    assert "waits for a decision" in text
    assert "It can be decided by: Dilys Price, Omar Haddad." in text
    assert "It counts as it is until somebody has decided." in text


def test_a_note_that_may_be_about_a_family_is_looked_at_again(walker: Walker) -> None:
    [hold] = walker.scene.store.list_facts(Hold, walker.person("luis"))
    page = walker.open("appeals", "luis", about=str(hold.fact_id))
    choose(page, "Why?", "not_what_happened")
    box(page, "Your words (you may leave this empty)").set_value("Her social worker was there").run()
    assert "Please look at your note again" in shown(page)
    assert next(button for button in page.button if button.label == "Send the appeal").disabled


def test_it_can_be_taken_back(walker: Walker) -> None:
    appeal_on_hold(walker)
    page = click(walker.open("appeals", "luis"), "Take it back")
    assert said(page) == "Taken back."
    text = shown(walker.open("appeals", "luis"))
    assert "You took it back." in text
    assert "you can appeal until" in text


def test_what_is_too_old_is_told_and_cannot_be_sent(walker: Walker) -> None:
    [hold] = walker.scene.store.list_facts(Hold, walker.person("luis"))
    walker.scene.wait(days=40)
    assert "For what is older the time is over." in shown(walker.open("appeals", "luis"))
    page = walker.open("appeals", "luis", about=str(hold.fact_id))
    assert "You could appeal until 19 Dec 2026." in shown(page)
    assert "Send the appeal" not in labels(page)


def test_somebody_elses_and_nonsense_are_refused_in_a_sentence(walker: Walker) -> None:
    [hold] = walker.scene.store.list_facts(Hold, walker.person("luis"))
    for about in (str(hold.fact_id), "nonsense"):
        page = walker.open("appeals", "priya", about=about)
        assert page.error
        assert "Promises total secrecy" not in shown(page)


def test_the_pages_of_a_trainee_lead_to_it(walker: Walker) -> None:
    assert "[I want somebody else to look at it](/appeals?)" in shown(walker.open("practice", "luis"))
    assert "[Appeal](/appeals?)" in shown(walker.open("practice", "priya"))
    assert "[Appeal](/appeals?)" in shown(walker.open("quizzes", "samuel"))


# ---------------------------------------------------------------- who decides


def test_an_open_appeal_stands_first_for_who_can_decide(walker: Walker) -> None:
    appeal_on_hold(walker)
    appeal_on_rating(walker)
    for url_path, login, name in (("holds", "deputy", "Luis Ortega"), ("today", "lead", "Fatima Rahimi")):
        headers = [header.value for header in walker.open(url_path, login).header]
        assert headers[0] == "Appeals to decide", url_path
        assert f"**{name}** appeals against" in shown(walker.open(url_path, login))
    assert "appeals against" not in shown(walker.open("today", "trainer"))
    assert "Luis" not in shown(walker.open("appeals-to-decide", "lead"))


def test_the_deputy_reads_what_is_recorded_and_decides(walker: Walker) -> None:
    appeal = appeal_on_hold(walker)
    page = open_appeal(walker, "deputy", appeal)
    text = shown(page)
    for words in (WORDS, "What is recorded is not what happened", "Promises total secrecy", "Level 1"):
        assert words in text, words
    looks = walker.scene.store.list_facts(RecordOpened, walker.person("luis"), actor_id=walker.person("deputy"))
    assert [look.what for look in looks] == ["hold"]
    choose(page, "What comes of it?", "Practice goes on from now on. What was seen stays on record.")
    choose(page, "What did you find?", "record_wrong")
    click(page, "Decide")
    [decided] = walker.scene.store.list_facts(AppealDecided, walker.person("luis"))
    assert (decided.outcome, decided.finding, decided.actor_id) == ("changed", "record_wrong", walker.person("deputy"))
    changes = [one.change for one in walker.scene.store.changes_to(appeal.target_id)]
    assert changes == [Change.LIFTED]
    text = shown(walker.open("appeals", "luis"))
    assert "Decided on 23 Nov 2026 by Omar Haddad: the appeal is partly right." in text
    assert "Practice goes on from now on. What was seen stays on record." in text


def test_without_a_finding_there_is_no_decision(walker: Walker) -> None:
    page = open_appeal(walker, "deputy", appeal_on_hold(walker))
    choose(page, "What comes of it?", "The hold and the rating are withdrawn, as if they had not been.")
    assert next(button for button in page.button if button.label == "Decide").disabled
    choose(page, "What comes of it?", "The hold stands.")
    assert not next(button for button in page.button if button.label == "Decide").disabled


def test_who_was_involved_is_told_why_and_who_can(walker: Walker) -> None:
    appeal = appeal_on_rating(walker)
    store, now = walker.scene.store, walker.scene.now
    give_grant(store, OPERATOR, walker.person("trainer"), Office.TRAINING_LEAD, now, hub_id=HUB)
    page = walker.open("appeals-to-decide", "trainer")
    text = shown(page)
    assert "You rated this yourself, so somebody else decides." in text
    assert "It can be decided by: Ruth Bell" in text
    assert "Look" not in labels(page)
    text = shown(open_appeal(walker, "trainer", appeal))
    assert WORDS not in text
    assert "You rated this yourself" in text


def test_other_offices_are_refused(walker: Walker) -> None:
    appeal = appeal_on_rating(walker)
    for login in ("manager", "safeguarding", "coordinator", "trainer"):
        page = open_appeal(walker, login, appeal)
        assert page.error, login
        assert WORDS not in shown(page)


def test_a_manager_is_told_when_nobody_here_can_decide(walker: Walker) -> None:
    appeal_on_rating(walker)
    text = shown(walker.open("appeals-to-decide", "manager"))
    assert "**Fatima Rahimi** appeals against a rating" in text
    assert "It can be decided by: Ruth Bell" in text
    assert WORDS not in text
    store, now = walker.scene.store, walker.scene.now
    grant = next(one for one in list_grants(store, walker.person("lead"), now) if one.office == Office.TRAINING_LEAD)
    end_grant(store, OPERATOR, grant.fact_id, now + timedelta(minutes=1))
    page = walker.open("appeals-to-decide", "manager")
    assert "Give somebody from outside the office of training lead in this hub until a day" in shown(page)
    assert "Nobody in your hub can decide" in shown(walker.open("appeals", "fatima"))


def test_no_appeal_is_told(walker: Walker) -> None:
    assert "No appeal is open" in shown(walker.open("appeals-to-decide", "lead"))
