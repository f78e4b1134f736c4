"""Long work says how far it is, to whoever listens and to nobody else."""

from pathlib import Path
from threading import Event

from store import progress
from store.progress import tell, telling_growth, told_to


def test_nobody_hears_what_is_told_outside(tmp_path: Path) -> None:
    heard: list[str] = []
    tell("before")
    with told_to(heard.append):
        tell("within")
    tell("after")
    assert heard == ["within"]


def test_the_growth_of_a_file_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(progress, "_EVERY_S", 0.001)
    path = tmp_path / "file"
    path.write_bytes(b"x" * 2_000_000)
    heard: list[str] = []
    is_heard = Event()

    def listen(words: str) -> None:
        heard.append(words)
        is_heard.set()

    with told_to(listen), telling_growth(path, 9_400_000, "copying"):
        assert is_heard.wait(10)
    assert heard[0] == "copying: 2 of about 9 MB"
