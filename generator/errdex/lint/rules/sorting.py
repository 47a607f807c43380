"""Which rule speaks of a dropped status, so that one fault is told once and by its most telling name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.lint.rules.rule import examined, wanted

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Catch
    from errdex.lint.rules.rule import Facts
    from errdex.lint.verdicts import CheckedCall, StatusFlow

Owner = Literal["dropped-status", "unchecked-response", "redirect-passes-check", "broad-except", "assert-as-check"]


def dropped(facts: Facts, call: CheckedCall, owner: Owner) -> list[StatusFlow]:
    """Return the dropped statuses of a call that a rule speaks of."""
    return [
        flow
        for flow in call.flows
        if (flow.verdict == "dropped" or flow.silent) and wanted(facts, flow) and _owner(call, flow) == owner
    ]


def _owner(call: CheckedCall, flow: StatusFlow) -> Owner:
    if broad_catch(flow) is not None:
        return "broad-except"
    if 300 <= flow.number < 400 and any(
        test.kind in ("check", "raising") for path in flow.paths for test in path.tests
    ):
        return "redirect-passes-check"
    return "dropped-status" if examined(call) else "unchecked-response"


def broad_catch(flow: StatusFlow) -> Catch | None:
    """Return the handler of everything that takes the exception of a status and lets the program go on."""
    for path in flow.paths:
        if path.outcome.kind == "raises":
            continue
        for catch in path.catches:
            if catch.broad:
                return catch
    return None
