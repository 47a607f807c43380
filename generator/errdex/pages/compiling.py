"""Templates compiled once for each installation, as Python compiles modules: that takes longer than a small site.

What comes of it is kept beside the bytecode of this module, where only those can write who can write the program.
Where nobody can, or no bytecode is wanted, templates are compiled anew.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import cache_from_source
from typing import TYPE_CHECKING, Any

import jinja2

from errdex.kept import digest, read_kept, write_kept

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_OPTIONS: dict[str, Any] = {
    "undefined": jinja2.StrictUndefined,
    "comment_start_string": "{##",  # `{#` begins the id of a heading
    "comment_end_string": "##}",
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
    "cache_size": -1,
}


def text_of(name: str) -> str:
    """Return the text of a file of this package."""
    # As long as it takes to import importlib.resources, a small site is rendered.
    with open(os.path.join(os.path.dirname(__file__), *name.split("/")), encoding="utf-8", newline="") as file:
        return file.read()


@cache
def template(name: str) -> jinja2.Template:
    """Return a template, ready to be rendered."""
    return _environment().get_template(name)


class _Environment(jinja2.Environment):
    """Takes attributes as they are: Jinja's own way asks for items as well, and is what rendering spends most on."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]


class _Bytecode(jinja2.BytecodeCache):
    """One file for each template, which tells what made it and holds the checksum of its source."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._kind = f"template {digest(repr((jinja2.__version__, sys.version, _OPTIONS)).encode())}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket what was kept for it."""
        payload = read_kept(self._path(bucket), self._kind)
        if payload is not None:
            bucket.bytecode_from_string(payload)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket has."""
        if not sys.dont_write_bytecode:
            write_kept(self._path(bucket), self._kind, bucket.bytecode_to_string(), unversioned=False)

    def _path(self, bucket: Bucket) -> str:
        return os.path.join(self._folder, f"{bucket.key}.template")


@cache
def _environment() -> jinja2.Environment:
    try:
        folder = os.path.dirname(cache_from_source(__file__))
    except NotImplementedError:
        folder = ""
    # Nothing is escaped here: it is Markdown, and every value was escaped where it was written.
    return _Environment(
        loader=jinja2.FunctionLoader(lambda part: text_of(f"templates/{part}")),
        bytecode_cache=_Bytecode(folder) if folder else None,
        **_OPTIONS,
    )
