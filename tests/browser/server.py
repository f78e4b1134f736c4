"""The app as a process of its own, on a free port of this machine, with a store of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_START_S = 60.0
_STOP_S = 20.0


@dataclass(frozen=True)
class RunningApp:
    """The app that runs.

    Attributes:
        url: Its address, without a slash at the end.
        store: The file that it has open.
        console: What it prints goes here.
        process: The app itself.
    """

    url: str
    store: Path
    console: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End the app at once, as when the power fails."""
        self.process.kill()
        self.process.wait()

    @property
    def first_link(self) -> str:
        """Return the one-time link that the console offers for the first administrator."""
        found = re.search(r"/account/welcome/\S+", self.console.read_text())
        assert found is not None, self.console.read_text()
        return self.url + found.group()

    @property
    def troubles(self) -> list[str]:
        """Return the lines of the console that tell of an error nobody has caught."""
        return [line for line in self.console.read_text().splitlines() if "Traceback" in line or "Error" in line]


@contextmanager
def run_app(store: Path, port: int | None = None) -> Generator[RunningApp]:
    """Run the app with a store, which is made when it is missing, until the block ends; on a free port unless named."""
    port = _free_port() if port is None else port
    console_path = store.with_suffix(".console")
    flags = [f"--server.port={port}", "--server.address=127.0.0.1"]
    given = [sys.executable, "-m", "streamlit", "run", "app.py", *flags]
    environment = os.environ | {
        "PRACTICUM_HOME": str(store.parent),
        "PRACTICUM_STORE": str(store),
        "PYTHONUNBUFFERED": "1",
    }
    with console_path.open("w") as console:
        process = subprocess.Popen(given, cwd=ROOT, env=environment, stdout=console, stderr=subprocess.STDOUT)
        app = RunningApp(f"http://127.0.0.1:{port}", store, console_path, process)
        try:
            _await_health(app)
            yield app
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _await_health(app: RunningApp) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        assert app.process.poll() is None, app.console.read_text()
        try:
            with urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The app did not start: {app.console.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
