"""The Unix socket beside a store: by it the command line reaches the app that has the file open.

One line of JSON asks: `{"command": …, "args": {…}}`. What comes back are any number of `{"progress": "how far"}`, then
`{"result": …}` or `{"refused": "a sentence"}`.
Only the owner of the app and root are answered, and act as the operator under their system user's name.
"""

import json
import logging
import os
import socket
import struct
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingMixIn, UnixStreamServer
from threading import Thread
from typing import Final, cast

from curriculum.errors import PlatformError
from people.models import Actor
from store.commands import COMMANDS, Command, operator
from store.errors import RefusedByAppError, StoreBusyError, UnknownCommandError
from store.ledger import Store
from store.progress import tell, told_to
from store.rows import Value

TRUSTED_ROOT: Final = 0
_LONGEST_LINE: Final = 16_000_000
"""A roster of 5 MB, as base64 within JSON, with room to spare."""

_PEER: Final = struct.Struct("3i")
"""Process, user and group of who called, as the kernel tells."""

log = logging.getLogger(__name__)


def socket_path(store_path: Path) -> Path:
    """Return where the socket of a store stands."""
    return store_path.with_name(f"{store_path.name}.sock")


def call_running(path: Path, command: str, args: Mapping[str, str]) -> Value:
    """Return what the app that has the store open answers to a command; what it says on the way is told.

    Raises:
        StoreBusyError: Nobody answers at the socket: what has the store open is no app.
        RefusedByAppError: The app refused; the sentence is the app's.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            _reach(socket_path(path), line.connect)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise StoreBusyError(path) from error
        line.sendall(json.dumps({"command": command, "args": dict(args)}).encode() + b"\n")
        with line.makefile("rb") as answers:
            answer = _last_answer(answers)
    if "refused" in answer:
        raise RefusedByAppError(answer["refused"])
    return answer["result"]


def here_or_in_the_app(path: Path, name: str, args: Mapping[str, str], command: Command) -> Value:
    """Return what a command says of a store that is there: run here, or by its name in the app that has the store open.

    Raises:
        StoreMissingError: There is no such file.
        StoreBusyError: Something that is no app has the store open.
        PlatformError: The command refused.
    """
    try:
        store = Store.open(path, must_exist=True)
    except StoreBusyError:
        return call_running(path, name, args)
    with closing(store):
        return command(store, operator(), args)


def _last_answer(answers: Iterable[bytes]) -> dict[str, Value]:
    """Return the answer that ends a command; what it says meanwhile is told."""
    for text in answers:
        answer: dict[str, Value] = json.loads(text)
        if "progress" not in answer:
            return answer
        tell(answer["progress"])
    raise RefusedByAppError("The app ended before it had answered. Look whether it runs, then try again.")


@contextmanager
def serve_store(store: Store, path: Path, commands: Mapping[str, Command] | None = None) -> Generator[None]:
    """Answer the command line while the block runs.

    Args:
        store: The open store.
        path: Its file; the socket stands beside it and is open to its owner alone.
        commands: Further commands, by what is typed after `python -m`.
    """
    place = socket_path(path)
    # Whoever holds the store's file may remove what an app that was killed has left behind.
    place.unlink(missing_ok=True)
    server = _Server(store, {**COMMANDS, **(commands or {})}, place)
    thread = Thread(target=server.serve_forever, name="store-socket", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        place.unlink(missing_ok=True)


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True

    def __init__(self, store: Store, commands: Mapping[str, Command], place: Path) -> None:
        self.store = store
        self.commands = commands
        super().__init__(str(place), _Handler, bind_and_activate=False)
        _reach(place, self.socket.bind)
        place.chmod(0o600)
        self.server_activate()


class _Handler(StreamRequestHandler):
    def handle(self) -> None:
        """Answer one line."""
        with told_to(lambda words: self._say({"progress": words})):
            answer = self._answer(self.rfile.readline(_LONGEST_LINE))
        self._say(answer)

    def _say(self, answer: dict[str, Value]) -> None:
        # Who asked may be gone by now.
        with suppress(ConnectionError):
            self.wfile.write(json.dumps(answer).encode() + b"\n")

    def _answer(self, line: bytes) -> dict[str, Value]:
        actor = self._caller()
        if actor is None:
            return {"refused": "Only the system user of the app, or root, may do this."}
        server = cast(_Server, self.server)
        try:
            asked: dict[str, Value] = json.loads(line)
            name, args = str(asked["command"]), dict(asked.get("args", {}))
            command = server.commands.get(name)
            if command is None:
                raise UnknownCommandError(name, sorted(server.commands))
            return {"result": command(server.store, actor, args)}
        except PlatformError as refusal:
            return {"refused": str(refusal)}
        except Exception:
            log.exception("A command through the socket failed")
            return {"refused": "The app could not do this; its log says why."}

    def _caller(self) -> Actor | None:
        peer = self.request.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        _, user_id, _ = _PEER.unpack(peer)
        return operator(user_id) if user_id in (os.getuid(), TRUSTED_ROOT) else None


def _reach(place: Path, act: Value) -> None:
    """Bind or connect to a socket, however long its path: the kernel takes 107 bytes, a folder's handle is short."""
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        act(f"/proc/self/fd/{folder}/{place.name}")
    finally:
        os.close(folder)
