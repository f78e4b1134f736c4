import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.facts import Done, Rating, Relation, Seen, Tick, YesNo
from assessments.observations import (
    answers_of,
    competency_levels,
    done_pct,
    fold_ticks,
    is_unanswered,
    judge,
    lines_in,
    rate_behaviours,
    why_not_counting,
)
from curriculum.ids import BehaviourId, CompetencyId, LineId, ScaleId
from curriculum.models import BehaviourKind, Further, PassRule, Scale, ScaleKind, Setting
from people.ids import new_fact_id
from people.models import PersonId
from tests.assessments.world import all_basics
from tests.builders import (
    LOG,
    NOW,
    make_checklist,
    make_evaluation,
    make_fidelity,
    make_head,
    make_line,
    make_programme,
)

U, B, F = BehaviourKind.UNHELPFUL, BehaviourKind.BASIC, BehaviourKind.FURTHER
BY_LEVEL = PassRule(min_level=3)
FOUR = Scale(id=ScaleId("four"), kind=ScaleKind.BEHAVIOURS, levels=("a", "b", "c", "d"))
FOUR_OF_ALL = FOUR.model_copy(update={"id": ScaleId("all"), "further": Further.ALL})
THREE = FOUR.model_copy(update={"id": ScaleId("three"), "levels": ("a", "b", "c")})
YES_OR_NO = Scale(id=ScaleId("doors"), kind=ScaleKind.YES_NO)
YES, NO, NONE = Seen.SEEN, Seen.NOT_SEEN, Seen.NO_OPPORTUNITY
PROGRAMME = make_programme()
C2 = PROGRAMME.checklists[0]
C7 = PROGRAMME.checklists[2]


# ---------------------------------------------------------------- scales


def test_a_scale_without_names_has_four_levels():
    assert Scale(id=ScaleId("plain"), kind=ScaleKind.BEHAVIOURS).n_levels == 4
    assert THREE.n_levels == 3
    assert YES_OR_NO.n_levels == 0


def test_with_three_levels_nothing_goes_beyond_the_basics():
    assert rate_behaviours(THREE, [(U, NO), (B, YES), (F, YES)]) == 3
    assert rate_behaviours(THREE, [(U, NO), (B, NO)]) == 2
    assert rate_behaviours(THREE, [(U, YES), (B, YES)]) == 1


def test_a_scale_may_ask_for_every_further_behaviour():
    assert rate_behaviours(FOUR_OF_ALL, [(U, NO), (B, YES), (F, YES), (F, NO)]) == 3
    assert rate_behaviours(FOUR_OF_ALL, [(U, NO), (B, YES), (F, YES), (F, YES)]) == 4
    assert rate_behaviours(FOUR_OF_ALL, [(U, NO), (B, YES), (F, YES), (F, NONE)]) == 4
    assert rate_behaviours(FOUR_OF_ALL, [(U, NO), (B, YES), (F, NONE)]) == 3


def test_further_behaviours_are_answered_on_four_levels_only():
    programme = make_programme(head=make_head(scales=(THREE, FOUR)))
    watched = {scale.id: programme.watched_on(make_checklist(scale=scale.id), C2.lines[0]) for scale in (THREE, FOUR)}
    assert {id_: [b.kind for b in behaviours] for id_, behaviours in watched.items()} == {
        "three": [U, B, B],
        "four": [U, B, B, F],
    }


@pytest.mark.parametrize(
    ("kind", "forbids", "expected"),
    [
        (ScaleKind.BEHAVIOURS, False, ("seen", "not_seen", "no_opportunity")),
        (ScaleKind.BEHAVIOURS, True, ("seen", "not_seen")),
        (ScaleKind.DONE, False, ("done", "partly", "not_done", "not_applicable")),
        (ScaleKind.DONE, True, ("done", "partly", "not_done")),
        (ScaleKind.YES_NO, False, ("yes", "no", "not_applicable")),
        (ScaleKind.YES_NO, True, ("yes", "no")),
        (ScaleKind.LOG, False, ()),
    ],
)
def test_each_kind_of_scale_has_its_answers(kind: ScaleKind, forbids: bool, expected: tuple[str, ...]):
    scale = Scale(id=ScaleId("x"), kind=kind)
    assert answers_of(scale, make_checklist(no_opportunity=not forbids)) == expected


# ---------------------------------------------------------------- one line


def test_all_basics_seen_is_level_three():
    assert rate_behaviours(FOUR, [(U, NO), (B, YES), (B, YES), (F, NO)]) == 3


