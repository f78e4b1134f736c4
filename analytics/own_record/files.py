"""The record as files: a page that opens without a network, JSON, a table, a note on what they are; in one ZIP."""

import csv
import json
import os
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from analytics.own_record.gathering import Entry, OwnRecord
from analytics.own_record.kinds import KINDS, TITLES, Section
from curriculum.phrases import ENGLISH, N_, Phrase, Translations, english_day
from store.errors import StoreExistsError
from store.room import make_folder, writing
from store.rows import Row

Say = Callable[[Phrase], str]

_COLUMNS: Final = ("day", "time", "part", "kind", "what", "more", "words", "recorded_by", "as", "state", "entry")
_RISKY: Final = ("=", "+", "-", "@", "\t")
"""What a table program would take for a formula."""

_README: Final = """This is a copy of all that Practicum keeps about you.

record.html   to read: open it with any browser. It needs no network and sends nothing.
record.csv    the same as a table: one line an entry, for a table program.
record.json   the same for programs: every field of every entry.

Each entry says on which day it happened, who recorded it, and whether it still holds. Questions, answers and lines of
forms stand in the words that were shown on that day. At the end of record.html stands what is left out, and why.

It is personal. Keep it where only you can open it.
"""


def pack(record: OwnRecord, translations: Translations = ENGLISH, language: str = "en") -> bytes:
    """Return the ZIP."""
    say = _speaker(translations)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in (
            ("README.txt", translations.gettext(_README)),
            ("record.html", to_html(record, translations, language)),
            ("record.csv", to_csv(record, say)),
            ("record.json", to_json(record, say)),
        ):
            archive.writestr(f"{folder_name(record)}/{name}", content)
    return packed.getvalue()


def folder_name(record: OwnRecord) -> str:
    """Return what the folder in the ZIP is called, such as `practicum-person-12-2026-11-23`."""
    return f"practicum-person-{record.person_id}-{record.made_at.astimezone(record.about.store.org.zone):%Y-%m-%d}"


def write_zip(record: OwnRecord, into: Path) -> Path:
    """Write the ZIP into a folder, or as the file that is named; only its owner can read it.

    Raises:
        StoreExistsError: The file exists.
        CannotWriteError: The place is none to write to.
    """
    path = into if into.suffix.lower() == ".zip" else into / f"{folder_name(record)}.zip"
    packed = pack(record)
    with writing(path, n_bytes=len(packed)):
        make_folder(path)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise StoreExistsError(path) from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(packed)
    return path


def _speaker(translations: Translations) -> Say:
    return lambda phrase: phrase.text(translations)


# ---------------------------------------------------------------- to read


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def to_html(record: OwnRecord, translations: Translations = ENGLISH, language: str = "en") -> str:
    """Return the record as one page without anything from elsewhere."""
    zone, say = record.about.store.org.zone, _speaker(translations)

    def time_of(at: datetime) -> str:
        return f"{at.astimezone(zone):%H:%M}"

    def local_day(at: datetime) -> str:
        return english_day(at.astimezone(zone).date())

    return (
        _environment()
        .get_template("record.html")
        .render(
            record=record,
            language=language,
            say=say,
            _=translations.gettext,
            sections=[(section, say(title), _by_kind(record, section)) for section, title in TITLES.items()],
            time_of=time_of,
            day_of=english_day,
            local_day=local_day,
        )
    )


def _by_kind(record: OwnRecord, section: Section) -> list[tuple[Phrase, list[Entry]]]:
    by_title: dict[str, list[Entry]] = {kind.title.template: [] for kind in KINDS.values()}
    for entry in record.entries_of(section):
        by_title[entry.kind.template].append(entry)
    return [(own[0].kind, own) for own in by_title.values() if own]


# ---------------------------------------------------------------- for programs


def to_json(record: OwnRecord, say: Say) -> str:
    """Return the record as JSON."""
    told: Row = {
        "made_at": record.made_at.isoformat(),
        "person": record.person_id,
        "name": record.name,
        "sign_in_name": record.login,
        "entries": [_entry_row(entry, say) for entry in record.entries],
        "check_ins": [
            {"at": one.recorded_at.isoformat(), "level": one.level, "note": one.note} for one in record.check_ins
        ],
        "sessions": [
            {
                "from": one.created_at.isoformat(),
                "last_used": one.seen_at.isoformat(),
                "ended_at": _instant(one.revoked_at),
            }
            for one in record.logins
        ],
        "recorded_about_others": [
            {"kind": say(kind), "n": act.n, "first": act.first_on.isoformat(), "last": act.last_on.isoformat()}
            for kind, act in record.acts
        ],
        "left_out": [say(sentence) for sentence in record.left_out],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _entry_row(entry: Entry, say: Say) -> Row:
    return {
        "entry": str(entry.fact_id),
        "part": entry.section.value,
        "kind": say(entry.kind),
        "happened_at": entry.happened_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "recorded_by": say(entry.by),
        "recorded_as": [say(office) for office in entry.offices],
        "what": say(entry.words),
        "more": [say(line) for line in entry.details],
        "words": list(entry.notes),
        "state": [say(state) for state in entry.states],
        "values": entry.values,
    }


def to_csv(record: OwnRecord, say: Say) -> str:
    """Return the record as a table, one line an entry; a cell never begins like a formula."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows(_cells(entry, record, say) for entry in record.entries)
    return text.getvalue()


def _cells(entry: Entry, record: OwnRecord, say: Say) -> list[str]:
    at = entry.happened_at.astimezone(record.about.store.org.zone)
    cells = [
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M}",
        say(TITLES[entry.section]),
        say(entry.kind),
        say(entry.words),
        " | ".join(say(line) for line in entry.details),
        " | ".join(entry.notes),
        say(entry.by),
        ", ".join(say(office) for office in entry.offices),
        ", ".join(say(state) for state in entry.states) or say(N_("holds")),
        str(entry.fact_id),
    ]
    return [f"'{cell}" if cell.startswith(_RISKY) else cell for cell in cells]
