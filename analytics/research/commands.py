"""The command line: `python -m analytics research --programme P --into DIR --store PATH`."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from analytics.research.files import to_receipt, write_files
from analytics.research.gathering import export_research
from analytics.research.pseudonyms import Pseudonyms, key_path, load_key
from curriculum.ids import ProgrammeId
from people.errors import NotKnownError
from people.facts import HubOpened
from people.models import Actor, HubId
from people.rights import Record
from people.service import record_operator_act
from people.service.audit import open_record
from store.errors import BadArgumentError
from store.ledger import Store
from store.places import store_path

PURPOSE: Final = "write the records of those who agreed to research as tables, without names and dates"
EXAMPLE: Final = "python -m analytics research --programme alongside --into exports --store var/practicum.duckdb"
_EPILOG: Final = f"""\
example:
  {EXAMPLE}

exit status: 0 written, 1 refused, 2 wrong use
"""


class Commands(Protocol):
    """What `argparse` gives for adding commands."""

    def add_parser(self, name: str, **settings: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own
        """Return the parser of a new command."""
        ...


def add_parser(commands: Commands) -> None:
    """Add the command to a program."""
    parser = commands.add_parser(
        "research",
        help=PURPOSE,
        description=f"{PURPOSE[0].upper()}{PURPOSE[1:]}: CSV, Parquet, datapackage.json, a codebook and a receipt in a "
        "new folder. The app may be running.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--programme", required=True, metavar="P", help="the programme's id")
    parser.add_argument("--hub", metavar="H", help="only the people of this hub (default: all hubs)")
    parser.add_argument("--into", required=True, metavar="DIR", help="where the new folder is made")
    parser.add_argument("--store", default=store_path(), metavar="PATH", help="the store's file (default: %(default)s)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to print the receipt")


def given(arguments: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed as arguments of `run_research`: the folder from the root, for the app to find it."""
    named = {name: str(arguments[name]) for name in ("programme", "hub") if arguments.get(name)}
    return named | {"into": str(Path(arguments["into"]).absolute())}


def run_research(store: Store, actor: Actor, args: Mapping[str, str]) -> dict[str, Any]:
    """Write the export of `programme` (of `hub`, or of all) into a new folder in `into`; return its receipt.

    Raises:
        NotKnownError: There is no such programme or hub.
        BadArgumentError: No place was named, or not from the root.
        NobodyAgreedError: No cohort has enough people who agreed.
        StoreExistsError: The same export was written there before.
    """
    record_operator_act(store, actor, "analytics research", store.clock())
    programme_id, into = ProgrammeId(args["programme"]), Path(args.get("into", ""))
    if not into.is_absolute():
        raise BadArgumentError("into", str(args.get("into", "")), "the whole path of a folder")
    newest = {row["programme_id"]: row["newest_no"] for row in store.system_query("readiness_programmes")}
    if programme_id not in newest:
        raise NotKnownError("programme", programme_id)
    hub_id = HubId(args["hub"]) if "hub" in args else None
    if hub_id and not store.list_facts(HubOpened, hub_id=hub_id):
        raise NotKnownError("hub", hub_id)
    programme = store.programme(programme_id, newest[programme_id])
    export = export_research(store, actor, programme, hub_id, Pseudonyms(load_key(key_path())))
    folder = write_files(export, into)
    for person_id in sorted(export.people):
        open_record(store, actor, person_id, Record.RESEARCH, export.receipt.as_of)
    return {"folder": str(folder), **to_receipt(export)}


def receipt_lines(receipt: Mapping[str, Any]) -> list[str]:
    """Return a receipt as lines to read."""
    return [
        f"Written to {receipt['folder']}",
        f"{receipt['programme']} {', '.join(receipt['versions'])}, as of {receipt['as_of']}, "
        f"up to fact {receipt['ledger_position']}",
        f"Enrolled {receipt['n_asked']}, agreed {receipt['n_agreed']}, withheld {receipt['n_withheld']}, "
        f"in it {receipt['n_exported']}",
        *(f"  {name}: {n}" for name, n in receipt["rows"].items()),
    ]
