"""Client files that are strangely encoded, broken, huge, deep, misnamed or no files at all."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from tests.hostile.trying import Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CATALOGUE = """\
catalogue: 1
api: {id: shop, title: Shop, servers: ["https://shop.example"]}
operations: {look: {title: Look, endpoints: [GET /look]}}
responses: {200: {summary: Done.}, 404: {summary: Gone.}}
"""
CALL = """\
import requests


def look():
    return requests.get("https://shop.example/look").json()
"""
"""What the rest of a strange file is: the finding in it must not get lost."""
FOUND = CALL.encode()
NAMES: tuple[str | bytes, ...] = (
    "a b.py",
    "a\nb.py",
    "a\r::error::b.py",
    "\n::add-mask::b.py",
    "::error::b.py",
    "##[error]b.py",
    "##vso[task.setvariable]b.py",
    "\x1b[2Jb.py",
    "\x9b2Jb.py",
    "\u202egpj.py",
    "\u2028b.py",
    b"\xff\xfe.py",
    "%0A::error::b,c:d.py",
    "'\"><&]]>b.py",
    "-b.py",
    "--help.py",
    "C:\\b.py",
    "é\u0301\U0001f4a9.py",
    "{x}.py",
    "a" * 250 + ".py",
)


def coded(name: str, codec: str = "") -> bytes:
    """Return the call in an encoding, which the first line says."""
    return f"# coding: {name}\n# caf\xe9 \u20ac\n{CALL}".encode(codec or name, "replace")


def pipe(folder: Path) -> None:
    (folder / "client.py").unlink()
    os.mkfifo(folder / "client.py")


def device(folder: Path) -> None:
    (folder / "client.py").unlink()
    (folder / "client.py").symlink_to("/dev/zero")


def memory(folder: Path) -> None:
    """Lay out a regular file whose first byte cannot be read, whoever reads it."""
    (folder / "client.py").unlink()
    (folder / "client.py").symlink_to("/proc/self/mem")


def endpoint(folder: Path) -> None:
    """Lay out a socket; its path is too long to be bound from elsewhere."""
    (folder / "client.py").unlink()
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("client.py")
    finally:
        os.fchdir(before)
        os.close(before)


def itself(folder: Path) -> None:
    (folder / "client.py").unlink()
    (folder / "client.py").symlink_to("client.py")


def nowhere(folder: Path) -> None:
    (folder / "client.py").unlink()
    (folder / "client.py").symlink_to("gone")


def rounds(folder: Path) -> None:
    """Lay out folders that lead round in circles."""
    for name in "ab":
        (folder / name).mkdir()
        (folder / name / "up").symlink_to("..")
    (folder / "a/b").symlink_to("../b")
    (folder / "b/a").symlink_to("../a")
    (folder / "b/client.py").write_bytes(FOUND)
    (folder / "client.py").unlink()


def secret(folder: Path) -> None:
    (folder / "client.py").write_bytes(FOUND)
    (folder / "client.py").chmod(0)


def closed(folder: Path) -> None:
    (folder / "client.py").rename(folder / "moved.txt")
    (folder / "closed").mkdir()
    (folder / "closed/client.py").write_bytes(FOUND)
    (folder / "closed").chmod(0)


def a_folder(folder: Path) -> None:
    (folder / "client.py").unlink()
    (folder / "client.py").mkdir()
    (folder / "client.py/inner.py").write_bytes(FOUND)


def deep_folders(folder: Path) -> None:
    """Lay out more folders in folders than a path may have characters."""
    (folder / "client.py").unlink()
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        for _ in range(30):
            name = "d" * 200
            os.mkdir(name)
            os.chdir(name)
        with open("client.py", "wb") as file:
            file.write(FOUND)
    finally:
        os.fchdir(before)
        os.close(before)


def named(name: str | bytes) -> Callable[[Path], object]:
    def lay_out(folder: Path) -> None:
        (folder / "client.py").unlink()
        with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "wb") as file:
            file.write(FOUND)

    return lay_out


def nested(before: str, levels: int, middle: str = "", after: str = "") -> bytes:
    return f"{CALL}\n\nx = {before * levels}{middle}{after * levels}\n".encode()


def blocks(head: str, levels: int) -> bytes:
    return (CALL + "".join(f"{' ' * n}{head}\n" for n in range(levels)) + " " * levels + "pass\n").encode()


FILES: dict[str, bytes] = {
    "the call": FOUND,
    "no line end at the end": FOUND.rstrip(),
    "Windows line ends": FOUND.replace(b"\n", b"\r\n"),
    "old Macintosh line ends": FOUND.replace(b"\n", b"\r"),
    "line ends of all kinds": FOUND.replace(b"\n", b"\r\n", 1).replace(b"\n\n", b"\r\n", 1),
    "form feeds": FOUND.replace(b"\n\n", b"\n\x0c\n"),
    "other line ends in a text": b"x = '\x1c\x1d\x1e\xc2\x85\xe2\x80\xa8\xe2\x80\xa9'\n" + FOUND,
    "a byte order mark": b"\xef\xbb\xbf" + FOUND,
    "two byte order marks": b"\xef\xbb\xbf" * 2 + FOUND,
    "a byte order mark and Latin-1": b"\xef\xbb\xbf" + coded("latin-1"),
    "UTF-16": CALL.encode("utf-16"),
    "UTF-16 without a mark": CALL.encode("utf-16-le"),
    "UTF-32": CALL.encode("utf-32"),
    "UTF-16 that says so": coded("utf-16"),
    **{
        f"in {name}": coded(name)
        for name in ("latin-1", "cp1252", "utf-8-sig", "shift_jis", "gb18030", "koi8-r", "cp037", "utf-7", "mbcs")
        if name != "mbcs"
    },
    **{
        f"says {name}": coded(name, "utf-8")
        for name in ("klingon", "rot13", "zlib", "idna", "punycode", "undefined", "unicode_escape", "x" * 2_000, "../x")
    },
    "Latin-1 without saying so": "# café\n".encode("latin-1") + FOUND,
    "UTF-8 cut in the middle": "# caf\xe9".encode()[:-1] + b"\n" + FOUND,
    "a lone surrogate": b"# \xed\xa0\x80\n" + FOUND,
    "overlong UTF-8": b"# \xc0\xaf\n" + FOUND,
    "a null byte": FOUND + b"\0\n",
    "a null byte first": b"\0" + FOUND,
    "null bytes alone": b"\0" * 1_000_000,
    "nothing": b"",
    "random bytes": bytes(n * 7919 % 251 for n in range(100_000)) + FOUND,
    "a program of the machine": b"\x7fELF\x02\x01\x01" + b"\0" * 100 + FOUND,
    "a ZIP": b"PK\x03\x04" + FOUND,
    "a tab among blanks": FOUND + b"\tpass\n        pass\n",
    "no end of a text": FOUND + b"x = '''\n",
    "no end of a bracket": FOUND + b"x = (\n",
    "a backslash at the end": FOUND + b"x = 1 \\",
    "Python 2": FOUND + b"print 'gone'\nexec 'x'\nraise E, 'x'\n",
    "a merge conflict": FOUND + b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n",
    "a template": FOUND + b"{% if x %}\nx = {{ x }}\n{% endif %}\n",
    "syntax of the future": FOUND + b"x = y ?? z\n",
    "more syntax of the future": FOUND + b"lazy import x throws E -> later\n",
    "a number of 100,000 digits": FOUND + b"x = " + b"9" * 100_000 + b"\n",
    "an escape of a character that is none": FOUND + b"x = '\\N{NO SUCH THING}'\n",
    "deep parentheses": nested("(", 10_000, "1", ")"),
    "deep brackets that do not end": nested("[", 10_000),
    "deep signs": nested("-", 10_000, "1"),
    "deep negations": nested("not ", 10_000, "1"),
    "deep powers": nested("2**", 10_000, "2"),
    "deep sums": nested("1+", 10_000, "1"),
    "deep texts": nested("'a'+", 10_000, "'a'"),
    "deep conditions": nested("1 if 1 else ", 10_000, "1"),
    "deep lambdas": nested("lambda:", 10_000, "1"),
    "deep calls": nested("f(", 10_000, "", ")"),
    "deep chains of calls": f"{CALL}\n\nx = f{'()' * 10_000}\n".encode(),
    "deep attributes": f"{CALL}\n\nx = f{'.a' * 10_000}\n".encode(),
    "deep keys": f"{CALL}\n\nx = f{'[0]' * 10_000}\n".encode(),
    "deep awaits": nested("await ", 10_000, "x"),
    "deep comprehensions": nested("[x for x in ", 10_000, "y", "]"),
    "deep blocks": blocks("if x:", 99),
    "deeper blocks": blocks("if x:", 3_000),
    "deep loops": blocks("while x:", 99),
    "deep functions": blocks("def f():", 99),
    "deep classes": blocks("class C:", 99),
    "deep attempts": (CALL + "".join(f"{' ' * n}try:\n" for n in range(99)) + " " * 99 + "pass\n").encode(),
    "10,000 elifs": (
        CALL + "if x == 0:\n    pass\n" + "".join(f"elif x == {n}:\n    pass\n" for n in range(10_000))
    ).encode(),
    "10,000 decorators": (CALL + "@f\n" * 10_000 + "def g(): pass\n").encode(),
    "10,000 targets": (CALL + "x = " * 10_000 + "1\n").encode(),
    "10,000 comparisons": f"{CALL}x = 1{' < 1' * 10_000}\n".encode(),
    "400 calls": (CALL + "requests.get('https://shop.example/look')\n" * 400).encode(),
    "a text of deep braces": f"{CALL}x = f'{'{' * 100}x{'}' * 100}'\n".encode(),
    "a line of 1 MB": f"{CALL}x = '{'x' * 1_000_000}'\n".encode(),
    "a comment of 1 MB": f"# {'x' * 1_000_000}\n{CALL}".encode(),
    "a name of 1 MB": f"{CALL}{'x' * 1_000_000} = 1\n".encode(),
    "a line of 5 MB": f"{CALL}x = '{'x' * 5_000_000}'\n".encode(),
    "1,000,000 empty lines": b"\n" * 1_000_000 + FOUND,
    "an ignore of 500 rules": f"{CALL[:-1]}  # errdex: ignore[{','.join(['x'] * 500)}]\n".encode(),
    "an ignore that does not end": f"{CALL[:-1]}  # errdex: ignore[{'[' * 10_000}\n".encode(),
    "an escape sequence in the line": FOUND.replace(b'look")', b'look", "\x1b]0;x\x07")'),
    "a command in the line": FOUND.replace(b'look")', b'look", "##[error]::error::")'),
    "text that turns round in the line": FOUND.replace(b'look")', 'look", "\u202e\u2066")'.encode()),
    "a name of many forms": "import requests\n\u212bbc = requests\n\u00c5bc.get('https://shop.example/look').json()\n".encode(),
    "itself as a module": b"import client\nfrom client import *\n" + FOUND + b"requests = client.requests\n",
    "a base that is itself": b"class A(A): pass\nclass B(A, B): pass\n" + FOUND,
    "a call of itself": FOUND + b"def f(x): return f(f(x))\nf(look)\n",
    "an attribute that grows": FOUND + b"x = {}\nfor y in z:\n    x = {0: x, 1: x}\n    look(x)\n",
    "a text that grows": FOUND + b"u = 'a'\n" + b"u = u + u\n" * 100 + b"requests.get(u)\n",
    "a text that grows by replacing": FOUND
    + b"u = 'a'\n"
    + b"u = u.replace('a', 'aaaaaaaaaa')\n" * 30
    + b"requests.get(u)\n",
    "a text that grows by formatting": FOUND + b"u = 'a'\n" + b"u = f'{u}{u}'\n" * 60 + b"requests.get(u)\n",
    "a text that grows by joining": FOUND + b"u = 'a'\n" + b"u = u.join([u, 'a', u])\n" * 60 + b"requests.get(u)\n",
    "a text that is filled": FOUND + b"requests.get('a'.zfill(10 ** 10))\nrequests.get('a'.ljust(10 ** 10))\n",
    "a list that grows": FOUND + b"x = [1]\n" + b"x = x + x\n" * 60 + b"requests.get(x)\n",
    "a list that grows in place": FOUND + b"x = [1]\n" + b"x += x\n" * 60 + b"requests.get(x)\n",
    "a list that is unpacked": FOUND + b"x = [1]\n" + b"x = [*x, *x]\n" * 60 + b"requests.get(x)\n",
    "a text that is multiplied": FOUND + b"u = 'a' * 10 ** 10\nrequests.get('x' * 999999999999)\n",
    "a number that grows": FOUND + b"n = 9 ** 9 ** 9 ** 9\nif look().status_code == n: pass\n",
    "a number that is shifted": FOUND + b"n = 1 << 10 ** 12\nrequests.get('https://shop.example/' + str(n))\n",
    "a format that grows": FOUND + b"requests.get('%0999999999d' % 1)\nrequests.get(f'{1:0999999999}')\n",
    "a range without end": FOUND + b"for n in range(10 ** 12): requests.get(f'https://shop.example/{n}')\n",
    "a pattern that backtracks": FOUND + b"import re\nre.match('(a+)+$', 'a' * 50 + 'b')\n",
    "code that would run": b"import os\nos.abort()\nraise SystemExit\n" + FOUND + b"__import__('os').abort()\n",
}
CASES = (
    *(Case(name, data, "client.py") for name, data in FILES.items()),
    Case("a named pipe", pipe, "client.py"),
    Case("a device", device, "client.py"),
    Case("a socket", endpoint, "client.py"),
    Case("a file that cannot be read", memory, "client.py"),
    Case("a file that may not be read", secret, "client.py", nobody=True),
    Case("a folder that may not be listed", closed, "client.py", nobody=True),
    Case("a link to itself", itself, "client.py"),
    Case("a link to nowhere", nowhere, "client.py"),
    Case("folders round in circles", rounds, "client.py"),
    Case("a folder with the name of a file", a_folder, "client.py"),
    Case("folders deeper than a path", deep_folders, "client.py"),
    *(Case(f"the file name {name[:40]!a}", named(name), "client.py") for name in NAMES),
)
