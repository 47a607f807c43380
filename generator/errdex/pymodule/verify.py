"""The last look at a module's text before anyone gets it: it compiles, and says what the catalogue says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pymodule.literals import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import CodeType

    from errdex.pymodule.literals import Value
    from errdex.pymodule.outline import Outline


def verify(files: Mapping[str, str], module: Outline) -> None:
    """Raise RuntimeError when a file does not compile or a text of the catalogue is not in the module as it was given.

    That would be a fault of this package, never of a catalogue.
    """
    told: set[object] = {""}  # an instruction of its own since Python 3.15, no longer among the constants
    for path, text in files.items():
        if not path.endswith((".py", ".pyi")):
            continue
        try:
            # Without docstrings, which nobody compares: a fifth faster.
            code = compile(text, path, "exec", dont_inherit=True, optimize=2)
        except (SyntaxError, ValueError) as error:
            raise RuntimeError(f"the generated {path} does not compile: {error}") from error
        told.update(_constants(code))
    lost = sorted(set(_texts(module)) - told)
    if lost:
        raise RuntimeError(f"{len(lost)} texts of the catalogue were changed on their way, such as {lost[0][:60]!a}")


def _constants(code: CodeType) -> Iterator[object]:
    """Yield the constants of a module and of all that is nested in it."""
    todo: list[object] = [code]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            todo += item
        elif hasattr(item, "co_consts"):
            todo += item.co_consts
        else:
            yield item


def _texts(module: Outline) -> Iterator[str]:
    """Yield every text that the module has to have as a constant."""
    values: list[Value] = [value for problem in module.problems for value in (problem.id, problem.facts)]
    values += module.problem_uris
    values += [module.request_id_header, *module.json_paths, *module.xml_paths]
    for operation in module.operations:
        values.append(operation.id)
        values += [value for error in operation.errors for _, value in error.attributes]
    values += [value for error in module.statuses for _, value in error.attributes]
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
