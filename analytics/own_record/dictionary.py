"""The data dictionary: every table and field, what it holds, why it is kept, and what erasure and time do to it."""

from collections.abc import Iterator
from typing import Final, get_type_hints

from analytics.own_record.kinds import KINDS, Kind
from people.facts import RetentionCategory
from people.retention import RULES, RetentionAction
from store.rows import ChildTable, Column, ColumnKind, FactTable, tables

_HEAD: Final = """# Data dictionary

Every table of a store, field by field. This page is made from the code by `python -m analytics.own_record`; a test
compares the two, so that it cannot go stale.

**Facts** are appended and never changed. Each has these fields besides its own:

| field | holds |
| --- | --- |
| `org_id` | number of the organisation |
| `fact_no` | number of the fact, in the order of recording |
| `person_no` | number of the person it is about; 0 for nobody |
| `actor_no` | number of the person who recorded it; 0 for the operator of the server |
| `occurred_at` | when it happened |
| `recorded_at` | when it was recorded |
| `day` | the day of it, where the organisation is |

Numbers of people stand for names only through `person_private`. **Erasing a person** deletes their rows in the four
tables that may be deleted from; facts stay under the number, and of each private text its hash, which tells nothing.
"""

_NO_FACTS: Final = {
    "org": ("The organisation", "name, time zone, and whether its people are invented", "stays"),
    "term": ("Ids as numbers", "ids of programmes, hubs, cohorts and parts of programmes; no names of people", "stays"),
    "fact_key": ("Keys of facts", "id, number, kind and SHA-256 of each fact", "stays"),
    "schema_migration": ("Changes of the tables", "which were applied, and when", "stays"),
    "programme_version": ("Programmes", "published texts and rules, complete", "stays"),
    "media": ("Pictures, sound and film", "the files of published programmes, each once", "stays"),
    "gate": ("Rules as rows", "the gates of each version", "made from `programme_version`"),
    "gate_rule": ("Rules as rows", "the parts of each gate", "made from `programme_version`"),
    "role_rule": ("Rules as rows", "how a sign-off ages", "made from `programme_version`"),
    "person_status": ("Where each person stands today", "status by number, no name", "made from facts"),
    "person_gate": ("Each gate of each person today", "state and counts by number, no name", "made from facts"),
    "standing_as_of": ("How far the two above are up to date", "an instant and a number", "made from facts"),
}
"""Tables without facts: title, what they hold, what erasure does."""

_DELETABLE: Final = {
    "person_private": ("Names", "a person's name and sign-in name", RetentionCategory.SIGNOFF),
    "private_text": (
        "Private texts",
        "each free text of a fact, with a random number that goes into its hash",
        RetentionCategory.COMMENTS,
    ),
    "wellbeing": (
        "Check-ins",
        "how somebody says they are, 1 to 5, and perhaps a few words",
        RetentionCategory.WELLBEING,
    ),
    "login_session": (
        "Sessions",
        "SHA-256 of the token, when it began, was used, and ends",
        RetentionCategory.SESSIONS,
    ),
}
"""The four tables that may be deleted from: title, what they hold, and the category of their time."""


def dictionary() -> str:
    """Return the page."""
    parts = [_HEAD, "## Tables that may be deleted from\n", _deletable(), "\n## Facts about people\n"]
    with_person = [(plan, KINDS[plan.fact_class]) for plan in tables().values()]
    parts += [_fact_table(plan, kind) for plan, kind in with_person if kind.section is not None]
    parts.append("## Facts about nobody: hubs, cohorts, programmes, the server\n")
    parts += [_fact_table(plan, kind) for plan, kind in with_person if kind.section is None]
    parts += ["## Other tables\n", _others(), "\n## Beside the store\n", _BESIDE]
    return "\n".join(parts)


_BESIDE: Final = """| file | holds | erasure |
| --- | --- | --- |
| `….erasures` | the erasure log: numbers of people and times | stays, so that a restored backup forgets again |
| `….before-NNNN-…` | a copy made before the tables were changed | delete it once the new version works |
| `….sock` | how the command line reaches the running app; no data | |
"""


def _deletable() -> str:
    rows = ["| table | holds | kept |", "| --- | --- | --- |"]
    for name, (title, holds, category) in _DELETABLE.items():
        rows.append(f"| `{name}` | {title}: {holds} | {_time(category)} |")
    return "\n".join(rows)


