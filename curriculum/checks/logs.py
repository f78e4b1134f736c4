"""A log asks for what the page on leaders watched can keep, and for nothing that could be judged."""

from collections import Counter
from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import Asks, Checklist, PassRule, Relation, ScaleKind
from curriculum.places import Kind, Place, counted

_UNUSED = ("settings", "scenarios", "lines", "lines_from")


def check_logs(draft: Draft) -> Iterator[Problem]:
    """Yield problems of logs, and of prompts that stand elsewhere."""
    first = ""
    for checklist in draft.checklists:
        place = draft.place(Kind.CHECKLIST, checklist.id)
        scale = draft.scale_of(checklist)
        if scale is None:
            continue
        if scale.kind is not ScaleKind.LOG:
            if checklist.prompts:
                message = f"has prompts, which scale `{scale.id}` does not use"
                yield place.error(message, "Write them as lines, or choose a scale of kind `log`.", ("prompts",))
            continue
        if first:
            message = f"is a second log beside `{first}`; expected one"
            yield place.error(message, "Put its prompts there.", ("scale",))
        first = first or checklist.id
        yield from _check_frame(checklist, place)
        yield from _check_prompts(checklist, place)


def _check_frame(checklist: Checklist, place: Place) -> Iterator[Problem]:
    if checklist.rater is not Relation.SELF:
        message = f"`rater` is `{checklist.rater}`; expected `self`, since people keep a log themselves"
        yield place.error(message, "Write `rater: self`.", ("rater",))
    for name in _UNUSED:
        if getattr(checklist, name):
            yield place.error(f"has {name}, which a log does not use", f"Remove `{name}:`.", (name,))
    if checklist.passes != PassRule():
        yield place.error("has `passes`, but a log is never judged", "Remove `passes:`.", ("passes",))


def _check_prompts(checklist: Checklist, place: Place) -> Iterator[Problem]:
    n_asked = Counter(prompt.asks for prompt in checklist.prompts)
    if n_asked[Asks.SESSION] != 1:
        message = f"asks for the session in {counted(n_asked[Asks.SESSION], 'prompt')}; expected 1"
        yield place.error(message, "Write `asks: session` on one.", ("prompts",))
    if n_asked[Asks.LEADER] > 1:
        message = f"asks for the leader in {counted(n_asked[Asks.LEADER], 'prompt')}; expected at most 1"
        yield place.error(message, "Write `asks: leader` on one.", ("prompts",))
    if not n_asked[Asks.WORDS]:
        yield place.error("has no prompt that asks for words", "Ask what was learned.", ("prompts",))
