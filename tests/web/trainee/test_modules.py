"""Modules: the list, the reader, reflections and self-checks."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessments.errors import ModuleLockedError, NotEnrolledError
from assessments.facts import Milestone, ModuleProgress
from assessments.items import right_choice
from assessments.service import learning
from curriculum.ids import ModuleId
from curriculum.items import Item
from curriculum.models import BlockKind, Module, Programme
from people.errors import NotAllowedError
from people.models import Actor, Office
from tests.web.drawing import draw, shown
from tests.web.trainee.conftest import Hub
from web.views.trainee import modules
from web.views.trainee.reading import load_places, minutes_of

M1, M4, M9 = ModuleId("M1"), ModuleId("M4"), ModuleId("M9")


def open_page(hub: Hub, **query: str) -> AppTest:
    return draw(modules.VIEW, hub.context(hub.amina), **query)


def read(hub: Hub, module_id: ModuleId) -> None:
    last = len(hub.programme.module_by_id[module_id].steps) - 1
    actor, programme_id = hub.actor(hub.amina), hub.programme.head.id
    learning.record_progress(hub.store, actor, programme_id, module_id, last, is_read=True, now=hub.clock())


def progress(hub: Hub) -> list[tuple[str, int, bool]]:
    return [(fact.module_id, fact.step, fact.is_read) for fact in hub.store.list_facts(ModuleProgress, hub.amina)]


def step_with(programme: Programme, kind: BlockKind) -> tuple[Module, int]:
    """Return the first module that opens at once, and its first step, that hold a block of the kind."""
    return next(
        (module, step)
        for module in sorted(programme.modules, key=lambda each: each.order)
        for step, each in enumerate(module.steps)
        if not module.prerequisites and any(block.kind is kind for block in each.blocks)
    )


# ---------------------------------------------------------------- the list


def test_who_trains_in_nothing_is_told_whom_to_ask(hub: Hub) -> None:
    newcomer = hub.add("Noor", Office.TRAINEE)
    assert "programme manager" in shown(draw(modules.VIEW, hub.context(newcomer)))


def test_the_list_names_every_module_and_leads_to_the_first(hub: Hub) -> None:
    page = open_page(hub)
    for module in hub.programme.modules:
        assert module.title in shown(page)
    assert [button.label for button in page.button if button.proto.type == "primary"] == ["Start M1"]


def test_a_module_that_builds_on_another_cannot_be_opened_from_the_list(hub: Hub) -> None:
    page = open_page(hub)
    assert "Opens when you have read M4" in shown(page)
    assert all(button.label != "Start M9" for button in page.button)


def test_a_read_module_says_so(hub: Hub) -> None:
    read(hub, M1)
    page = open_page(hub)
    assert f"1 of {len(hub.programme.modules)} read" in shown(page)
    assert "Read M1 again" in [button.label for button in page.button]


# ---------------------------------------------------------------- the reader


def test_opening_a_page_is_noted_once(hub: Hub) -> None:
    page = open_page(hub, module="M1", step="2")
    page.run()
    assert progress(hub) == [("M1", 1, False)]
    assert "Saved 09:00" in shown(page)


def test_what_was_saved_on_another_day_is_not_said_to_be_saved_at_that_hour(hub: Hub) -> None:
    open_page(hub, module="M1", step="2")
    hub.clock.move(days=1)
    assert "Saved" not in shown(open_page(hub, module="M1", step="2"))


def test_a_module_resumes_where_one_left(hub: Hub) -> None:
    open_page(hub, module="M1", step="3")
    page = open_page(hub, module="M1")
    assert page.title[0].value == hub.programme.module_by_id[M1].steps[2].title
    assert "You are on page 3 of" in shown(open_page(hub))


@pytest.mark.parametrize("step", ["0", "99", "-1", "two", "²"])
def test_a_wrong_page_in_the_address_leads_to_where_one_left(hub: Hub, step: str) -> None:
    page = open_page(hub, module="M1", step=step)
    assert page.title[0].value == hub.programme.module_by_id[M1].steps[0].title


def test_an_unknown_module_is_said_and_recorded_nowhere(hub: Hub) -> None:
    assert "no module “M77”" in shown(open_page(hub, module="M77"))
    assert progress(hub) == []


def test_every_page_of_every_module_draws(hub: Hub) -> None:
    for module in sorted(hub.programme.modules, key=lambda each: each.order):
        for step, each in enumerate(module.steps):
            assert open_page(hub, module=module.id, step=str(step + 1)).title[0].value == each.title
        read(hub, module.id)


def test_only_the_last_page_reads_the_module(hub: Hub) -> None:
    last = len(hub.programme.module_by_id[M1].steps)
    open_page(hub, module="M1", step="1").button(key="reader-next").click().run()
    assert not any(is_read for _, _, is_read in progress(hub))
    open_page(hub, module="M1", step=str(last)).button(key="reader-next").click().run()
    assert progress(hub)[-1] == ("M1", last - 1, True)


def test_the_end_of_a_read_module_leads_to_its_quiz(hub: Hub) -> None:
    read(hub, M1)
    assert "Go to the quiz" in [button.label for button in open_page(hub, module="M1", step="end").button]


def test_the_end_of_an_unread_module_leads_back_into_it(hub: Hub) -> None:
    labels = [button.label for button in open_page(hub, module="M1", step="end").button]
    assert "Carry on reading" in labels
    assert "Go to the quiz" not in labels


def test_reading_again_notes_nothing(hub: Hub) -> None:
    read(hub, M1)
    before = progress(hub)
    open_page(hub, module="M1", step="1")
    assert progress(hub) == before


def test_a_locked_module_names_the_one_to_read_first(hub: Hub) -> None:
    page = open_page(hub, module="M9", step="1")
    assert "Open M4" in [button.label for button in page.button]
    assert progress(hub) == []
    with pytest.raises(ModuleLockedError):
        learning.record_progress(
            hub.store, hub.actor(hub.amina), hub.programme.head.id, M9, 0, is_read=False, now=hub.clock()
        )


def test_the_manuals_words_stand_on_its_sheet_with_their_section(hub: Hub) -> None:
    module, step = step_with(hub.programme, BlockKind.PASSAGE)
    passage = next(b for b in module.steps[step].blocks if b.kind is BlockKind.PASSAGE)
    assert passage.section is not None
    page = open_page(hub, module=module.id, step=str(step + 1))
    assert f"{passage.section} {hub.programme.section_by_id[passage.section].title}" in shown(page).replace("\\", "")


def test_the_minutes_of_the_pages_make_up_the_module(alongside: Programme) -> None:
    for module in alongside.modules:
        total = sum(minutes_of(module, step) for step in range(len(module.steps)))
        assert abs(total - module.minutes) <= len(module.steps)


def test_a_new_trainee_has_all_minutes_before_them(hub: Hub) -> None:
    context = hub.context(hub.amina)
    assert context.own_choice is not None
    place = load_places(context, context.own_choice)[0]
    assert (place.is_started, place.next_step) == (False, 0)
    assert place.minutes_left >= place.module.minutes - place.n_steps


# ---------------------------------------------------------------- reflections


@pytest.fixture
def reflect(hub: Hub) -> Callable[[], AppTest]:
    module, step = step_with(hub.programme, BlockKind.REFLECT)
    return lambda: open_page(hub, module=module.id, step=str(step + 1))


def save_button(page: AppTest):
    return next(button for button in page.button if button.label == "Save my note")


def test_a_reflection_is_kept_and_shown(hub: Hub, reflect: Callable[[], AppTest]) -> None:
    page = reflect()
    page.text_area[0].set_value("I waited longer than I like, and it helped.").run()
    page = save_button(page).click().run()
    assert [fact.note for fact in hub.store.list_facts(Milestone, hub.amina)] == [
        "I waited longer than I like, and it helped."
    ]
    assert "I waited longer than I like" in shown(reflect())


def test_an_empty_reflection_is_not_kept(hub: Hub, reflect: Callable[[], AppTest]) -> None:
    page = save_button(reflect()).click().run()
    assert "Write a few words first" in shown(page)
    assert hub.store.list_facts(Milestone, hub.amina) == []


def test_what_may_be_about_a_family_is_kept_only_after_a_second_look(hub: Hub, reflect: Callable[[], AppTest]) -> None:
    page = reflect()
    page.text_area[0].set_value("The social worker rang me.").run()
    page = save_button(page).click().run()
    assert "word that often comes with a worry" in shown(page)
    assert hub.store.list_facts(Milestone, hub.amina) == []
    page.checkbox[0].check().run()
    save_button(page).click().run()
    assert len(hub.store.list_facts(Milestone, hub.amina)) == 1


def test_a_saved_note_is_not_saved_again_by_another_click(hub: Hub, reflect: Callable[[], AppTest]) -> None:
    page = reflect()
    page.text_area[0].set_value("I asked first.").run()
    page = save_button(page).click().run()
    save_button(page).click().run()
    assert len(hub.store.list_facts(Milestone, hub.amina)) == 1


def test_only_who_trains_reflects(hub: Hub) -> None:
    with pytest.raises(NotEnrolledError):
        learning.record_reflection(
            hub.store, hub.actor(hub.ruth), hub.programme.head.id, M1, "For Amina.", now=hub.clock()
        )


def test_a_funder_reads_no_progress(hub: Hub) -> None:
    funder = hub.actor(hub.add("Fay", Office.FUNDER))
    with pytest.raises(NotAllowedError):
        hub.store.query("modules_progress", funder, programme_id=hub.programme.head.id)
    assert not modules.VIEW.is_for(Actor(funder.person_id, "Fay", funder.grants))


# ---------------------------------------------------------------- self-checks


@pytest.fixture
def check(hub: Hub) -> tuple[AppTest, Item]:
    module, step = step_with(hub.programme, BlockKind.CHECK)
    block = next(b for b in module.steps[step].blocks if b.kind is BlockKind.CHECK)
    assert block.item is not None
    return open_page(hub, module=module.id, step=str(step + 1)), hub.programme.item_by_id[block.item]


def answer(page: AppTest, number: int) -> AppTest:
    page.radio[0].set_value(number).run()
    return next(button for button in page.button if button.label == "Check my answer").click().run()


def test_a_right_answer_to_a_self_check_says_why(check: tuple[AppTest, Item]) -> None:
    page, item = check
    (right,) = right_choice(item)
    page = answer(page, right)
    assert "Right." in shown(page)
    assert item.options[right].rationale in shown(page)


def test_a_wrong_answer_to_a_self_check_says_why_and_keeps_the_key(check: tuple[AppTest, Item]) -> None:
    page, item = check
    (right,) = right_choice(item)
    wrong = (right + 1) % len(item.options)
    page = answer(page, wrong)
    assert "Not quite" in shown(page)
    assert item.options[wrong].rationale in shown(page)
    assert item.options[right].rationale not in shown(page)
    assert item.section in shown(page)


def test_no_answer_to_a_self_check_is_asked_for(check: tuple[AppTest, Item]) -> None:
    page, _item = check
    page = next(button for button in page.button if button.label == "Check my answer").click().run()
    assert "Choose an answer first" in shown(page)


def test_nothing_is_preselected_and_nothing_is_kept_of_a_self_check(hub: Hub, check: tuple[AppTest, Item]) -> None:
    page, item = check
    assert page.radio[0].value is None
    before = hub.store.position
    answer(page, right_choice(item)[0])
    assert hub.store.position == before
