from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import PoolTooSmallError
from assessments.forms import draw_form
from curriculum.ids import ItemId
from curriculum.items import ItemKind, Pool
from tests.builders import THEME, make_blueprint, make_item, make_items, make_options, make_programme

PROGRAMME = make_programme()
BLUEPRINT = PROGRAMME.blueprints[0]
COUNTING_IDS = [item.id for item in PROGRAMME.items if item.pool == Pool.COUNTING]
SEEDS = st.integers(0, 2**31 - 1)
SEEN = st.dictionaries(st.sampled_from(COUNTING_IDS), st.integers(1, 3))


def _draw(seed: int = 1, pool: Pool = Pool.COUNTING, seen: dict[ItemId, int] | None = None):
    return draw_form(PROGRAMME, BLUEPRINT, pool, seen or {}, seed)


def test_same_seed_draws_the_same_form():
    assert _draw(7) == _draw(7)


def test_seeds_differ_in_what_they_draw():
    assert len({_draw(seed).item_ids for seed in range(10)}) > 1


@given(SEEDS, SEEN)
def test_form_fulfils_the_blueprint(seed: int, seen: dict[ItemId, int]):
    items = [PROGRAMME.item_by_id[item_id] for item_id in _draw(seed, seen=seen).item_ids]
    assert len(set(items)) == BLUEPRINT.draw
    assert sum(item.critical == THEME for item in items) == 1
    assert all(item.pool == Pool.COUNTING for item in items)


@given(SEEDS)
def test_option_orders_are_permutations(seed: int):
    form = _draw(seed)
    for item_id, order in zip(form.item_ids, form.option_orders, strict=True):
        assert sorted(order) == list(range(len(PROGRAMME.item_by_id[item_id].options)))


@given(SEEDS)
def test_rest_is_spread_over_the_sections(seed: int):
    items = [PROGRAMME.item_by_id[item_id] for item_id in _draw(seed).item_ids]
    per_section = Counter(item.section for item in items if not item.critical)
    assert max(per_section.values()) - min(per_section.values()) <= 1


@given(SEEDS, SEEN)
def test_unseen_items_come_first(seed: int, seen: dict[ItemId, int]):
    drawn = set(_draw(seed, seen=seen).item_ids)
    for is_critical in (True, False):
        group = [i for i in PROGRAMME.items if i.pool == Pool.COUNTING and (i.critical is not None) == is_critical]
        most_seen_drawn = max(seen.get(item.id, 0) for item in group if item.id in drawn)
        assert all(seen.get(item.id, 0) >= most_seen_drawn for item in group if item.id not in drawn)


def test_practice_draws_only_from_its_own_pool():
    items = [PROGRAMME.item_by_id[item_id] for item_id in _draw(pool=Pool.PRACTICE).item_ids]
    assert [item.pool for item in items] == [Pool.PRACTICE] * BLUEPRINT.practice_draw


def test_small_practice_pool_gives_a_shorter_form():
    programme = make_programme(items=make_items(n_practice=2))
    assert len(draw_form(programme, BLUEPRINT, Pool.PRACTICE, {}, 1).item_ids) == 2


def test_empty_practice_pool_is_refused():
    with pytest.raises(PoolTooSmallError, match="practice items"):
        draw_form(make_programme(items=make_items(n_practice=0)), BLUEPRINT, Pool.PRACTICE, {}, 1)


def test_pool_too_small_for_a_theme_is_refused():
    with pytest.raises(PoolTooSmallError, match="needs 1 items of the theme `secrecy`; the programme has 0"):
        draw_form(make_programme(items=make_items(n_critical=0)), BLUEPRINT, Pool.COUNTING, {}, 1)


def test_pool_too_small_for_the_rest_is_refused():
    with pytest.raises(PoolTooSmallError, match="needs 3 uncritical items; the programme has 2"):
        draw_form(make_programme(items=make_items(n=2)), BLUEPRINT, Pool.COUNTING, {}, 1)


def test_true_and_false_keep_their_order():
    options = make_options(2, right=(0,))
    items = tuple(make_item(f"m1-t-{n}", kind=ItemKind.TRUE_FALSE, options=options) for n in range(5))
    blueprint = make_blueprint(critical={}, draw=5)
    programme = make_programme(items=items, blueprints=(blueprint,))
    orders = {draw_form(programme, blueprint, Pool.COUNTING, {}, seed).option_orders for seed in range(20)}
    assert orders == {((0, 1),) * 5}


def test_items_of_another_module_are_never_drawn():
    programme = make_programme(items=(*make_items(), make_item("m7-elsewhere")))
    drawn = {id_ for seed in range(30) for id_ in draw_form(programme, BLUEPRINT, Pool.COUNTING, {}, seed).item_ids}
    assert "m7-elsewhere" not in drawn
