"""What sends a request: functions, sessions, connections, openers.

Sources: requests/sessions.py (verbs call `self.request`; HEAD does not follow redirects; hooks run on each response),
httpx/_client.py (base_url is joined by concatenation; redirects are not followed unless asked; event hooks),
aiohttp/client.py (base_url is joined like a link; raise_for_status may be a flag or a coroutine function),
urllib3/poolmanager.py and util/retry.py, urllib/request.py (data makes it a POST), http/client.py (the connection has
the host, the request has the path).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter import strings
from errdex.lint.libraries import functional, retries, transports
from errdex.lint.libraries.names import canonical
from errdex.lint.libraries.responses import status_value
from errdex.lint.libraries.sending import send
from errdex.lint.values import (
    Body,
    Class,
    Function,
    Instance,
    Library,
    Mapping,
    Method,
    Response,
    Sequence,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
METHODS = frozenset(verb.upper() for verb in VERBS)

#: Client classes, and the library whose responses they give.
CLIENTS = {
    "requests.Session": "requests",
    "httpx.Client": "httpx",
    "httpx.AsyncClient": "httpx",
    "aiohttp.ClientSession": "aiohttp",
    "urllib3.PoolManager": "urllib3",
    "urllib3.ProxyManager": "urllib3",
    "urllib3.HTTPConnectionPool": "urllib3",
    "urllib3.HTTPSConnectionPool": "urllib3",
    "http.client.HTTPConnection": "http.client",
    "http.client.HTTPSConnection": "http.client",
    "urllib.request.OpenerDirector": "urllib",
}
_CLIENT_METHODS = VERBS | {
    "request", "send", "stream", "build_request", "prepare_request", "mount", "urlopen", "open", "getresponse", "close",
    "aclose", "__enter__", "__aenter__", "__exit__", "__aexit__", "ws_connect", "_request", "endheaders",
    "putrequest", "request_encode_body", "request_encode_url", "connect", "set_tunnel", "addheaders",
    "get_adapter",
}  # fmt: skip

#: Functions that send a request: the library, and the method when the name says it.
FUNCTIONS: dict[str, tuple[str, str | None]] = {
    **{f"requests.{verb}": ("requests", verb.upper()) for verb in VERBS},
    **{f"httpx.{verb}": ("httpx", verb.upper()) for verb in VERBS},
    "requests.request": ("requests", None),
    "httpx.request": ("httpx", None),
    "httpx.stream": ("httpx", None),
    "aiohttp.request": ("aiohttp", None),
    "urllib3.request": ("urllib3", None),
}

#: What follows no redirect unless asked: requests/api.py and sessions.py, aiohttp/client.py.
_STAYING = frozenset({"requests.head", "requests.Session.head", "aiohttp.ClientSession.head"})


def has_member(name: str, member: str) -> bool:
    """Return whether a library's class has a method that is known here."""
    name = canonical(name)
    if name in CLIENTS:
        return member in _CLIENT_METHODS
    return transports.is_transport(name) and (member in transports.METHODS or member == "__init__")


def imagine(name: str) -> object:
    """Return an object of a library's class that nobody made, None for classes that are not followed."""
    name = canonical(name)
    if name not in CLIENTS:
        return None
    instance = Instance(Library(name))
    initialize(instance, name, [], {})
    return instance


