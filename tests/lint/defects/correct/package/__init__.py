"""A small SDK, in a package with re-exports."""

from ._client import Client
from ._errors import AuditorError, NotAllowed

__all__ = ["AuditorError", "Client", "NotAllowed"]
