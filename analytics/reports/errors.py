"""What can be wrong with a document that is to be set."""

from curriculum.errors import PlatformError


class ReportError(PlatformError):
    """The base of what keeps a document from being made."""


class UnknownTemplateError(ReportError):
    """There is no template of this name."""

    def __init__(self, template: str, known: str) -> None:
        """Keep what was asked for."""
        self.template = template
        super().__init__("There is no document template `{name}`. Choose one of: {known}.", name=template, known=known)


class ReportDataError(ReportError):
    """What was handed in cannot be made into the document."""

    def __init__(self, template: str, found: str) -> None:
        """Keep the template and what went wrong."""
        self.template = template
        self.found = found
        super().__init__(
            "The document `{name}` could not be set: {found}. Give the data that its template reads.",
            name=template,
            found=found,
        )


class UnprintableSignError(ReportError):
    """A text has signs for which no font is shipped."""

    def __init__(self, signs: str) -> None:
        """Keep the signs."""
        self.signs = signs
        super().__init__(
            "These signs cannot be printed: {signs}. Expected are letters of Latin, Greek, Cyrillic or Arabic script "
            "and common signs. Take them out of the text, or write them in words.",
            signs=signs,
        )


class ChartError(ReportError):
    """A chart cannot be drawn."""

    def __init__(self, found: str) -> None:
        """Keep what the drawing program said."""
        self.found = found
        super().__init__(
            "The chart could not be drawn: {found}. Give a complete Vega-Lite chart with its data inside.", found=found
        )
