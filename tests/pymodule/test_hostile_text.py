"""No text of a catalogue becomes code: whatever it says, the module says it, and does nothing else."""

from __future__ import annotations

import builtins
import dis
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.errors import CatalogueError
from errdex.pymodule import render
from errdex.pymodule.literals import Call, assignment, docstring, one_line
from errdex.pymodule.render import render_module
from tests.pymodule import catalogues
from tests.pymodule.importing import imported

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

    from errdex.catalogue.model import Catalogue, Cause, Problem, Remedy, Response

RUN = "__import__('builtins').errdex_was_hacked"

HOSTILE = (
    f'"""+{RUN}()+"""',
    f'"""\n{RUN}()\n"""',
    f"'''\n{RUN}()\n'''",
    f'"; {RUN}(); "',
    f"'; {RUN}(); '",
    f'")\n{RUN}()\n("',
    f'\\"""\n{RUN}()',
    f'ends with a quote {RUN}"',
    f"ends with a backslash {RUN}\\",
    f"{{{RUN}()}}",
    f"%({RUN})s %s",
    f"{{{{ {RUN}() }}}} {{% raw %}}",
    f"# {RUN}\r{RUN}()",
    f"# {RUN}\n{RUN}()\n    {RUN}()\n        {RUN}()",
    f"\x0c{RUN}()",
    f"a\x1bb\x07\x00{RUN}()",
    f"\u2028{RUN}()\u2029{RUN}()\x85{RUN}()",
    f"# -*- coding: utf-7 -*-\n+AAo-{RUN}()",
    f"# fmt: on\n# type: ignore\n# noqa\n{RUN}()",
    f"\\N{{LINE FEED}}{RUN}() \\x0a \\u000a \\12",
    f"\u202e{RUN}()\u2066 \u200b",
    f"\ud800{RUN}()",
    "\U0001f40d é ß Ａ",
    '"' * 7,
    "'" * 7,
    "\\" * 7,
    "",
    " ",
    "a" * 300,
    "word " * 100,
    '"quoted" ' * 50,
    "\U0001f40d" * 50,
)


def everywhere(catalogue: Catalogue, text: str) -> Catalogue:
    """Put a text into every place of a catalogue that takes one."""

    def cause(cause: Cause) -> Cause:
        return cause._replace(says=text, remedies=tuple(map(remedy, cause.remedies)))

    def remedy(remedy: Remedy) -> Remedy:
        return remedy._replace(says=text)

    def problem(problem: Problem) -> Problem:
        return problem._replace(
            title=text,
            says=text,
            type=f"{text}#{problem.id}",
            causes=tuple(map(cause, problem.causes)),
            remedies=tuple(map(remedy, problem.remedies)),
        )

    def response(response: Response) -> Response:
        return response._replace(
            reason=text,
            summary=text,
            detail=text,
            doc_url=text,
            causes=tuple(map(cause, response.causes)),
            remedies=tuple(map(remedy, response.remedies)),
            problems=tuple(map(problem, response.problems)),
            body=response.body and response.body._replace(problem=(("json", text), ("xml", text))),
        )

    return catalogue._replace(
        path=text,
        api=catalogue.api._replace(title=text, version=text, summary=text, docs_base_url=text, request_id_header=text),
        operations=tuple(
            operation._replace(title=text, summary=text, tags=(text,), doc_url=text)
            for operation in catalogue.operations
        ),
        problems=tuple(map(problem, catalogue.problems)),
        statuses=tuple(
            status._replace(
                summary=text, cells=tuple(cell._replace(response=response(cell.response)) for cell in status.cells)
            )
            for status in catalogue.statuses
        ),
        notes=(text,),
    )


