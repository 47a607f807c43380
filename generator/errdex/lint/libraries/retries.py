"""Retry policies: what they do with a status, and what is left when they give up.

Sources: urllib3/util/retry.py (status_forcelist, allowed_methods, raise_on_status; requests turns MaxRetryError into
RetryError, requests/adapters.py), tenacity/__init__.py (RetryError unless reraise=True), backoff/_sync.py and
stamina/_core.py (the last exception or result is passed on).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.interpreter.machine import RaiseSignal, Test
from errdex.lint.values import Deferred, Function, Instance, Library, Method, Sequence, Span, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place, Response

#: urllib3: Retry.DEFAULT_ALLOWED_METHODS.
_ALLOWED = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"})

CALLERS = frozenset({
    "tenacity.Retrying", "tenacity.AsyncRetrying", "stamina.RetryingCaller", "stamina.AsyncRetryingCaller",
    "stamina.retry_context",
})  # fmt: skip

#: One try of a policy that a loop goes through: `for attempt in Retrying(): with attempt: ...`.
_ATTEMPT = "retries.attempt"

#: tenacity/retry.py: retry_base.__or__ and __and__ make these.
_COMBINED = {"tenacity.retry_any": any, "tenacity.retry_all": all}

#: What makes a task of a function; it is tried again for the exceptions of `autoretry_for` (celery/app/autoretry.py).
_TASKS = frozenset({"celery.shared_task", "celery.Celery.task"})

_DECORATORS = frozenset({
    "tenacity.retry", "backoff.on_exception", "backoff.on_predicate", "stamina.retry", "retry.retry", "retrying.retry",
    "retry", *_TASKS,
})  # fmt: skip


def make(name: str, positional: list[object], keywords: dict[str, object]) -> Instance | None:
    """Return the policy that a library's call makes, None for other calls."""
    if name == "urllib3.Retry":
        if positional:
            keywords = {"total": positional[0], **keywords}
        return Instance(Library(name), dict(keywords))
    if name in CALLERS or name in _DECORATORS:
        attributes = dict(keywords)
        if name in _TASKS:
            attributes["exception"] = keywords.get("autoretry_for", Sequence("tuple", []))
        if name.startswith("backoff") and len(positional) > 1:
            attributes["predicate" if name.endswith("predicate") else "exception"] = positional[1]
        return Instance(Library(name), attributes)
    if name in _COMBINED:
        return Instance(Library(name), {"argument": Sequence("tuple", list(positional))})
    if name.startswith(("tenacity.retry_if_", "tenacity.retry_unless_")):
        return Instance(
            Library(name), {"argument": positional[0] if positional else next(iter(keywords.values()), None)}
        )
    return None


def is_decorator(name: str) -> bool:
    """Return whether a library's name decorates a function with a retry policy."""
    return name in _DECORATORS


def retry_by_policy(walk: Walk, policy: object, response: Response, method: object, place: Place) -> None:
    """Do what urllib3 does with a status that its policy retries; the server is supposed to answer the same again."""
    if not isinstance(policy, Instance) or response.status is None:
        return
    forced = policy.attributes.get("status_forcelist")
    listed = _statuses(forced)
    if not listed:
        return
    allowed = policy.attributes.get("allowed_methods", policy.attributes.get("method_whitelist"))
    methods = (
        frozenset(item.upper() for item in allowed.items if isinstance(item, str))
        if isinstance(allowed, Sequence)
        else None
        if allowed is False or (allowed is None and "allowed_methods" in policy.attributes)
        else _ALLOWED
    )
    applies = response.status in listed and (methods is None or not isinstance(method, str) or method in methods)
    walk.test(place, response, listed, applies, "retry")
    if applies and policy.attributes.get("raise_on_status") is not False:
        name = "requests.RetryError" if response.library in ("requests", "any") else "urllib3.exceptions.MaxRetryError"
        raise RaiseSignal(Instance(Library(name), {"response": None}), place)


