"""Apps as processes of their own on this machine, and what they cost the processor."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

ROOT: Final = Path(__file__).parents[1]
_START_S: Final = 90.0
_STOP_S: Final = 20.0
_TICK_S: Final = 1 / os.sysconf("SC_CLK_TCK")


class ServerError(RuntimeError):
    """An app did not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """An app that runs: its address without a slash at the end, and its process."""

    url: str
    pid: int

    def cpu_s(self) -> float:
        """Return the processor's seconds that all its threads have used so far, to a hundredth."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK_S

    def memory_mb(self) -> float:
        """Return how much of the machine's memory it holds now, in millions of bytes."""
        [line] = [row for row in Path(f"/proc/{self.pid}/status").read_text().splitlines() if row.startswith("VmRSS")]
        return int(line.split()[1]) * 1_024 / 1e6


@contextmanager
def serve(script: str, environment: Mapping[str, str]) -> Generator[Server]:
    """Run a Streamlit app from the project's folder, and so with its settings, until the block ends.

    Raises:
        ServerError: It did not answer in time.
    """
    port = _free_port()
    flags = [f"--server.port={port}", "--server.address=127.0.0.1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, *flags],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", process.pid)
    try:
        _await_health(server, process)
        yield server
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _await_health(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{server.url}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise ServerError(f"{process.args!r} did not start")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
