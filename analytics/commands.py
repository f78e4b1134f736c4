"""What the operator may ask for on the command line, with the app running or not: one entry for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from analytics.explanation import Explanation, FactLine, GateExplanation, PartExplanation
from analytics.flips import Flip
from analytics.own_record.commands import run_export
from analytics.raters import see_raters
from analytics.raters.report import board_json, board_lines
from analytics.readiness import explain_verdict
from analytics.research.commands import run_research
from assessments.errors import NotEnrolledError
from curriculum.ids import ProgrammeId
from people.commands import get_named
from people.errors import NotKnownError
from people.facts import CohortOpened, HubOpened
from people.models import Actor, CohortId, HubId, PersonId
from people.service import record_operator_act
from store.ledger import Store
from store.readiness import verdicts

Command = Callable[[Store, Actor, Mapping[str, str]], Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The arguments of the command, looked up."""

    programme_id: ProgrammeId
    cohort_id: CohortId | None
    person_id: PersonId | None
    as_of: datetime
    known_at: datetime
    now: datetime


def run_readiness(store: Store, actor: Actor, args: Mapping[str, str]) -> dict[str, Any]:
    """Return the verdicts for JSON, as the page has them.

    Args:
        store: Where the facts are.
        actor: The operator.
        args: `programme`; `cohort`, `person`, `as_of`, `known_at` (ISO days or instants) may be left out; `explain`
            adds titles, parts, facts and what would open each closed gate, for one person also by when; `named` adds
            people's names.

    Raises:
        NotKnownError: There is no such programme, cohort or person.
        NotEnrolledError: The person is not in the programme.
    """
    asked = _looked_up(store, args)
    record_operator_act(store, actor, "analytics readiness", store.clock())
    found = verdicts(
        store,
        asked.programme_id,
        cohort_id=asked.cohort_id,
        person_id=asked.person_id,
        as_of=asked.as_of,
        known_at=asked.known_at,
        with_evidence=True,
    )
    if asked.person_id is not None and not found:
        raise NotEnrolledError(asked.person_id, asked.programme_id)
    is_opened = "explain" in args
    explained = [
        explain_verdict(store, verdict, with_flips=is_opened, with_deadlines=asked.person_id is not None)
        for verdict in found
    ]
    return {
        "as_of": asked.as_of.isoformat(),
        "is_ahead": asked.as_of > asked.now,
        "known_at": asked.known_at.isoformat(),
        "programme": asked.programme_id,
        "verdicts": [to_json(one, is_opened=is_opened, is_named="named" in args) for one in explained],
    }


def run_hub_raters(store: Store, actor: Actor, args: Mapping[str, str]) -> dict[str, Any]:
    """Return how alike the raters of a hub see, as the page has it: for JSON, and as lines to read.

    Args:
        store: Where the facts are.
        actor: The operator.
        args: `programme` and `hub`.

    Raises:
        NotKnownError: There is no such programme or hub.
    """
    record_operator_act(store, actor, "analytics hub-raters", store.clock())
    programme_id, hub_id = ProgrammeId(args["programme"]), HubId(args["hub"])
    if not store.list_facts(HubOpened, hub_id=hub_id):
        raise NotKnownError("hub", hub_id)
    live = store.live_version(programme_id, hub_id)
    if live is None:
        raise NotKnownError("programme", programme_id)
    board = see_raters(store, actor, store.programme(programme_id, live.version_no), hub_id)
    return {"board": board_json(board), "lines": board_lines(board)}


COMMANDS: Final[Mapping[str, Command]] = {
    "analytics readiness": run_readiness,
    "analytics hub-raters": run_hub_raters,
    "analytics research": run_research,
    "people export": run_export,
}
"""The commands that a running app answers too, by what is typed after `python -m`."""


def _looked_up(store: Store, args: Mapping[str, str]) -> _Asked:
    programme_id = ProgrammeId(args["programme"])
    known = {row["programme_id"] for row in store.system_query("readiness_programmes")}
    if programme_id not in known:
        raise NotKnownError("programme", programme_id)
    cohort_id = CohortId(args["cohort"]) if "cohort" in args else None
    if cohort_id and not store.list_facts(CohortOpened, cohort_id=cohort_id, programme_id=programme_id):
        raise NotKnownError("cohort", cohort_id)
    person_id = get_named(store, args["person"]) if "person" in args else None
    now = store.clock()
    as_of = _instant(store, args["as_of"]) if "as_of" in args else now
    known_at = _instant(store, args["known_at"]) if "known_at" in args else now
    return _Asked(programme_id, cohort_id, person_id, as_of, known_at, now)


def _instant(store: Store, text: str) -> datetime:
    """Return the instant; a day alone means its end, and a time without a zone is local."""
    zone = store.org.zone
    if len(text) == len("2026-11-23"):
        return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


# ---------------------------------------------------------------- JSON


