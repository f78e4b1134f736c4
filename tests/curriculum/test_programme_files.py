"""Files that cannot be read, are missing or are never read."""

import pytest

from curriculum.errors import ProgrammeFolderError
from curriculum.files import MAX_BYTES, list_files
from curriculum.loading import load_programme
from tests.curriculum.conftest import FILES


def test_smallest_programme_has_no_problems(small):
    assert small.messages() == []


def test_folder_without_programme_file_is_refused(tmp_path):
    with pytest.raises(ProgrammeFolderError, match="holds no programme"):
        load_programme(tmp_path)


def test_missing_file_is_named(small):
    (small.path / "readiness.yaml").unlink()
    assert small.messages() == ["readiness.yaml:1: error: is missing. See docs/programme-format.md."]


def test_missing_competencies_cause_no_further_problems(small):
    (small.path / "competencies.yaml").unlink()
    assert small.messages() == ["competencies.yaml:1: error: is missing. See docs/programme-format.md."]


def test_missing_manual_is_named_once(small):
    (small.path / "manual/m1.md").unlink()
    assert small.messages() == [
        "manual:1: error: holds no chapter. Write each chapter as a file there; see docs/programme-format.md."
    ]


def test_empty_file_is_named(small):
    small.write("scenarios/walk.md", " \n")
    assert small.messages() == ["scenarios/walk.md:1: error: is empty. Write it or delete it."]


def test_too_large_file_is_not_read(small):
    small.write("items/m1.yaml", "#" * (MAX_BYTES + 1))
    assert small.messages() == [
        "items/m1.yaml:1: error: is 1,000,001 bytes long; expected at most 1,000,000. Split the file."
    ]


def test_file_that_may_not_be_read_is_named(small, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert small.messages() == [
        f"{name}:1: error: cannot be read: Permission denied. Look at the file's permissions."
        for name in sorted(FILES, key=lambda name: (name, 0))
    ]


def test_wrong_encoding_is_named_with_its_line(small):
    small.write("manual/m2.md", "# Être {#M2}\n\nÊtre parent.\n".encode("latin-1"))
    assert small.messages() == [
        "manual/m2.md:1: error: is not in UTF-8. Save the file with the encoding UTF-8.",
    ]


def test_control_character_is_named_with_its_line(small):
    small.change("checklists/c1.yaml", "Tick what", "Tick\x00 what")
    assert small.messages() == [
        "checklists/c1.yaml:3: error: holds a control character. Save the file as plain text in UTF-8."
    ]


def test_link_to_another_file_is_not_followed(small, tmp_path):
    (tmp_path / "secret.yaml").write_text("id: secret\n")
    (small.path / "blueprints" / "other.yaml").symlink_to(tmp_path / "secret.yaml")
    assert small.messages() == ["blueprints/other.yaml:1: error: is not a plain file. Put the file itself here."]


def test_byte_order_mark_and_windows_line_ends_are_accepted(small):
    text = (small.path / "blueprints/quiz-m1.yaml").read_text().replace("\n", "\r\n")
    small.write("blueprints/quiz-m1.yaml", b"\xef\xbb\xbf" + text.encode())
    assert small.messages() == []


def test_file_with_another_ending_is_never_read(small):
    small.write("items/m2.yml", "- id: m2-x-01\n")
    assert small.messages() == [
        "items/m2.yml:1: warning: is not read: it is no part of a programme. Files in `items` end in .yaml."
    ]


def test_stray_folder_is_never_read(small):
    small.write("item/m2.yaml", "- id: m2-x-01\n")
    assert small.messages() == [
        "item:1: warning: is not read: it is no part of a programme. "
        "A programme's folders are manual, modules, items, blueprints, checklists, scenarios, vignettes, "
        "media."
    ]


def test_files_are_read_in_natural_order(small):
    for name in ("m10", "m2"):
        small.write(f"manual/{name}.md", "x")
    assert [path.stem for path in list_files(small.path, "manual")] == ["m1", "m2", "m10"]


def test_broken_programme_file_gives_no_programme(small):
    small.write("programme.yaml", "id: [\n")
    assert small.load() is None


def test_programme_holds_the_good_parts(small):
    small.change("items/m1.yaml", "kind: ordering", "kind: sorting")
    programme = small.load()
    assert [item.id for item in programme.items] == ["m1-ask-01", "m1-ask-02", "m1-ask-90"]


@pytest.mark.parametrize(
    "name", ["programme.yaml", "competencies.yaml", "modules/m1.md", "items/m1.yaml", "readiness.yaml"]
)
def test_no_lost_line_stops_the_checker(small, name):
    lines = (small.path / name).read_text().splitlines(keepends=True)
    for i in range(len(lines)):
        small.write(name, "".join(lines[:i] + lines[i + 1 :]))
        assert all(isinstance(message, str) for message in small.messages())
