"""Readiness: the figures, the three forms of the board, why, and who sees how much."""

from datetime import date

import pytest

from analytics.readiness import see_gate, see_whole_board
from assessments.facts import GlobalRating, Hold, Observation, Relation, Stage
from assessments.service import observations
from assessments.service.learning import record_reflection
from curriculum.ids import BehaviourId, ChecklistId, GateId, LineId, ModuleId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import ClockChange, ClockReason, RecordOpened
from people.models import PersonId
from people.service.clock import change_clock
from people.service.cohorts import assign_trainer
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown, unfold
from tests.web.manager.conftest import HUB, Town
from web.views.manager.readiness import VIEW

GATE = "Reflections written"


def _text(page) -> str:
    return shown(page).replace("\\", "")


def _reflect(town: Town, login: str, n: int) -> None:
    for number in range(n):
        record_reflection(
            town.store,
            town.actor(login),
            PROGRAMME,
            ModuleId("M1"),
            note=f"I will try {number}.",
            now=town.clock(),
        )


@pytest.fixture
def board(town: Town) -> Town:
    """Amina has one of two reflections, Ben both: he is ready for decision."""
    _reflect(town, "amina", 1)
    _reflect(town, "ben", 2)
    return town


def _figures(page) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


@pytest.mark.parametrize("login", ["mona", "lena"])
def test_figures_say_how_many_stand_where(board: Town, login: str) -> None:
    page = draw(VIEW, board.context(login))
    assert _figures(page) == {"Signed off": "0", "Ready for decision": "1", "One gate away": "1", "On hold": "0"}
    text = _text(page)
    assert "Spring, North · 2 people · as of 23 Nov 2026, 09:00 · Alongside 1.0.0" in text
    assert f"Amina**  \n:gray[{GATE}: 1 of 2]" in text


def test_chart_has_words_and_a_table_behind_it(board: Town) -> None:
    page = draw(VIEW, board.context("mona"))
    assert not page.table
    table = unfold(page).table[0].value
    assert table.to_dict("records") == [{"Gate": GATE, "Not met by": "1 of 2"}]
    chart = page.get("vega_lite_chart")[0].proto
    assert chart.alt_text if hasattr(chart, "alt_text") else "1 of 2" in str(chart)


def test_one_gate_away_opens_with_status_only_for_a_manager(board: Town) -> None:
    page = draw(VIEW, board.context("mona"))
    _open(page, f"why-away-{board.ids['amina']}-{PROGRAMME}-reflections")
    text = _text(page)
    assert "**Next**: Write 1 more reflection." in text
    assert "recorded by" not in text


def test_training_lead_sees_parts_and_facts(board: Town) -> None:
    page = draw(VIEW, board.context("lena"))
    _open(page, f"why-away-{board.ids['amina']}-{PROGRAMME}-reflections")
    text = _text(page)
    assert "Reflections written: 1 of 2 (open)" in text
    assert "Reflection: M1, 23 Nov 2026, recorded by Amina" in text
    assert "I will try" not in text


def _open(page, key: str) -> None:
    page.session_state[key] = True
    page.run()
    assert not page.exception


@pytest.mark.parametrize(("login", "key"), [("mona", "why-away-{n}-alongside-reflections"), ("lena", "fold-{n}")])
def test_opening_an_explanation_is_noted_once_an_hour(board: Town, login: str, key: str) -> None:
    page = draw(VIEW, board.context(login), show="By person" if key.startswith("fold") else "By gate")
    assert board.store.list_facts(RecordOpened) == []
    number = board.ids["amina"]
    _open(page, key.format(n=number))
    page.run()
    looks = board.store.list_facts(RecordOpened)
    assert [(look.person_id, look.actor_id, look.what) for look in looks] == [(number, board.ids[login], "readiness")]


def test_by_person_folds_everybody_nearest_first(board: Town) -> None:
    page = draw(VIEW, board.context("mona"), show="By person")
    assert [fold.label for fold in page.expander] == ["Ben: ready for decision", "Amina: 1 gate open, not started"]
    line = f"**{GATE}**"
    assert line not in _text(page)
    _open(page, f"fold-{board.ids['amina']}")
    assert line in _text(page)


def test_matrix_is_a_table_with_its_gates_named(board: Town) -> None:
    page = draw(VIEW, board.context("mona"), show="Matrix")
    rows = page.table[0].value.to_dict("records")
    assert [(row["Name"], row["1"]) for row in rows] == [("Ben", "✓"), ("Amina", "1/2")]
    assert f"1. {GATE}" in _text(page)