@pytest.fixture(params=["file", "package"])
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Generate the same API as one file and as a package."""
    if request.param == "package":
        monkeypatch.setattr(render, "ONE_FILE", 0)


@pytest.mark.usefixtures("layout")
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_only_a_text(text: str, tmp_path: Path) -> None:
    with imported(everywhere(catalogues.odd(), text), tmp_path) as module:
        # Asking for one name of each file of a package runs them all.
        for name in module.__all__:
            getattr(module, name)
        for error in module.errors_of("buy"):
            assert error.reason == text or not text
            assert error.doc_url == (text or error.doc_url)
    assert not hasattr(builtins, "errdex_was_hacked")


def skeleton(code: CodeType) -> object:
    """Return what a module does, without the constants that it does it with."""
    nested = [skeleton(constant) for constant in code.co_consts if hasattr(constant, "co_code")]
    # Where a constant stands in its table is told by prefixes.
    steps = [step.opname for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]
    return code.co_name, code.co_names, code.co_varnames, steps, nested


@pytest.mark.usefixtures("layout")
def test_no_text_changes_what_a_module_does() -> None:
    told: set[str] = set()
    for text in filter(str.strip, ("harmless", *HOSTILE)):
        hostile = everywhere(catalogues.odd(), text)
        # The file of a tag is named after it, and then imported by that name.
        hostile = hostile._replace(operations=tuple(operation._replace(tags=()) for operation in hostile.operations))
        files = {name: code for name, code in render_module(hostile).items() if name.endswith(".py")}
        told.add(repr([skeleton(compile(code, name, "exec")) for name, code in files.items()]))
    assert len(told) == 1


IDENTIFIERS = (
    "x\ny", 'x"y', "x'y", "x y", "x/y", "../x", "x\\y", "x;y", "x#y", "x{y}", "x%y",
    "class", "None", "__init__", "é", "Ａ", "9",
)  # fmt: skip


def renamed(catalogue: Catalogue, old: str, new: str) -> Catalogue:
    """Give an operation another id."""
    return catalogue._replace(
        operations=tuple(
            operation._replace(id=new) if operation.id == old else operation for operation in catalogue.operations
        ),
        statuses=tuple(
            status._replace(
                cells=tuple(
                    cell._replace(operations=tuple(new if name == old else name for name in cell.operations))
                    for cell in status.cells
                )
            )
            for status in catalogue.statuses
        ),
    )


@pytest.mark.parametrize("text", IDENTIFIERS, ids=range(len(IDENTIFIERS)))
def test_a_hostile_id_is_only_an_id(text: str, tmp_path: Path) -> None:
    """The loaders refuse most of these; the renderer does not rely on it."""
    catalogue = renamed(catalogues.odd(), "buy", text)
    catalogue = catalogue._replace(
        api=catalogue.api._replace(id=f"{text} api"),
        problems=(catalogue.problems[0]._replace(id=f"{text} problem"), *catalogue.problems[1:]),
        statuses=tuple(
            status._replace(
                reason=f"{text} {status.code}",
                cells=tuple(cell._replace(response=cell.response._replace(problems=())) for cell in status.cells),
            )
            for status in catalogue.statuses
        ),
    )
    for path in render_module(catalogue):
        assert path.removesuffix(".py").isidentifier()
    with imported(catalogue, tmp_path) as module:
        assert [error.operation for error in module.errors_of(text)] == [text] * 6


def test_names_that_meet_are_an_error_that_cites_both_lines() -> None:
    catalogue = catalogues.odd()
    first, _, third = catalogue.operations
    with pytest.raises(CatalogueError) as caught:
        render_module(renamed(catalogue, "leave", "Buy"))
    assert f"'BUY' would be the name of this and of what stands at {first.location}" in str(caught.value)
    assert str(third.location) in str(caught.value)


TEXTS = st.text(st.characters() | st.sampled_from("\"'\\ \n\r\t\x0b{}%#"))


@given(text=TEXTS, indent=st.sampled_from([0, 4, 8]))
def test_a_literal_is_its_text(text: str, indent: int) -> None:
    source = assignment("x", text, indent)
    assert source.isascii()
    namespace: dict[str, object] = {}
    exec(f"if True:\n    pass\n{'' if not indent else 'if True:' + chr(10)}{source}", namespace)
    assert namespace["x"] == text


@given(first=TEXTS, paragraphs=st.lists(TEXTS, max_size=3))
def test_a_docstring_is_its_texts(first: str, paragraphs: list[str]) -> None:
    source = docstring(first, paragraphs)
    assert source.isascii()
    namespace: dict[str, Any] = {}
    exec(f"class X:\n{source}\n", namespace)
    told = re.sub("[\ud800-\udfff]", "\ufffd", f"{first} {' '.join(paragraphs)}")
    assert namespace["X"].__doc__.split() == told.split()


VALUES = st.recursive(
    TEXTS | st.text(st.sampled_from("ab \"'"), min_size=60, max_size=200) | st.none() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.builds(
            Call,
            st.just("Cause"),
            st.tuples(TEXTS),
            st.dictionaries(st.sampled_from(["remedies", "retryable"]), inner).map(lambda given: tuple(given.items())),
        )
    ),
    max_leaves=6,
)


# One formatter for many values: a process of its own for each would take seconds.
@settings(max_examples=15, deadline=None)
@given(values=st.lists(VALUES, min_size=10, max_size=40))
def test_values_are_laid_out_as_ruff_leaves_them(values: list[Any]) -> None:
    source = "class X:\n" + "".join(f"{assignment(f'x{n}', value, 4)}\n" for n, value in enumerate(values))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--quiet", "-"]
    formatted = subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout
    assert formatted == source
    assert max(map(len, source.split("\n"))) <= 88


def test_one_line_is_what_repr_would_write_in_double_quotes() -> None:
    assert one_line(("a", 'say "b"', "it's", None, True, 7)) == """("a", 'say "b"', "it's", None, True, 7)"""
