"""Every sentence of the interface goes through gettext: in the source, and on the screen in a made-up language."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import web.sentences
import web.texts
from assessments.errors import NotDecidableError, UnknownVersionError, WrongInputError
from assessments.service import interests
from assessments.service.decisions import cases
from assessments.verdicts import Status
from curriculum.errors import PlatformError
from curriculum.ids import ProgrammeId
from curriculum.phrases import Phrase
from people.models import Actor, HeldGrant, Office, PersonId
from people.notice import NOTICE
from store.ledger import Store
from tests.web.drawing import draw
from web.components import day_text
from web.context import Context
from web.sentences import say
from web.texts import N_, _, choose_language, list_languages, ngettext, say_error, speaking
from web.texts.extraction import extract_sentences
from web.views.everyone import account, privacy

WEB = Path(web.texts.__file__).parents[1]

TEXTS_AT: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("title", "header", "subheader", "markdown", "caption", "text"), (0,)),
    **dict.fromkeys(("success", "info", "warning", "error", "badge", "toast", "status", "spinner"), (0,)),
    **dict.fromkeys(("button", "form_submit_button", "link_button", "download_button", "menu_button"), (0,)),
    **dict.fromkeys(("checkbox", "toggle", "radio", "selectbox", "multiselect", "segmented_control", "pills"), (0,)),
    **dict.fromkeys(("text_input", "text_area", "number_input", "date_input", "time_input", "slider"), (0,)),
    **dict.fromkeys(("popover", "expander", "dialog", "metric", "tabs", "feedback", "progress"), (0, 1)),
    **dict.fromkeys(("page_head", "figure", "empty_state", "gate_row"), (0, 1, 2)),
    **dict.fromkeys(("head_row", "small_note", "not_saved", "say_after_rerun", "fold"), (0,)),
    "view_link": (2,),
    "plain_link": (1,),
}
"""Which arguments of Streamlit's elements and of our components people read."""

