"""Gates in plain words: what a part asks for, and the one thing to do next. The reader is the trainee."""

from typing import Final

from assessments.facts import Stage
from assessments.verdicts import GateState, GateVerdict, Status, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import BlueprintId, CertificateId, ChecklistId, CompetencyId, PrerequisiteId
from curriculum.models import Programme, Setting
from curriculum.phrases import N_, Phrase, ngettext
from store.rules import GatePart, gate_parts

_ALWAYS_DAYS: Final = 3660
"""A window this long is none."""


def state_words(state: GateState) -> Phrase:
    """Return what people read for the state of a gate."""
    match state:
        case GateState.MET:
            return N_("Done")
        case GateState.NOT_MET:
            return N_("Still to do")
        case GateState.NOT_REQUIRED:
            return N_("Not needed")
        case GateState.NOT_COMPUTABLE:
            return N_("Cannot be told yet")


def status_words(status: Status) -> Phrase:
    """Return what people read for where a person stands."""
    return _STATUS[status]


_STATUS: Final = {
    Status.NOT_STARTED: N_("Not started"),
    Status.IN_TRAINING: N_("In training"),
    Status.PRACTISING: N_("Practising"),
    Status.READY_FOR_DECISION: N_("Ready for decision"),
    Status.SIGNED_OFF: N_("Signed off"),
    Status.DUE_SOON: N_("Signed off, due soon"),
    Status.LAPSED: N_("Lapsed"),
    Status.ON_HOLD: N_("On hold"),
    Status.PAUSED: N_("Paused"),
    Status.WITHDRAWN: N_("Left"),
    Status.REVOKED: N_("Sign-off revoked"),
}


# ---------------------------------------------------------------- parts


def describe_part(programme: Programme, gate: Gate, part_no: int) -> Phrase:
    """Return the label of one part of a gate.

    Raises:
        IndexError: The gate has no such part.
    """
    part = gate_parts(gate)[part_no - 1]
    match gate.kind:
        case "prerequisite":
            return N_("Before you start: {title}", title=title_of(programme, gate.kind, part.references[0]))
        case "dose":
            return _dose_label(programme, part)
        case "quiz":
            return N_("Quiz: {title}", title=title_of(programme, gate.kind, part.references[0]))
        case "critical":
            return N_("Key questions of the quiz: {title}", title=title_of(programme, gate.kind, part.references[0]))
        case "certificate":
            return N_("Certificate: {title}", title=title_of(programme, gate.kind, part.references[0]))
        case "practice" | "level" | "harm" | "observers" | "settings" | "assessor" | "evaluations_given":
            return _observed_label(programme, gate, part, part_no)
        case "supervision":
            return _supervision_label(part, part_no)
        case "peer_model":
            return N_("Experienced leaders watched")
        case "portfolio":
            return N_("Reflections written")
        case "groups_delivered":
            return N_("Whole groups led")
        case "participant_summary":
            return N_("Feedback from groups")


def _dose_label(programme: Programme, part: GatePart) -> Phrase:
    if len(part.references) == 1:
        return N_("Training session: {title}", title=title_of(programme, "dose", part.references[0]))
    return N_("Training sessions: {need} of {total}", need=part.need, total=len(part.references))


def _observed_label(programme: Programme, gate: Gate, part: GatePart, part_no: int) -> Phrase:
    match gate.kind:
        case "practice":
            title = title_of(programme, gate.kind, part.references[0])
            if part.stage_rank:
                stage = _STAGE[list(Stage)[part.stage_rank]]
                return N_("{title}, {setting}, {stage}", title=title, setting=setting_words(part.setting), stage=stage)
            return N_("{title}, {setting}", title=title, setting=setting_words(part.setting))
        case "level":
            title = title_of(programme, gate.kind, part.references[0])
            return N_("{title}, {setting}", title=title, setting=setting_words(part.setting))
        case "harm":
            return N_("Nothing unhelpful lately") if part_no == 1 else N_("Everything harmful talked through")
        case "observers":
            return N_("Watched by different people")
        case "settings":
            return N_("Seen {setting}", setting=setting_words(part.setting))
        case "assessor":
            return N_("Watched by people who have checked their eye")
        case _:
            return N_("Your own evaluations") if part.relation == "self" else N_("Evaluations by your partner")


