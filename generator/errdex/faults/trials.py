"""One run of client code while a server gives one answer to one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from errdex.faults.answers import REDIRECTED, number
from errdex.faults.observe import observe
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.faults.observe import Behaviour, Client
    from errdex.faults.plan import Asked, Exchange
    from errdex.faults.server import FaultServer

#: So often the server gives the answer that is tried before it gives in: more often than sensible clients try again.
ATTEMPTS = 8


class Trial(NamedTuple):
    """What the client did, and what it asked of the server meanwhile."""

    behaviour: Behaviour
    exchanges: tuple[Exchange, ...]
    """All requests, for other operations as well."""
    requests: int
    """How often the client asked for the operation, since it gave that answer."""
    last: int
    """The status that the operation answered last; 0 when the client never asked for it."""
    followed: bool
    """True when the client followed a redirect of this answer by itself."""


def attempt(client: Client, server: FaultServer, operation: str, asked: Asked, after: int = 0) -> Trial:
    """Run the client from the start while the operation gives that answer.

    The first requests for it (`after`), those after `ATTEMPTS` more and all other operations get a success.
    """
    success = server.plan.success(operation)

    def sent() -> bytes:
        own = [exchange.sent for exchange in server.requests if exchange.operation == operation]
        return own[after] if len(own) > after else b""

    server.reset()
    server.answer(operation, *[success] * after, *[asked] * ATTEMPTS, success)
    behaviour = observe(client, number(server.plan.responses[operation], asked.status), sent)
    exchanges = server.requests
    own = [exchange for exchange in exchanges if exchange.operation == operation][after:]
    return Trial(
        behaviour, exchanges, len(own), own[-1].status if own else 0, _followed(server, operation, asked, exchanges)
    )


def _followed(server: FaultServer, operation: str, asked: Asked, exchanges: tuple[Exchange, ...]) -> bool:
    response = server.plan.responses[operation].get(asked.like or asked.status)
    headers = {header.name.lower(): header.example for header in response.headers} if response else {}
    target = urlsplit(headers.get("location", "")).path
    return any(
        exchange.path == target or exchange.path.startswith(REDIRECTED) for exchange in exchanges if exchange.path
    )


def words(trial: Trial) -> str:
    """Return what a run did in words: `returned 0 in line 30 after 3 requests`."""
    return f"{how(trial.behaviour)} after {trial.requests} requests" if trial.requests > 1 else how(trial.behaviour)


def how(behaviour: Behaviour) -> str:
    """Return how a run ended in words: `raised LookupError('7') in line 12`."""
    value = behaviour.value if len(behaviour.value) <= 60 else f"{behaviour.value[:57]}..."
    line = f" in line {behaviour.exit.line}" if behaviour.exit.line else ""
    return f"{behaviour.ending} {value}{line}"
