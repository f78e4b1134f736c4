"""Search in the manual: what is found, in which order, and what a query may hold."""

import pytest

from curriculum.ids import SectionId
from curriculum.models import Section
from store.search import ManualIndex


def make_section(id_: str, title: str, markdown: str) -> Section:
    chapter = SectionId(id_.split(".", maxsplit=1)[0])
    return Section(
        id=SectionId(id_),
        title=title,
        path=("Chapter", title),
        chapter=chapter,
        markdown=markdown,
        content_hash=f"{title}{markdown}",
        n_words=len(markdown.split()),
    )


SECTIONS = (
    make_section("M9.1", "Kinds of harm", "A child goes without **food** or warmth."),
    make_section("M9.2", "Telling your lead", "- Ring the supervisors today.\n- Do not wait."),
    make_section("M9.3", "Secrets", "Never promise secrecy. Your supervisor will help you. A supervisor listens."),
    make_section("M9.4", "L'éducation", "Une pause café."),
    make_section("M9.5", "الوالدان", "نصيحة للوالدين في المجموعة"),
)


@pytest.fixture(scope="module")
def index() -> ManualIndex:
    return ManualIndex(SECTIONS, "en-GB")


def found(index: ManualIndex, query: str) -> list[str]:
    return [hit.section_id for hit in index.find(query)]


def test_a_word_finds_its_other_endings_in_english(index: ManualIndex):
    assert set(found(index, "supervisor")) == {"M9.2", "M9.3"}


def test_another_language_is_not_stemmed():
    assert found(ManualIndex(SECTIONS[1:3], "fr"), "supervisors") == ["M9.2"]


def test_any_of_the_words_is_enough_and_more_of_them_come_first(index: ManualIndex):
    assert found(index, "supervisor secrecy zebra")[0] == "M9.3"


def test_a_section_id_finds_its_section_first(index: ManualIndex):
    assert found(index, "m9.3")[0] == "M9.3"


def test_a_title_weighs_more_than_text():
    sections = (make_section("A", "Other", "Listening, listening."), make_section("B", "Listening", "Other words."))
    assert found(ManualIndex(sections, "en"), "listening") == ["B", "A"]


def test_accents_do_not_matter(index: ManualIndex):
    assert found(index, "education cafe") == ["M9.4"]


def test_part_of_a_word_is_found_when_no_word_is(index: ManualIndex):
    assert found(index, "ecre") == ["M9.3"]


def test_an_arabic_word_is_found_under_another_prefix(index: ManualIndex):
    assert found(index, "الوالدين") == ["M9.5"]


@pytest.mark.parametrize("query", ["", "   ", "?", '"', "xy", "qqqq"])
def test_nothing_is_found_by_nothing(index: ManualIndex, query: str):
    assert found(index, query) == []


@pytest.mark.parametrize("query", ["food AND", "food*", "-food", "food OR", "{food}", 'food"', "NOT food"])
def test_signs_of_a_query_language_are_plain_text(index: ManualIndex, query: str):
    assert "M9.1" in found(index, query)


def test_a_column_cannot_be_named_in_a_query(index: ManualIndex):
    assert found(index, "title:secrets") == []


def test_a_snippet_is_plain_text_with_the_words_marked(index: ManualIndex):
    (hit,) = index.find("food")
    assert [(part.text, part.is_match) for part in hit.snippet] == [
        ("A child goes without ", False),
        ("food", True),
        (" or warmth.", False),
    ]


def test_no_more_than_the_limit_is_found(index: ManualIndex):
    assert len(index.find("supervisor", limit=1)) == 1
