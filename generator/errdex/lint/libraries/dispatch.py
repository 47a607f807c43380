"""One door to the libraries: attributes, items, calls and decorators, by dotted name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.libraries import clients, functional, responses, retries, standard, testcases, transports, urls
from errdex.lint.libraries.names import canonical, is_exception, status_constant
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Instance,
    Library,
    Method,
    Place,
    Response,
    Sequence,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk

_NOWHERE = Place("", 0, 0, 0, 0)


def attribute(name: str, member: str) -> object:
    """Return `name.member` for a library's name: a constant where it is one."""
    dotted = canonical(f"{name}.{member}")
    status = status_constant(dotted)
    if status is not None:
        return status
    if dotted in ("typing.TYPE_CHECKING", "http.HTTPStatus.__members__"):
        return True
    return Library(dotted)


def library_item(name: str, key: object) -> object:
    """Return `name[key]`: a status of `requests.codes`, a variable of `os.environ`, a parametrised generic."""
    if canonical(name) in ("requests.codes", "httpx.codes", "http.HTTPStatus"):
        return standard.status_item(canonical(name), key)
    if name == "os.environ":
        return Unknown(key if isinstance(key, str) else "", question=("environment", key))
    return Library(name)


def call(
    walk: Walk, name: str, receiver: object, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call something of a library."""
    from errdex.lint.interpreter.calls import call_unknown

    name = canonical(name)
    if name.startswith("response.headers."):
        first = positional[0] if positional else None
        return responses.header(walk, receiver, first, place) if isinstance(receiver, Instance) else Unknown()
    if name.startswith("response.") and isinstance(receiver, Response):
        return responses.call_response(walk, name.removeprefix("response."), receiver, positional, keywords, place)
    if name.startswith("response.") and isinstance(receiver, Instance):
        held = receiver.attributes.get("__response__")
        if isinstance(held, Response):
            return responses.call_response(walk, name.removeprefix("response."), held, positional, keywords, place)
    if name.startswith("url.") and isinstance(receiver, Instance):
        return urls.method(receiver, name.removeprefix("url."), positional, keywords)
    if name.startswith("deferred.") and isinstance(receiver, Deferred):
        return _future(walk, name, receiver, place)
    owner, _, last = name.rpartition(".")
    if owner == "httpx.codes" and positional:
        return responses.class_check(walk, positional[0], last, place)
    if name == "prepared.prepare" and isinstance(receiver, Instance):
        return clients.prepare(receiver)
    if last in transports.METHODS and positional and transports.is_transport(owner):
        return transports.carry(positional[0])
    if owner in clients.CLIENTS and name not in clients.CLIENTS:
        if name.endswith(".__init__") and isinstance(receiver, Instance):
            clients.initialize(receiver, owner, positional, keywords)
            return None
        return clients.call_method(walk, name, receiver, positional, keywords, place)
    if name.endswith(".__init__") and isinstance(receiver, Instance):
        _initialize(receiver, owner, positional, keywords)
        return None
    if is_exception(name):
        return exception(name, positional, keywords)
    made = clients.call_function(walk, name, positional, keywords, place)
    if made is not None:
        return made
    if testcases.is_test_case(owner) and (last.startswith("assert") or last == "fail"):
        return testcases.assertion(walk, last, positional, keywords, place)
    if name in functional.MAKERS:
        return functional.make(name, positional, keywords)
    if owner == "operator" and (told := functional.operate(walk, name, positional, place)) is not None:
        return told
    if name == "functools.reduce":
        return functional.reduce(walk, positional, place)
    policy = retries.make(name, positional, keywords)
    if policy is not None:
        return policy
    for known, value in (
        urls.call(name, receiver, positional, keywords),
        standard.call(walk, name, positional, keywords, place),
    ):
        if known:
            return value
    if receiver is not None:
        positional = [receiver, *positional]
    if name.endswith((".enter_context", ".enter_async_context")) and isinstance(positional[-1], Deferred):
        return _entered(walk, positional[-1], place)
    entered = receiver.attributes.get("entered") if isinstance(receiver, Instance) else None
    if last in ("enter_context", "enter_async_context") and isinstance(entered, Sequence):
        entered.items.append(positional[-1])
    if name in ("threading.Thread.start", "threading.Timer.start") and isinstance(receiver, Instance):
        return _start(walk, receiver, place)
    if name.endswith((".submit", ".run_in_executor", ".run_sync", ".apply_async", ".create_task", ".start_soon")):
        task = submit(last, positional, keywords, place)
        tasks = receiver.attributes.get("tasks") if isinstance(receiver, Instance) else None
        if isinstance(tasks, Sequence):
            tasks.items.append(task)
        return task
    if _makes(name):
        return _made(walk, name, positional, keywords, place)
    given = call_unknown(walk, positional, keywords, place)
    if isinstance(given, Unknown):
        given.foreign = True
    return given


def _makes(name: str) -> bool:
    return name.rpartition(".")[2][:1].isupper()


def _made(walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Make an object of a library's class that is not known."""
    from errdex.lint.interpreter.calls import call_unknown

    call_unknown(walk, positional, keywords, place)
    return Instance(Library(name), {key: value for key, value in keywords.items() if key.isidentifier()})


def _initialize(receiver: Instance, owner: str, positional: list[object], keywords: dict[str, object]) -> None:
    """Do what an exception's or an unknown base's constructor does to the client's own object."""
    if is_exception(owner):
        receiver.attributes.setdefault("args", Sequence("tuple", list(positional)))
        made = exception(owner, positional, keywords)
        for key, value in made.attributes.items():
            receiver.attributes.setdefault(key, value)
    elif owner != "builtins.object":
        clients.initialize(receiver, owner, positional, keywords)


def exception(name: str, positional: list[object], keywords: dict[str, object]) -> Instance:
    """Return an exception of a library, with what its constructor keeps."""
    attributes: dict[str, object] = {"args": Sequence("tuple", list(positional)), **keywords}
    if name in ("builtins.ExceptionGroup", "builtins.BaseExceptionGroup") and len(positional) > 1:
        attributes["exceptions"] = positional[1]
    if name == "urllib.error.HTTPError" and len(positional) > 1:
        attributes["code"] = attributes["status"] = positional[1]
    held = next((value for value in (*positional, *keywords.values()) if isinstance(value, Response)), None)
    if held is not None:
        attributes.setdefault("response", held)
        attributes["__response__"] = held
    return Instance(Library(name), attributes)


def _future(walk: Walk, name: str, deferred: Deferred, place: Place) -> object:
    from errdex.lint.interpreter.calls import run_deferred
    from errdex.lint.interpreter.machine import RaiseSignal

    match name.removeprefix("deferred."):
        case "result" | "send" | "get" | "__next__" | "__anext__":
            return run_deferred(walk, deferred, place)
        case "exception":
            try:
                run_deferred(walk, deferred, place)
            except RaiseSignal as signal:
                return signal.exception
            return None
        case _:
            return Unknown()


def _entered(walk: Walk, manager: Deferred, place: Place) -> object:
    """Return what a context manager gives, entered and left open as an exit stack does."""
    from errdex.lint.interpreter.calls import StopConsuming, run_deferred

    given: list[object] = []

    def take(value: object) -> object:
        given.append(value)
        raise StopConsuming

    try:
        run_deferred(walk, manager, place, take)
    except StopConsuming:
        return given[0]
    return None


def injected(walk: Walk, value: object) -> object:
    """Return what FastAPI hands a function for `Depends(dependency)`; another value as it is.

    A dependency is called for each request; of a generator, the first value is handed over (fastapi/dependencies).
    None where the parameter's annotation says what to make.
    """
    from errdex.lint.interpreter.calls import call_value, run_deferred
    from errdex.lint.interpreter.machine import RaiseSignal

    if not isinstance(value, Instance) or value.cls != Library("fastapi.Depends"):
        return value
    dependency = value.attributes["dependency"]
    if not isinstance(dependency, Function | Method | Class):
        return None
    walk.imagining += 1
    try:
        given = call_value(walk, dependency, [], {}, _NOWHERE)
        if isinstance(given, Deferred):
            return _entered(walk, given, _NOWHERE) if given.generator else run_deferred(walk, given, _NOWHERE)
    except RaiseSignal:
        return None
    finally:
        walk.imagining -= 1
    return given


def _start(walk: Walk, thread: Instance, place: Place) -> object:
    """Run what a thread runs: its target, or the `run` of its class."""
    from errdex.lint.interpreter.calls import call_value, iterate
    from errdex.lint.interpreter.classes import member
    from errdex.lint.interpreter.machine import RaiseSignal

    own = member(thread.cls, "run")
    target = thread.attributes.get("target")
    try:
        if own is not None and isinstance(own[0], Function):
            call_value(walk, Method(own[0], thread), [], {}, place)
        elif isinstance(target, Function | Method):
            call_value(walk, target, iterate(walk, thread.attributes.get("args"), place)[0], {}, place)
    except RaiseSignal:
        # An exception ends the thread and nobody else (threading.excepthook prints it).
        return None
    return None


def submit(name: str, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Return the future of a call that an executor or a group of tasks was given by the method of that name."""
    for index, value in enumerate(positional):
        if isinstance(value, Function | Method):
            future = Deferred(value, positional[index + 1 :], dict(keywords), place)
            # A group of tasks raises in its end what its tasks raise.
            future.submitted = name in ("submit", "apply_async")
            return future
        if isinstance(value, Deferred):
            return value
    return Unknown()


def suppressed(manager: Instance) -> object | None:
    """Return what `contextlib.suppress(...)` or `pytest.raises(...)` takes, None for other context managers."""
    if manager.cls in (Library("contextlib.suppress"), Library("pytest.raises")):
        return manager.attributes.get("__suppressed__", Sequence("tuple", []))
    return None


def exported(name: str) -> tuple[str, ...]:
    """Return the names that `from library import *` binds and that matter."""
    match canonical(name):
        case "requests":
            return (*clients.VERBS, "request", "Session", "codes", "HTTPError", "RequestException")
        case "http":
            return ("HTTPStatus",)
        case _:
            return ()


def decorate(walk: Walk, name: str, value: object) -> object:
    """Apply a library's decorator that is used without arguments."""
    name = canonical(name)
    if isinstance(value, Function):
        match name:
            case "builtins.property" | "abc.abstractproperty":
                value.kind = "property"
            case "builtins.staticmethod":
                value.kind = "staticmethod"
            case "builtins.classmethod":
                value.kind = "classmethod"
            case "contextlib.contextmanager" | "contextlib.asynccontextmanager":
                value.kind = "contextmanager"
            case "twisted.internet.defer.inlineCallbacks" | "tornado.gen.coroutine":
                value.is_async, value.is_generator = True, False
            case _ if name.endswith("cached_property"):
                value.kind = "cached_property"
            case _ if retries.is_decorator(name):
                return retries.decorate(retries.make(name, [], {}), value)
            case _:
                return value
    return value


def decorate_with(walk: Walk, applied: object, value: object, place: Place) -> object:
    """Apply what a decorator expression gave: a retry policy, or something that is not known."""
    if (
        isinstance(applied, Instance)
        and isinstance(applied.cls, Library)
        and (retries.is_decorator(applied.cls.name) or applied.cls.name in retries.CALLERS)
    ):
        return retries.decorate(applied, value)
    return value


_ = Body
