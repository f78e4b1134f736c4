"""A verdict as a tree in plain words: gate, parts, facts, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.flips import Flip, status_waits_for
from analytics.wording import describe_part, next_action, next_step, setting_words, title_of
from assessments.facts import MilestoneKind
from assessments.verdicts import GateVerdict, PartVerdict, Verdict
from curriculum.gates import Gate
from curriculum.ids import GateId, ModuleId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase, ngettext
from people.facts import FactId
from store.evidence import FactNote


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in plain words: what it was, on which day, by whom, and how many days before the day asked for."""

    fact_id: FactId
    words: Phrase
    on: date
    by: str
    age_days: int


@dataclass(frozen=True, slots=True)
class PartExplanation:
    """A part of a gate with its label and the facts it rests on, oldest first."""

    label: Phrase
    verdict: PartVerdict
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class GateExplanation:
    """A gate, its verdict, what is to be done next (None when it is open), and its parts.

    `flip` is what would open it; None when it is open, or was not asked for.
    """

    gate: Gate
    verdict: GateVerdict
    next: Phrase | None
    parts: tuple[PartExplanation, ...]
    flip: Flip | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict on a person, explained by the programme's wording of the pinned version.

    `waits_for` is what no next fact can bring, such as the end of a hold.
    """

    name: str
    verdict: Verdict
    programme: Programme
    next: Phrase | None
    waits_for: Phrase | None
    gates: tuple[GateExplanation, ...]


def explain(
    programme: Programme,
    verdict: Verdict,
    name: str,
    notes: Mapping[FactId, FactNote],
    *,
    today: date,
    flips: Mapping[GateId, Flip],
) -> Explanation:
    """Return the tree of an opened verdict.

    Args:
        programme: The version that is pinned for the person.
        verdict: With parts and evidence.
        name: The person's name.
        notes: What the facts of the evidence say.
        today: The local day the verdict is of; ages are counted from it.
        flips: What would open its closed gates, of those about which that was asked.
    """
    gates = {gate.id: gate for gate in programme.gates}
    return Explanation(
        name,
        verdict,
        programme,
        next_step(programme, verdict),
        status_waits_for(verdict),
        tuple(
            explain_gate(programme, gates[gate.gate_id], gate, notes, today=today, flip=flips.get(gate.gate_id))
            for gate in verdict.gates
        ),
    )


def explain_gate(
    programme: Programme,
    gate: Gate,
    verdict: GateVerdict,
    notes: Mapping[FactId, FactNote],
    *,
    today: date,
    flip: Flip | None = None,
) -> GateExplanation:
    """Return the tree of one opened gate."""
    parts = tuple(
        PartExplanation(
            describe_part(programme, gate, part.part_no),
            part,
            tuple(_line(programme, notes[fact_id], today) for fact_id in part.evidence if fact_id in notes),
        )
        for part in verdict.parts
    )
    return GateExplanation(gate, verdict, next_action(programme, gate, verdict), parts, flip)


def _line(programme: Programme, note: FactNote, today: date) -> FactLine:
    return FactLine(note.fact_id, _words(programme, note), note.on, note.by, (today - note.on).days)


def _words(programme: Programme, note: FactNote) -> Phrase:
    match note.kind:
        case "observation":
            title = title_of(programme, "practice", note.about)
            return N_("Watched {setting}: {title}", setting=setting_words(note.detail), title=title)
        case "attempt":
            title = title_of(programme, "quiz", note.about)
            return N_("{title}: {score} of {most} points", title=title, score=note.amount or 0, most=note.out_of or 0)
        case "attendance":
            title, minutes = title_of(programme, "dose", note.about), note.amount or 0
            return ngettext("{title}, {n} minute", "{title}, {n} minutes", minutes, title=title)
        case "supervision":
            minutes = note.amount or 0
            return ngettext("Supervision, {n} minute", "Supervision, {n} minutes", minutes)
        case "certificate":
            title = title_of(programme, "certificate", note.about)
            return N_("{title}, valid until {day}", title=title, day=note.until_on or note.on)
        case "participant_summary":
            mean, answers = f"{(note.amount or 0) / 100:.2f}", note.out_of or 0
            return ngettext(
                "Feedback of {group}: mean {mean}, {n} answer",
                "Feedback of {group}: mean {mean}, {n} answers",
                answers,
                group=note.about,
                mean=mean,
            )
        case _:
            return _milestone_words(programme, note)


def _milestone_words(programme: Programme, note: FactNote) -> Phrase:
    match MilestoneKind(note.kind):
        case MilestoneKind.PREREQUISITE:
            return N_("Seen: {title}", title=title_of(programme, "prerequisite", note.about))
        case MilestoneKind.PEER_MODEL:
            return N_("Watched an experienced leader: {title}", title=note.about)
        case MilestoneKind.REFLECTION:
            module = programme.module_by_id.get(ModuleId(note.about))
            return N_("Reflection: {title}", title=module.title if module else note.about)
        case MilestoneKind.GROUP_DELIVERED:
            return N_("Led a whole group: {title}", title=note.about)