def _time(category: RetentionCategory) -> str:
    rule = RULES[category]
    end = "deleted" if rule.action == RetentionAction.DELETE else "the name is deleted, what happened stays"
    since = "after the session" if category == RetentionCategory.SESSIONS else "after the end of the cohort"
    own = "" if category == RetentionCategory.SESSIONS else f", or what the programme says (`{category}`)"
    return f"{rule.default_days} days {since}{own}; then {end}. {rule.basis}"


def _others() -> str:
    rows = ["| table | holds | erasure |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | {title}: {holds} | {end} |" for name, (title, holds, end) in _NO_FACTS.items()]
    return "\n".join(rows)


def _fact_table(plan: FactTable, kind: Kind) -> str:
    doc = (plan.fact_class.__doc__ or "").strip().splitlines()[0]
    lines = [f"### `{plan.name}`: {kind.title.text()}\n", f"{doc}\n", f"Why: {kind.purpose}.\n"]
    rows = [*_rows(plan), *(row for child in plan.children for row in _child_rows(child))]
    if rows:
        lines += ["| field | holds |", "| --- | --- |", *rows, ""]
    return "\n".join(lines)


def _rows(plan: FactTable) -> Iterator[str]:
    for column in plan.columns:
        yield f"| `{column.name}` | {_holds(plan.fact_class, column)} |"
    for name in plan.private_fields:
        yield f"| `{name}_hash` | hash of a private text; the text itself stands in `private_text` and can be erased |"


def _child_rows(child: ChildTable) -> Iterator[str]:
    for column in child.columns:
        yield f"| `{child.name}.{column.name}` | {_holds(child.item_class, column)}; one row each |"


_HOLDS: Final = {
    ColumnKind.TERM: "id of a part of a programme, a hub or a cohort",
    ColumnKind.TERMS: "ids of parts of a programme",
    ColumnKind.PERSON: "number of a person",
    ColumnKind.FACT: "another fact",
    ColumnKind.NUMBER: "number",
    ColumnKind.DATE: "day",
    ColumnKind.INSTANT: "instant",
    ColumnKind.NUMBERS: "numbers",
    ColumnKind.JSON: "numbers",
}


def _holds(owner: type[object] | None, column: Column) -> str:
    if owner is not None and get_type_hints(owner).get(column.field) is bool:
        return "yes or no"
    if column.enum is not None:
        words = "one of " + ", ".join(f"`{member}`" for member in column.enum)
    else:
        words = _TEXTS.get(column.field, "text") if column.kind is ColumnKind.TEXT else _HOLDS[column.kind]
        words = _OTHER_IDS.get(column.field, words)
    return f"{words}; may be empty" if column.is_optional else words


_OTHER_IDS: Final = {"languages": "codes of languages"}

_TEXTS: Final = {
    "reason": "coded reason",
    "late_reason": "coded reason, or empty",
    "sheet": "code of a sheet of paper, or number that a tablet gave",
    "content": "code of what a checklist asked",
    "token_hash": "SHA-256 of a code",
    "words_version": "the version of the words that were shown",
    "report": "the whole report as JSON: sums, small ones hidden",
    "report_hash": "SHA-256 of the report",
    "password_hash": "argon2id of a password",
    "evidence_hash": "SHA-256 over the evidence",
    "board_hash": "SHA-256 over where the people of a cohort stood",
    "code": "code of a sitting, made by chance",
    "accepts": "a word or a number that counts as right too",
    "category": "category of records, as the programme's privacy rules name it",
    "digest": "SHA-256 of the text",
    "what": "coded, or the code of a session or group",
    "state": "coded",
    "session_id": "id of a taught session",
    "session_code": "code of a session, no names",
    "group_code": "code of a group, no names",
    "title": "name of a hub, a cohort, or whom to call",
    "phone": "telephone number of the hub",
    "approver_name": "name of the qualified person who vouches for the text; not erased, because it vouches",
    "qualification": "by what right they vouch",
    "via": "coded",
    "version": "version",
    "command": "name of a command",
    "zone": "name of a time zone",
    "language": "code of a language, or empty",
    "system_user": "name of the system user; not erased, because it is the audit of the server",
}
"""What the bare texts of facts hold; none of them is free text about anybody."""
