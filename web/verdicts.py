"""How a person stands, drawn: gates as a path, and why a gate is open or closed, down to the facts."""

from datetime import datetime

import streamlit as st

from analytics.explanation import FactLine, GateExplanation, PartExplanation
from analytics.flips import Flip, SeenFlip, WholeFlip
from analytics.readiness import see_flip, see_gate, see_whole_flip
from analytics.wording import next_action
from assessments.verdicts import GateState, GateVerdict, Status, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import GateId
from curriculum.models import Programme
from people.models import PersonId
from people.rights import Record, Right, may_on_person
from people.service.audit import open_record
from web.components import Mark, count_of, day_text, gate_row, plain, small_note, try_action
from web.context import Context
from web.sentences import say
from web.texts import _, ngettext


def gate_title(programme: Programme, gate_id: GateId) -> str:
    """Return the title of a gate, or its id where only another version of the programme has it."""
    return next((gate.title for gate in programme.gates if gate.id == gate_id), gate_id)


def gate_of(programme: Programme, gate_id: GateId) -> Gate:
    """Return the gate that a verdict is about.

    Raises:
        KeyError: The programme has no such gate.
    """
    return {gate.id: gate for gate in programme.gates}[gate_id]


def figure_of(gate: GateVerdict) -> str:
    """Return "2 of 3"; empty for a gate that counts nothing."""
    return count_of(gate.have, gate.need) if gate.need else ""


# ---------------------------------------------------------------- the path


def draw_path(context: Context, programme: Programme, verdict: Verdict) -> None:
    """Draw the gates of a person as a path: met ones folded, then the open ones with the next step, then the sign-off.

    Each open gate can be asked why. Gates that are not needed for the role are left out.
    """
    needed = [gate for gate in verdict.gates if gate.state is not GateState.NOT_REQUIRED]
    blocking = [gate for gate in needed if gate.severity is Severity.BLOCK]
    met = [gate for gate in blocking if gate.is_open]
    still_open = [gate for gate in blocking if not gate.is_open]
    _draw_heading(context, verdict, len(met), len(blocking))
    if met:
        words = ngettext("{n} gate met", "{n} gates met", len(met)).format(n=len(met))
        with st.expander(words, icon=":material/check_circle:", key=f"met-{verdict.person_id}"):
            for gate in met:
                _draw_gate(context, programme, verdict, gate, "met")
    for number, gate in enumerate(still_open):
        _draw_gate(context, programme, verdict, gate, _mark(gate, is_first=number == 0))
    draw_whole_flip(context, verdict)
    _draw_sign_off(programme, verdict)
    _draw_advice(context, programme, verdict, [gate for gate in needed if gate.severity is not Severity.BLOCK])


def _draw_heading(context: Context, verdict: Verdict, n_met: int, n_all: int) -> None:
    is_own = verdict.person_id == context.actor.person_id
    words = _("Your path: {met} of {all} gates met") if is_own else _("{met} of {all} gates met")
    st.subheader(words.format(met=n_met, all=n_all), anchor=False)


def _mark(gate: GateVerdict, *, is_first: bool) -> Mark:
    if gate.state is GateState.NOT_COMPUTABLE:
        return "not_computable"
    return "now" if is_first else "open"


def _draw_gate(context: Context, programme: Programme, verdict: Verdict, gate: GateVerdict, mark: Mark) -> None:
    rule = gate_of(programme, gate.gate_id)
    gate_row(rule.title, figure_of(gate), mark=mark, note=say(next_action(programme, rule, gate)))
    draw_why(context, programme, gate, person_id=verdict.person_id)


def _draw_sign_off(programme: Programme, verdict: Verdict) -> None:
    title = _("Sign-off: two people") if programme.head.decision.countersign else _("Sign-off")
    note = ""
    if verdict.valid_until is not None and verdict.status in (Status.SIGNED_OFF, Status.DUE_SOON):
        note = _("Signed off, valid until {day}.").format(day=day_text(verdict.valid_until))
    elif verdict.status is Status.READY_FOR_DECISION:
        note = _("All is there. Now people decide.")
    gate_row(title, "", mark="person", note=note)


def _draw_advice(context: Context, programme: Programme, verdict: Verdict, gates: list[GateVerdict]) -> None:
    closed = [gate for gate in gates if not gate.is_open]
    if not closed:
        return
    small_note(_("Also looked at. These do not hold anybody back:"))
    for gate in closed:
        _draw_gate(context, programme, verdict, gate, _mark(gate, is_first=False))


# ---------------------------------------------------------------- all that is missing


def draw_whole_flip(
    context: Context,
    verdict: Verdict,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    key: str = "",
) -> None:
    """Draw a popover that says what would open all closed gates together; it is worked out only once it is opened.

    Args:
        context: Of the page.
        verdict: How the person stands.
        as_of: The instant that the verdict is of; now when left out.
        known_at: The instant by which things had to be recorded; now when left out.
        key: Tells apart two popovers about one person on one page.
    """
    if not verdict.open_blocks:
        return
    person_id, programme_id = verdict.person_id, verdict.programme_id
    whole = st.popover(
        _("All that is missing, together"),
        icon=":material/checklist:",
        key=f"whole-{key}{person_id}-{programme_id}",
        on_change="rerun",
    )
    with whole:
        if not whole.open:
            return
        store, actor = context.store, context.actor
        try_action(lambda: open_record(store, actor, person_id, Record.READINESS, context.now()))
        seen = try_action(lambda: see_whole_flip(store, actor, person_id, programme_id, as_of=as_of, known_at=known_at))
        if seen is not None:
            draw_seen_flip(seen)