def combine(left: Instance, right: object, *, either: bool) -> object:
    """Return `left | right` or `left & right` of two predicates of tenacity."""
    if isinstance(left.cls, Library) and left.cls.name.startswith("tenacity.retry_"):
        name = "tenacity.retry_any" if either else "tenacity.retry_all"
        return Instance(Library(name), {"argument": Sequence("tuple", [left, right])})
    return Unknown("predicate")


def attempts(policy: Instance) -> list[object] | None:
    """Return what a loop over a retry policy goes through, None for other objects.

    One attempt stands for all: the server is supposed to answer the same again.
    """
    if isinstance(policy.cls, Library) and policy.cls.name in CALLERS:
        return [Instance(Library(_ATTEMPT), {"__policy__": policy})]
    return None


def attempting(walk: Walk, attempt: Instance, body: Callable[[], None], place: Place) -> bool:
    """Walk the body of `with attempt:`; False when the object is no attempt."""
    policy = attempt.attributes.get("__policy__")
    if not isinstance(policy, Instance) or attempt.cls != Library(_ATTEMPT):
        return False
    name = policy.cls.name if isinstance(policy.cls, Library) else ""
    _attempts(name, policy.attributes)(walk, body, place)
    return True


def _statuses(value: object) -> frozenset[int]:
    from errdex.lint.interpreter.comparisons import plain

    if isinstance(value, Sequence):
        return frozenset(item for item in map(plain, value.items) if isinstance(item, int))
    if isinstance(value, Span):
        return frozenset(range(value.start, value.stop, value.step))
    return frozenset()


def decorate(policy: object, value: object) -> object:
    """Return a function that runs under a retry policy."""
    if isinstance(value, Function):
        attributes = policy.attributes if isinstance(policy, Instance) else {}
        name = policy.cls.name if isinstance(policy, Instance) and isinstance(policy.cls, Library) else ""
        value.wrapped = (*value.wrapped, _attempts(name, attributes))
    return value


def _attempts(name: str, attributes: dict[str, object]) -> Callable[..., object]:
    """Return what a policy does around a call: a failure that it retries is a failure again, and then given up."""

    def run(walk: Walk, action: Callable[[], object], place: Place) -> object:
        try:
            result = action()
        except RaiseSignal as signal:
            retried = _retries(walk, name, attributes, signal.exception)
            note_retry(walk, place, retried=retried)
            if retried and name.startswith("tenacity"):
                callback = attributes.get("retry_error_callback")
                if isinstance(callback, Function | Method):
                    from errdex.lint.interpreter.calls import call_value

                    return call_value(walk, callback, [Unknown("retry_state")], {}, place)
                if attributes.get("reraise") is not True:
                    error = Instance(Library("tenacity.RetryError"), {"last_attempt": Unknown()})
                    raise RaiseSignal(error, place) from None
            if retried and attributes.get("raise_on_giveup") is False:
                return None
            raise
        return _retried_result(walk, name, attributes, result, place)

    return run


def note_retry(walk: Walk, place: Place, *, retried: bool) -> None:
    """Record that a policy was asked whether to try the tracked request again."""
    if walk.born:
        walk.tests.append(Test(place, frozenset(), retried, "retry"))


def retry_task(walk: Walk, place: Place) -> None:
    """Do what `self.retry()` does in a task of Celery: it asks for another try, and raises (celery/app/task.py)."""
    note_retry(walk, place, retried=True)
    raise RaiseSignal(Instance(Library("celery.exceptions.Retry")), place)


def _retried_result(walk: Walk, name: str, attributes: dict[str, object], result: object, place: Place) -> object:
    """Ask what is said of results: one that is refused again and again is given up."""
    if name == "backoff.on_predicate":
        note_retry(walk, place, retried=_holds(walk, attributes.get("predicate"), result, place))
    elif isinstance(policy := attributes.get("retry"), Instance) and _speaks_of_results(policy):
        again = _refuses(walk, policy, result, place)
        note_retry(walk, place, retried=again)
        if again:
            callback = attributes.get("retry_error_callback")
            if isinstance(callback, Function | Method):
                from errdex.lint.interpreter.calls import call_value

                return call_value(walk, callback, [_state(result, place)], {}, place)
            raise RaiseSignal(
                Instance(Library("tenacity.RetryError"), {"last_attempt": _attempted(result, place)}), place
            )
    return result


