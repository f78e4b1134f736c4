"""The manual is the source: sections are cited, and links lead somewhere."""

from collections.abc import Iterator

from curriculum.checks.references import iter_references
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.markdown import find_links
from curriculum.places import Kind, Loc, did_you_mean, name_of


def check_links(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each link to a section that does not exist."""
    if Kind.SECTION in draft.unlisted:
        return
    known = draft.places[Kind.SECTION]
    for kind, id_, at, markdown in _texts(draft):
        for _, target in find_links(markdown):
            if target.startswith("#") and target[1:] not in known:
                hint = did_you_mean(target[1:], known)
                yield draft.place(kind, id_).error(f"links to unknown {name_of(Kind.SECTION, target[1:])}", hint, at)


def _texts(draft: Draft) -> Iterator[tuple[Kind, str, Loc, str]]:
    for section in draft.sections:
        yield Kind.SECTION, section.id, (), section.markdown
    for scenario in draft.scenarios:
        yield Kind.SCENARIO, scenario.id, (), scenario.body
    for module in draft.modules:
        for i, step in enumerate(module.steps):
            for j, block in enumerate(step.blocks):
                if block.section is None:
                    yield Kind.MODULE, module.id, ("steps", i, "blocks", j), block.markdown


def check_sections_are_cited(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each section that no module, item, line or competency rests on.

    A chapter's opening counts as cited when one of its sections is.
    """
    if draft.incomplete & {Kind.MODULE, Kind.ITEM, Kind.CHECKLIST, Kind.COMPETENCY, Kind.SECTION}:
        return
    cited = {reference.id for reference in iter_references(draft) if reference.kind is Kind.SECTION}
    cited |= {section.chapter for section in draft.sections if section.id in cited}
    for section in draft.sections:
        if section.id not in cited:
            message = "is cited by no module, item, checklist line or competency"
            yield draft.place(Kind.SECTION, section.id).warning(message, "Teach it, ask about it or remove it.")
