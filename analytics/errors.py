"""What keeps a draft of rules from being tried. Each class composes its own sentence."""

from collections.abc import Sequence

from curriculum.errors import PlatformError

_SHOWN = 12


class UnknownChangeError(PlatformError):
    """A change names a gate, a field of one, or a quiz that the programme does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Keep what was named and what there is."""
        self.name = name
        self.known = tuple(known)
        more = ", …" if len(known) > _SHOWN else ""
        super().__init__(
            "There is no `{name}` to change; expected one of {known}. Give one of these.",
            name=name,
            known=", ".join(f"`{one}`" for one in known[:_SHOWN]) + more,
        )


class BadChangeError(PlatformError):
    """A change gives a value outside of its limits."""

    def __init__(self, gate_id: str, path: str, value: object) -> None:
        """Keep where, and what was given."""
        self.gate_id = gate_id
        self.path = path
        self.value = value
        super().__init__(
            "`{gate}`: `{path}` cannot be `{value}`. docs/programme-format.md says what it may be; give another value.",
            gate=gate_id,
            path=path,
            value=str(value),
        )