def _state(result: object, place: Place) -> Instance:
    """Return what a callback of tenacity is given after a result that was refused (tenacity.RetryCallState)."""
    return Instance(Library("tenacity.RetryCallState"), {"outcome": _attempted(result, place)})


def _attempted(result: object, place: Place) -> Deferred:
    """Return the future of an attempt that gave a result."""
    attempt = Deferred(Unknown("attempt"), [], {}, place)
    attempt.done, attempt.result = True, result
    return attempt


def _speaks_of_results(policy: object) -> bool:
    if not isinstance(policy, Instance) or not isinstance(policy.cls, Library):
        return False
    argument = policy.attributes.get("argument")
    if policy.cls.name in _COMBINED:
        return isinstance(argument, Sequence) and any(map(_speaks_of_results, argument.items))
    return policy.cls.name.endswith("_result")


def _refuses(walk: Walk, policy: object, result: object, place: Place) -> bool:
    """Return whether a predicate of tenacity wants another try after a result."""
    if not isinstance(policy, Instance) or not isinstance(policy.cls, Library):
        return False
    argument = policy.attributes.get("argument")
    combined = _COMBINED.get(policy.cls.name)
    if combined is not None and isinstance(argument, Sequence):
        return combined([_refuses(walk, one, result, place) for one in argument.items])
    if not policy.cls.name.endswith("_result"):
        return False
    return _holds(walk, argument, result, place) != ("not" in policy.cls.name)


def _holds(walk: Walk, predicate: object, value: object, place: Place) -> bool:
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.comparisons import truth

    if not isinstance(predicate, Function | Method):
        return False
    return truth(walk, call_value(walk, predicate, [value], {}, place), place)


def _retries(walk: Walk, name: str, attributes: dict[str, object], exception: object) -> bool:
    """Return whether a policy tries again after an exception."""
    from errdex.lint.values import Place

    where = Place("", 0, 0, 0, 0)
    if _holds(walk, attributes.get("giveup"), exception, where):
        return False
    if name == "backoff.on_predicate":
        return False
    return _tries_again(
        walk, attributes.get("retry", attributes.get("on", attributes.get("exception"))), exception, where
    )


def _tries_again(walk: Walk, policy: object, exception: object, place: Place) -> bool:
    from errdex.lint.interpreter.classes import catches

    if isinstance(policy, Function | Method):
        return _holds(walk, policy, exception, place)
    if isinstance(policy, Instance) and isinstance(policy.cls, Library):
        argument = policy.attributes.get("argument")
        combined = _COMBINED.get(policy.cls.name)
        if combined is not None and isinstance(argument, Sequence):
            return combined([_tries_again(walk, one, exception, place) for one in argument.items])
        if policy.cls.name.endswith("_result"):
            return False
        if isinstance(argument, Function | Method):
            return _holds(walk, argument, exception, place)
        if argument is not None:
            return catches(walk, exception, argument) != ("not" in policy.cls.name or "unless" in policy.cls.name)
    elif policy is not None and not isinstance(policy, Unknown):
        return catches(walk, exception, policy)
    return True


def call_with(
    walk: Walk, policy: Instance, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call a function under a policy object: `Retrying(...)(function, argument)`."""
    from errdex.lint.interpreter.calls import call_value, run_deferred

    name = policy.cls.name if isinstance(policy.cls, Library) else ""
    function, *rest = positional
    if name.startswith("stamina") and rest and not isinstance(function, Function | Method):
        function, *rest = rest

    def action() -> object:
        value = call_value(walk, function, rest, keywords, place)
        return run_deferred(walk, value, place) if isinstance(value, Deferred) and not value.generator else value

    return _attempts(name, policy.attributes)(walk, action, place)
