"""The one statement of readiness, put together from a fragment a kind of gate.

A fragment says, for each person and part that any fact speaks to: how much there is, whether that is enough, whether it
can be told at all, and which facts show it. A statement holds only the kinds that a programme uses.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

_FILES: Final = files("store").joinpath("gates")

_SHARED: Final = {
    "01_observations": frozenset({"practice", "level", "harm", "observers", "settings", "assessor"}),
    "02_ratings": frozenset({"level", "harm"}),
    "03_attempts": frozenset({"quiz", "critical"}),
    "04_milestones": frozenset({"prerequisite", "peer_model", "portfolio", "groups_delivered"}),
    "05_meetings": frozenset({"supervision"}),
}
"""Relations that several kinds read, by file."""

_KINDS: Final = {
    "prerequisite": "10_prerequisite",
    "dose": "11_dose",
    "quiz": "12_quiz",
    "critical": "13_critical",
    "practice": "14_practice",
    "level": "15_level",
    "harm": "16_harm",
    "observers": "17_observers",
    "settings": "18_settings",
    "peer_model": "19_peer_model",
    "supervision": "20_meetings_held",
    "certificate": "21_certificate",
    "portfolio": "22_portfolio",
    "assessor": "23_assessor",
    "evaluations_given": "24_evaluations_given",
    "groups_delivered": "25_groups_delivered",
    "participant_summary": "26_participant_summary",
}
"""The file of each kind of gate."""

_PART_COLUMNS: Final = "person_no, gate_no, part_no, have, need, is_met, is_computable"

_PARAMETER: Final = re.compile(r"\$([a-z_]+)")

_NO_PART: Final = (
    "SELECT e.person_no, 0 AS gate_no, 0 AS part_no, 0 AS have, 0 AS need, FALSE AS is_met, FALSE AS is_computable,"
    " CAST(NULL AS BIGINT[]) AS evidence FROM enrolled e WHERE FALSE"
)
"""A programme without gates still has people."""


class Ending(StrEnum):
    """What is asked of the parts."""

    VERDICTS = "40_verdicts"
    PARTS = "41_parts"
    FLIP = "42_flip"
    PROOF = "43_proof"
    DUE = "44_due"
    LEVELS = "45_levels"
    JOURNEYS = "46_journeys"
    PROGRESS = "47_progress"
    COUNTED = "48_counted"


_OPENED: Final = frozenset({Ending.PARTS, Ending.PROOF})
_WITH_STATUS: Final = frozenset({Ending.VERDICTS, Ending.PARTS, Ending.LEVELS, Ending.JOURNEYS, Ending.PROGRESS})

_ALWAYS_READ: Final = {
    Ending.LEVELS: frozenset({"level"}),
    Ending.JOURNEYS: frozenset({"quiz"}),
    Ending.PROGRESS: frozenset({"level"}),
    Ending.COUNTED: frozenset({"level"}),
}
"""What is asked for whether a gate needs it or not."""

KINDS: Final = tuple(_KINDS)
"""Every kind of gate that there is a fragment for."""


@cache
def compose(kinds: frozenset[str], ending: Ending) -> str:
    """Return the statement for the kinds of gate a programme uses.

    Its parameters are $org_no, $programme_no, $person_from, $person_to, $cohort_no, $role_no, $hub_no (-1 for any),
    $as_of, $known_at and $as_of_day; of a proof also $gate_no, of levels
    $among (null for everybody). What is due is read of one kind alone.

    Raises:
        KeyError: There is no such kind.
    """
    used = [kind for kind in _KINDS if kind in kinds]
    if strange := kinds.difference(_KINDS):
        raise KeyError(f"no fragment for the kinds {', '.join(sorted(strange))}")
    relations = [_text("00_basis")]
    if ending is Ending.DUE:
        together = ",\n".join([*relations, _text("05_meetings")])
        return f"WITH {together}\n{_text(ending.value)}"
    read = kinds | _ALWAYS_READ.get(ending, frozenset())
    relations += [_text(name) for name, readers in _SHARED.items() if read & readers]
    relations += [f"gate_{kind} AS (\n{_text(_KINDS[kind])}\n)" for kind in used]
    relations.append(f"part AS (\n{_union(used, has_evidence=ending in _OPENED)}\n)")
    relations.append(_text("30_verdict"))
    relations += [_text("31_status")] if ending in _WITH_STATUS else []
    together = ",\n".join(relations)
    return f"WITH {together}\n{_text(ending.value)}"


def _union(kinds: list[str], *, has_evidence: bool) -> str:
    # Without the column of evidence the engine never builds the lists.
    columns = f"{_PART_COLUMNS}, evidence" if has_evidence else _PART_COLUMNS
    return "\nUNION ALL\n".join(f"SELECT {columns} FROM gate_{kind}" for kind in kinds) or _NO_PART  # noqa: S608  names of our own


def used_by(sql: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that a statement names: an engine refuses others."""
    named = set(_PARAMETER.findall(sql))
    return {name: value for name, value in parameters.items() if name in named}


@cache
def text_of(name: str) -> str:
    """Return a statement of this folder by its file's name without `.sql`."""
    return _text(name)


def _text(name: str) -> str:
    # Comments are taken out, because a parameter that a comment names would count as one.
    lines = _FILES.joinpath(f"{name}.sql").read_text("utf-8").splitlines()
    kept = [line for line in lines if not re.match(r"\s*--", line) and line.strip()]
    return "\n".join(kept)
