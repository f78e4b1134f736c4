"""The export as files: each table as CSV and Parquet, a Frictionless data package, a codebook, a receipt.

The same facts give the same bytes.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow
import pyarrow.parquet

from analytics.research.gathering import Receipt, ResearchExport
from analytics.research.tables import TABLES, ForeignKey, ResearchTable, Variable, VariableType
from store.errors import StoreExistsError
from store.room import make_folder, writing
from store.rows import Row, Value

_ARROW: Final[Any] = pyarrow
_PARQUET: Final[Any] = pyarrow.parquet

MISSING: Final = "NA"
"""Stands in CSV files where a value is missing."""

_TYPES: Final = {
    VariableType.STRING: _ARROW.string(),
    VariableType.INTEGER: _ARROW.int32(),
    VariableType.NUMBER: _ARROW.float64(),
    VariableType.BOOLEAN: _ARROW.bool_(),
}
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP: the first that the format knows."""


def folder_name(receipt: Receipt) -> str:
    """Return what the folder is called, such as `practicum-research-alongside-1234`."""
    return f"practicum-research-{receipt.programme_id}-{receipt.position}"


def to_files(export: ResearchExport) -> dict[str, bytes]:
    """Return the files by name."""
    files: dict[str, bytes] = {}
    for table in TABLES:
        files[f"{table.name}.csv"] = to_csv(table, export.rows[table.name])
        files[f"{table.name}.parquet"] = to_parquet(table, export.rows[table.name])
    files["datapackage.json"] = _json(to_package(export, files))
    files["codebook.md"] = to_codebook(export).encode()
    files["receipt.json"] = _json(to_receipt(export))
    return files


def write_files(export: ResearchExport, into: Path) -> Path:
    """Write the files into a new folder in `into`; only its owner can read them.

    Raises:
        StoreExistsError: The folder is there.
        CannotWriteError: The place is none to write to.
    """
    folder = into / folder_name(export.receipt)
    files = to_files(export)
    with writing(folder, n_bytes=sum(map(len, files.values()))):
        make_folder(folder)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError as error:
            raise StoreExistsError(folder) from error
        for name, content in files.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)
    return folder


def pack(export: ResearchExport) -> bytes:
    """Return the files as one ZIP."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in to_files(export).items():
            entry = ZipInfo(f"{folder_name(export.receipt)}/{name}", _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


# ---------------------------------------------------------------- tables


def to_csv(table: ResearchTable, rows: Sequence[Row]) -> bytes:
    """Return a table as CSV: a head, `true` and `false`, `NA` for what is missing."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(variable.name for variable in table.variables)
    writer.writerows([_csv_value(row[variable.name]) for variable in table.variables] for row in rows)
    return written.getvalue().encode()


def _csv_value(value: Value) -> str:
    if value is None:
        return MISSING
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_parquet(table: ResearchTable, rows: Sequence[Row]) -> bytes:
    """Return a table as Parquet, with the meanings beside the columns."""
    fields = [
        _ARROW.field(
            variable.name,
            _TYPES[variable.type],
            nullable=not variable.is_required,
            metadata={"description": variable.meaning, "unit": variable.unit},
        )
        for variable in table.variables
    ]
    columns = {variable.name: [row[variable.name] for row in rows] for variable in table.variables}
    written = BytesIO()
    _PARQUET.write_table(_ARROW.table(columns, schema=_ARROW.schema(fields)), written)
    return written.getvalue()


# ---------------------------------------------------------------- what the tables mean


def to_package(export: ResearchExport, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the description of the CSV files as a Frictionless data package."""
    receipt = export.receipt
    return {
        "profile": "tabular-data-package",
        "name": folder_name(receipt).lower(),
        "title": f"Research export of {receipt.programme_id}",
        "version": ", ".join(receipt.versions),
        "created": receipt.as_of.isoformat(),
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in TABLES],
    }


def _resource(table: ResearchTable, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(variable) for variable in table.variables],
            "missingValues": [MISSING],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [_reference(key) for key in table.foreign_keys],
        },
    }


def _field(variable: Variable) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if variable.is_required else {}
    if variable.codes:
        constraints["enum"] = list(variable.codes)
    described = {"name": variable.name, "type": variable.type.value, "description": variable.meaning}
    if variable.type is VariableType.BOOLEAN:
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    return described | ({"constraints": constraints} if constraints else {})


def _reference(key: ForeignKey) -> dict[str, Any]:
    return {"fields": list(key.variables), "reference": {"resource": key.table, "fields": list(key.names)}}


def to_receipt(export: ResearchExport) -> dict[str, Any]:
    """Return what the export is of, and how many were asked, agreed and were withheld."""
    receipt = export.receipt
    return {
        "programme": receipt.programme_id,
        "versions": list(receipt.versions),
        "as_of": receipt.as_of.isoformat(),
        "ledger_position": receipt.position,
        "n_asked": receipt.n_asked,
        "n_agreed": receipt.n_agreed,
        "n_withheld": receipt.n_withheld,
        "n_exported": receipt.n_exported,
        "n_roles_withheld": receipt.n_roles_withheld,
        "min_cell": receipt.min_cell,
        "rows": {table.name: len(export.rows[table.name]) for table in TABLES},
    }


def to_codebook(export: ResearchExport) -> str:
    """Return the codebook: every table and variable with its meaning, unit, codes and source."""
    return "\n".join(_codebook_lines(export)) + "\n"


def _codebook_lines(export: ResearchExport) -> Iterator[str]:
    receipt = export.receipt
    yield f"# Codebook of the research export of {receipt.programme_id}"
    yield ""
    yield (
        f"{receipt.n_exported} people of the {receipt.n_asked} enrolled: {receipt.n_agreed} agreed, and "
        f"{receipt.n_withheld} of these are withheld because fewer than {receipt.min_cell} of their cohort agreed. "
        f"The role is withheld from {receipt.n_roles_withheld}. As of {receipt.as_of.isoformat()}, up to fact "
        f"{receipt.position} of the ledger; programme version {', '.join(receipt.versions)}."
    )
    yield ""
    yield (
        "Codes of people and records are keyed hashes: the same in every export of the hub, and of no use elsewhere. "
        f"There are no dates, no words that anybody wrote and no names. In the CSV files `{MISSING}` stands for a "
        "missing value. Those who agreed need not be like those who did not."
    )
    for table in TABLES:
        yield from _table_lines(table, len(export.rows[table.name]))


def _table_lines(table: ResearchTable, n_rows: int) -> Iterator[str]:
    keys = "; ".join(f"{', '.join(key.variables)} → {key.table}" for key in table.foreign_keys)
    yield from ("", f"## {table.name}", "", f"{table.title}. {n_rows} rows. From `{table.query}`.")
    yield f"Key: {', '.join(table.primary_key)}.{f' Names rows of others: {keys}.' if keys else ''}"
    yield from (
        "",
        "| variable | type | meaning | unit | codes | may be missing |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    for variable in table.variables:
        codes = "; ".join(f"`{code}` {meaning}" for code, meaning in variable.codes.items())
        missing = "" if variable.is_required else "yes"
        cells = (f"`{variable.name}`", variable.type.value, variable.meaning, variable.unit, codes, missing)
        yield f"| {' | '.join(cells)} |"


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
