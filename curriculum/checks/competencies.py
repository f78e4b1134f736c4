"""Competencies can be observed: each behaviour is something a person does."""

import re
from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.models import Behaviour, BehaviourKind, Competency
from curriculum.places import Kind

_LETTERS = {BehaviourKind.UNHELPFUL: "U", BehaviourKind.BASIC: "B", BehaviourKind.FURTHER: "F"}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_FILLERS = frozenset(
    _WORD.findall(
        "a an and all always appears at attitude be been being by character feels good great has have he her his "
        "is in manner not of or person personality positive quite really seems she shows style the their they times to "
        "very warmth with"
    )
)
_TRAITS = frozenset(
    _WORD.findall(
        "accepting approachable attentive authentic balanced calm caring cheerful committed compassionate competent "
        "confident considerate empathetic empathic encouraging energetic engaged engaging enthusiastic fair flexible "
        "friendly genuine gentle helpful honest humble inclusive interested kind knowledgeable loving mature motivated "
        "natural nice non-judgemental objective open open-minded organised patient pleasant polite present "
        "professional reliable relaxed respectful responsible sensitive sincere skilled strong supportive sympathetic "
        "tactful thoughtful tolerant trustworthy understanding warm welcoming wise cold arrogant bossy careless cruel "
        "distant dismissive disrespectful hostile impatient insensitive judgemental negative rude unfriendly unkind "
        "unprofessional empathy kindness patience respect"
    )
)


def check_behaviours(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the behaviours of each competency."""
    for competency in draft.competencies:
        place = draft.place(Kind.COMPETENCY, competency.id)
        kinds = {behaviour.kind for behaviour in competency.behaviours}
        for needed in (BehaviourKind.UNHELPFUL, BehaviourKind.BASIC):
            if needed not in kinds:
                yield place.error(f"has no {needed} behaviour", "Add what an observer would see.", ("behaviours",))
        for behaviour in competency.behaviours:
            yield from _check_behaviour(draft, competency, behaviour)


def _check_behaviour(draft: Draft, competency: Competency, behaviour: Behaviour) -> Iterator[Problem]:
    place = draft.place(Kind.BEHAVIOUR, behaviour.id)
    letter = _LETTERS[behaviour.kind]
    if not re.fullmatch(rf"{re.escape(competency.id)}-{letter}[1-9]\d?", behaviour.id):
        message = f"id `{behaviour.id}` does not fit a behaviour of kind `{behaviour.kind}` of `{competency.id}`"
        yield place.error(message, f"Write it as `{competency.id}-{letter}1`.", ("id",))
    if is_bare_trait(behaviour.text):
        message = f"`{behaviour.text}` names a trait; expected something that can be seen or heard"
        yield place.error(message, "Say what the person does, such as: Asks what parents already do.", ("text",))


def is_bare_trait(text: str) -> bool:
    """Return whether a text only names what somebody is like, and not what they do."""
    words = _WORD.findall(text.lower())
    return all(word in _TRAITS or word in _FILLERS or _is_adverb_of_trait(word) for word in words)


def _is_adverb_of_trait(word: str) -> bool:
    return word.endswith("ly") and word.removesuffix("ly") in _TRAITS


def check_competencies_are_used(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each competency that no module teaches, or that no checklist rates."""
    taught = {id_ for module in draft.modules for id_ in module.competencies}
    rated = {line.competency for checklist in draft.checklists for line in checklist.lines}
    for competency in draft.competencies:
        place = draft.place(Kind.COMPETENCY, competency.id)
        if competency.id not in taught and Kind.MODULE not in draft.incomplete:
            yield place.warning("is taught by no module", "Name it in a module's `competencies`.")
        if competency.id not in rated and Kind.CHECKLIST not in draft.incomplete:
            yield place.warning("is rated by no checklist", "Give it a line on a checklist.")