def _supervision_label(part: GatePart, part_no: int) -> Phrase:
    if part_no == 2:
        days = part.max_gap_days or 0
        return ngettext("Last meeting at most {n} day ago", "Last meeting at most {n} days ago", days)
    if part.window_days is None or part.window_days >= _ALWAYS_DAYS:
        return N_("Supervision meetings")
    days = part.window_days
    return ngettext("Supervision meetings in the last {n} day", "Supervision meetings in the last {n} days", days)


def title_of(programme: Programme, kind: str, reference: str) -> str:
    """Return the title of what a part names; the id itself when the programme does not know it."""
    head = programme.head
    match kind:
        case "prerequisite":
            found = {one.id: one.title for one in head.prerequisites}.get(PrerequisiteId(reference))
        case "dose":
            found = {one.id: one.title for one in head.sessions}.get(reference)
        case "quiz" | "critical":
            blueprint = programme.blueprint_by_id.get(BlueprintId(reference))
            found = blueprint.title if blueprint else None
        case "practice":
            checklist = programme.checklist_by_id.get(ChecklistId(reference))
            found = checklist.title if checklist else None
        case "level":
            competency = programme.competency_by_id.get(CompetencyId(reference))
            found = competency.title if competency else None
        case "certificate":
            found = {one.id: one.title for one in head.certificates}.get(CertificateId(reference))
        case _:
            found = None
    return found or reference


_SETTING: Final = {
    Setting.ROLEPLAY: N_("in a role-play"),
    Setting.LIVE: N_("in a real group"),
    Setting.SUPERVISION: N_("in supervision"),
}

_STAGE: Final = {
    Stage.OBSERVE: N_("watching"),
    Stage.CO_LEAD: N_("helping to lead"),
    Stage.LEAD_PART: N_("leading a part"),
    Stage.LEAD_WHOLE: N_("leading the whole session"),
}


def stage_words(stage: Stage) -> Phrase:
    """Return what people read for how much of a session somebody leads."""
    return _STAGE[stage]


def setting_words(setting: str | None) -> Phrase:
    """Return what people read for where a person is watched."""
    return _SETTING[Setting(setting)] if setting else N_("anywhere")


# ---------------------------------------------------------------- the next action


def next_step(programme: Programme, verdict: Verdict) -> Phrase | None:
    """Return the one thing for the person to do next; None when there is nothing to do."""
    match verdict.status:
        case Status.WITHDRAWN:
            return None
        case Status.PAUSED:
            return N_("Tell your trainer when you want to start again.")
        case Status.ON_HOLD:
            return N_("Talk with your safeguarding lead: practice is on hold.")
        case Status.READY_FOR_DECISION:
            return N_("Ask your trainer to decide: all is there.")
        case Status.DUE_SOON if verdict.valid_until:
            return N_("Ask your trainer to renew your sign-off before {day}.", day=verdict.valid_until)
        case _:
            return _first_action(programme, verdict) or _last_word(verdict.status)


def _first_action(programme: Programme, verdict: Verdict) -> Phrase | None:
    gates = {gate.id: gate for gate in programme.gates}
    still_open = [gate for gate in verdict.gates if not gate.is_open and gate.severity != Severity.INFO]
    in_order = sorted(still_open, key=lambda gate: gate.severity != Severity.BLOCK)
    return next((next_action(programme, gates[gate.gate_id], gate) for gate in in_order), None)


def _last_word(status: Status) -> Phrase | None:
    return N_("Ask your trainer to decide again.") if status in (Status.LAPSED, Status.REVOKED) else None


