"""Transports: what stands between a client and the network, and may be the client's own code.

Sources: requests/sessions.py (get_adapter takes the longest prefix that the URL begins with; send calls adapter.send
before it calls hooks), httpx/_client.py (_transport_for_url; _send_single_request calls transport.handle_request
before it calls event hooks), httpx/_transports/base.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter import strings
from errdex.lint.libraries.names import canonical
from errdex.lint.values import Deferred, Function, Instance, Library, Mapping, Method, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

_CLASSES = frozenset({
    "requests.HTTPAdapter", "requests.BaseAdapter", "httpx.HTTPTransport", "httpx.AsyncHTTPTransport",
    "httpx.BaseTransport", "httpx.AsyncBaseTransport",
})  # fmt: skip
METHODS = frozenset({"send", "handle_request", "handle_async_request"})


def is_transport(name: str) -> bool:
    """Return whether a library's class is one of transports."""
    return canonical(name) in _CLASSES


def mount(client: Instance, prefix: object, adapter: object) -> None:
    """Let an adapter serve the URLs of a session that begin with a prefix."""
    mounted = client.attributes.setdefault("__adapters__", Mapping({}))
    if isinstance(mounted, Mapping) and not mounted.frozen:
        mounted.items[prefix if isinstance(prefix, str) else ""] = adapter


def serving(held: dict[str, object], url: object) -> Instance | None:
    """Return the transport that serves a URL, None for the library's own."""
    mounted = held.get("__adapters__", held.get("mounts"))
    parts = strings.parts_of(url, "url")
    head = parts[0].lower() if parts and isinstance(parts[0], str) else ""
    if isinstance(mounted, Mapping):
        for prefix in sorted(filter(_is_text, mounted.items), key=lambda one: -len(str(one))):
            wanted = str(prefix).lower().removeprefix("all://")
            # What is known of the URL may end before the prefix does.
            adapter = mounted.items[prefix]
            if (head.startswith(wanted) or wanted.startswith(head)) and isinstance(adapter, Instance):
                return adapter
    transport = held.get("transport")
    return transport if isinstance(transport, Instance) else None


def _is_text(prefix: object) -> bool:
    return isinstance(prefix, str)


def pass_through(
    walk: Walk, transport: Instance | None, request: dict[str, object], exchange: Callable[[], object], place: Place
) -> object:
    """Return what a transport makes of a request; `exchange` is what the network does."""
    from errdex.lint.interpreter.calls import call_value, run_deferred
    from errdex.lint.interpreter.classes import member

    if transport is not None:
        for name in sorted(METHODS):
            own = member(transport.cls, name)
            if own is not None and isinstance(own[0], Function):
                prepared = Instance(Library("prepared"), {**request, "__exchange__": exchange})
                value = call_value(walk, Method(own[0], transport), [prepared], {}, place)
                return run_deferred(walk, value, place) if isinstance(value, Deferred) else value
    return exchange()


def carry(request: object) -> object:
    """Do what a library's own transport does with a request."""
    exchange = request.attributes.get("__exchange__") if isinstance(request, Instance) else None
    return exchange() if callable(exchange) else Unknown("response")