def initialize(instance: Instance, name: str, positional: list[object], keywords: dict[str, object]) -> None:
    """Do what the constructor of a library's class does to an object, or to an object of a subclass."""
    name = canonical(name)
    attributes = instance.attributes
    library = CLIENTS.get(name)
    if library == "requests":
        attributes.setdefault("hooks", Mapping(dict[str, object]({"response": Sequence("list", [])})))
    if library in ("httpx", "aiohttp", "requests"):
        base = keywords.get("base_url", positional[0] if positional and library != "httpx" else None)
        if base is not None:
            attributes["base_url"] = base
    if library == "httpx":
        listed = {"request": Sequence("list", []), "response": Sequence("list", [])}
        attributes["event_hooks"] = keywords.get("event_hooks", Mapping(dict[str, object](listed)))
        attributes.update({key: keywords[key] for key in ("transport", "mounts") if key in keywords})
        attributes["follow_redirects"] = keywords.get("follow_redirects", False)
    if library == "aiohttp":
        attributes["raise_for_status"] = keywords.get("raise_for_status", False)
    if library == "urllib3":
        attributes["retries"] = keywords.get("retries")
        if name.endswith("Pool"):
            attributes["__host__"] = positional[0] if positional else keywords.get("host", Unknown("host"))
            attributes["__scheme__"] = "https" if "HTTPS" in name else "http"
    if library == "http.client":
        attributes["__host__"] = positional[0] if positional else keywords.get("host", Unknown("host"))
        attributes["__port__"] = positional[1] if len(positional) > 1 else keywords.get("port")
        attributes["__scheme__"] = "https" if "HTTPS" in name else "http"
    if name == "requests.HTTPAdapter":
        attributes["max_retries"] = keywords.get("max_retries", positional[2] if len(positional) > 2 else None)
    if library is None and name != "requests.HTTPAdapter":
        attributes.update({key: value for key, value in keywords.items() if key.isidentifier()})


def call_function(
    walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place
) -> object | None:
    """Call a library's function that sends a request or makes a client; None when it is neither."""
    if name in FUNCTIONS:
        library, method = FUNCTIONS[name]
        arguments = list(positional)
        verb: object = method
        if method is None:
            verb = arguments.pop(0) if arguments else keywords.get("method", Unknown("method"))
        url = arguments[0] if arguments else keywords.get("url", Unknown("url"))
        if name in _STAYING:
            keywords = {"allow_redirects": False, **keywords}
        return send(walk, library, verb, url, place, None, keywords)
    if name == "urllib.request.urlopen":
        return _open(walk, positional, keywords, place)
    if name == "ansible.module_utils.urls.open_url":
        return _open(walk, positional, keywords, place)
    if name == "ansible.module_utils.urls.fetch_url":
        return _fetch(walk, positional, keywords, place)
    if name in CLIENTS:
        instance = Instance(Library(name))
        initialize(instance, name, positional, keywords)
        return instance
    match name:
        case "urllib.request.build_opener":
            return _opener(positional)
        case "urllib.request.Request" | "requests.Request" | "httpx.Request":
            return _prepared(name, positional, keywords)
        case "requests.HTTPAdapter":
            instance = Instance(Library("requests.HTTPAdapter"))
            initialize(instance, "requests.HTTPAdapter", positional, keywords)
            return instance
        case "urllib3.connection_from_url":
            return Instance(Library("urllib3.PoolManager"), {"base_url": positional[0] if positional else Unknown()})
        case _:
            return None


def _opener(handlers: list[object]) -> Instance:
    """Return what build_opener makes; a handler of the client's own takes the place of the one that it inherits."""
    from errdex.lint.interpreter.classes import is_subclass, member

    attributes: dict[str, object] = {}
    for handler in handlers:
        cls = handler.cls if isinstance(handler, Instance) else handler
        for base, method, flag in (
            ("HTTPRedirectHandler", "redirect_request", "__follows__"),
            # It is what asks the other handlers, that of redirects too.
            ("HTTPErrorProcessor", "http_response", "__raises__"),
            ("HTTPErrorProcessor", "http_response", "__follows__"),
        ):
            own = member(cls, method) if isinstance(cls, Class) else None
            if own is not None and is_subclass(cls, Library(f"urllib.request.{base}")) is True:
                attributes[flag] = False
    return Instance(Library("urllib.request.OpenerDirector"), attributes)


def _prepared(name: str, positional: list[object], keywords: dict[str, object]) -> Instance:
    if name == "urllib.request.Request":
        url = positional[0] if positional else keywords.get("url", Unknown("url"))
        data = positional[1] if len(positional) > 1 else keywords.get("data")
        method = keywords.get("method", positional[5] if len(positional) > 5 else None)
        # Request.get_method: what `data` says, unless there is a method.
        return Instance(Library("prepared"), {"url": url, "data": data} | ({"method": method} if method else {}))
    method = positional[0] if positional else keywords.get("method", Unknown("method"))
    url = positional[1] if len(positional) > 1 else keywords.get("url", Unknown("url"))
    hooks = {"hooks": keywords["hooks"]} if "hooks" in keywords else {}
    return Instance(Library("prepared"), {"url": url, "method": method, **hooks})