def next_action(programme: Programme, gate: Gate, verdict: GateVerdict) -> Phrase | None:
    """Return the shortest next action towards a gate, or None when it is open already."""
    if verdict.is_open or verdict.next_part is None:
        return None
    part = gate_parts(gate)[verdict.next_part - 1]
    title = title_of(programme, gate.kind, part.references[0]) if part.references else ""
    missing = _missing(gate, verdict)
    match gate.kind:
        case "prerequisite":
            return N_("Show your trainer: {title}.", title=title)
        case "dose":
            return _next_session(part, title, missing)
        case "quiz":
            return N_("Pass the quiz: {title}.", title=title)
        case "critical":
            return N_("Get every key question right in the quiz: {title}.", title=title)
        case "certificate":
            return N_("Show your trainer a certificate in date: {title}.", title=title)
        case "practice" | "level" | "harm" | "observers" | "settings" | "assessor" | "evaluations_given":
            return _next_watching(gate, verdict, part, title)
        case "supervision":
            return _next_meeting(verdict.next_part)
        case "peer_model":
            return ngettext(
                "Watch an experienced leader {n} more time.", "Watch an experienced leader {n} more times.", missing
            )
        case "portfolio":
            return ngettext("Write {n} more reflection.", "Write {n} more reflections.", missing)
        case "groups_delivered":
            return ngettext("Lead {n} more whole group.", "Lead {n} more whole groups.", missing)
        case "participant_summary":
            return ngettext(
                "Give your trainer the feedback of {n} more group.",
                "Give your trainer the feedback of {n} more groups.",
                missing,
            )


def _missing(gate: Gate, verdict: GateVerdict) -> int:
    """Return how much the next part still misses; 0 when only an opened verdict could tell."""
    for part in verdict.parts:
        if part.part_no == verdict.next_part:
            return max(part.need - part.have, 0)
    return verdict.need - verdict.have if len(gate_parts(gate)) == 1 else 0


def _next_session(part: GatePart, title: str, missing: int) -> Phrase:
    if len(part.references) == 1:
        return N_("Go to the training session: {title}.", title=title)
    if missing:
        return ngettext("Go to {n} more training session.", "Go to {n} more training sessions.", missing)
    return N_("Go to your training sessions, or make up what you missed.")


def _next_watching(gate: Gate, verdict: GateVerdict, part: GatePart, title: str) -> Phrase:
    setting = setting_words(part.setting)
    match gate.kind:
        case "practice":
            return N_("Ask a trainer to watch you {setting}: {title}.", setting=setting, title=title)
        case "level":
            return N_("Practise, then ask a trainer to watch you {setting}: {title}.", setting=setting, title=title)
        case "harm":
            return _next_after_harm(verdict)
        case "observers":
            return N_("Ask another trainer to watch you.")
        case "settings":
            return N_("Ask a trainer to watch you {setting}.", setting=setting)
        case "assessor":
            if verdict.state is GateState.NOT_COMPUTABLE:
                return N_("Ask the person who watched you when they last checked their eye.")
            return N_("Ask a trainer who has checked their eye to watch you.")
        case _:
            mine = N_("Fill in an evaluation of yourself.")
            return mine if part.relation == "self" else N_("Ask your partner to evaluate you.")


def _next_after_harm(verdict: GateVerdict) -> Phrase:
    if verdict.state is GateState.NOT_COMPUTABLE:
        return N_("Ask a trainer to watch you.")
    # The first part is open as well while nothing was counted: what is harmful comes first.
    if verdict.next_part == 1 and verdict.have > 0:
        return N_("Practise again, then ask a trainer to watch you.")
    return N_("Talk with your trainer about what was seen.")


def _next_meeting(part_no: int) -> Phrase:
    if part_no == 1:
        return N_("Plan your next meeting with your supervisor.")
    return N_("Meet your supervisor: the last time is too long ago.")
