"""The command line for items and forms: `python -m assessments import|export|forms|paper`."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from assessments.exchange.drafts import split_drafts
from assessments.exchange.entries import MAX_FILE_BYTES
from assessments.exchange.exporting import Exporter
from assessments.exchange.folders import known_ids, load_items, load_pictures, pictures_beside, write_all
from assessments.exchange.importing import Imported, Importer, Refused, Settings
from assessments.exchange.own_fields import TO_BE_SET
from assessments.exchange.sources import ExchangeFormat
from assessments.paper_lines import WrongUseError, add_forms, add_paper
from curriculum.errors import PlatformError
from curriculum.fields import ID_PATTERN
from curriculum.items import Item

_EXAMPLES: Final = """examples:
  python -m assessments import quiz.gift --into programmes/alongside --module M9 --dry-run
  python -m assessments export programmes/alongside --module M9 --to m9.xml
  python -m assessments forms --programme programmes/alongside --into sheets
  python -m assessments paper batch.csv --dry-run --store var/practicum.duckdb

GIFT is .gift or .txt, Moodle XML is .xml, QTI 3.0 is .zip (a package) or .xml (one item).
exit status: 0 everything was carried, 1 something was refused or waits, 2 wrong use
"""
_BY_ENDING: Final = {
    ".gift": ExchangeFormat.GIFT,
    ".txt": ExchangeFormat.GIFT,
    ".xml": ExchangeFormat.MOODLE,
    ".zip": ExchangeFormat.QTI,
}
_FORMS: Final = [form.value for form in ExchangeFormat]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when everything was carried, 1 when something was refused, 2 for wrong use."""
    options = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except WrongUseError as error:
        print(error, file=sys.stderr)
        return 2
    except PlatformError as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m assessments", description=__doc__, epilog=_EXAMPLES, formatter_class=formatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_import(
        commands.add_parser("import", help="take items from files", epilog=_EXAMPLES, formatter_class=formatter)
    )
    _add_export(
        commands.add_parser("export", help="write items to a file", epilog=_EXAMPLES, formatter_class=formatter)
    )
    add_forms(
        commands.add_parser("forms", help="print a programme's checklists", epilog=_EXAMPLES, formatter_class=formatter)
    )
    add_paper(
        commands.add_parser(
            "paper", help="take over forms that were filled in on paper", epilog=_EXAMPLES, formatter_class=formatter
        )
    )
    return parser


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file of questions")
    parser.add_argument(
        "--into", required=True, type=Path, metavar="DIR", help="a programme's folder, or one for a draft"
    )
    parser.add_argument("--name", help="the name of the items file (default: that of the first FILE)")
    parser.add_argument("--module", help="the module the items belong to; their ids start with it (default: draft)")
    parser.add_argument("--section", default=TO_BE_SET, help="the section they ask about, where the file names none")
    parser.add_argument("--competency", default=TO_BE_SET, help="their competency, where the file names none")
    parser.add_argument("--from", dest="form", choices=_FORMS, help="what the files are (default: found out)")
    parser.add_argument("--encoding", help="what GIFT files are in (default: UTF-8, or by their byte order mark)")
    _add_common(parser)
    parser.set_defaults(run=_run_import)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="DIR", help="a programme's or a draft's folder, or an items file")
    parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="the file to write")
    parser.add_argument("--as", dest="form", choices=_FORMS, help="its format (default: by its ending)")
    parser.add_argument("--module", help="only the items of this module")
    parser.add_argument("--strict", action="store_true", help="refuse items that other software would score otherwise")
    _add_common(parser)
    parser.set_defaults(run=_run_export)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print the report")


def _progress(name: str, n: int) -> None:
    print(f"{name}: {n:,} questions", file=sys.stderr, flush=True)


# ---------------------------------------------------------------- import


def _run_import(options: argparse.Namespace) -> int:
    into: Path = options.into
    if into.exists() and not into.is_dir():
        raise WrongUseError(f"{into.as_posix()} is no folder. Name a folder after --into.")
    if options.name is not None and not ID_PATTERN.fullmatch(options.name):
        raise WrongUseError(f"--name is `{options.name}`; expected letters and digits, joined by `-`, `.` or `_`.")
    importer = Importer(_settings(options), known_ids(into), load_pictures(into))
    for path in options.files:
        _read_file(importer, path)
    result = importer.result
    written = [] if options.dry_run or not result.items else _write(options, result)
    _report_import(options, result, written)
    return int(bool(result.refused))