def prepare(request: Instance) -> Instance:
    """Return what `Request.prepare()` gives: a request that knows its own hooks and nothing of a session's."""
    return Instance(Library("prepared"), {**request.attributes, "__prepared__": True})


def _open(
    walk: Walk, positional: list[object], keywords: dict[str, object], place: Place, opener: Instance | None = None
) -> object:
    """Call urlopen(url, data), or Ansible's open_url(url, data, headers, method), which is made of it."""
    target = positional[0] if positional else keywords.get("url", keywords.get("fullurl", Unknown("url")))
    data = positional[1] if len(positional) > 1 else keywords.get("data")
    if isinstance(target, Instance) and target.cls == Library("prepared"):
        held = target.attributes
        carried = held.get("data") if data is None else data
        method = held.get("method", "GET" if carried is None else "POST")
        chosen = held.get("get_method")
        if isinstance(chosen, Function):
            from errdex.lint.interpreter.calls import call_value

            method = call_value(walk, chosen, [], {}, place)
        address = held.get("full_url", held.get("url", Unknown("url")))
        return send(walk, "urllib", method, address, place, opener, keywords)
    method = positional[3] if len(positional) > 3 else keywords.get("method")
    if not isinstance(method, str | Unknown):
        method = "GET" if data is None else "POST"
    return send(walk, "urllib", method, target, place, opener, keywords)


