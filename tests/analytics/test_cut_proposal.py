"""What judges propose: a cut rounded up, how sure it is, and where they lie apart."""

import pytest

from analytics.cut_proposal import propose_cut, spread_of
from assessments.facts import CutRound
from assessments.service.cuts import CutRoundNow
from curriculum.ids import ItemId
from people.ids import new_fact_id
from people.models import NOBODY, HubId
from tests.builders import NOW, PROGRAMME, QUIZ


def closed(*judged: tuple[int, ...]) -> CutRoundNow:
    item_ids = tuple(ItemId(f"m1-{n}") for n in range(len(judged[0]) if judged else 2))
    opened = CutRound(
        fact_id=new_fact_id(),
        person_id=NOBODY,
        actor_id=NOBODY,
        occurred_at=NOW,
        programme_id=PROGRAMME,
        version_no=1,
        blueprint_id=QUIZ,
        hub_id=HubId("north"),
        round_no=1,
        item_ids=item_ids,
    )
    return CutRoundNow(opened, NOW, {}, len(judged), len(judged), judged)


def test_the_cut_is_the_mean_of_the_judges_rounded_up() -> None:
    found = propose_cut(closed((60, 80, 70, 90), (70, 70, 75, 80), (80, 90, 85, 95)), draw=10)
    assert found is not None
    assert found.angoff.judge_cuts == pytest.approx((3.0, 2.95, 3.5))
    assert found.angoff.share == pytest.approx(9.45 / 12)
    assert (found.pass_pct, found.points, found.of_points) == (79, 8, 10)


def test_the_standard_error_is_between_judges_in_per_cent_of_the_points() -> None:
    found = propose_cut(closed((50, 50), (70, 70), (90, 90)), draw=10)
    assert found is not None
    assert found.se_pct == pytest.approx(20 / 3**0.5)
    assert found.low_pct is not None
    assert found.high_pct is not None
    assert 0 <= found.low_pct < 70 < found.high_pct <= 100
    assert not found.angoff.is_provisional


def test_one_judge_proposes_a_cut_without_an_error() -> None:
    found = propose_cut(closed((80, 80)), draw=10)
    assert found is not None
    assert (found.pass_pct, found.points) == (80, 8)
    assert (found.se_pct, found.low_pct) == (None, None)
    assert found.angoff.is_provisional


def test_the_items_on_which_judges_lie_farthest_apart_come_first() -> None:
    found = propose_cut(closed((60, 10, 50), (60, 90, 60)), draw=3)
    assert found is not None
    assert [(one.item_id, one.lowest, one.mean, one.highest) for one in found.items] == [
        ("m1-1", 10, 50, 90),
        ("m1-2", 50, 55, 60),
        ("m1-0", 60, 60, 60),
    ]


def test_nobody_who_judged_everything_means_no_result() -> None:
    assert propose_cut(closed(), draw=10) is None
    assert spread_of(closed()) == []