def to_json(explanation: Explanation, *, is_opened: bool = False, is_named: bool = False) -> dict[str, Any]:
    """Return one verdict for JSON; `is_opened` adds titles, parts and facts, `is_named` the person's name."""
    verdict = explanation.verdict
    named = {"name": explanation.name} if is_named else {}
    waits = {"waits_for": explanation.waits_for.text() if explanation.waits_for else None} if is_opened else {}
    return {
        "person": verdict.person_id,
        **named,
        "role": verdict.role_id,
        "cohort": verdict.cohort_id,
        "version": explanation.programme.head.version,
        "status": verdict.status.value,
        "valid_until": _day(verdict.valid_until),
        "hold_since": _day(verdict.hold_since),
        "next": explanation.next.text() if explanation.next else None,
        **waits,
        "gates": [_gate_json(gate, is_opened=is_opened) for gate in explanation.gates],
    }


def _gate_json(explained: GateExplanation, *, is_opened: bool) -> dict[str, Any]:
    verdict = explained.verdict
    plain: dict[str, Any] = {
        "gate": verdict.gate_id,
        "severity": verdict.severity.value,
        "state": verdict.state.value,
        "need": verdict.need,
        "have": verdict.have,
        "evidence": [str(fact_id) for fact_id in verdict.evidence],
        "next": explained.next.text() if explained.next else None,
    }
    if not is_opened:
        return plain
    return plain | {
        "title": explained.gate.title,
        "why": explained.gate.why,
        "parts": [_part_json(part) for part in explained.parts],
        "flip": _flip_json(explained.flip) if explained.flip else None,
    }


def _flip_json(flip: Flip) -> dict[str, Any]:
    return {
        "facts": [{"times": thing.times, "what": thing.words.text()} for thing in flip.things],
        "by": _day(flip.by),
        "waits_for": flip.waits_for.text() if flip.waits_for else None,
    }


def _part_json(explained: PartExplanation) -> dict[str, Any]:
    part = explained.verdict
    return {
        "part": part.part_no,
        "label": explained.label.text(),
        "need": part.need,
        "have": part.have,
        "is_met": part.is_met,
        "is_computable": part.is_computable,
        "facts": [_fact_json(line) for line in explained.facts],
    }


def _fact_json(line: FactLine) -> dict[str, Any]:
    return {
        "fact": str(line.fact_id),
        "what": line.words.text(),
        "on": line.on.isoformat(),
        "age_days": line.age_days,
        "by": line.by,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# ---------------------------------------------------------------- text


def readiness_lines(result: Mapping[str, Any]) -> list[str]:
    """Return what `run_readiness` said as lines to read."""
    head = f"{result['programme']} as of {result['as_of']}, by what was known at {result['known_at']}"
    ahead = ["That day lies ahead: so it will be if nothing more is recorded by then."] if result["is_ahead"] else []
    lines = [head, *ahead]
    for verdict in result["verdicts"]:
        lines += _verdict_lines(verdict)
    return lines if result["verdicts"] else [*lines, "Nobody is enrolled, or was on that day."]


def _verdict_lines(verdict: Mapping[str, Any]) -> list[str]:
    status = str(verdict["status"]).replace("_", " ")
    until = f", until {verdict['valid_until']}" if verdict["valid_until"] else ""
    since = f", on hold since {verdict['hold_since']}" if verdict["hold_since"] else ""
    name = verdict.get("name", f"Person {verdict['person']}")
    lines = ["", f"{name} ({verdict['person']}), {verdict['role']}: {status}{until}{since}"]
    lines += [f"  Next: {verdict['next']}"] if verdict["next"] else []
    lines += [f"  Waits: {verdict['waits_for']}"] if verdict.get("waits_for") else []
    for gate in verdict["gates"]:
        lines.append(_gate_line(gate))
        for part in gate.get("parts", ()):
            lines += _part_lines(part)
        lines += _flip_lines(gate.get("flip"))
    return lines


def _flip_lines(flip: Mapping[str, Any] | None) -> Sequence[str]:
    if flip is None:
        return ()
    if flip["waits_for"]:
        return (f"        would open it: {flip['waits_for']}",)
    by = f", by {flip['by']}" if flip["by"] else ""
    return (
        f"        would open it{by}, no fewer:",
        *(f"            {fact['times']} × {fact['what']}" for fact in flip["facts"]),
    )


_MARKS: Final = {"met": "done", "not_met": "open", "not_required": "none", "not_computable": "?"}


def _gate_line(gate: Mapping[str, Any]) -> str:
    counted = f"{gate['have']} of {gate['need']}" if gate["need"] else "not needed"
    severity = "" if gate["severity"] == "block" else f" ({gate['severity']})"
    action = f"  {gate['next']}" if gate["next"] else ""
    return f"  {_MARKS[gate['state']]:<4}  {gate['gate']}{severity}: {counted}{action}"


def _part_lines(part: Mapping[str, Any]) -> Sequence[str]:
    mark = "done" if part["is_met"] else "open" if part["is_computable"] else "?"
    facts = [f"            {fact['on']}  {fact['what']}, by {fact['by']}" for fact in part["facts"]]
    return [f"        {mark:<4}  {part['label']}: {min(part['have'], part['need'])} of {part['need']}", *facts]
