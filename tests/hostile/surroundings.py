"""What lies around a catalogue and its clients, as no friend would leave it: configurations, outputs, kept files."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from tests.hostile.catalogues import WHOLE
from tests.hostile.descriptions import document, of
from tests.hostile.trying import Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = 'catalogues = ["api.yaml"]\n'
MODULE = f'{START}[module]\noutput = "errors.py"\n'
COMMENTED = (
    "import requests\n\n\ndef look():\n"
    "    response = requests.get('https://shop.example/look')\n"
    "    if response.status_code == 404:\n        return None\n    return response.json()\n"
    + "x = 1  # errdex: ignore[dropped-status]\n"
    * 500
)


def with_api(folder: Path) -> None:
    (folder / "api.yaml").write_text(WHOLE)
    (folder / "api.json").write_bytes(of(document()))


def configured(text: str | bytes) -> Callable[[Path], object]:
    """Return what lays out a configuration with that text."""

    def lay_out(folder: Path) -> None:
        with_api(folder)
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "errdex.toml").write_bytes(data)
        (folder / f"{'a' * 100}.py").write_text("import requests\n")

    return lay_out


def excluding(*patterns: str) -> Callable[[Path], object]:
    return configured(f"{START}[check]\nexclude = {json.dumps(patterns)}\n")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def outside(path: Path) -> None:
    path.symlink_to("../outside.txt")


def above(path: Path) -> None:
    path.symlink_to("..")


def folder(path: Path) -> None:
    path.mkdir()


def saying(text: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        path.write_text(text)

    return write


def there(name: str, put: Callable[[Path], object], *, api: bool = True) -> Callable[[Path], object]:
    """Return what lays out something under the name of a file that a command writes or reads."""

    def lay_out(here: Path) -> None:
        if api:
            with_api(here)
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        put(here / name)

    return lay_out


STRANGE = {
    "a named pipe": fifo,
    "endless zeros": zeros,
    "a link outside": outside,
    "a folder": folder,
    "deep lists": saying("[" * 100_000),
    "a long number": saying("9" * 10_000),
    "NaN": saying("NaN"),
}

CASES = (
    Case("a configuration of deep lists", configured(f"{START}x = {'[' * 100_000}")),
    Case("a configuration of deep tables", configured(f"{START}x = {'{a=' * 50_000}")),
    Case("a configuration with a long name", configured(f"[{'.'.join('a' * 5_000)}]\n")),
    Case("a configuration with a long number", configured(f"{START}x = {'9' * 10_000}\n")),
    Case("a configuration in Latin-1", configured(b'x = "\xe9"\n')),
    Case("a configuration with a byte order mark", configured(b"\xef\xbb\xbf" + START.encode())),
    Case("an output with a NUL", configured(f'{START}[module]\noutput = "a\\u0000b"\n')),
    Case("a path with a NUL", configured(f'{START}[check]\npaths = ["a\\u0000b"]\n')),
    Case("a pattern with a NUL", configured(f'{START}[check.per-file-ignores]\n"a\\u0000" = ["broad-except"]\n')),
    Case("an output outside", configured(f'{START}[module]\noutput = "../out.py"\n')),
    Case("an escape sequence in a key", configured(f'{START}"\\u001b[31m" = 1\n')),
    Case("an escape sequence in a name", configured('catalogues = ["\\u001b[31m"]\n')),
    Case("a catalogue that is the configuration", configured('catalogues = ["errdex.toml"]\n')),
    Case("a pattern of many stars", excluding("*a" * 40 + "b")),
    Case("a pattern of many folders", excluding("**/" * 60 + "b")),
    Case("patterns that are none", excluding("[", "[!", "[z-a]", "\\", "/", "{a,b}", "(", "+")),
    *(Case(f"a baseline that is {what}", there("base.json", put)) for what, put in STRANGE.items()),
    *(Case(f"an imported catalogue that is {what}", there("new.yaml", put)) for what, put in STRANGE.items()),
    *(Case(f"kept files in {what}", there(".errdex_cache", put)) for what, put in STRANGE.items() if put is not folder),
    Case("kept files in a link above", there(".errdex_cache", above)),
    *(
        Case(f"a list of pages that is {what}", there("site/.errdex-manifest", put))
        for what, put in STRANGE.items()
        if put is not folder
    ),
    Case("mending 500 comments", there("long.py", saying(COMMENTED))),
    Case("a start where catalogues lead outside", there("codes", above, api=False)),
    Case("a start where a hook leads outside", there(".pre-commit-config.yaml", outside, api=False)),
    Case("a start with endless descriptions", there("openapi.json", zeros, api=False)),
    Case("a start with a named pipe for a description", there("openapi.yaml", fifo, api=False)),
)
