"""Generated items that a programme may hold, of every kind that another format knows."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from curriculum.items import ITEM_MODELS, GapKind, Item, ItemKind, Pool

_SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Cf"))
_HARD = st.sampled_from(
    [*"~=#{}:\\/[]%<>&\"'*_`$|;@-+.", "->", "::", "[html]", "%50%", "&amp;", "<b>", "//", "T", "é", "م", "日", "x²"]
)
words = st.lists(st.one_of(_HARD, st.text(_SIGNS, min_size=1, max_size=6)), min_size=1, max_size=6).map(" ".join)
"""A line of words and of the signs that formats use for themselves."""

texts = st.lists(words, min_size=1, max_size=3).map("\n\n".join) | st.lists(words, min_size=1, max_size=3).map(
    "\n".join
)
maybe = st.just("") | texts
plain = (
    st.text("abcdefghij klm", min_size=1, max_size=20).map(str.strip).filter(bool).map(lambda t: " ".join(t.split()))
)
"""Words without any sign: no format may refuse them."""

numbers = st.decimals(-10_000, 10_000, places=3, allow_nan=False).map(lambda number: number.normalize() + 0)
credits = st.sampled_from([Decimal(n) for n in (0, 10, 25, 50, 75)])
ids = st.from_regex(r"m[1-9]-[a-z]{1,8}-[0-9]{2}", fullmatch=True)


def _distinct(text: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(text, min_size=least, max_size=most, unique_by=lambda each: each.casefold())


@st.composite
def items(
    draw: st.DrawFn, kind: ItemKind, text: st.SearchStrategy[str] = texts, line: st.SearchStrategy[str] = words
) -> Item:
    """Return an item of a kind; its texts come from `text`, those of one line from `line`."""
    told = st.just("") | text
    fields: dict[str, Any] = {
        "id": draw(ids),
        "kind": kind,
        "stem": draw(text),
        "section": "M1.1",
        "competency": "D1.1",
        "scenario": draw(st.booleans()),
        "critical": draw(st.none() | st.just("secrecy")),
        "pool": draw(st.sampled_from(Pool)),
        "points": draw(st.integers(1, 10)),
        "feedback": draw(told),
        "title": draw(st.just("") | line),
        "tags": draw(st.lists(line | line.map("category: {}".format), max_size=2)),
    }
    if kind is not ItemKind.EXTENDED_TEXT:
        fields["hints"] = draw(st.lists(text, max_size=2))
        fields["below_zero"] = draw(st.booleans())
    return ITEM_MODELS[kind](**fields | draw(_OWN[kind](text, line, told)))


@st.composite
def _single(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    options = _options(draw, text, told)
    key = draw(st.integers(0, len(options) - 1))
    options[key]["correct"] = True
    if draw(st.booleans()):
        for i, option in enumerate(options):
            if i != key:
                option["credit"] = draw(st.none() | credits.filter(bool))
    has_penalty = draw(st.booleans())
    return {"options": options} | ({"penalty": draw(st.integers(1, 100)), "below_zero": True} if has_penalty else {})


def _options(draw: st.DrawFn, text: Any, told: Any) -> list[dict[str, Any]]:
    names = draw(_distinct(text, 3, 5))
    behaviour = st.none() | st.just("D1.1-U1")
    return [{"text": name, "rationale": draw(told), "behaviour": draw(behaviour)} for name in names]


@st.composite
def _multiple(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    options = _options(draw, text, told)
    n_right = draw(st.integers(1, len(options) - 1))
    is_weighted = draw(st.booleans())
    parts = {1: ["100"], 2: ["70", "30"], 3: ["33.33333"] * 3, 4: ["40", "30", "20", "10"]}[n_right]
    for i, option in enumerate(options):
        option["correct"] = i < n_right
        if is_weighted:
            option["credit"] = Decimal(parts[i]) if i < n_right else -draw(credits)
    return {"options": options, "partial": is_weighted or draw(st.booleans())}


@st.composite
def _true_false(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    is_true = draw(st.booleans())
    options = [
        {"text": name, "correct": (name == "True") == is_true, "rationale": draw(told)} for name in ("True", "False")
    ]
    return {"options": options[:: draw(st.sampled_from([1, -1]))]}


@st.composite
def _ordering(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    options = [{"text": name, "rationale": draw(told)} for name in draw(_distinct(text, 3, 5))]
    return {"options": options, "partial": draw(st.booleans())}


@st.composite
def _matching(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    answers = draw(_distinct(line, 3, 5))
    prompts = draw(_distinct(line, 2, 4))
    used = draw(st.lists(st.sampled_from(answers), min_size=len(prompts), max_size=len(prompts)))
    pairs = [{"prompt": p, "answer": a, "rationale": draw(told)} for p, a in zip(prompts, used, strict=True)]
    extra = [answer for answer in answers if answer not in used]
    return {"pairs": pairs, "extra": extra, "partial": draw(st.booleans())}


@st.composite
def _numeric(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    return {"answers": _numbers(draw, told, 3)}


def _numbers(draw: st.DrawFn, told: Any, most: int) -> list[dict[str, Any]]:
    values = draw(st.lists(numbers, min_size=1, max_size=most, unique=True))
    return [
        {
            "value": value,
            "tolerance": draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(2)])),
            "credit": draw(credits) if i else 100,
            "rationale": draw(told),
        }
        for i, value in enumerate(values)
    ]


@st.composite
def _short_text(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    return {"answers": _words(draw, line, told), "case_matters": draw(st.booleans())}


def _words(draw: st.DrawFn, line: Any, told: Any) -> list[dict[str, Any]]:
    answers = draw(_distinct(line, 1, 3))
    return [{"text": a, "credit": draw(credits) if i else 100, "rationale": draw(told)} for i, a in enumerate(answers)]


@st.composite
def _cloze(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3, unique=True))
    gaps = [_gap(draw, name, line, told) for name in names]
    body = " ".join(f"{draw(line)} [[{name}]]" for name in names)
    return {"stem": draw(line), "text": body, "gaps": gaps, "partial": draw(st.booleans())}


def _gap(draw: st.DrawFn, name: str, line: Any, told: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(GapKind))
    base = {"id": name, "kind": kind, "weight": draw(st.integers(1, 10))}
    match kind:
        case GapKind.CHOICE:
            options = [{"text": each, "rationale": draw(told)} for each in draw(_distinct(line, 2, 3))]
            options[0]["correct"] = True
            return base | {"options": options}
        case GapKind.SHORT_TEXT:
            return base | {"answers": _words(draw, line, told), "case_matters": draw(st.booleans())}
        case GapKind.NUMERIC:
            return base | {"answers": _numbers(draw, told, 1)}


@st.composite
def _extended_text(draw: st.DrawFn, text: Any, line: Any, told: Any) -> dict[str, Any]:
    rubric = [
        {"id": f"c-{i}", "text": draw(text), "levels": draw(st.lists(line, min_size=2, max_size=4))}
        for i in range(draw(st.integers(0, 2)))
    ]
    return {"rubric": rubric, "max_chars": draw(st.integers(50, 1000)), "model": draw(told)}


_OWN = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.ORDERING: _ordering,
    ItemKind.MATCHING: _matching,
    ItemKind.NUMERIC: _numeric,
    ItemKind.SHORT_TEXT: _short_text,
    ItemKind.CLOZE: _cloze,
    ItemKind.EXTENDED_TEXT: _extended_text,
}
