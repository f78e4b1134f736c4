"""Reading Moodle XML: each `<question>` by its type, with its files, hints, tags, weights and feedback."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final, cast
from urllib.parse import unquote

from assessments.exchange.answers import (
    Weighted,
    all_right_fields,
    decimal_of,
    matching_fields,
    multiple_fields,
    numbers_fields,
    ordering_fields,
    plain,
    single_fields,
    true_false_fields,
    weight_of,
    words_fields,
)
from assessments.exchange.categories import category_tag
from assessments.exchange.cloze_codes import Codes, read_codes
from assessments.exchange.entries import CannotCarryError, Carried, Entry, Fields, UnreadableFileError, shorten
from assessments.exchange.markup import Format, Text, format_of, read_text
from assessments.exchange.pictures import decode_base64, no_files, take_picture
from assessments.exchange.xml_tree import Node
from curriculum.items import FULL, ItemKind

OWN: Final = "practicum"
"""The processing instruction that holds what only our own files say."""

PLUGIN_FILE: Final = "@@PLUGINFILE@@/"
CLOZE_STEM: Final = "Fill in the gaps."
_STANDARD: Final = frozenset(
    {"your answer is correct.", "your answer is partially correct.", "your answer is incorrect."}
)
"""What Moodle itself says when nobody wrote anything."""

_ALL_TOLD: Final = {
    "correctfeedback": "When right",
    "partiallycorrectfeedback": "When partly right",
    "incorrectfeedback": "When wrong",
}
_NAMES: Final = {
    "description": "a text without a question",
    "calculated": "a question with numbers drawn anew (calculated)",
    "calculatedsimple": "a question with numbers drawn anew (calculated)",
    "calculatedmulti": "a question with numbers drawn anew (calculated)",
    "random": "a random question",
    "randomsamatch": "a matching question made of other questions",
    "ddwtos": "words dragged into a text",
    "ddimageortext": "things dragged onto a picture",
    "ddmarker": "markers dragged onto a picture",
    "gapselect": "words chosen in a text (gapselect)",
}
_WHOLE_ORDER: Final = frozenset({"-1", "ALL_OR_NOTHING"})
_BY_NEXT: Final = frozenset({"1", "RELATIVE_NEXT_EXCLUDE_LAST"})
_UNTRIED: Final = frozenset({"essay", "truefalse"})
"""Types that nobody answers several times."""

_GUIDANCE_LEVELS: Final = ("Not met", "Met")


def read_moodle(root: Node) -> Iterator[Entry]:
    """Yield the questions of a `<quiz>` in their order; categories become tags of those that follow.

    Raises:
        UnreadableFileError: It is another kind of XML.
    """
    if root.tag != "quiz":
        raise UnreadableFileError(f"it is XML that begins with `<{root.tag}>`", "`<quiz>`", "Choose Moodle XML.")
    category, said = "", False
    for node in root.nodes:
        if node.tag != "question":
            continue
        if node.get("type") == "category":
            category, said = _plain(node.first("category")), bool(_raw(node.first("info")).strip())
        else:
            entry = _read_entry(node, category)
            yield _with_note(entry, "what its category says of itself is left out") if said else entry


def _read_entry(node: Node, category: str) -> Entry:
    name = _plain(node.first("name"))
    try:
        return Entry(node.line, name or _raw_name(node), _read_question(node, name, category))
    except CannotCarryError as refusal:
        return Entry(node.line, name or _raw_name(node), refusal)


def _with_note(entry: Entry, note: str) -> Entry:
    if not isinstance(entry.outcome, Carried):
        return entry
    return replace(entry, outcome=replace(entry.outcome, notes=(*entry.outcome.notes, note)))


def _raw_name(node: Node) -> str:
    return shorten(_plain(node.first("questiontext"))) or f"of type {node.get('type') or 'unknown'}"


def _plain(node: Node | None) -> str:
    """Return a text that has no format, as names and tags."""
    if node is None:
        return ""
    text = node.first("text")
    return " ".join((text or node).text.split())


def _verbatim(node: Node | None) -> str:
    """Return a plain text as it is written, such as a short answer."""
    text = node.first("text") if node is not None else None
    return (text or node).text.strip() if node is not None else ""


def _read_question(node: Node, name: str, category: str) -> Carried:
    kind = node.get("type")
    reader = _READERS.get(kind)
    if reader is None:
        found = _NAMES.get(kind, f"a question of type `{kind}`")
        raise CannotCarryError(found, "a type that Practicum has", "See docs/exchange.md for the types.")
    if _plain(node.first("image_base64")) or _plain(node.first("image")):
        raise CannotCarryError(
            "a picture beside its text", "a picture in its text", "Export it from Moodle 2 or later."
        )
    notes: list[str] = []
    codes = read_codes(_raw(node.first("questiontext"))) if kind == "cloze" else None
    text = _text(node.first("questiontext"), codes.marked if codes else None)
    notes += text.notes
    media, picture = take_picture(text, _files(node.first("questiontext")))
    if not media and (unseen := _file_names(node.first("questiontext"))):
        notes.append(f"the file `{shorten(unseen[0], 40)}` came with it and is shown nowhere: it is left out")
    fields: Fields = {"title": name, "points": _points(node)} | media
    fields |= _stem_and_gaps(text, codes) if codes else {"stem": _needed(text.words)}
    fields["feedback"] = _words(node.first("generalfeedback"))
    fields |= reader(node)
    if kind != "essay":
        fields["hints"] = [words for hint in node.all("hint") if (words := _words(hint))]
    fields["tags"] = [*_tags(node), *category_tag(category)]
    _tell_all(node, fields)
    own = _own(node)
    notes += _notes(node)
    if codes and not own and codes.worth != fields["points"]:
        notes.append(f"it is worth {codes.worth} points there, as its gaps weigh; {fields['points']} here")
    return Carried(fields, picture, own, _plain(node.first("idnumber")), tuple(notes))


def _needed(words: str) -> str:
    if not words:
        raise CannotCarryError("a question without text", "text", "Write it in the file.")
    return words


def _raw(node: Node | None) -> str:
    text = node.first("text") if node is not None else None
    return text.text if text is not None else ""


def _text(node: Node | None, raw: str | None = None) -> Text:
    written = format_of(node.get("format"), Format.HTML) if node is not None else Format.HTML
    raw = _raw(node) if raw is None else raw
    return read_text(raw, written)


def _words(node: Node | None) -> str:
    """Return a text in which no picture may stand."""
    if node is None:
        return ""
    words = _text(node).only_words
    no_files([file.get("name") for file in node.all("file")])
    return words


def _files(node: Node | None) -> Callable[[str], bytes | None]:
    files = node.all("file") if node is not None else []
    by_path = {f"{file.get('path').strip('/')}/{file.get('name')}".strip("/"): file for file in files}
    by_name = {file.get("name"): file for file in files}

    def fetch(source: str) -> bytes | None:
        if not source.startswith(PLUGIN_FILE):
            return None
        path = unquote(source.removeprefix(PLUGIN_FILE).partition("?")[0])
        file = by_path.get(path.strip("/"), by_name.get(path.rsplit("/", 1)[-1]))
        return decode_base64(file.text) if file is not None and file.get("encoding", "base64") == "base64" else None

    return fetch


def _file_names(node: Node | None) -> list[str]:
    return [file.get("name") for file in node.all("file")] if node is not None else []


def _points(node: Node) -> int:
    raw = _plain(node.first("defaultgrade")) or "1"
    points = decimal_of(raw, "the points")
    if points != points.to_integral_value() or not 1 <= points <= 10:
        raise CannotCarryError(f"it is worth {plain(points):f} points", "1 to 10 whole points", "Change its mark.")
    return int(points)


def _tags(node: Node) -> list[str]:
    tags = node.first("tags")
    return [words for tag in (tags.all("tag") if tags is not None else ()) if (words := _plain(tag))]


def _own(node: Node) -> Mapping[str, object]:
    try:
        found: object = json.loads(node.instructions.get(OWN, "{}"))
    except (json.JSONDecodeError, RecursionError):
        return {}
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def _notes(node: Node) -> Iterator[str]:
    if _flag(node, "hidden"):
        yield "it is hidden or an old version in Moodle"
    if decimal_of(_plain(node.first("penalty")) or "0", "the penalty") and node.get("type") not in _UNTRIED:
        yield "what a further try costs is set by the quiz here, not by the question"
    if node.first("shuffleanswers") is not None and not _flag(node, "shuffleanswers"):
        yield "its answers keep their order in Moodle; here they are shuffled"
    if any(_plain(node.first(name)) not in ("", "0") for name in ("minwordlimit", "maxwordlimit")):
        yield "its limit of words is not kept; `max_chars` limits characters here"
    if _plain(node.first("attachments")) not in ("", "0"):
        yield "files may be handed in with it there; here a text alone"
    grading = _plain(node.first("gradingtype")).upper()
    if node.get("type") == "ordering" and grading not in _WHOLE_ORDER | _BY_NEXT:
        yield f"its steps earn their parts by `{grading or 'ABSOLUTE_POSITION'}` there, here by the step before"


def _flag(node: Node, name: str, *, otherwise: bool = False) -> bool:
    found = _plain(node.first(name)).lower()
    return found in ("1", "true") if found else otherwise


def _tell_all(node: Node, fields: Fields) -> None:
    """Keep what everybody is told who was right, partly right or wrong; Moodle's own three sentences say nothing."""
    told = {tag: words for tag in _ALL_TOLD if (words := _words(node.first(tag))) and words.lower() not in _STANDARD}
    if fields["kind"] is ItemKind.SINGLE:
        for option in cast("list[Fields]", fields["options"]):
            words = told.get("correctfeedback" if option.get("correct") else "incorrectfeedback", "")
            option["rationale"] = "\n\n".join(filter(None, (str(option["rationale"]), words)))
        told = {tag: words for tag, words in told.items() if tag == "partiallycorrectfeedback"}
    lines = [f"{_ALL_TOLD[tag]}: {words}" for tag, words in told.items()]
    fields["feedback"] = "\n\n".join(filter(None, (str(fields["feedback"]), *lines)))


