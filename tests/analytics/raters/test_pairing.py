"""Who should rate with whom next: link first, then those who rated together least, and nobody is asked twice first."""

from collections import Counter
from itertools import combinations

from analytics.raters.pairing import Pair, Why, count_together, linked_groups, propose_pairs, until_target
from people.models import PersonId

A, B, C, D = (PersonId(number) for number in range(1, 5))


def shared(n: int = 3, **fewer: int) -> dict[Pair, int]:
    """Return how many people each two of four trainers both train; `ab=0` says otherwise."""
    names = {"a": A, "b": B, "c": C, "d": D}
    return {(names[x], names[y]): fewer.get(x + y, n) for x, y in combinations(names, 2)}


def test_those_whom_nothing_links_come_first_until_all_are_linked():
    found = propose_pairs(shared(), Counter({(A, B): 9, (C, D): 9}), is_enough=True)
    assert [one.why for one in found] == [Why.LINKS]
    assert {found[0].one, found[0].other} & {A, B}
    assert {found[0].one, found[0].other} & {C, D}


def test_a_chain_links_all_so_that_nothing_is_asked_once_enough_are_rated_by_two():
    chain = Counter({(A, B): 1, (B, C): 1, (C, D): 1})
    assert propose_pairs(shared(), chain, is_enough=True) == ()
    assert propose_pairs(shared(), chain, is_enough=False)


def test_below_the_aim_those_who_rated_together_least_come_first_and_each_once():
    together = Counter(dict.fromkeys(combinations((A, B, C, D), 2), 5))
    together[A, B], together[C, D] = 2, 3
    first, second, *_ = propose_pairs(shared(), together, is_enough=False)
    assert ((first.one, first.other), first.why, first.n_together) == ((A, B), Why.FEWEST, 2)
    assert (second.one, second.other) == (C, D)


def test_two_with_people_in_common_come_before_two_without():
    found = propose_pairs(shared(ab=0, ac=0, ad=0), Counter({(B, C): 1, (C, D): 1}), is_enough=True)
    assert [(one.other, one.n_shared) for one in found] == [(B, 0)]
    alone = propose_pairs({(A, B): 0}, Counter(), is_enough=False)
    assert (alone[0].why, alone[0].n_shared) == (Why.LINKS, 0)


def test_one_trainer_alone_has_nobody_to_rate_with():
    assert propose_pairs({}, Counter(), is_enough=False) == ()


def test_how_many_in_a_row_reach_the_aim():
    assert until_target(0, 0, 0.15) == 0
    assert until_target(15, 100, 0.15) == 0
    assert until_target(14, 100, 0.15) == 2
    n = until_target(0, 100, 0.15)
    assert n / (100 + n) >= 0.15 > (n - 1) / (99 + n)


def test_pairs_are_counted_over_performances_and_groups_follow():
    together = count_together([frozenset({A, B, C}), frozenset({A, B}), frozenset({D})])
    assert together == {(A, B): 2, (A, C): 1, (B, C): 1}
    assert linked_groups([A, B, C, D], together) == {A: 1, B: 1, C: 1, D: 2}
