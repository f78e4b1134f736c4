"""Going from a next step to the page where it is done."""

from assessments.service.attempts import start_attempt
from curriculum.blueprints import Blueprint
from curriculum.items import Pool
from curriculum.models import BlockKind, Module
from web.components import go_to, try_action
from web.context import Context, ProgrammeChoice
from web.views.trainee.choosing import NextStep, StepKind
from web.views.trainee.reading import Place


def take_step(context: Context, choice: ProgrammeChoice, step: NextStep) -> None:
    """Open the page of a step; a quiz is started first. Stays when it cannot be started, and says why."""
    match step.kind:
        case StepKind.GO_ON_QUIZ | StepKind.TAKE_QUIZ if step.quiz is not None:
            _start(context, choice, step.quiz, Pool.COUNTING)
        case StepKind.WAIT_QUIZ | StepKind.PRACTISE if step.quiz is not None:
            _start(context, choice, step.quiz, Pool.PRACTICE)
        case StepKind.READ | StepKind.ASK_UNLOCK if step.place is not None:
            _open(context, step.place.module, step.place.next_step)
        case StepKind.REFLECT if step.place is not None:
            _open(context, step.place.module, _step_to_reflect(step.place))
        case StepKind.EVALUATE:
            go_to(context, "evaluate", {"about": str(context.actor.person_id)})
        case StepKind.ASK_WATCH | StepKind.WATCH_LEADER | StepKind.ASK_PARTNER:
            go_to(context, "practice")
        case StepKind.MEET | StepKind.ANSWER:
            go_to(context, "my-supervision")
        case _:
            go_to(context, "my-record")


def _start(context: Context, choice: ProgrammeChoice, quiz: Blueprint, pool: Pool) -> None:
    started = try_action(
        lambda: start_attempt(context.store, context.actor, choice.programme_id, quiz.id, pool, now=context.now())
    )
    if started is not None:
        go_to(context, "quiz", {"form": str(started.fact_id)})


def _open(context: Context, module: Module, step: int) -> None:
    go_to(context, "modules", {"module": module.id, "step": str(step + 1)})


def _step_to_reflect(place: Place) -> int:
    """Return the first page of the module with something to think about."""
    steps = enumerate(place.module.steps)
    return next((n for n, step in steps if any(b.kind is BlockKind.REFLECT for b in step.blocks)), 0)
