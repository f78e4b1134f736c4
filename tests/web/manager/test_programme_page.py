"""Programme: faults in the folder, publishing, approval, going live; each by who may."""

import hashlib
import shutil
from pathlib import Path

import pytest

from assessments.errors import NotActivatableError
from assessments.facts import ProgrammeActivated, ProgrammePublished, SafeguardingApproved
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from curriculum.bundle import to_bundle
from curriculum.errors import Problem, ProblemSeverity
from curriculum.loading import load_programme
from curriculum.media import read_media
from people.errors import NotAllowedError
from tests.builders import PROGRAMME, make_head, make_programme
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, OTHER_HUB, SHOWN, Town
from web.views.manager import shipped
from web.views.manager.programme import VIEW, page
from web.views.manager.shipped import Draft, list_drafts

PNG = b"\x89PNG\r\n\x1a\n"
"""How a picture begins."""


def make_draft(version: str = "2.0.0", problems: tuple[Problem, ...] = ()) -> Draft:
    programme = make_programme(sections=SHOWN, head=make_head(version=version))
    return Draft("alongside", programme, problems, to_bundle(programme), "digest-of-the-draft")


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Draft]:
    found = [make_draft()]
    monkeypatch.setattr(page, "list_drafts", lambda: found)
    return found


def _labels(drawn) -> list[str]:
    return [button.label for button in drawn.button]


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize("login", ["mona", "lena"])
def test_manager_and_training_lead_publish(town: Town, login: str) -> None:
    drawn = draw(VIEW, town.context(login))
    drawn.button(key="publish-alongside").click().run()
    assert [fact.version for fact in town.store.list_facts(ProgrammePublished)] == ["1.0.0", "2.0.0"]
    assert "Waits" not in shown(drawn)


def make_draft_with_picture(folder: Path) -> Draft:
    (folder / "media").mkdir()
    (folder / "media" / "room.png").write_bytes(PNG)
    files, _ = read_media(folder)
    programme = make_programme(sections=SHOWN, head=make_head(version="2.0.0"), media=tuple(files))
    return Draft("alongside", programme, (), to_bundle(programme), "digest-of-the-draft", folder)


def test_pictures_are_published_with_the_text(town: Town, drafts: list[Draft], tmp_path: Path) -> None:
    drafts[:] = [make_draft_with_picture(tmp_path)]
    drawn = draw(VIEW, town.context("mona"))
    drawn.button(key="publish-alongside").click().run()
    kept = town.store.media(hashlib.sha256(PNG).hexdigest())
    assert kept is not None
    assert (kept.type, kept.content) == ("image/png", PNG)


def test_a_picture_that_went_since_it_was_read_is_named(town: Town, drafts: list[Draft], tmp_path: Path) -> None:
    drafts[:] = [make_draft_with_picture(tmp_path)]
    (tmp_path / "media" / "room.png").unlink()
    drawn = draw(VIEW, town.context("mona"))
    drawn.button(key="publish-alongside").click().run()
    assert "missing or have changed: room.png" in shown(drawn).replace("\\", "")
    assert [fact.version for fact in town.store.list_facts(ProgrammePublished)] == ["1.0.0"]


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize("login", ["sam", "cora", "ruth", "admin"])
def test_others_read_and_may_not_publish(town: Town, login: str) -> None:
    drawn = draw(VIEW, town.context(login))
    assert "can publish it" in shown(drawn)
    assert not [label for label in _labels(drawn) if label.startswith("Publish")]
    programme = make_programme(sections=SHOWN)
    with pytest.raises(NotAllowedError):
        publish_programme(town.store, town.actor(login), programme, to_bundle(programme), town.clock())


def test_draft_with_errors_lists_them_and_cannot_be_published(town: Town, drafts: list[Draft]) -> None:
    error = Problem(Path("programmes/alongside/items/m1.yaml"), 12, "item `m1-a`", "has no key", "Mark one.")
    advice = Problem(Path("programmes/alongside/manual/m1.md"), 3, "", "is long", "", ProblemSeverity.WARNING)
    drafts[:] = [make_draft(problems=(advice, error))]
    drawn = draw(VIEW, town.context("mona"))
    text = shown(drawn)
    assert "1 error to mend first" in text
    assert text.index("has no key") < text.index("is long")
    assert "items/m1.yaml:12" in text.replace("\\", "")
    assert not [label for label in _labels(drawn) if label.startswith("Publish")]


def test_changed_text_needs_a_new_version_number(town: Town, drafts: list[Draft]) -> None:
    drafts[:] = [make_draft("1.0.0")]
    drawn = draw(VIEW, town.context("mona"))
    assert "new version number" in shown(drawn)
    assert not [label for label in _labels(drawn) if label.startswith("Publish")]


def test_published_as_it_stands_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = town.store.list_facts(ProgrammePublished)[0].digest
    programme = make_programme(sections=SHOWN)
    monkeypatch.setattr(page, "list_drafts", lambda: [Draft("alongside", programme, (), to_bundle(programme), digest)])
    assert "Published as it stands" in shown(draw(VIEW, town.context("mona")))


def test_page_without_any_programme_says_where_to_put_one(empty_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "list_drafts", list[Draft])
    assert "There is no programme yet" in shown(draw(VIEW, empty_town.context("admin")))