def test_past_day_is_asked_from_the_facts(board: Town) -> None:
    board.clock.move(days=3)
    _reflect(board, "amina", 1)
    assert _figures(draw(VIEW, board.context("mona")))["Ready for decision"] == "2"
    page = draw(VIEW, board.context("mona"))
    page.date_input(key="day").set_value(date(2026, 11, 24)).run()
    assert _figures(page)["Ready for decision"] == "1"
    assert "as of the end of 24 Nov 2026, by what is known today" in _text(page)


def test_why_of_a_past_day_tells_of_that_day(board: Town) -> None:
    board.clock.move(days=3)
    _reflect(board, "amina", 1)
    page = draw(VIEW, board.context("lena"))
    page.date_input(key="day").set_value(date(2026, 11, 24)).run()
    _open(page, f"why-away-{board.ids['amina']}-{PROGRAMME}-reflections")
    assert "Reflections written: 1 of 2 (open)" in _text(page)


def test_day_before_the_cohort_shows_nobody(board: Town) -> None:
    board.clock.move(days=3)
    page = draw(VIEW, board.context("mona"))
    page.date_input(key="day").set_value(date(2026, 11, 20)).run()
    assert "Nobody is in it yet" in _text(page)


def test_who_has_left_is_named_beside_the_figures(board: Town) -> None:
    change_clock(
        board.store,
        board.actor("mona"),
        board.ids["ben"],
        PROGRAMME,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.OTHER,
        now=board.clock(),
    )
    text = _text(draw(VIEW, board.context("mona")))
    assert "1 person · " in text
    assert "1 who left is not counted" in text


def test_hold_says_since_when_and_never_why(board: Town) -> None:
    _put_on_hold(board, "amina")
    for view in ("By gate", "By person", "Matrix"):
        page = draw(VIEW, board.context("mona"), show=view)
        text = _text(page) + " ".join(fold.label for fold in page.expander)
        text += "".join(str(table.value.to_dict()) for table in page.table)
        assert "on hold since 23 Nov 2026" in text
        assert "D1" not in text
    assert _figures(draw(VIEW, board.context("mona")))["On hold"] == "1"


def _put_on_hold(town: Town, login: str) -> None:
    assign_trainer(town.store, town.actor("mona"), town.ids[login], town.ids["ruth"], town.clock())
    observe_harm(town, login)
    assert len(town.store.list_facts(Hold, town.ids[login])) == 1
    assert len(town.store.list_facts(Observation, town.ids[login])) == 1


def observe_harm(town: Town, login: str) -> None:
    ruth, now = town.actor("ruth"), town.clock()
    opened = observations.open_observation(
        town.store,
        ruth,
        town.ids[login],
        PROGRAMME,
        ChecklistId("C2"),
        setting=Setting.LIVE,
        stage=Stage.LEAD_PART,
        scenario_id=None,
        session_code="S1",
        relation=Relation.TRAINER,
        counts=True,
        has_co_leader=True,
        now=now,
    )
    ticks = [(LineId("L2"), BehaviourId("D1.2-U1"), "seen")]
    observations.record_ticks(town.store, ruth, opened.fact_id, ticks, now)
    observations.submit_observation(
        town.store,
        ruth,
        opened.fact_id,
        global_rating=GlobalRating.NOT_YET,
        entrustment=1,
        strength="",
        next_step="",
        confirms_harm=True,
        now=now,
    )


# ---------------------------------------------------------------- who sees it


def test_manager_of_another_hub_sees_an_empty_state_of_their_own(board: Town) -> None:
    assert "No cohort is open yet" in _text(draw(VIEW, board.context("otto")))


@pytest.mark.parametrize("login", ["otto", "cora", "sam", "admin", "ruth", "amina"])
def test_board_of_the_hub_is_refused_to_others(board: Town, login: str) -> None:
    with pytest.raises(NotAllowedError):
        see_whole_board(board.store, board.actor(login), PROGRAMME, HUB)


def test_manager_may_not_open_facts_behind_a_gate(board: Town) -> None:
    with pytest.raises(NotAllowedError):
        see_gate(board.store, board.actor("mona"), PersonId(board.ids["amina"]), PROGRAMME, GateId("reflections"))


def test_page_without_a_hub_says_what_to_do(board: Town) -> None:
    assert "Ask an administrator" in _text(draw(VIEW, board.context("sam")))