def _fetch(walk: Walk, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Call Ansible's fetch_url(module, url, data, headers, method): it never raises and tells the status in a dict."""
    url = positional[1] if len(positional) > 1 else keywords.get("url", Unknown("url"))
    data = positional[2] if len(positional) > 2 else keywords.get("data")
    method = positional[4] if len(positional) > 4 else keywords.get("method")
    method = ("GET" if data is None else "POST") if method is None else method
    response = send(walk, "urllib3", method, url, place, None, {"redirect": True})
    if not isinstance(response, Response):
        return response
    told: dict[object, object] = {"status": status_value(response), "msg": Unknown("msg"), "body": Body(response, "")}
    return Sequence("tuple", [response, Mapping(told, is_open=True)])


def call_method(
    walk: Walk, name: str, receiver: object, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call a method of a client class, whether the object is of it or of a client's subclass."""
    cls, _, method = name.rpartition(".")
    library = CLIENTS[cls]
    instance = receiver if isinstance(receiver, Instance) else None
    arguments = list(positional)
    if method in VERBS and library in ("requests", "httpx", "aiohttp"):
        return _verb(walk, cls, method, instance, arguments, keywords, place)
    match method:
        case "request" | "stream" | "urlopen" | "_request" | "request_encode_body" | "request_encode_url":
            verb = arguments.pop(0) if arguments else keywords.get("method", Unknown("method"))
            url = arguments[0] if arguments else keywords.get("url", keywords.get("str_or_url", Unknown("url")))
            response = send(walk, library, verb, url, place, instance, keywords)
            if library == "http.client" and instance is not None:
                instance.attributes["__response__"] = response
                return None
            return response
        case "getresponse":
            return instance.attributes.get("__response__", Unknown()) if instance is not None else Unknown()
        case "putrequest" if instance is not None and len(arguments) > 1:
            instance.attributes["__response__"] = send(walk, library, arguments[0], arguments[1], place, instance, {})
            return None
        case "build_request":
            return _prepared("httpx.Request", positional, keywords)
        case "prepare_request":
            return arguments[0] if arguments else Unknown()
        case "send" if arguments and isinstance(arguments[0], Instance):
            held = arguments[0].attributes
            extra = {key: held[key] for key in ("hooks", "__prepared__") if key in held}
            verb, url = held.get("method", Unknown("method")), held.get("url", Unknown("url"))
            return send(walk, library, verb, url, place, instance, extra | keywords)
        case "open":
            return _open(walk, positional, keywords, place, instance)
        case "mount" if instance is not None and len(arguments) > 1:
            transports.mount(instance, arguments[0], arguments[1])
            return None
        case "__enter__" | "__aenter__" | "connect":
            return receiver
        case _:
            return None


def _verb(
    walk: Walk,
    cls: str,
    verb: str,
    instance: Instance | None,
    arguments: list[object],
    keywords: dict[str, object],
    place: Place,
) -> object:
    """Call `client.get(url)`; a subclass that overrides `request` is asked, as the libraries do."""
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.classes import member

    if instance is not None and isinstance(instance.cls, Class) and CLIENTS[cls] in ("requests", "httpx"):
        own = member(instance.cls, "request")
        if own is not None and isinstance(own[0], Function):
            extra = dict(keywords)
            url = arguments[0] if arguments else extra.pop("url", Unknown("url"))
            return call_value(walk, Method(own[0], instance), [verb.upper(), url], extra, place)
    url = arguments[0] if arguments else keywords.get("url", Unknown("url"))
    if f"{cls}.{verb}" in _STAYING:
        keywords = {"allow_redirects": False, **keywords}
    return send(walk, CLIENTS[cls], verb.upper(), url, place, instance, keywords)


def shaped_request(
    walk: Walk, receiver: object, name: str, positional: list[object], keywords: dict[str, object], place: Place
) -> object | None:
    """Return the response to a call that has the shape of a request, on an object nothing is known of; else None."""
    if walk.decorating or not isinstance(receiver, Unknown) or holds_data(receiver.name) or _ANSWERS & keywords.keys():
        return None
    arguments = list(positional)
    if name == "open" and arguments and isinstance(arguments[0], Instance) and arguments[0].cls == Library("prepared"):
        # Only an opener of urllib.request opens a Request.
        return _open(walk, positional, keywords, place)
    method: object = name.upper()
    if name in ("request", "async_request", "stream"):
        method = arguments.pop(0) if arguments else keywords.get("method", Unknown("method"))
        if not (isinstance(method, str) and method.upper() in METHODS) and not isinstance(method, Unknown):
            return None
    elif name not in VERBS:
        return None
    url = arguments[0] if arguments else keywords.get("url", keywords.get("path"))
    if isinstance(url, Instance) and "__url__" in url.attributes:
        url = url.attributes["__url__"]
    if isinstance(url, Unknown) and not url.foreign:
        walk.awaits_caller = True
    if not isinstance(url, str | Text):
        return None
    literal = "".join(part for part in strings.parts_of(url) if isinstance(part, str))
    if "/" not in literal or " " in literal or "\n" in literal:
        walk.awaits_caller = walk.awaits_caller or (isinstance(url, Text) and " " not in literal)
        return None
    return send(walk, walk.project.http_library(place.path), method, url, place, None, keywords, guessed=True)


#: Arguments that say what a double of the server answers, in requests-mock, responses, aioresponses and pook.
_ANSWERS = frozenset({"status_code", "status", "reply", "payload", "exc", "response_json", "response_list", "callback"})


def holds_data(name: str) -> bool:
    """Return whether an object of that name is a mapping, a queue or a server, not a client."""
    return name.lower().strip("_").rsplit("_", 1)[-1] in (
        "cache", "config", "settings", "params", "headers", "environ", "env", "data", "kwargs", "options", "store",
        "redis", "db", "registry", "mapping", "dict", "payload", "json", "body", "app", "router", "blueprint",
        "routes", "queue", "parser",
    )  # fmt: skip


def call_instance(
    walk: Walk, instance: Instance, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call an object of a library: a retry policy calls the function that it is given."""
    from errdex.lint.interpreter.calls import call_unknown

    if isinstance(instance.cls, Library) and instance.cls.name in functional.MAKERS:
        return functional.apply(walk, instance, positional, place)
    if isinstance(instance.cls, Library) and instance.cls.name in retries.CALLERS and positional:
        return retries.call_with(walk, instance, positional, keywords, place)
    return call_unknown(walk, positional, keywords, place)