# ---------------------------------------------------------------- the way into a hub


def _publish_second(town: Town) -> int:
    programme = make_programme(sections=SHOWN, head=make_head(version="2.0.0"))
    return publish_programme(town.store, town.actor("mona"), programme, to_bundle(programme), town.clock())


@pytest.mark.usefixtures("drafts")
def test_safeguarding_lead_reads_and_approves(town: Town) -> None:
    version_no = _publish_second(town)
    drawn = draw(VIEW, town.context("sam"))
    assert "M1.2" in shown(drawn).replace("\\", "")
    assert drawn.text_input(key="approver-alongside").value == "Sam"
    drawn.text_input[1].input("Designated safeguarding lead")
    next(button for button in drawn.button if "approve" in button.label).click().run()
    approved = town.store.list_facts(SafeguardingApproved, version_no=version_no)
    assert [(fact.approver_name, fact.qualification) for fact in approved] == [("Sam", "Designated safeguarding lead")]


@pytest.mark.usefixtures("drafts")
def test_approval_without_a_qualification_is_refused_at_its_place(town: Town) -> None:
    _publish_second(town)
    drawn = draw(VIEW, town.context("sam"))
    next(button for button in drawn.button if "approve" in button.label).click().run()
    assert "Qualification" in drawn.error[0].value


@pytest.mark.parametrize("login", ["mona", "lena", "ruth", "cora", "admin", "amina"])
def test_nobody_else_approves(town: Town, login: str) -> None:
    version_no = _publish_second(town)
    with pytest.raises(NotAllowedError):
        approve_safeguarding_text(
            town.store, town.actor(login), PROGRAMME, version_no, "X", qualification="Y", now=town.clock()
        )


@pytest.mark.usefixtures("drafts")
def test_what_is_missing_is_listed_and_the_service_refuses(town: Town) -> None:
    version_no = _publish_second(town)
    drawn = draw(VIEW, town.context("otto"))
    text = shown(drawn).replace("\\", "")
    assert "Missing: Safeguarding lead, Emergency services" in text
    assert "reads it and approves it" in text
    next(button for button in drawn.button if button.label == "Go live here").click().run()
    assert "cannot go live here yet" in drawn.error[0].value
    with pytest.raises(NotActivatableError):
        activate_programme(town.store, town.actor("otto"), PROGRAMME, version_no, OTHER_HUB, now=town.clock())


@pytest.mark.usefixtures("drafts")
def test_manager_names_whom_to_call_and_goes_live(town: Town) -> None:
    drawn = draw(VIEW, town.context("otto"))
    for kind, name in (("safeguarding_lead", "Sam"), ("emergency", "Emergency services")):
        drawn.text_input(key=f"contact-{OTHER_HUB}-{kind}").input(name)
        drawn.text_input(key=f"phone-{OTHER_HUB}-{kind}").input("020 7946 0002")
    next(button for button in drawn.button if button.label == "Save whom to call").click().run()
    next(button for button in drawn.button if button.label == "Go live here").click().run()
    live = town.store.list_facts(ProgrammeActivated, hub_id=OTHER_HUB)
    assert [(fact.programme_id, fact.version_no) for fact in live] == [(PROGRAMME, 1)]


@pytest.mark.usefixtures("drafts")
def test_newer_version_says_which_one_is_live(town: Town) -> None:
    _publish_second(town)
    text = shown(draw(VIEW, town.context("mona"))).replace("\\", "")
    assert "Version 1.0.0 is live here now" in text
    assert "Older versions" in [fold.label for fold in draw(VIEW, town.context("mona")).expander]


@pytest.mark.parametrize("login", ["sam", "cora", "ruth", "admin", "otto"])
def test_who_does_not_run_the_hub_may_not_go_live(town: Town, login: str) -> None:
    with pytest.raises(NotAllowedError):
        activate_programme(town.store, town.actor(login), PROGRAMME, 1, HUB, now=town.clock())


# ---------------------------------------------------------------- the folder


def test_shipped_programmes_are_found_and_can_be_published() -> None:
    found = {draft.name: draft for draft in list_drafts()}
    assert found["alongside"].may_be_published


def test_folder_is_read_again_when_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    folder = tmp_path / "programmes" / "small"
    folder.mkdir(parents=True)
    (folder / "programme.yaml").write_text("id: small\n")
    n_first = len(list_drafts()[-1].problems)
    reads: list[Path] = []
    read = shipped.load_programme
    monkeypatch.setattr(shipped, "load_programme", lambda path: reads.append(path) or read(path))
    list_drafts()
    assert reads == []
    (folder / "programme.yaml").write_text("id: small\ntitle: Small and long\n")
    assert len(list_drafts()[-1].problems) < n_first
    assert reads == [folder]


def test_a_programme_of_the_hub_stands_in_for_a_shipped_one(
    first_part_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    shutil.copytree(first_part_folder, tmp_path / "programmes" / "alongside")
    found = {draft.name: draft for draft in list_drafts()}
    assert list(found) == ["alongside", "carers-table"]
    assert found["alongside"].programme == load_programme(first_part_folder)[0]


def test_no_folder_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "none")
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    assert list_drafts() == []
