"""YAML that cannot be understood, or that uses more than plain data."""

from pathlib import Path

import pytest

from curriculum.yaml_lines import MAX_DEPTH, read_yaml

PATH = Path("x.yaml")


def messages(text: str) -> list[str]:
    return [f"{p.line}: {p.message}. {p.hint}" for p in read_yaml(PATH, text)[1]]


def data(text: str) -> object:
    sheet, problems = read_yaml(PATH, text)
    assert problems == []
    return sheet.data if sheet else None


def test_every_value_has_its_line():
    sheet, _ = read_yaml(PATH, "a: 1\nb:\n  - c: 2\n    d: 3\n  - {e: 4}\n", first_line=10)
    assert sheet.lines == {
        (): 10,
        ("a",): 10,
        ("b",): 11,
        ("b", 0): 12,
        ("b", 0, "c"): 12,
        ("b", 0, "d"): 13,
        ("b", 1): 14,
        ("b", 1, "e"): 14,
    }


def test_only_numbers_and_constants_are_not_text():
    text = "[1, -2, 1.5, true, null, ~, yes, no, on, 2026-01-31, 12:30, 1.0.0, '3', 0x1F, 1_000]"
    assert data(text) == [
        *(1, -2, 1.5, True, None, None),
        *("yes", "no", "on", "2026-01-31", "12:30", "1.0.0", "3", "0x1F", "1_000"),
    ]


def test_no_data_is_nothing():
    assert data("# only a comment\n") is None


def test_tab_in_the_indentation_is_named():
    assert messages("a:\n\tb: 1\n") == ["2: a tab indents this line; expected spaces. Use two spaces a step."]


def test_colon_inside_a_text_is_explained():
    assert messages("a: 1\nb: Say: hello\n") == [
        '2: is not valid YAML: mapping values are not allowed in this context. Put a text that holds ": " in quotes.'
    ]


def test_open_quote_is_explained():
    (message,) = messages('a: "open\nb: 1\n')
    assert message.endswith("Close the quotes, or look for a quote too many.")


def test_field_that_stands_twice_is_named():
    assert messages("a: 1\nb: 2\na: 3\n") == ["3: field `a` stands twice, first in line 1. Remove one."]


def test_first_of_two_fields_counts():
    sheet, _ = read_yaml(PATH, "a: 1\na: {b: [2]}\n")
    assert sheet.data == {"a": 1}


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: 1\nb: *a\n", "&x a: 1\n"])
def test_anchors_and_aliases_are_refused(text):
    assert "an anchor (`&`) or alias (`*`) is used; expected plain data. Write it out." in messages(text)[0]


def test_tags_are_refused():
    assert messages("a: !!python/object:os.system 1\n") == [
        "1: a tag `tag:yaml.org,2002:python/object:os.system` is used; expected plain data. Remove it."
    ]


def test_second_document_is_refused():
    assert messages("a: 1\n---\nb: 2\n") == ["3: a second document starts here; expected one. Remove the `---`."]


def test_field_name_that_is_no_word_is_refused():
    assert messages("? [a]\n: 1\n") == ["1: a field's name is no plain word. Write `field: value`."]


def test_deep_nesting_is_refused():
    assert messages("[" * 5000) == [f"1: data is nested more than {MAX_DEPTH} deep. See docs/programme-format.md."]