TEXT_KEYWORDS = {"label", "help", "placeholder", "title", "note", "kicker", "what_to_do", "alt", "body", "text"}
MARKUP = re.compile(r":[a-z-]+\[|:material/[a-z_]+:|[A-Za-z]*_[A-Za-z_]*|\bn\b")
WORD = re.compile(r"[A-Za-z]{2,}")


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal_parts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield from (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
        case ast.BinOp(left=left, right=right):
            yield from _literal_parts(left)
            yield from _literal_parts(right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literal_parts(body)
            yield from _literal_parts(orelse)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literal_parts(part)
        case _:
            return


def bare_texts(source: str) -> list[str]:
    """Return the words that people would read untranslated."""
    found: list[str] = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        places = TEXTS_AT.get(_name(call))
        if places is None:
            continue
        read = [call.args[place] for place in places if place < len(call.args)]
        read += [keyword.value for keyword in call.keywords if keyword.arg in TEXT_KEYWORDS]
        texts = (text for node in read for text in _literal_parts(node))
        found += [f"{call.lineno}: {text}" for text in texts if WORD.search(MARKUP.sub("", text))]
    return found


@pytest.mark.parametrize(
    ("source", "n"),
    [
        ('st.title("Quizzes")', 1),
        ('st.title(_("Quizzes"))', 0),
        ('box.button(label="Save")', 1),
        ('st.markdown(f"Hello {name}")', 1),
        ('st.markdown(f":gray[{name}] · :material/check:")', 0),
        ("st.markdown(f\":green[{_('Saved')}]\")", 0),
        ('page_head("Today" if early else _("Now"))', 1),
        ('view_link(context, "quizzes", "Open")', 1),
        ('card("a-key")', 0),
        ('st.tabs(["One"])', 1),
    ],
)
def test_walk_finds_bare_texts_and_no_others(source: str, n: int) -> None:
    assert len(bare_texts(source)) == n


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_text_of_a_page_is_bare(path: Path) -> None:
    assert bare_texts(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.html")), ids=lambda path: path.name)
def test_no_text_of_a_plain_page_is_bare(path: Path) -> None:
    bare = re.sub(r"\{[{%].*?[}%]\}|<[^>]*>|&[a-z]+;|Practicum", "", path.read_text("utf-8"), flags=re.S)
    assert WORD.findall(bare) == []


def test_no_sentence_holds_a_name_put_in_before_translation() -> None:
    calls = (
        (path.name, call)
        for path in WEB.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _name(call) in {"_", "ngettext", "N_"}
    )
    assert [name for name, call in calls if any(isinstance(arg, ast.JoinedStr) for arg in call.args)] == []


# ---------------------------------------------------------------- a made-up language


class Quoting(NullTranslations):
    """A language in which everything stands between angle quotes."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def quoting(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (web.texts, web.sentences):
        monkeypatch.setattr(place, "translations", lambda _language: Quoting())


@pytest.mark.usefixtures("quoting")
def test_texts_are_looked_up_when_drawn() -> None:
    assert _("Saved") == "«Saved»"
    assert ngettext("{n} gate", "{n} gates", 3) == "«{n} gates»"
    assert N_("Saved") == "Saved"


@pytest.mark.usefixtures("quoting")
@pytest.mark.parametrize("view", [account.VIEW, privacy.VIEW], ids=lambda view: view.url_path)
def test_every_text_on_the_screen_is_translated(view) -> None:
    store = Store.memory()
    actor = Actor(PersonId(7), "Äße", (HeldGrant(Office.MANAGER),))
    try:
        page = draw(view, Context(store=store, actor=actor))
    finally:
        store.close()
    texts = [str(element.value) for kind in ("title", "subheader", "markdown") for element in page.get(kind)]
    assert texts
    outside = (re.sub(r"«.*?»", "", text, flags=re.S) for text in texts)
    assert [text for text in outside if WORD.search(MARKUP.sub("", text))] == []


# ---------------------------------------------------------------- languages


def test_english_is_always_offered() -> None:
    assert list_languages()[0] == "en"


@pytest.mark.parametrize(
    ("accepted", "chosen"), [("so,fa;q=0.8,en;q=0.5", "fa"), ("FA-ir", "fa"), ("de", "en"), ("", "en"), (";;,", "en")]
)
def test_language_is_the_first_that_we_speak(accepted: str, chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.texts, "list_languages", lambda: ["en", "fa"])
    assert choose_language(accepted) == chosen


def test_language_of_a_request_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.texts, "list_languages", lambda: ["en", "fa"])
    with speaking("fa"):
        assert web.texts.current_language() == "fa"
    assert web.texts.current_language() == "en"
    with speaking("xx"):
        assert web.texts.current_language() == "en"


def test_catalogue_takes_the_sentences_of_the_privacy_notice() -> None:
    path = WEB.parent / "people" / "notice.py"
    with path.open("rb") as source:
        found = {message for _line, _function, message, _comments in extract_sentences(source, (), (), {})}
    assert {NOTICE.title, NOTICE.opening} <= found
    assert {line for section in NOTICE.sections for line in (section.title, *section.lines)} <= found


# ---------------------------------------------------------------- broken rules


@pytest.mark.usefixtures("quoting")
def test_a_broken_rule_is_said_in_the_readers_language_with_its_phrases() -> None:
    error = UnknownVersionError(ProgrammeId("alongside"), 3)
    assert str(error) == "Programme `alongside` has no published version 3. Publish it first."
    assert say_error(error) == "«Programme `«alongside»` has no published version 3. Publish it first.»"
    wrong = WrongInputError("Session", "nothing", "a code", "Choose a session.")
    assert say_error(wrong) == "««Session»: «nothing»; expected «a code». «Choose a session.»»"
    assert say_error(PlatformError("Braces {stay}.")) == "«Braces {stay}.»"


def test_no_error_puts_a_name_into_its_sentence_before_translation() -> None:
    root = WEB.parent
    rooms = [root / room for room in ("curriculum", "people", "assessments", "store", "analytics", "web")]
    calls = [
        (path.relative_to(root).as_posix(), call.lineno)
        for room in rooms
        for path in room.rglob("errors.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and _name(call) == "__init__"
        and call.args
        and isinstance(call.args[0], ast.JoinedStr)
    ]
    assert calls == []


def test_every_sentence_of_an_error_is_in_the_catalogue() -> None:
    with (WEB / "texts" / "practicum.pot").open("rb") as file:
        known = {message.id for message in read_po(file)}
    calls = [
        call
        for path in (*WEB.parent.glob("*/errors.py"), *WEB.parent.glob("analytics/*/errors.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _name(call) == "__init__" and call.args
    ]
    sentences = [str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)]
    assert len(sentences) > 60
    assert sorted(set(sentences) - known) == []


# ---------------------------------------------------------------- why somebody may not


def test_every_sentence_that_a_rule_returns_is_in_the_catalogue() -> None:
    with (WEB / "texts" / "practicum.pot").open("rb") as file:
        known = {message.id for message in read_po(file)}
    service = WEB.parent / "assessments" / "service"
    returned = [
        node.value.value
        for path in (
            *service.rglob("decisions/*.py"),
            service / "interests.py",
            WEB.parent / "assessments/observations.py",
        )
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    sentences = {text for text in returned if text} | {interests.DECLARED, interests.LED_TOGETHER, cases.ON_HOLD}
    assert len(sentences) > 25
    assert sorted(sentences - known) == []


@pytest.mark.usefixtures("quoting")
def test_a_sentence_of_a_rule_is_said_with_its_days_and_states_in_the_readers_words() -> None:
    values = {"day": date(2026, 11, 22), "status": Status.DUE_SOON, "why": Phrase("Wait.")}
    sentence = Phrase("Until {day}: {status}. {why}", values)
    assert sentence.text() == "Until 22 Nov 2026: due soon. Wait."
    said = say(sentence)
    assert said.startswith("«Until ")
    assert day_text(date(2026, 11, 22)) in said
    assert "«Wait.»" in said
    assert say_error(NotDecidableError(sentence)) == "«Until «22 Nov 2026»: «due soon». «Wait.»»"
