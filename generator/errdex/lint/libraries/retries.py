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

CALLERS = frozenset(
    {"tenacity.Retrying", "tenacity.AsyncRetrying", "stamina.RetryingCaller", "stamina.AsyncRetryingCaller"}
)

_DECORATORS = frozenset({
    "tenacity.retry", "backoff.on_exception", "backoff.on_predicate", "stamina.retry", "retry.retry", "retrying.retry",
    "retry",
})  # fmt: skip


def make(name: str, positional: list[object], keywords: dict[str, object]) -> Instance | None:
    """Return the policy that a library's call makes, None for other calls."""
    if name == "urllib3.Retry":
        if positional:
            keywords = {"total": positional[0], **keywords}
        return Instance(Library(name), dict(keywords))
    if name in CALLERS or name in _DECORATORS:
        attributes = dict(keywords)
        if name.startswith("backoff") and len(positional) > 1:
            attributes["predicate" if name.endswith("predicate") else "exception"] = positional[1]
        return Instance(Library(name), attributes)
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
        raise RaiseSignal(Instance(Library(name)), place)


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
            raise
        return _retried_result(walk, name, attributes, result, place)

    return run


def note_retry(walk: Walk, place: Place, *, retried: bool) -> None:
    """Record that a policy was asked whether to try the tracked request again."""
    if walk.born:
        walk.tests.append(Test(place, frozenset(), retried, "retry"))


def _retried_result(walk: Walk, name: str, attributes: dict[str, object], result: object, place: Place) -> object:
    """Ask the predicate of `retry_if_result`: a result that it refuses again and again is given up."""
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.comparisons import truth

    policy = attributes.get("retry", attributes.get("predicate"))
    if isinstance(policy, Instance) and policy.cls == Library("tenacity.retry_if_result"):
        policy = policy.attributes.get("argument")
    elif name != "backoff.on_predicate":
        return result
    if isinstance(policy, Function | Method):
        again = truth(walk, call_value(walk, policy, [result], {}, place), place)
        note_retry(walk, place, retried=again)
        if again and name.startswith("tenacity"):
            raise RaiseSignal(Instance(Library("tenacity.RetryError"), {"last_attempt": Unknown()}), place)
    return result


def _retries(walk: Walk, name: str, attributes: dict[str, object], exception: object) -> bool:
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.classes import catches
    from errdex.lint.interpreter.comparisons import truth
    from errdex.lint.values import Place

    where = Place("", 0, 0, 0, 0)
    giveup = attributes.get("giveup")
    if isinstance(giveup, Function | Method) and truth(walk, call_value(walk, giveup, [exception], {}, where), where):
        return False
    policy = attributes.get("retry", attributes.get("on", attributes.get("exception")))
    if isinstance(policy, Function | Method):
        return truth(walk, call_value(walk, policy, [exception], {}, where), where)
    if isinstance(policy, Instance) and isinstance(policy.cls, Library):
        argument = policy.attributes.get("argument")
        if "retry_if_result" in policy.cls.name:
            return False
        if isinstance(argument, Function | Method):
            return truth(walk, call_value(walk, argument, [exception], {}, where), where)
        if argument is not None:
            taken = catches(walk, exception, argument)
            return not taken if "not" in policy.cls.name else taken
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