# ---------------------------------------------------------------- type by type


def _answers(node: Node, *, is_plain: bool = False) -> list[Weighted]:
    return [
        Weighted(
            _verbatim(answer) if is_plain else _words(answer),
            weight_of(answer.get("fraction", "0")),
            _words(answer.first("feedback")),
        )
        for answer in node.all("answer")
    ]


def _multichoice(node: Node) -> Fields:
    answers = _answers(node)
    return single_fields(answers) if _flag(node, "single", otherwise=True) else multiple_fields(answers)


def _all_or_nothing(node: Node) -> Fields:
    return all_right_fields(_answers(node))


def _true_false(node: Node) -> Fields:
    by_text = {answer.text.strip().lower(): answer for answer in _answers(node)}
    if by_text.keys() != {"true", "false"}:
        raise CannotCarryError(f"the answers {sorted(by_text)}", "`true` and `false`", "Correct them in the file.")
    true, false = by_text["true"], by_text["false"]
    if {true.weight, false.weight} != {FULL, Decimal(0)}:
        raise CannotCarryError("not exactly one of both is right", "one that earns 100 per cent", "Correct it.")
    return true_false_fields(is_true=true.weight == FULL, if_true=true.feedback, if_false=false.feedback)


def _short_answer(node: Node) -> Fields:
    return words_fields(_answers(node, is_plain=True), case_matters=_flag(node, "usecase"))


