"""Client code, walked one path at a time with one supposed status, instead of being run.

The statuses of a response are a finite set, so nothing symbolic is needed: for each documented status the code is
walked as if the server had answered it. What then depends on the status is computed, as Python would compute it;
what depends on anything else is `Unknown`, and a branch on it is a choice. A walk takes one choice at each such
branch and is repeated from its start with other choices until every alternative of every branch has been taken at
least once (`explore`). So a walk is a plain interpreter: mutable values, `return`, `break` and `raise` as Python's
own exceptions, libraries as functions. Helpers, decorators, context managers, generators and classes of the project
are walked where they are called.

    machine        the walk: choices, budget, what is recorded, `evaluate` and `execute`
    expressions    literals, names, operators      comprehensions  comparisons  strings
    statements     branches, loops, raising        exceptions  contexts  patterns  assignment  definitions
    calls          arguments, functions entered    classes  attributes  builtins  methods  modules
    generated      the exception module that errdex makes
    imagined       objects that nobody made, for methods that are walked by themselves
"""

from __future__ import annotations

from errdex.lint.interpreter import comprehensions, contexts, exceptions, expressions, patterns, statements
from errdex.lint.interpreter.machine import Walk, explore

__all__ = ["Walk", "comprehensions", "contexts", "exceptions", "explore", "expressions", "patterns", "statements"]
