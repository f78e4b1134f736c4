"""The body of a module: `##` headings start steps, `:::` fences make blocks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from curriculum.ids import ItemId, SectionId
from curriculum.manual import cut_passage
from curriculum.markdown import find_forbidden
from curriculum.models import Block, BlockKind, Section, Step
from curriculum.places import did_you_mean

_FENCE = re.compile(r":::\s*(.*?)\s*")
_STEP = re.compile(r"##\s+(.*?)\s*#*\s*")
_RANGE = re.compile(r"([1-9]\d?)(?:-([1-9]\d?))?")
_FENCED = [kind.value for kind in BlockKind if kind is not BlockKind.TEXT]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on one line of a module's body."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Body:
    """The steps of a module; `lines` holds the line of each step, and of each of its blocks."""

    steps: tuple[Step, ...]
    lines: Mapping[tuple[int, ...], int]
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _OpenBlock:
    """A block that is being read."""

    words: list[str]
    line: int
    text: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class _OpenStep:
    title: str
    line: int
    blocks: list[tuple[Block, int]] = field(default_factory=list[tuple[Block, int]])


class BodyReader:
    """Reads a module's body line by line; passages are drawn from the sections given."""

    def __init__(self, sections: Mapping[SectionId, Section]) -> None:
        """Start with nothing read."""
        self._sections = sections
        self._steps: list[_OpenStep] = []
        self._open: _OpenBlock | None = None
        self._text = _OpenBlock([], 0)
        self._faults: list[Fault] = []

    def read(self, body: str, first_line: int) -> Body:
        """Return the steps of a body that starts on the given line of its file."""
        self._faults += [Fault(first_line + at, message, hint) for at, message, hint in find_forbidden(body)]
        for number, line in enumerate(body.split("\n"), first_line):
            self._read_line(line, number)
        self._finish()
        lines: dict[tuple[int, ...], int] = {}
        for i, step in enumerate(self._steps):
            lines[(i,)] = step.line
            lines |= {(i, j): line for j, (_, line) in enumerate(step.blocks)}
        steps = tuple(Step(title=s.title, blocks=tuple(block for block, _ in s.blocks)) for s in self._steps)
        return Body(steps, lines, tuple(self._faults))

    def _fault(self, line: int, message: str, hint: str) -> None:
        self._faults.append(Fault(line, message, hint))

    def _read_line(self, line: str, number: int) -> None:
        if fence := _FENCE.fullmatch(line):
            self._read_fence(fence[1].split(), number)
        elif self._open is not None:
            self._open.text.append(line)
        elif heading := _STEP.fullmatch(line):
            self._end_text()
            self._end_step()
            self._steps.append(_OpenStep(heading[1], number))
        elif line.startswith("# "):
            self._fault(number, "a level-1 heading; expected `##` for a step", "The title stands in the front matter.")
        else:
            if not self._text.text and line.strip():
                self._text.line = number
            if self._text.text or line.strip():
                self._text.text.append(line)

    def _read_fence(self, words: list[str], number: int) -> None:
        if self._open is None and not words:
            self._fault(number, "`:::` closes a block, but none is open", "Name the block, as in `::: example`.")
        elif self._open is None:
            self._end_text()
            self._open = _OpenBlock(words, number)
        elif words:
            message = (
                f"block `{words[0]}` starts inside block `{self._open.words[0]}`, opened in line {self._open.line}"
            )
            self._fault(number, message, "Close the first block with `:::`.")
            self._close_block()
            self._open = _OpenBlock(words, number)
        else:
            self._close_block()

    def _finish(self) -> None:
        if self._open is not None:
            message = f"block `{self._open.words[0]}` is never closed"
            self._fault(self._open.line, message, "Close it with a line `:::`.")
            self._close_block()
        self._end_text()
        self._end_step()
        if not self._steps:
            self._fault(1, "has no steps", "Start each step with a `##` heading.")

    def _end_step(self) -> None:
        if self._steps and not self._steps[-1].blocks:
            step = self._steps[-1]
            self._fault(step.line, f"step `{step.title}` is empty", "Write it or remove it.")

    def _end_text(self) -> None:
        text = "\n".join(self._text.text).strip()
        if text:
            self._add(Block(kind=BlockKind.TEXT, markdown=text), self._text.line)
        self._text = _OpenBlock([], 0)

    def _add(self, block: Block, line: int) -> None:
        if self._steps:
            self._steps[-1].blocks.append((block, line))
        else:
            self._fault(line, "text stands before the first step", "Start with a `##` heading.")

    def _close_block(self) -> None:
        block, self._open = self._open, None
        if block is None:
            return
        name, arguments = block.words[0], block.words[1:]
        text = "\n".join(block.text).strip()
        if name not in _FENCED:
            self._fault(block.line, f"unknown block `{name}`", did_you_mean(name, _FENCED))
            return
        kind = BlockKind(name)
        if kind in (BlockKind.PASSAGE, BlockKind.CHECK):
            if text:
                self._fault(block.line, f"block `{name}` holds text of its own; expected none", "Move the text out.")
            made = self._passage(block, arguments) if kind is BlockKind.PASSAGE else self._check(block, arguments)
        else:
            made = self._written(kind, block, arguments, text)
        if made is not None:
            self._add(made, block.line)

    def _written(self, kind: BlockKind, block: _OpenBlock, arguments: list[str], text: str) -> Block | None:
        if arguments:
            found = " ".join(arguments)
            self._fault(block.line, f"block `{kind}` has `{found}` beside it; expected nothing", "Move it below.")
        if not text:
            self._fault(block.line, f"block `{kind}` is empty", "Write it or remove it.")
            return None
        return Block(kind=kind, markdown=text)

    def _check(self, block: _OpenBlock, arguments: list[str]) -> Block | None:
        if len(arguments) != 1:
            self._fault(block.line, "block `check` names no item", "Write it as `::: check m9-secrecy-90`.")
            return None
        return Block(kind=BlockKind.CHECK, item=ItemId(arguments[0]))

    def _passage(self, block: _OpenBlock, arguments: list[str]) -> Block | None:
        span = _RANGE.fullmatch(arguments[1]) if len(arguments) == 2 else None
        if not arguments or len(arguments) > 2 or (len(arguments) == 2 and not span):
            hint = "Write it as `::: passage M9.3` or `::: passage M9.3 1-2`."
            self._fault(block.line, "block `passage` names no section, or no range of paragraphs", hint)
            return None
        id_ = SectionId(arguments[0])
        section = self._sections.get(id_)
        markdown = section.markdown if section else ""
        if section and span:
            cut = cut_passage(section.markdown, int(span[1]), int(span[2] or span[1]))
            if cut is None:
                self._fault(block.line, f"section `{id_}` has no paragraphs {span[0]}", "Count its paragraphs again.")
            markdown = cut or ""
        return Block(kind=BlockKind.PASSAGE, section=id_, markdown=markdown)


def iter_own_text(steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield the module's own Markdown, without the passages of the manual."""
    for step in steps:
        yield from (block.markdown for block in step.blocks if block.kind is not BlockKind.PASSAGE)