def _numerical(node: Node) -> Fields:
    answers = [
        Weighted(answer.text, answer.weight, answer.feedback, _tolerance(each))
        for answer, each in zip(_answers(node, is_plain=True), node.all("answer"), strict=True)
    ]
    return numbers_fields(answers) | _units(node)


def _tolerance(answer: Node) -> Decimal:
    raw = _plain(answer.first("tolerance"))
    return decimal_of(raw, "a tolerance") if raw else Decimal(0)


def _units(node: Node) -> Fields:
    """Return the units; Moodle says how many make one of the first, we say how much of the first one is."""
    group = node.first("units")
    units: list[Fields] = []
    for unit in group.all("unit") if group is not None else ():
        name = _plain(unit.first("unit_name"))
        many = decimal_of(_plain(unit.first("multiplier")) or "1", f"the multiplier of `{name}`")
        units.append({"names": [name], "factor": _inverse(name, many)})
    units.sort(key=lambda unit: unit["factor"] != 1)
    if not units:
        return {}
    is_marked = _plain(node.first("unitgradingtype")) not in ("", "0")
    penalty = decimal_of(_plain(node.first("unitpenalty")) or "1", "the penalty for a unit")
    if is_marked and penalty != 1:
        found = f"a missing unit costs {plain(penalty * 100):f} per cent"
        raise CannotCarryError(found, "everything, or nothing", "Change the penalty of the unit to 1.")
    fields: Fields = {"units": _joined(units)}
    return fields | ({"unit_needed": True} if is_marked else {})


