"""What the trainers of the cast did about their own eye: rounds of scenes, sessions both rated, two views apart."""

from functools import partial

from analytics.demonstration import acts
from analytics.demonstration.cast import TRAINERS
from analytics.demonstration.setting import ROLE
from analytics.demonstration.world import Agenda, World
from analytics.simulation.path import read_path
from assessments.service.calibrating import Ticks, rate_vignette
from curriculum.ids import ChecklistId
from curriculum.models import Setting, Vignette

_ROUNDS_AGO = (112, 40)
_MISSED = {"trainer": (2, 1), "trainer2": (4, 2)}
"""In how many scenes each trainer sees nothing on the first line, in the first round and in the second."""

_SEEN_BY_BOTH = ("amina", "ben", "hana", "ivan", "priya", "luis")
_BOTH_AGO = (62, 52)
_APART_AGO = 5
_APART = "samuel"
_APART_FORM = "C3"


def look_at_raters(agenda: Agenda) -> None:
    """Put on the agenda what makes the pages about raters look lived in."""
    world = agenda.world
    for trainer in TRAINERS:
        for days_ago, n_missed in zip(_ROUNDS_AGO, _MISSED[trainer], strict=True):
            agenda.at(days_ago, 17, partial(_rate_scenes, world, trainer, n_missed))
    _rate_together(agenda)
    for trainer, n_further, misses in (("trainer", 99, False), ("trainer2", 0, True)):
        agenda.at(_APART_AGO, 15, partial(_see_apart, world, trainer, n_further, misses=misses))


def _rate_scenes(world: World, trainer: str, n_missed: int) -> None:
    """Rate all scenes as the panel does, but for the first line of some: there the trainer saw nothing."""
    for number, vignette in enumerate(world.programme.vignettes):
        rate_vignette(
            world.store,
            world.actor(trainer),
            world.programme.head.id,
            vignette.id,
            _ticks(vignette, is_missing=number < n_missed),
            version_no=world.version_no,
            now=world.clock.wait(2),
        )


def _ticks(vignette: Vignette, *, is_missing: bool) -> Ticks:
    first = next((gold.line for gold in vignette.gold if gold.seen), None)
    return {gold.line: () if is_missing and gold.line == first else gold.seen for gold in vignette.gold}


def _rate_together(agenda: Agenda) -> None:
    """Let both trainers rate the first live sessions of some under one code; the second sees a little more."""
    occasions = read_path(agenda.world.programme, ROLE).occasions_in(Setting.LIVE)[: len(_BOTH_AGO)]
    for number, (occasion, days_ago) in enumerate(zip(occasions, _BOTH_AGO, strict=False)):
        for place, login in enumerate(_SEEN_BY_BOTH):
            for checklist in occasion.checklists:
                for trainer, more in zip(TRAINERS, (0, (place + number) % 3), strict=True):
                    watch = partial(
                        acts.observe,
                        agenda.world,
                        trainer,
                        login,
                        checklist.id,
                        setting=Setting.LIVE,
                        stage=occasion.stage,
                        session_code=f"RIV-C week {number + 1}",
                        n_further=1 + more,
                    )
                    agenda.at(days_ago, 14, watch, minute=10 * place)


def _see_apart(world: World, trainer: str, n_further: int, *, misses: bool) -> None:
    acts.observe(
        world,
        trainer,
        _APART,
        _APART_FORM,
        setting=Setting.ROLEPLAY,
        scenario_id=world.programme.checklist_by_id[ChecklistId(_APART_FORM)].scenarios[0],
        session_code="Round C3 s",
        n_further=n_further,
        misses=misses,
    )
