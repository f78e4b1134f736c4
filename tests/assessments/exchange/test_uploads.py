"""A file brought to a page: what can be taken of it comes back as one file, and nothing is written anywhere."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from assessments.exchange.folders import load_items
from assessments.exchange.importing import Imported, Settings
from assessments.exchange.uploads import count_open, pack_draft, read_upload
from people.errors import NotAllowedError
from people.models import Actor, HeldGrant, HubId, Office, PersonId
from tests.builders import make_item, make_programme

LEAD = Actor(PersonId(1), "Lena", (HeldGrant(Office.TRAINING_LEAD, HubId("north")),))
GIFT = "::One::Ask? {=yes ~no}\n\n::Two::Listen? {=first ~last}\n\n::Bad::Broken {=yes\n"


def bring(text: str | bytes, name: str = "quiz.gift", actor: Actor = LEAD, **changes) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    programme = make_programme(**changes)
    return read_upload(actor, programme, name, data, settings=Settings(prefix="m1"))


def test_each_question_is_taken_or_refused_with_where_and_why() -> None:
    found = bring(GIFT)
    assert [item.id for item in found.items] == ["m1-one", "m1-two"]
    assert (found.n_read, len(found.refused)) == (3, 1)
    assert found.refused[0].where.startswith("quiz.gift:5: question `::Bad::")
    assert count_open(found) == 2


def test_ids_of_the_programme_are_not_given_again() -> None:
    found = bring("::One::Ask? {=yes ~no}", items=(make_item("m1-one"),))
    assert [item.id for item in found.items] == ["m1-one-2"]


def test_the_draft_is_read_back_as_the_items_that_were_taken(tmp_path: Path) -> None:
    found = bring(GIFT)
    draft = pack_draft(found, "quiz.gift")
    assert draft is not None
    assert (draft.name, draft.is_zip) == ("from-quiz.yaml", False)
    path = tmp_path / draft.name
    path.write_bytes(draft.content)
    items, problems = load_items(path)
    assert (items, problems) == (found.items, [])


def test_more_than_one_file_holds_is_packed_with_all_of_it(tmp_path: Path) -> None:
    words = "so " * 150
    found = bring("\n\n".join(f"::Q{n}::{words} {n}? {{=yes ~no}}" for n in range(2_200)))
    draft = pack_draft(found, "many.txt")
    assert draft is not None
    assert draft.name == "from-many.zip"
    with zipfile.ZipFile(BytesIO(draft.content)) as archive:
        assert archive.namelist() == ["items/from-many-1.yaml", "items/from-many-2.yaml"]
        archive.extractall(tmp_path)
    items, problems = load_items(tmp_path)
    assert (len(items), problems) == (2_200, [])


def test_progress_is_told() -> None:
    told: list[int] = []
    text = "\n\n".join(f"::Q{n}::Ask {n}? {{=yes ~no}}" for n in range(3_000))
    programme = make_programme()
    settings = Settings(prefix="m1")
    read_upload(LEAD, programme, "x.gift", text.encode(), settings=settings, progress=lambda _, n: told.append(n))
    assert told == [1_000, 2_000, 3_000]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "empty.gift", "it is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "photo.png", "it is no file of questions"),
        (b"PK\x03\x04" + bytes(20), "cut.zip", "cut.zip"),
        (b"<html><body/></html>", "page.xml", "begins with `<html>`"),
    ],
)
def test_a_file_of_another_kind_or_cut_off_gives_nothing_and_says_why(data: bytes, name: str, said: str) -> None:
    found = bring(data, name)
    assert found.items == []
    assert len(found.refused) == 1
    assert said in f"{found.refused[0].where}: {found.refused[0].reason}"
    assert pack_draft(found, name) is None


def test_a_name_from_elsewhere_is_only_a_name() -> None:
    draft = pack_draft(bring("::One::Ask? {=yes ~no}", "..\\..\\été; rm -rf.gift"), "../../été; rm -rf.gift")
    assert draft is not None
    assert draft.name == "from-t-rm-rf.yaml"


def test_who_may_not_draft_is_refused() -> None:
    trainer = Actor(PersonId(2), "Tom", (HeldGrant(Office.TRAINER, HubId("north")),))
    with pytest.raises(NotAllowedError):
        bring(GIFT, actor=trainer)