def draw_seen_flip(seen: SeenFlip) -> None:
    """Draw the things that open the gates together, what they do not bring, and how sure it is that they are fewest."""
    flip = seen.flip
    if seen.waits_for is not None:
        st.markdown(plain(say(seen.waits_for)))
    if flip.facts:
        gates = ", ".join(gate_title(seen.programme, gate_id) for gate_id in flip.gate_ids)
        is_all = not seen.n_hidden and not flip.waits_for
        title = _("What would open every gate that is still closed") if is_all else _("What would open some gates")
        lines = [f"- {thing.times} × {plain(say(thing.words))}" for thing in flip.things]
        st.markdown("\n".join([f"**{title}**:", "", *lines]))
        small_note(_("It opens: {gates}. One thing may count for several.").format(gates=gates))
        small_note(_how_few(flip))
    elif flip.gate_ids:
        st.markdown(_("No list that opens all of them was found. *Why*, beside each gate, says what opens that one."))
    for gate_id, words in flip.waits_for.items():
        st.markdown(f"**{plain(gate_title(seen.programme, gate_id))}**: {plain(say(words))}")
    if seen.n_hidden:
        words = ngettext(
            "{n} more gate is closed. What it needs is about how somebody does, so it is not shown here.",
            "{n} more gates are closed. What they need is about how somebody does, so it is not shown here.",
            seen.n_hidden,
        )
        small_note(words.format(n=seen.n_hidden))


def _how_few(flip: WholeFlip) -> str:
    if flip.is_smallest:
        return _("No shorter list is enough. It is worked out by the rules themselves, for today.")
    return _(
        "It is enough, and nothing on it can be left out. Another list might be shorter. It is worked out by the rules "
        "themselves, for today."
    )


# ---------------------------------------------------------------- why


def draw_why(
    context: Context,
    programme: Programme,
    gate: GateVerdict,
    *,
    person_id: PersonId | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    key: str = "",
) -> None:
    """Draw a popover that says why a gate stands as it does; what it needs is read only once it is opened.

    Who may see the person's readiness sees the parts and the facts they rest on; who may see the status alone sees how
    much there is of what is needed, and what comes next. Opening somebody else's is noted for that person to see.

    Args:
        context: Of the page.
        programme: The version that the verdict is about.
        gate: The verdict.
        person_id: Whose it is; the reader's own when left out.
        as_of: The instant that the verdict is of; now when left out.
        known_at: The instant by which things had to be recorded; now when left out.
        key: Tells apart two popovers about one gate of one person on one page.
    """
    about = person_id if person_id is not None else context.actor.person_id
    why = st.popover(
        _("Why"), type="tertiary", key=f"why-{key}{about}-{programme.head.id}-{gate.gate_id}", on_change="rerun"
    )
    with why:
        if why.open:
            try_action(lambda: open_record(context.store, context.actor, about, Record.READINESS, context.now()))
            _draw_opened(context, programme, gate, about, as_of=as_of, known_at=known_at)


def _draw_opened(
    context: Context,
    programme: Programme,
    gate: GateVerdict,
    person_id: PersonId,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
) -> None:
    store, actor = context.store, context.actor
    asked = (person_id, programme.head.id, gate.gate_id)
    if may_on_person(context.actor, Right.SEE, Record.READINESS, context.store.subject(person_id)):
        explained = try_action(lambda: see_gate(store, actor, *asked, as_of=as_of, known_at=known_at))
        if explained is not None:
            draw_gate_explanation(explained)
            return
    rule = gate_of(programme, gate.gate_id)
    st.markdown(f"**{plain(rule.title)}** {plain(figure_of(gate))}")
    flip = try_action(lambda: see_flip(store, actor, *asked, as_of=as_of, known_at=known_at))
    if flip is not None and (flip.facts or flip.waits_for):
        _draw_flip(flip)
    _draw_reason(rule, say(next_action(programme, rule, gate)))


def _draw_flip(flip: Flip) -> None:
    """Draw what would open the gate: the things themselves, how many, and by when."""
    if flip.waits_for is not None:
        st.markdown(f"**{_('What would open it')}**: {plain(say(flip.waits_for))}")
        return
    title = _("What would open it, by {day}").format(day=day_text(flip.by)) if flip.by else _("What would open it")
    lines = [f"- {thing.times} × {plain(say(thing.words))}" for thing in flip.things]
    st.markdown("\n".join([f"**{title}**:", "", *lines]))
    small_note(_("All of these are needed, and no more. It is worked out by the rules themselves."))


def draw_gate_explanation(explained: GateExplanation) -> None:
    """Draw a gate opened down to its facts: why it is asked, each part, and what comes next."""
    st.markdown(f"**{plain(explained.gate.title)}** {plain(figure_of(explained.verdict))}")
    for part in explained.parts:
        _draw_part(part)
    if explained.flip is not None:
        _draw_flip(explained.flip)
    _draw_reason(explained.gate, say(explained.next))


def _draw_reason(gate: Gate, next_words: str) -> None:
    if next_words:
        st.markdown(f"**{_('Next')}**: {plain(next_words)}")
    small_note(gate.why)


def _draw_part(part: PartExplanation) -> None:
    icon = ":green[:material/check:]" if part.verdict.is_met else ":gray[:material/radio_button_unchecked:]"
    words = _("met") if part.verdict.is_met else _("open")
    figure = count_of(min(part.verdict.have, part.verdict.need), part.verdict.need)
    lines = [f"{icon} {plain(say(part.label))}: {plain(figure)} ({words})"]
    lines += [f"- {_fact_words(fact)}" for fact in part.facts]
    st.markdown("\n".join(lines))


def _fact_words(fact: FactLine) -> str:
    words = _("{what}, {day}, recorded by {name}")
    return plain(words.format(what=say(fact.words), day=day_text(fact.on), name=fact.by))
