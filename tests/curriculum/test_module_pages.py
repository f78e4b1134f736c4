"""The body of a module: steps, blocks and passages."""

import pytest

from curriculum.models import BlockKind, Section
from curriculum.module_pages import BodyReader


def section(id_: str, markdown: str) -> Section:
    return Section(id=id_, title=id_, path=(id_,), chapter=id_, markdown=markdown, content_hash="", n_words=1)


SECTIONS = {"M1.1": section("M1.1", "One.\n\nTwo.\n\nThree.")}


def read(body: str):
    return BodyReader(SECTIONS).read(body, 1)


def messages(body: str) -> list[str]:
    return [f"{fault.line}: {fault.message}. {fault.hint}" for fault in read(body).faults]


def test_each_heading_starts_a_step():
    assert [step.title for step in read("## A\n\nx\n\n## B\n\ny\n").steps] == ["A", "B"]


def test_blocks_stand_in_order():
    body = "## A\n\nText.\n\n::: example\nTea.\n:::\n\n::: check m1-a-90\n:::\n\nMore.\n"
    blocks = read(body).steps[0].blocks
    assert [(b.kind, b.markdown, b.item) for b in blocks] == [
        (BlockKind.TEXT, "Text.", None),
        (BlockKind.EXAMPLE, "Tea.", None),
        (BlockKind.CHECK, "", "m1-a-90"),
        (BlockKind.TEXT, "More.", None),
    ]


def test_lines_are_those_of_steps_and_blocks():
    assert read("\n## A\n\nText.\n\n::: example\nTea.\n:::\n").lines == {(0,): 2, (0, 0): 4, (0, 1): 6}


@pytest.mark.parametrize(
    ("arguments", "text"),
    [("M1.1", "One.\n\nTwo.\n\nThree."), ("M1.1 1-2", "One.\n\nTwo."), ("M1.1 3", "Three."), ("M9", "")],
)
def test_passage_draws_the_section(arguments, text):
    (block,) = read(f"## A\n\n::: passage {arguments}\n:::\n").steps[0].blocks
    assert (block.kind, block.section, block.markdown) == (BlockKind.PASSAGE, arguments.split()[0], text)


def test_heading_inside_a_block_starts_no_step():
    assert len(read("## A\n\n::: example\n## B\n:::\n").steps) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("::: example\nx\n:::\n", "1: text stands before the first step. Start with a `##` heading."),
        ("## A\n\n::: sample\nx\n:::\n\ny", "3: unknown block `sample`. Did you mean `example`?"),
        ("## A\n\n::: example\nx\n", "3: block `example` is never closed. Close it with a line `:::`."),
        ("## A\n\nx\n\n:::\n", "5: `:::` closes a block, but none is open. Name the block, as in `::: example`."),
        (
            "## A\n\n::: this\nx\n::: not-this\ny\n:::\n",
            "5: block `not-this` starts inside block `this`, opened in line 3. Close the first block with `:::`.",
        ),
        ("## A\n\n::: reflect\n:::\n\nx", "3: block `reflect` is empty. Write it or remove it."),
        (
            "## A\n\n::: example of tea\nx\n:::\n",
            "3: block `example` has `of tea` beside it; expected nothing. Move it below.",
        ),
        ("## A\n\n::: check\n:::\n\nx", "3: block `check` names no item. Write it as `::: check m9-secrecy-90`."),
        (
            "## A\n\n::: passage M1.1 two\n:::\n\nx",
            "3: block `passage` names no section, or no range of paragraphs. "
            "Write it as `::: passage M9.3` or `::: passage M9.3 1-2`.",
        ),
        ("## A\n\n::: passage M1.1 2-4\n:::\n", "3: section `M1.1` has no paragraphs 2-4. Count its paragraphs again."),
        (
            "## A\n\n::: passage M1.1\nMine.\n:::\n",
            "3: block `passage` holds text of its own; expected none. Move the text out.",
        ),
        ("# A\n\n## B\n\nx", "1: a level-1 heading; expected `##` for a step. The title stands in the front matter."),
        ("## A\n\n## B\n\nx", "1: step `A` is empty. Write it or remove it."),
        ("", "1: has no steps. Start each step with a `##` heading."),
        (
            "## A\n\n<b>x</b>",
            "3: holds raw HTML `<b>`; expected Markdown. Write it in Markdown, or put it in backquotes.",
        ),
    ],
)
def test_fault_is_named_with_its_line(body, message):
    assert messages(body)[0] == message


def test_problem_of_a_body_names_the_module(small):
    small.change("modules/m1.md", "passage M1.1 1-2", "passage M1.1 7")
    assert small.messages() == [
        "modules/m1.md:12: error: module `M1`: section `M1.1` has no paragraphs 7. Count its paragraphs again."
    ]


def test_own_words_are_counted_without_passages(small):
    module = small.load().modules[0]
    assert module.n_words == 45 * 9


def test_passages_are_filled_in_at_load(small):
    module = small.load().modules[0]
    assert module.steps[0].blocks[0].markdown == "Ask an open question.\n\nThen wait."
