"""A list of people from a file: what it would do is shown, one click does it, the same file again changes nothing."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from people.facts import Enrolment, TokenIssued
from people.service.reach import list_assignments
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.manager.cohorts import VIEW

GOOD = "name;login;trainer\nZoë Ünal;zoe;ruth\nنور الحسن;;\nAmina;amina;tess\n"


def _open(town: Town, login: str = "mona") -> AppTest:
    return draw(VIEW, town.context(login), cohort=town.cohort_id)


def _upload(page: AppTest, text: str, encoding: str = "utf-8") -> AppTest:
    page.file_uploader[0].upload("people.csv", text.encode(encoding), "text/csv")
    return page.run()


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def _buttons(page: AppTest) -> dict[str, Any]:
    return {button.key: button for button in page.button}


def _people(town: Town) -> set[str]:
    return {town.store.name_of(one.person_id) for one in town.store.list_facts(Enrolment)}


@pytest.mark.parametrize(
    ("encoding", "words"), [("utf-8-sig", "UTF-8 with a byte order mark"), ("utf-16", "UTF-16, little-endian")]
)
def test_what_would_happen_is_shown_line_by_line_and_nothing_happens(town: Town, encoding: str, words: str) -> None:
    text = _text(_upload(_open(town), GOOD, encoding))
    assert f"Read as {words}. Parted by: semicolon." in text
    assert "2 new · 1 gets a trainer" in text
    assert "Line 2: **Zoë Ünal** · new · sign-in name zoe · trainer ruth" in text
    assert "Line 3: **نور الحسن** · new · sign-in name person" in text
    assert _people(town) == {"Amina", "Ben"}


def test_one_click_imports_and_the_same_file_again_has_nothing_to_do(town: Town) -> None:
    page = _upload(_open(town), GOOD)
    assert _buttons(page)["import-now"].label == "Import 3 people"
    _buttons(page)["import-now"].click().run()
    assert _people(town) == {"Amina", "Ben", "Zoë Ünal", "نور الحسن"}
    assert page.session_state["flash"].text == "Imported: 3 people."
    assert [one.trainer_id for one in list_assignments(town.store, town.ids["amina"])] == [town.ids["tess"]]
    page = _upload(_open(town), GOOD)
    assert "There is nothing to import" in _text(page)
    assert "import-now" not in _buttons(page)


def test_after_an_import_the_field_is_empty_again(town: Town) -> None:
    page = _upload(_open(town), GOOD)
    _buttons(page)["import-now"].click().run()
    assert "import-now" not in _buttons(page)
    assert "Line by line" not in [one.label for one in page.expander]


def test_refused_lines_are_named_and_the_others_can_be_imported(town: Town) -> None:
    page = _upload(_open(town), GOOD + "Bo;b;\n;carl;\n")
    error = page.error[0].value.replace("\\", "")
    assert "2 lines are refused." in error
    assert "Line 5, login: found “b”; expected a sign-in name" in error
    _buttons(page)["import-now"].click().run()
    assert "2 lines were refused." in page.session_state["flash"].text
    assert len(_people(town)) == 4


def test_a_column_about_families_refuses_the_file_and_nothing_of_it_is_shown(town: Town) -> None:
    page = _upload(_open(town), "name,child\nAna,Leopold\n")
    assert "This file cannot be imported." in page.error[0].value
    assert "a column called “child”" in page.error[0].value.replace("\\", "")
    assert "Leopold" not in _text(page)
    assert "import-now" not in _buttons(page)


def test_a_long_list_is_counted_and_not_drawn_whole(town: Town) -> None:
    rows = "".join(f"Person {n},person-{n}\n" for n in range(300))
    text = _text(_upload(_open(town), "name,login\n" + rows))
    assert "300 new" in text
    assert "And 260 more." in text
    assert "Person 299" not in text


@pytest.mark.parametrize("login", ["cora", "lena"])
def test_who_does_not_look_after_people_finds_no_field(town: Town, login: str) -> None:
    assert not _open(town, login).file_uploader


def test_slips_of_all_who_have_never_signed_in_are_made_at_once(town: Town) -> None:
    page = _upload(_open(town), GOOD)
    _buttons(page)["import-now"].click().run()
    page = _open(town)
    assert "4 people have not signed in yet." in [one.label for one in page.expander]
    _buttons(page)["make-slips"].click().run()
    text = _text(page)
    assert [name for name in ("Amina", "Ben", "Zoë Ünal", "نور الحسن") if f"**For**: {name}" in text] == sorted(
        ["Amina", "Ben", "Zoë Ünal", "نور الحسن"]
    )
    assert len(page.code) == 4
    assert len(town.store.list_facts(TokenIssued, purpose="invitation")) == 4
    town.sign_in_first("ben")
    assert "make-slips" in _buttons(_open(town))
