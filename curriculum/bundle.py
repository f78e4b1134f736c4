"""A published programme as bytes: canonical JSON, named by its digest."""

import hashlib
import json
import weakref

from pydantic import ValidationError

from curriculum.errors import BundleError
from curriculum.models import Programme


def to_bundle(programme: Programme) -> bytes:
    """Return a programme as canonical JSON in UTF-8: sorted keys, no spaces; equal programmes, equal bytes."""
    data = programme.model_dump(mode="json")
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def from_bundle(bundle: bytes) -> Programme:
    """Return the programme of a bundle. Its digest is that of these very bytes.

    Raises:
        BundleError: The bytes are no JSON, or not of a programme.
    """
    try:
        programme = Programme.model_validate_json(bundle)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BundleError(f"{where}: {first['msg']}" if where else first["msg"]) from error
    _remember(programme, bundle)
    return programme


def digest(programme: Programme) -> str:
    """Return the SHA-256 of a programme's bundle, as 64 hexadecimal digits; computed once for each object."""
    known = _digests.get(id(programme))
    return known if known is not None else _remember(programme, to_bundle(programme))


_digests: dict[int, str] = {}


def _remember(programme: Programme, bundle: bytes) -> str:
    """Keep the digest for as long as the programme lives; a programme is frozen and never changes."""
    made = hashlib.sha256(bundle).hexdigest()
    if id(programme) not in _digests:
        weakref.finalize(programme, _digests.pop, id(programme), None)
    _digests[id(programme)] = made
    return made
