"""The demonstration to walk through."""

from tests.web.walking import scene, walker

__all__ = ["scene", "walker"]
