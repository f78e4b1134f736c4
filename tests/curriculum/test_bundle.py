"""A published programme as bytes."""

import hashlib
import json

import pytest

from curriculum.bundle import digest, from_bundle, to_bundle
from curriculum.errors import BundleError


def test_programme_survives_the_round_trip(small):
    programme = small.load()
    assert from_bundle(to_bundle(programme)) == programme


def test_equal_programmes_give_equal_bytes(small):
    assert to_bundle(small.load()) == to_bundle(small.load())


def test_bundle_is_canonical_json(small):
    bundle = to_bundle(small.load())
    data = json.loads(bundle)
    assert bundle == json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_digest_is_the_sha_256_of_the_bundle(small):
    programme = small.load()
    assert digest(programme) == hashlib.sha256(to_bundle(programme)).hexdigest()


def test_digest_changes_with_the_wording(small):
    before = digest(small.load())
    small.change("manual/m1.md", "Then wait.", "Then wait a little.")
    assert digest(small.load()) != before


def test_digest_of_a_copy_is_its_own(small):
    programme = small.load()
    before = digest(programme)
    assert digest(programme.model_copy(update={"gates": ()})) != before


def test_digest_of_a_loaded_bundle_is_that_of_its_bytes(small):
    bundle = to_bundle(small.load()) + b"\n"
    assert digest(from_bundle(bundle)) == hashlib.sha256(bundle).hexdigest()


@pytest.mark.parametrize(
    ("bundle", "reason"), [(b"{", "Invalid JSON"), (b"{}", "head: Field required"), (b"\xff", "Invalid JSON")]
)
def test_other_bytes_are_refused(bundle, reason):
    with pytest.raises(BundleError, match=reason):
        from_bundle(bundle)