def test_one_further_behaviour_makes_level_four():
    assert rate_behaviours(FOUR, [(U, NO), (B, YES), (F, NO), (F, YES)]) == 4


def test_a_basic_not_seen_makes_level_two():
    assert rate_behaviours(FOUR, [(U, NO), (B, YES), (B, NO), (F, YES)]) == 2


def test_any_unhelpful_seen_makes_level_one():
    assert rate_behaviours(FOUR, [(U, YES), (B, YES), (F, YES)]) == 1


def test_unhelpful_seen_needs_no_other_answer():
    assert rate_behaviours(FOUR, [(U, YES), (B, None), (F, None)]) == 1


@pytest.mark.parametrize("kind", [U, B, F])
def test_unanswered_behaviour_leaves_the_line_without_level(kind: BehaviourKind):
    answers = [(U, NO), (B, YES), (B, NO), (F, YES)]
    assert rate_behaviours(FOUR, [*answers, (kind, None)]) is None


def test_basic_without_opportunity_is_left_out():
    assert rate_behaviours(FOUR, [(U, NO), (B, YES), (B, NONE), (F, NO)]) == 3


def test_no_opportunity_for_any_basic_gives_no_level():
    assert rate_behaviours(FOUR, [(U, NO), (B, NONE), (B, NONE), (F, YES)]) is None


def test_no_opportunity_everywhere_gives_no_level():
    assert rate_behaviours(FOUR, [(U, NONE), (B, NONE), (F, NONE)]) is None


def test_line_without_behaviours_has_no_level():
    assert rate_behaviours(FOUR, []) is None


ANSWERS = st.lists(st.tuples(st.sampled_from([U, B, F]), st.sampled_from([YES, NO, NONE])), min_size=1, max_size=8)


BETTER = {(U, YES): NO, (B, NO): YES, (F, NO): YES}


SCALES = st.sampled_from([FOUR, FOUR_OF_ALL, THREE])


@given(SCALES, ANSWERS, st.data())
def test_a_better_answer_never_lowers_the_level(
    scale: Scale, answers: list[tuple[BehaviourKind, Seen]], data: st.DataObject
):
    at = data.draw(st.integers(0, len(answers) - 1))
    kind, state = answers[at]
    better = [*answers[:at], (kind, BETTER.get((kind, state), state)), *answers[at + 1 :]]
    before, after = rate_behaviours(scale, answers), rate_behaviours(scale, better)
    assert before is None or after is None or after >= before


@given(SCALES, ANSWERS)
def test_seeing_something_unhelpful_never_raises_the_level(scale: Scale, answers: list[tuple[BehaviourKind, Seen]]):
    assert rate_behaviours(scale, [*answers, (U, YES)]) == 1


@given(SCALES, ANSWERS)
def test_level_is_none_or_one_of_the_scale(scale: Scale, answers: list[tuple[BehaviourKind, Seen]]):
    assert rate_behaviours(scale, answers) in (None, *range(1, scale.n_levels + 1))


@given(ANSWERS)
def test_scales_of_behaviours_differ_in_nothing_below_their_highest_level(answers: list[tuple[BehaviourKind, Seen]]):
    levels = [rate_behaviours(scale, answers) for scale in (FOUR, FOUR_OF_ALL, THREE)]
    assert len({level and min(level, 3) for level in levels}) == 1


@given(SCALES, ANSWERS, st.randoms())
def test_order_of_behaviours_changes_nothing(scale: Scale, answers: list[tuple[BehaviourKind, Seen]], rng):
    shuffled = rng.sample(answers, len(answers))
    assert rate_behaviours(scale, shuffled) == rate_behaviours(scale, answers)


def test_competency_has_the_lowest_level_of_its_lines():
    one, two = CompetencyId("D1.1"), CompetencyId("D1.2")
    ratings = [
        Rating(LineId(str(n)), c, level) for n, (c, level) in enumerate([(one, 4), (one, 2), (one, None), (two, 3)])
    ]
    assert competency_levels(ratings) == {one: 2, two: 3}


def test_competency_without_a_rated_line_has_no_level():
    assert competency_levels([Rating(LineId("L"), CompetencyId("D1.1"), None)]) == {}


# ---------------------------------------------------------------- answers of a form


def _tick(line: str, behaviour: str | None, state: str) -> Tick:
    return Tick(
        fact_id=new_fact_id(),
        person_id=PersonId(1),
        actor_id=PersonId(3),
        occurred_at=NOW,
        opened_id=new_fact_id(),
        line_id=LineId(line),
        behaviour_id=BehaviourId(behaviour) if behaviour else None,
        state=state,
    )


