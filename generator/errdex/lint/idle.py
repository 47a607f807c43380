"""Whether Python can read files in which nothing can be of an operation, and no comment speaks to the linter.

Most files of most runs are such, so this does without the interpreter and the rules.
"""

from __future__ import annotations

from errdex.lint.files import Source, Unread, decode, parse, read, unread_file
from errdex.lint.memory import Learnt, mark_of
from errdex.lint.parts import key_of_part, text_of
from errdex.lint.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdex.lint.parts import Part, Run


def examine_idle(run: Run, part: Part) -> list[Learnt]:
    """Return what there is to say of each file of a part that is only parsed."""
    return [_examined(run, part, path) for path in part.idle]


def _examined(run: Run, part: Part, path: str) -> Learnt:
    text = text_of(run.settings, path)
    data = read(path) if text is None else text.encode("utf-8", "surrogatepass")
    source = data if isinstance(data, Unread) else decode(path, data) if text is None else Source(path, data, text)
    tree = source if isinstance(source, Unread) else parse(source)
    findings = tuple(run.settings.reported([unread_file(tree)] if isinstance(tree, Unread) else []))
    report = Report(findings, (), (), files=1, seconds=0.0)
    if not run.learns:
        return Learnt("", report, {path: ""}, {})
    marks = {path: mark_of(data)}
    return Learnt(key_of_part(part, marks), report, marks, {})
