"""The last look at what a catalogue puts into a module: names of one pattern, and literals that say what it says.

The rest of a module is the templates' and the same for every API. What holds text of a catalogue is compiled, each
statement once; compiling a large module as a whole takes four times as long and tells less.
"""

from __future__ import annotations

import re
from itertools import chain
from types import CodeType
from typing import TYPE_CHECKING

from errdex.catalogue.naming import CLASS_NAME, MEMBER_NAME
from errdex.pymodule.literals import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.pymodule.literals import Value
    from errdex.pymodule.outline import Outline
    from errdex.pymodule.shards import PackageView
    from errdex.pymodule.views import ModuleView

_GIVEN = frozenset({
    "Cause", "Operation", "Problem", "ProblemFacts", "REQUEST_ID_HEADER", "_JSON_PATHS", "_XML_PATHS", "_",
    "annotations", "__future__", "__annotations__", "__module__", "__name__", "__qualname__",
    "__static_attributes__", "__firstlineno__", "__conditional_annotations__",
})  # fmt: skip
"""Names that statements with text of a catalogue use, other than the module's own; the last are those of any class."""


def verify(module: Outline, view: ModuleView, package: PackageView | None = None) -> None:
    """Raise RuntimeError when a name has another form, or a text of the catalogue is not read back as it was given.

    Nor may a statement with such a text use any name but the module's. All of that would be a fault of this package,
    never of a catalogue.
    """
    classes, members = set(_classes(module)), set(_members(module))
    for names, pattern in ((classes, CLASS_NAME), (members, MEMBER_NAME)):
        if not re.fullmatch(f"(?:{pattern.pattern}\n)*", "".join(f"{name}\n" for name in names), re.ASCII):
            raise RuntimeError(f"a name of the module is none: {[n for n in names if not pattern.fullmatch(n)]!a}")
    try:
        code = compile("\n".join(_statements(view, package)), "module", "exec", dont_inherit=True, optimize=2)
    except (SyntaxError, ValueError) as error:
        raise RuntimeError(f"a text of the catalogue made a statement that does not compile: {error}") from error
    told, used = _contents(code)
    strange = used - _GIVEN - classes - members - {name for name, _ in _attributes(module)}
    if strange:
        raise RuntimeError(f"a text of the catalogue became code that uses {sorted(strange)[:3]!a}")
    lost = sorted(set(_texts(module)) - told)
    if lost:
        raise RuntimeError(f"{len(lost)} texts of the catalogue were changed on their way, such as {lost[0][:60]!a}")


def _classes(module: Outline) -> Iterator[str]:
    yield from (error.name for error in module.names.errors)
    yield from (name for operation in module.operations for name in (operation.union, operation.types) if name)


def _members(module: Outline) -> Iterator[str]:
    names = module.names
    return (member.name for member in chain(names.operations, names.statuses, names.problems))


def _attributes(module: Outline) -> Iterator[tuple[str, Value]]:
    for error in chain(module.statuses, *(operation.errors for operation in module.operations)):
        yield from error.attributes


def _statements(view: ModuleView, package: PackageView | None) -> Iterator[str]:
    """Yield every statement of the module that holds text of the catalogue; what is said alike is said once."""
    yield "from __future__ import annotations"
    yield "class _:"
    yield view.base_says
    errors = [*view.statuses, *(error for operation in view.operations for error in operation.errors)]
    yield from dict.fromkeys(error.docstring for error in errors)
    yield from dict.fromkeys(attribute for error in errors for attribute in error.attributes)
    yield from (view.request_id_header, view.json_paths, view.xml_paths)
    yield from (operation.definition for operation in view.operations)
    yield from (problem.definition for problem in view.problems)
    yield "_ = {"
    yield from (operation.table for operation in view.operations)
    yield from (problem.facts for problem in view.problems)
    yield from view.problem_uris
    yield from package.operations if package else ()
    yield "}"


def _contents(code: CodeType) -> tuple[set[object], set[str]]:
    """Return the constants of a module and of all that is nested in it, and the names that it uses."""
    told: set[object] = {""}  # an instruction of its own since Python 3.15, no longer among the constants
    used: set[str] = set()
    todo: list[object] = [code]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo += item
        elif isinstance(item, CodeType):
            todo += item.co_consts
            used.update(item.co_names, item.co_varnames, item.co_cellvars, item.co_freevars)
        else:
            told.add(item)
    return told, used


def _texts(module: Outline) -> Iterator[str]:
    """Yield every text that the module has to have as a constant."""
    values: list[Value] = [value for problem in module.problems for value in (problem.id, problem.facts)]
    values += module.problem_uris
    values += [module.request_id_header, *module.json_paths, *module.xml_paths]
    values += [operation.id for operation in module.operations]
    values += [value for _, value in _attributes(module)]
    while values:
        value = values.pop()
        match value:
            case Call(_, arguments, keywords):
                values += [*arguments, *(item for _, item in keywords)]
            case str():
                yield value
            case tuple() if not isinstance(value, Name):
                values += value
            case _:
                pass
