"""Two views that differ: the training lead sees both, line by line, and says which counts."""

from assessments.facts import GlobalRating, Observation, Seen
from assessments.service.observations import (
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    record_ticks,
    submit_observation,
)
from people.facts import Amendment, Change
from people.models import Office
from people.service import give_grant
from tests.web.acting import OPERATOR, begin_form, box, load
from tests.web.scene import HUB
from tests.web.walking import Walker, click, click_twice, labels, shown


def see_apart(walker: Walker) -> tuple[Observation, Observation]:
    """Let both trainers rate Hana's opening: the first sees it done well, the second sees one line go wrong."""
    now = walker.scene.now
    forms = [(login, begin_form(walker, login, "hana")) for login in ("trainer", "trainer2")]
    seen: list[Observation] = []
    for login, form_id in forms:
        store, actor = walker.scene.store, walker.scene.actor(login)
        lines = load(walker, login, form_id).lines
        for line in lines:
            answer_all_basic(store, actor, form_id, line.id, now)
        if login == "trainer2":
            form = load(walker, login, form_id)
            line = next(one for one in lines if not one.critical)
            unhelpful = next(one for one in form.watched_on(line) if one.kind == "unhelpful")
            record_ticks(store, actor, form_id, [(line.id, unhelpful.id, Seen.SEEN)], now)
        answer_none_unhelpful(store, actor, form_id, now)
        answer_no_further(store, actor, form_id, now)
        footer = {"global_rating": GlobalRating.PASS, "entrustment": 4, "strength": "", "next_step": ""}
        seen.append(submit_observation(store, actor, form_id, **footer, confirms_harm=True, now=now))
    return seen[0], seen[1]


def decisions(walker: Walker) -> list[Amendment]:
    return walker.scene.store.list_facts(Amendment, walker.person("hana"), change=Change.ADJUDICATED)


def test_the_first_page_of_the_lead_leads_to_what_waits(walker: Walker) -> None:
    assert "seen differently" not in shown(walker.open("today", "lead"))
    see_apart(walker)
    text = shown(walker.open("today", "lead"))
    assert "1 performance seen differently" in text
    assert "[Settle it](/two-views?)" in text
    assert "seen differently" not in shown(walker.open("today", "trainer"))


def test_both_views_stand_side_by_side_the_far_lines_first(walker: Walker) -> None:
    first, _ = see_apart(walker)
    click(walker.open("two-views", "lead"), "Look at both")
    assert walker.went == [("two-views", {"about": str(first.fact_id)})]
    text = shown(walker.follow("lead"))
    for words in ("Where they are far apart", "Tomasz Nowak", "Grace Addo", "Your decision"):
        assert words in text
    [folded] = walker.opened[-1].expander
    assert folded.label.endswith("other lines")
    assert len([one for one in folded.markdown if one.value.startswith("**")]) > 1


def test_a_decision_needs_a_view_and_a_reason_and_is_told_to_the_trainee(walker: Walker) -> None:
    first, second = see_apart(walker)
    assert "Neither view counts until the training lead has settled it." in shown(walker.open("practice", "hana"))
    page = walker.open("two-views", "lead", about=str(first.fact_id))
    settle = next(button for button in page.button if button.label == "Settle it")
    assert settle.disabled
    box(page, "Whose view counts?").set_value(second.fact_id).run()
    box(page, "Why?").select("That rater saw more of the session").run()
    click_twice(page, "Settle it")
    assert [(one.target_id, one.reason) for one in decisions(walker)] == [(second.fact_id, "saw_more")]
    text = shown(walker.open("practice", "hana"))
    assert "settled it on 23 Nov 2026: this view counts." in text
    assert "settled it on 23 Nov 2026: the other view counts." in text
    assert "settled it on 23 Nov 2026: the other view counts." in shown(
        walker.open("my-trainees", "trainer", person=str(walker.person("hana")))
    )
    text = shown(walker.open("two-views", "lead"))
    assert "No views are far apart" in text
    assert "That rater saw more of the session." in text
    assert "Settle it" not in labels(walker.open("two-views", "lead", about=str(first.fact_id)))


def test_a_lead_who_rated_it_is_told_before_the_click(walker: Walker) -> None:
    first, _ = see_apart(walker)
    store, now = walker.scene.store, walker.scene.now
    give_grant(store, OPERATOR, walker.person("trainer"), Office.TRAINING_LEAD, now, hub_id=HUB)
    page = walker.open("two-views", "trainer", about=str(first.fact_id))
    assert "You rated this performance yourself, so another training lead settles it." in shown(page)
    assert "Settle it" not in labels(page)


def test_a_trainer_who_opens_the_page_finds_nothing(walker: Walker) -> None:
    first, _ = see_apart(walker)
    text = shown(walker.open("two-views", "trainer2", about=str(first.fact_id)))
    assert "Hana" not in text
