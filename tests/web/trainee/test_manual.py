"""The manual on the page: contents, search, one section, and who may read it."""

import pytest
from streamlit.testing.v1 import AppTest

from curriculum.ids import SectionId
from people.models import Office
from tests.web.drawing import draw, shown
from tests.web.trainee.conftest import HUB, Hub
from web.context import Context
from web.views.trainee import manual


def open_page(hub: Hub, **query: str) -> AppTest:
    return draw(manual.VIEW, hub.context(hub.amina), **query)


def test_the_contents_name_every_section(hub: Hub) -> None:
    text = shown(open_page(hub)).replace("\\", "")
    for section in hub.programme.sections:
        assert f"{section.id} {section.title}" in text


def test_a_link_opens_its_section(hub: Hub) -> None:
    page = open_page(hub, section="M9.3")
    section = hub.programme.section_by_id[SectionId("M9.3")]
    assert page.title[0].value == section.title
    assert any("Never promise secrecy" in element.value for element in page.markdown)


def test_an_unknown_section_is_said(hub: Hub) -> None:
    assert "no section “M99.9”" in shown(open_page(hub, section="M99.9"))


def test_every_section_draws_with_its_neighbours(hub: Hub) -> None:
    sections = hub.programme.sections
    for at, section in enumerate(sections):
        labels = [button.label for button in open_page(hub, section=section.id).button]
        before = f"Previous: {sections[at - 1].id}" if at else "Previous"
        after = f"Next: {sections[at + 1].id}" if at + 1 < len(sections) else "Next"
        assert labels == [before, after]


def test_search_shows_sections_with_the_words_marked(hub: Hub) -> None:
    page = open_page(hub)
    page.text_input[0].set_value("secrecy").run()
    text = shown(page)
    assert "found" in text
    assert "**secrecy**" in text.lower()
    assert "M9" in text


def test_a_search_in_vain_says_what_to_try(hub: Hub) -> None:
    page = open_page(hub)
    page.text_input[0].set_value("zzzzqqq").run()
    assert "Nothing was found" in shown(page)


def test_what_is_searched_for_is_never_read_as_markdown(hub: Hub) -> None:
    page = open_page(hub, section="**x**")
    assert r"\*\*x\*\*" in shown(page)


@pytest.mark.parametrize(
    "office", [Office.TRAINER, Office.TRAINING_LEAD, Office.SAFEGUARDING_LEAD, Office.MANAGER, Office.COORDINATOR]
)
def test_offices_that_see_the_programme_read_its_manual(hub: Hub, office: Office) -> None:
    lead = hub.actor(hub.add("Lena", office))
    assert manual.may_read(lead)
    assert manual.VIEW.is_for(lead)


def test_a_funder_has_no_manual(hub: Hub) -> None:
    funder = hub.add("Fay", Office.FUNDER, HUB)
    assert not manual.VIEW.is_for(hub.actor(funder))
    assert "no manual for you" in shown(draw(manual.VIEW, hub.context(funder)))


def test_without_a_programme_the_page_says_whom_to_ask(hub: Hub) -> None:
    newcomer = hub.add("Noor", Office.TRAINEE)
    assert "programme manager" in shown(draw(manual.VIEW, hub.context(newcomer)))


def test_a_trainer_reads_the_manual_of_the_programme_chosen(hub: Hub) -> None:
    choices = hub.context(hub.amina).choices
    context = Context(hub.store, hub.actor(hub.ruth), choices, hub.clock)
    assert draw(manual.VIEW, context, section="M1").title[0].value == hub.programme.section_by_id[SectionId("M1")].title
