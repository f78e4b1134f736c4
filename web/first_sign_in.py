"""The first administrator of a new store: a one-time link on the server's console."""

import sys
from typing import TextIO

from people import service
from store.ledger import Store
from web.open_store import now


def print_first_code(store: Store, out: TextIO = sys.stderr) -> None:
    """Print a fresh one-time link while nobody who can sign in looks after the accounts; else print nothing."""
    if store.is_synthetic or service.has_administrator(store, now()):
        return
    code = service.create_first_administrator(store, now())
    out.write(
        "\nThis store has no administrator yet. Open this link once, within 72 hours, and choose a password:\n"
        f"  {code.link_path}   (after the address of this server)\n"
        f"  or type the code {code.code} at /account/code\n\n"
    )
    out.flush()