def test_newest_tick_holds():
    assert fold_ticks([_tick("L1", "b", YES), _tick("L1", "b", NO)]) == {("L1", "b"): "not_seen"}


def test_empty_tick_takes_an_answer_back():
    assert fold_ticks([_tick("L1", "b", YES), _tick("L1", "b", "")]) == {}


def test_line_for_another_setting_is_not_on_the_form():
    checklist = make_checklist(lines=(make_line("a"), make_line("b", settings=(Setting.LIVE,))))
    assert [line.id for line in lines_in(checklist, Setting.ROLEPLAY)] == ["a"]
    assert [line.id for line in lines_in(checklist, Setting.LIVE)] == ["a", "b"]


def _states(*answers: tuple[str, str, str]):
    return {(LineId(line), BehaviourId(b) if b else None): str(state) for line, b, state in answers}


def test_line_with_harm_seen_counts_as_answered():
    assert not is_unanswered(PROGRAMME, C2, C2.lines[0], _states(("L1", "D1.1-U1", YES)))


def test_line_without_opportunity_counts_as_answered():
    states = _states(*[("L1", f"D1.1-{key}", NONE) for key in ("U1", "B1", "B2", "F1")])
    assert not is_unanswered(PROGRAMME, C2, C2.lines[0], states)


def test_line_with_an_open_behaviour_is_unanswered():
    assert is_unanswered(PROGRAMME, C2, C2.lines[0], _states(*all_basics("L1", "D1.1")[:3]))


# ---------------------------------------------------------------- result of a form


def _judge(*answers: tuple[str, str, str], passes: PassRule = BY_LEVEL):
    return judge(PROGRAMME, make_checklist(passes=passes), Setting.LIVE, _states(*answers))


BOTH = (*all_basics("L1", "D1.1"), *all_basics("L2", "D1.2"))


def test_all_lines_at_level_three_pass():
    result = _judge(*BOTH)
    assert (result.is_passed, result.pct, result.min_level) == (True, 100, 3)


def test_line_below_the_level_does_not_pass():
    result = _judge(*BOTH, ("L1", "D1.1-B1", NO))
    assert (result.is_passed, result.pct, result.min_level) == (False, 50, 2)


def test_unrated_line_that_is_not_critical_is_left_out():
    result = _judge(*all_basics("L2", "D1.2"))
    assert (result.is_passed, result.pct) == (True, 100)
    assert [rating.level for rating in result.ratings] == [None, 3]


def test_unrated_critical_line_does_not_pass():
    assert not _judge(*all_basics("L1", "D1.1")).is_passed


def test_critical_line_below_level_fails_a_rule_by_per_cent():
    rule = PassRule(pct=50)
    assert not _judge(*BOTH, ("L2", "D1.2-B1", NO), passes=rule).is_passed
    assert _judge(*BOTH, ("L1", "D1.1-B1", NO), passes=rule).is_passed


def test_critical_lines_are_ignored_where_the_rule_says_so():
    rule = PassRule(pct=50, critical_all=False)
    assert _judge(*BOTH, ("L2", "D1.2-B1", NO), passes=rule).is_passed


def test_nothing_rated_is_no_pass():
    result = _judge(passes=PassRule(critical_all=False))
    assert (result.is_passed, result.pct, result.min_level) == (False, 0, None)


def test_unhelpful_on_a_critical_line_is_counted():
    assert _judge(*BOTH, ("L2", "D1.2-U1", YES)).critical_unhelpful == ("D1.2-U1",)


def test_unhelpful_on_another_line_is_not_counted():
    assert _judge(*BOTH, ("L1", "D1.1-U1", YES)).critical_unhelpful == ()


def test_line_of_a_critical_competency_is_critical():
    checklist = make_checklist(lines=(make_line("L", "D1.3"),))
    result = judge(PROGRAMME, checklist, Setting.LIVE, _states(("L", "D1.3-U1", YES)))
    assert result.critical_unhelpful == ("D1.3-U1",)


# ---------------------------------------------------------------- fidelity


def test_partly_done_counts_half():
    assert done_pct([Done.DONE, Done.PARTLY, Done.NOT_DONE, Done.DONE]) == 62


def test_not_applicable_is_left_out():
    assert done_pct([Done.DONE, Done.NOT_APPLICABLE]) == 100


@pytest.mark.parametrize("answers", [[], [Done.NOT_APPLICABLE] * 3])
def test_nothing_applicable_has_no_per_cent(answers: list[Done]):
    assert done_pct(answers) is None


