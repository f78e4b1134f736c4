"""XML as a tree whose nodes know their line. Nothing is ever fetched, and no entity is unfolded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final
from xml.parsers import expat

from assessments.exchange.entries import RESERVED, UnreadableFileError

MAX_DEPTH: Final = 100
MAX_NODES: Final = 2_000_000
VOID: Final = frozenset({"br", "hr", "img", "source", "track"})

_SEPARATOR: Final = " "
_SAVE_AGAIN: Final = "Save or download the file again."


@dataclass(slots=True)
class Node:
    """An element: its name without prefix, its attributes, its line from 1, and what stands in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: "list[Node | str]" = field(default_factory=list["Node | str"])
    instructions: dict[str, str] = field(default_factory=dict[str, str])
    namespace: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    @property
    def nodes(self) -> "list[Node]":
        """Return the elements in it."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, tag: str) -> "list[Node]":
        """Return the elements of a name that stand in it."""
        return [child for child in self.nodes if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        """Return the first element of a name that stands in it."""
        return next(iter(self.all(tag)), None)

    def walk(self) -> "Iterator[Node]":
        """Yield it and every element below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def find(self, *tags: str) -> "list[Node]":
        """Return the elements of some names below it, at any depth."""
        return [node for node in self.walk() if node.tag in tags and node is not self]

    @property
    def text(self) -> str:
        """Return the text in it and below it, as written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def inner(self) -> str:
        """Return what stands in it as HTML."""
        return "".join(escape(child, quote=False) if isinstance(child, str) else child.outer for child in self.children)

    @property
    def outer(self) -> str:
        """Return it as HTML."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        if self.tag in VOID:
            return f"<{self.tag}{attributes}/>"
        return f"<{self.tag}{attributes}>{self.inner}</{self.tag}>"


def parse_xml(data: bytes) -> Node:
    """Return the root of an XML file in any encoding that it states.

    Raises:
        UnreadableFileError: It is not well-formed, declares entities, or is nested too deep or too large.
    """
    begin = len(data) - len(data.lstrip(b" \t\r\n"))
    builder = _Builder(data.count(b"\n", 0, begin))
    try:
        return builder.build(data[begin:])
    except expat.ExpatError as error:
        line = error.lineno + builder.skipped
        found = f"it is not well-formed XML: {expat.ErrorString(error.code)} in line {line}"
        raise UnreadableFileError(found, "XML that is whole", _SAVE_AGAIN, line) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFileError(f"its encoding is not known ({error})", "UTF-8", _SAVE_AGAIN, 1) from error


class _Builder:
    def __init__(self, skipped: int) -> None:
        self.skipped = skipped
        self.root = Node("", {}, 1)
        self.open = [self.root]
        self.n_nodes = 0
        self.parser = parser = expat.ParserCreate(None, _SEPARATOR)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_skipped
        parser.ExternalEntityRefHandler = self._refuse_external

    def build(self, data: bytes) -> Node:
        self.parser.Parse(data, True)
        return self.root.nodes[0]

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber + self.skipped

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            raise UnreadableFileError(
                f"it holds more than {MAX_NODES:,} elements", "fewer", "Split the file.", self._line
            )
        if len(self.open) > MAX_DEPTH:
            raise UnreadableFileError(
                f"its elements are nested more than {MAX_DEPTH} deep", "less", _SAVE_AGAIN, self._line
            )
        namespace, _, tag = name.rpartition(_SEPARATOR)
        own = {key.rpartition(_SEPARATOR)[2]: value for key, value in attributes.items()}
        node = Node(tag, own, self._line, namespace=namespace)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, name: str) -> None:
        del name
        self.open.pop()

    def _data(self, text: str) -> None:
        if RESERVED.search(text):
            found = f"it holds a sign for private use in line {self._line}"
            raise UnreadableFileError(found, "signs of Unicode", "Replace the sign.", self._line)
        self.open[-1].children.append(text)

    def _instruction(self, target: str, text: str) -> None:
        self.open[-1].instructions[target] = text

    def _refuse_entity(self, name: str, *_: object) -> None:
        found = f"it declares an entity of its own, `{name}`, in line {self._line}"
        raise UnreadableFileError(found, "plain XML", "Save it without its DOCTYPE.", self._line)

    def _refuse_skipped(self, name: str, is_parameter: bool) -> None:
        del is_parameter
        found = f"it uses `&{name};`, which XML does not know, in line {self._line}"
        raise UnreadableFileError(found, "the sign itself", "Write the sign instead.", self._line)

    def _refuse_external(self, *_: object) -> int:
        raise UnreadableFileError("it points to another file", "plain XML", "Save it without its DOCTYPE.", self._line)
