"""The manual: chapters, sections, passages and safe HTML."""

import hashlib
from pathlib import Path

import pytest

from curriculum.manual import cut_passage, read_chapter, render_html
from curriculum.markdown import count_words, plain_blocks

PATH = Path("m9.md")
CHAPTER = """\
# Keeping **children** safe {#M9}

Opening words.

## Noticing {#M9.1}

One.

### By day

Two *and* three.

## Telling {#M9.2}

Four.
"""


def sections(text: str) -> list:
    return [placed.section for placed in read_chapter(PATH, text)[0]]


def messages(text: str) -> list[str]:
    return [f"{p.line}: {p.sentence}" for p in read_chapter(PATH, text)[1]]


def test_chapter_and_its_level_two_headings_are_sections():
    assert [(s.id, s.title, s.chapter) for s in sections(CHAPTER)] == [
        ("M9", "Keeping **children** safe", "M9"),
        ("M9.1", "Noticing", "M9"),
        ("M9.2", "Telling", "M9"),
    ]


def test_section_holds_the_text_down_to_the_next_section():
    assert sections(CHAPTER)[1].markdown == "One.\n\n### By day\n\nTwo *and* three."


def test_path_leads_from_the_chapter():
    assert sections(CHAPTER)[1].path == ("Keeping **children** safe", "Noticing")


def test_words_are_counted_without_marks():
    assert [s.n_words for s in sections(CHAPTER)] == [2, 6, 1]


def test_content_hash_is_of_title_and_text():
    assert sections(CHAPTER)[2].content_hash == hashlib.sha256(b"Telling\nFour.").hexdigest()


def test_content_hash_changes_with_the_wording_and_not_with_its_place():
    before, after = sections(CHAPTER), sections(CHAPTER.replace("Opening", "First\n\nopening"))
    assert [a.content_hash == b.content_hash for a, b in zip(before, after, strict=True)] == [False, True, True]


def test_line_of_a_section_is_that_of_its_heading():
    assert [placed.line for placed in read_chapter(PATH, CHAPTER)[0]] == [1, 5, 13]


def test_hash_marks_in_a_code_block_are_no_headings():
    assert len(sections("# A {#A}\n\n```\n## B {#B}\n```\n")) == 1


@pytest.mark.parametrize("text", ["Words first.\n\n# A {#A}\n", "## A {#A}\n", "No heading.\n"])
def test_chapter_opens_with_a_level_one_heading(text):
    assert messages(text) == ["1: does not open with a level-1 heading. Write it as `# Title {#M9}`."]


def test_section_heading_has_an_id():
    assert messages("# A {#A}\n\n## B\n\nText.\n") == [
        "3: heading `B` has no title and id. Write it as `## Title {#M9.3}`."
    ]


def test_deeper_heading_has_no_id():
    assert messages("# A {#A}\n\n### B {#A.1}\n") == [
        "3: heading `B {#A.1}` carries an id on level 3; expected levels 1 and 2 only. "
        "Make it a level-2 heading or remove the id."
    ]


def test_file_holds_one_chapter():
    assert messages("# A {#A}\n\nText.\n\n# B {#B}\n\nText.\n") == [
        "5: a second level-1 heading `B {#B}`; expected one chapter a file. Start a new file."
    ]


def test_section_holds_text():
    assert messages("# A {#A}\n\n## B {#A.1}\n") == ["3: section `A.1`: holds no text. Write it or remove it."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<div>x</div>", "3: holds raw HTML; expected Markdown. Write it in Markdown."),
        ("a\nb <b>c</b>", "4: holds raw HTML `<b>`; expected Markdown. Write it in Markdown, or put it in backquotes."),
        ("![x](https://example.org/x.png)", "3: holds an image; expected text only. Say it in words."),
        (
            "[x](javascript:alert)",
            "3: holds a link that is not allowed. Link to a web page, or to a section as `(#M9.3)`.",
        ),
    ],
)
def test_html_images_and_odd_links_are_refused(text, message):
    assert messages(f"# A {{#A}}\n\n{text}\n")[0] == message


def test_passage_is_cut_by_top_level_blocks():
    markdown = "One.\n\nTwo\nlines.\n\n- a\n- b\n\n> Quote.\n"
    assert cut_passage(markdown, 2, 3) == "Two\nlines.\n\n- a\n- b"


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 3)])
def test_passage_outside_the_section_is_none(first, last):
    assert cut_passage("One.\n\nTwo.", first, last) is None


def test_html_is_made_of_markdown():
    assert render_html("A *b*.\n\n- c") == "<p>A <em>b</em>.</p>\n<ul>\n<li>c</li>\n</ul>\n"


def test_tables_are_rendered():
    assert "<td>b</td>" in render_html("| a |\n| --- |\n| b |\n")


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "x <img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](<vbscript:x>)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "![x](https://example.org/x.png)",
        '[x](https://e.org/" onclick="alert(1))',
        "```<img src=x>\nx\n```",
        "&lt;script&gt;",
    ],
)
def test_html_holds_no_script_and_no_image(markdown):
    html = render_html(markdown).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="vbscript' not in html
    assert 'href="data' not in html
    assert ' onclick="' not in html


def test_text_in_place_of_an_image_is_kept():
    assert render_html("![A path](x.png)") == "<p>![A path](x.png)</p>\n"


def test_link_to_a_web_page_tells_it_nothing():
    assert render_html("[x](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener noreferrer">x</a></p>\n'
    )


def test_link_to_a_section_stays():
    assert render_html("[x](#M9.3)") == '<p><a href="#M9.3">x</a></p>\n'


def test_plain_blocks_are_paragraphs_headings_and_list_items():
    assert plain_blocks("# A\n\nB\n*c*.\n\n- d\n- [e](#x)\n") == ["A", "B c.", "d", "e"]


def test_word_with_an_apostrophe_or_hyphen_is_one():
    assert count_words("Don't worry: well-being is **your** right, 2 times.") == 8