@given(st.lists(st.sampled_from(Done), min_size=1))
def test_fidelity_stays_within_its_range(answers: list[Done]):
    assert done_pct(answers) is None or 0 <= (done_pct(answers) or 0) <= 100


def _judge_fidelity(*states: str):
    answers = [(f"F{n}", "", state) for n, state in enumerate(states, 1) if state]
    return judge(PROGRAMME, C7, Setting.LIVE, _states(*answers))


def test_fidelity_passes_at_its_per_cent():
    assert _judge_fidelity("done", "done", "done", "partly").is_passed
    assert not _judge_fidelity("done", "done", "partly", "partly").is_passed


def test_critical_part_only_partly_done_does_not_pass():
    assert not _judge_fidelity("partly", "done", "done", "done").is_passed


def test_nothing_applicable_does_not_pass():
    result = _judge_fidelity(*["not_applicable"] * 4)
    assert (result.is_passed, result.pct) == (False, 0)


def test_nothing_applicable_does_not_pass_without_a_critical_line_either():
    checklist = make_fidelity(lines=(make_line("F1"),))
    assert not judge(PROGRAMME, checklist, Setting.LIVE, _states(("F1", "", "not_applicable"))).is_passed


def test_fidelity_with_a_line_unanswered_does_not_pass():
    assert not _judge_fidelity("done", "done", "done", "").is_passed


def test_fidelity_lines_have_no_level():
    assert {rating.level for rating in _judge_fidelity(*["done"] * 4).ratings} == {None}


# ---------------------------------------------------------------- yes or no


DOORS = make_programme(head=make_head(scales=(YES_OR_NO,)))


def _judge_doors(*states: str):
    checklist = make_fidelity(scale=YES_OR_NO.id, passes=PassRule(pct=60))
    answers = [(f"F{n}", "", state) for n, state in enumerate(states, 1) if state]
    return judge(DOORS, checklist, Setting.LIVE, _states(*answers))


def test_yes_counts_and_no_does_not():
    assert done_pct([YesNo.YES, YesNo.NO, YesNo.YES, YesNo.NOT_APPLICABLE]) == 66


def test_yes_or_no_passes_by_its_per_cent_and_its_critical_lines():
    assert _judge_doors("yes", "yes", "no", "not_applicable").is_passed
    assert not _judge_doors("yes", "no", "no", "yes").is_passed
    assert not _judge_doors("no", "yes", "yes", "yes").is_passed
    assert not _judge_doors("yes", "yes", "yes", "").is_passed


def test_lines_of_yes_or_no_have_no_level():
    result = _judge_doors(*["yes"] * 4)
    assert ({rating.level for rating in result.ratings}, result.min_level) == ({None}, None)
    assert result.critical_unhelpful == ()


# ---------------------------------------------------------------- whose form it is


@pytest.mark.parametrize("rater", [Relation.SELF, Relation.PARTNER])
def test_only_what_a_trainer_filled_in_passes(rater: Relation):
    result = judge(PROGRAMME, make_evaluation(rater), Setting.LIVE, _states(*BOTH))
    assert [rating.level for rating in result.ratings] == [3, 3]
    assert not result.is_passed


def test_parts_of_an_evaluation_bear_the_titles_of_what_they_come_from():
    own, taken = make_line("own"), make_line("taken")
    source = make_checklist("C3", title="Listening", lines=(taken,))
    evaluation = make_evaluation(Relation.SELF, title="Mine", lines=(own, taken), lines_from=(source.id,))
    programme = make_programme(checklists=(source, evaluation))
    assert [(part.title, [line.id for line in part.lines]) for part in programme.parts_of(evaluation)] == [
        ("Mine", ["own"]),
        ("Listening", ["taken"]),
    ]


def test_a_log_is_no_form_of_anybody():
    assert [one.id for one in PROGRAMME.forms_of(Relation.SELF)] == ["C8"]
    assert PROGRAMME.log is not None
    assert PROGRAMME.log.scale == LOG


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize("relation", [Relation.SELF, Relation.PARTNER])
def test_only_a_trainers_observation_counts(relation: Relation):
    assert "Only a trainer's" in why_not_counting(Setting.ROLEPLAY, relation, True)


def test_live_session_without_a_second_leader_does_not_count():
    assert "second leader" in why_not_counting(Setting.LIVE, Relation.TRAINER, False)
    assert why_not_counting(Setting.LIVE, Relation.TRAINER, True) == ""
    assert why_not_counting(Setting.ROLEPLAY, Relation.TRAINER, False) == ""
