"""What the operator may ask: a copy of all that is kept about a person, for them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analytics.own_record.files import write_zip
from analytics.own_record.gathering import EXPORTED, gather_record
from people.commands import get_named
from people.models import Actor
from people.service import record_operator_act
from people.service.audit import open_record
from store.errors import BadArgumentError
from store.ledger import Store


def run_export(store: Store, actor: Actor, args: Mapping[str, str]) -> dict[str, Any]:
    """Write the record of `person` into the folder or ZIP `into`; that it was opened is noted for the person to see.

    Raises:
        NotKnownError: There is no such person.
        BadArgumentError: No place was named, or not from the root.
        StoreExistsError: The file exists.
    """
    now = store.clock()
    record_operator_act(store, actor, "people export", now)
    person_id, into = get_named(store, args["person"]), Path(args.get("into", ""))
    if not into.is_absolute():
        raise BadArgumentError("into", str(args.get("into", "")), "the whole path of a folder, or of a new .zip file")
    for what in EXPORTED:
        open_record(store, actor, person_id, what, now)
    record = gather_record(store, actor, person_id, now)
    path = write_zip(record, into)
    return {"person": person_id, "file": str(path), "facts": len(record.entries)}