def _inverse(name: str, many: Decimal) -> Decimal:
    factor = plain(1 / many) if many > 0 else Decimal(0)
    if factor * many != 1 or len(factor.as_tuple().digits) > 18:
        raise CannotCarryError(
            f"the unit `{name}` has the multiplier {many:f}", "one whose inverse ends", "Leave it out."
        )
    return factor


def _joined(units: list[Fields]) -> list[Fields]:
    """Return the units with all names of one factor together."""
    by_factor: dict[object, list[object]] = {}
    for unit in units:
        by_factor.setdefault(unit["factor"], []).extend(cast("list[object]", unit["names"]))
    return [{"names": names, "factor": factor} for factor, names in by_factor.items()]


def _matching(node: Node) -> Fields:
    return matching_fields([(_words(each), _verbatim(each.first("answer"))) for each in node.all("subquestion")])


def _ordering(node: Node) -> Fields:
    if _plain(node.first("selecttype")) not in ("", "0", "ALL"):
        raise CannotCarryError("it draws some of its steps", "all steps", "Set it to show all of them.")
    steps = sorted(_answers_in_place(node), key=lambda pair: pair[0])
    grading = _plain(node.first("gradingtype")).upper()
    is_whole = grading in _WHOLE_ORDER
    return ordering_fields([step for _, step in steps]) | ({} if is_whole else {"partial": True})


def _answers_in_place(node: Node) -> list[tuple[Decimal, Weighted]]:
    """Return the steps with their places: Moodle writes these as `fraction`."""
    return [
        (
            decimal_of(each.get("fraction"), "a place"),
            Weighted(_words(each), Decimal(0), _words(each.first("feedback"))),
        )
        for each in node.all("answer")
    ]


def _essay(node: Node) -> Fields:
    if _verbatim(node.first("responsetemplate")):
        raise CannotCarryError("a text that is begun already", "an empty field", "Put it into the question.")
    n_files = decimal_of(_plain(node.first("attachmentsrequired")) or "0", "the number of files")
    if n_files > 0 or _plain(node.first("responseformat")) == "noinline":
        raise CannotCarryError("it asks for a file", "a text", "Ask for a text.")
    guidance = _words(node.first("graderinfo"))
    rubric = [{"id": "guidance", "text": guidance, "levels": list(_GUIDANCE_LEVELS)}] if guidance else []
    return {"kind": ItemKind.EXTENDED_TEXT, "rubric": rubric, "max_chars": 1000}


def _cloze(node: Node) -> Fields:
    del node
    return {"kind": ItemKind.CLOZE, "partial": True}


def _stem_and_gaps(text: Text, codes: Codes) -> Fields:
    """Return the first paragraph as the question where it has no gap, and the text with its gaps."""
    words = codes.named(text.words)
    first, _, rest = words.partition("\n\n")
    if rest and "[[" not in first:
        return {"stem": first, "text": rest, "gaps": list(codes.gaps)}
    return {"stem": CLOZE_STEM, "text": words, "gaps": list(codes.gaps)}


_READERS: Final[Mapping[str, Callable[[Node], Fields]]] = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
}