def _settings(options: argparse.Namespace) -> Settings:
    prefix = (options.module or "draft").lower()
    if not ID_PATTERN.fullmatch(prefix):
        raise WrongUseError(f"--module is `{prefix}`; expected a module's id, such as M9.")
    if options.encoding is not None:
        try:
            b"a".decode(options.encoding, "replace")
        except LookupError as error:
            raise WrongUseError(f"--encoding is `{options.encoding}`; expected one such as latin-1.") from error
    form = ExchangeFormat(options.form) if options.form else None
    return Settings(prefix, options.section, options.competency, form, options.encoding)


def _read_file(importer: Importer, path: Path) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise WrongUseError(f"{path.as_posix()} is no file. Name a file of questions.")
        if size > MAX_FILE_BYTES:
            reason = f"it is {size:,} bytes long; expected at most {MAX_FILE_BYTES:,}. Split the file."
            importer.result.refused.append(Refused(path.as_posix(), reason))
            return
        data = path.read_bytes()
    except OSError as error:
        raise WrongUseError(f"{path.as_posix()} cannot be read: {error.strerror}. Look at the name.") from error
    importer.read(path, data, _progress, pictures_beside(path))


def _write(options: argparse.Namespace, result: Imported) -> list[Path]:
    sources = ", ".join(path.name for path in options.files)
    head = f"# From {' '.join(sources.split())}. Set `{TO_BE_SET}`, then run: python -m curriculum check\n"
    texts = split_drafts(result.items, head)
    stem = options.name or f"from-{options.files[0].stem}"
    names = [f"{stem}.yaml"] if len(texts) == 1 else [f"{stem}-{i}.yaml" for i in range(1, len(texts) + 1)]
    return write_all(options.into, dict(zip(names, texts, strict=True)), result.pictures)


def _report_import(options: argparse.Namespace, result: Imported, written: Sequence[Path]) -> None:
    for note in result.notes:
        print(f"note: {note}", file=sys.stderr)
    if options.format == "json":
        refused = [{"where": each.where, "reason": each.reason} for each in result.refused]
        _print_json({"read": result.n_read, "imported": len(result.items), "refused": refused})
        return
    for each in result.refused:
        print(f"{each.where}: refused: {each.reason}")
    done = "would be imported" if options.dry_run else "imported"
    print(f"{result.n_read:,} read, {len(result.items):,} {done}, {len(result.refused):,} refused")
    for path in written:
        print(f"written: {path.as_posix()}")
    if n_open := sum(TO_BE_SET in (item.section, item.competency) for item in result.items):
        print(f"{n_open:,} items still need their section and competency: replace `{TO_BE_SET}` in the file")


def _print_json(report: Mapping[str, object]) -> None:
    print(json.dumps(report, ensure_ascii=False, indent=2))


# ---------------------------------------------------------------- export


def _run_export(options: argparse.Namespace) -> int:
    source: Path = options.source
    if not source.exists():
        raise WrongUseError(f"{source.as_posix()} does not exist. Name a programme's folder or an items file.")
    form = ExchangeFormat(options.form) if options.form else _BY_ENDING.get(options.to.suffix.lower())
    if form is None:
        raise WrongUseError(f"`{options.to.name}` ends in no format: use {', '.join(_BY_ENDING)}, or --as.")
    items, problems = load_items(source)
    chosen = [
        item for item in items if options.module is None or item.id.lower().startswith(f"{options.module.lower()}-")
    ]
    home = source if source.is_dir() else source.parent.parent
    exporter = Exporter(form, load_pictures(home), is_strict=options.strict)
    result = exporter.take(chosen, _progress)
    refused = [Refused(f"{p.path.as_posix()}:{p.line}", p.sentence) for p in problems]
    refused += [Refused(where, reason) for where, reason in result.refused]
    if result.kept and not options.dry_run:
        _write_file(options.to, exporter.file(result.kept))
    _report_export(options, chosen, len(result.kept), refused, list(result.notes))
    return int(bool(refused))


def _write_file(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise WrongUseError(f"{path.as_posix()} cannot be written: {error.strerror}.") from error


def _report_export(
    options: argparse.Namespace, items: Sequence[Item], n_kept: int, refused: Sequence[Refused], notes: Sequence[str]
) -> None:
    if options.format == "json":
        said = [{"where": each.where, "reason": each.reason} for each in refused]
        _print_json({"read": len(items), "exported": n_kept, "refused": said, "notes": list(notes)})
        return
    for note in notes:
        print(f"note: {note}")
    for each in refused:
        print(f"{each.where}: refused: {each.reason}")
    done = "would be exported" if options.dry_run else "exported"
    print(f"{len(items):,} read, {n_kept:,} {done}, {len(refused):,} refused")


if __name__ == "__main__":
    sys.exit(main())
