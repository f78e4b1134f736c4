"""My record: everything recorded about oneself, and who looked at it."""

from assessments.facts import Acknowledgement, SignOff
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, shown


def test_the_record_holds_decision_quizzes_training_support_and_certificates(walker: Walker) -> None:
    page = walker.open("my-record", "amina")
    text = shown(page)
    assert "14 Oct 2026: signed, Tomasz Nowak" in text
    assert "16 Oct 2026: countersigned, Ruth Bell" in text
    assert "Open and close a session: 4 · does it on their own" in text.replace("*", "")
    assert len(page.table) == 4


def test_what_is_not_there_yet_is_said_in_words(walker: Walker) -> None:
    text = shown(walker.open("my-record", "erik"))
    for words in ("No decision yet.", "No quiz handed in yet.", "No session recorded yet.", "None seen yet."):
        assert words in text


def test_what_is_missing_is_counted_and_listed_once_it_is_opened(walker: Walker) -> None:
    assert "Nothing: every gate is met." in shown(walker.open("my-record", "amina"))
    page = walker.open("my-record", "ivan")
    assert "1 gate is still closed." in shown(page)
    assert "Safeguarding certificate" not in shown(page).partition("What is still missing")[2].partition("Quizzes")[0]
    page.session_state[f"whole-{walker.person('ivan')}-{ALONGSIDE}"] = True
    page.run()
    assert "1 × certificate in date: Safeguarding certificate" in shown(page)


def test_who_looked_at_the_record_is_named(walker: Walker) -> None:
    assert "Nobody but you." in shown(walker.open("my-record", "erik"))
    walker.open("my-trainees", "trainer", **{"person": str(walker.person("erik")), "in": ALONGSIDE})
    table = walker.open("my-record", "erik").table[-1]
    assert "Tomasz Nowak" in table.value.to_string()


def test_a_sign_off_can_be_seen_differently(walker: Walker) -> None:
    [signed] = walker.scene.store.list_facts(SignOff, walker.person("amina"))
    page = walker.open("my-record", "amina")
    page.button(key=f"ack-False-{signed.fact_id}").click().run()
    given = walker.scene.store.list_facts(Acknowledgement, walker.person("amina"))[-1]
    assert (given.target_id, given.agrees) == (signed.fact_id, False)
