"""Which functions are walked: all that can lead to a request, however roundabout, and few others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint import examine
from errdex.lint.run import Settings, check
from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from errdex.lint.discover import Reached
    from errdex.lint.mentions import Text
    from errdex.lint.reach import Prospects
    from errdex.lint.roots import Root

CATALOGUE = """\
catalogue: 1
api: {id: shelf, title: Shelf, servers: ["https://shelf.test"]}
operations:
  get-book: {title: Get a book, endpoints: ["GET /books/{id}"]}
responses:
  200: {summary: Found.}
  404: {summary: Not there.}
"""
BEGINNING = 'import functools\nimport requests\n\nBASE = "https://shelf.test"\n\n'

ROUNDABOUT = {
    "a plain call": """
        def ask(path): return requests.get(BASE + path)
        def book(key): return ask(f"/books/{key}")
    """,
    "a table of functions": """
        def ask(path): return requests.get(BASE + path)
        ASKING = {"get": ask}
        def book(key): return ASKING["get"](f"/books/{key}")
    """,
    "a function under another name": """
        def ask(path): return requests.get(BASE + path)
        fetch = ask
        def book(key): return fetch(f"/books/{key}")
    """,
    "a partial": """
        def ask(method, path): return requests.request(method, BASE + path)
        fetch = functools.partial(ask, "GET")
        def book(key): return fetch(f"/books/{key}")
    """,
    "the library's function in an attribute": """
        class Shelf:
            def __init__(self): self.ask = requests.get
            def book(self, key): return self.ask(f"{BASE}/books/{key}")
    """,
    "an own function in an attribute": """
        def ask(path): return requests.get(BASE + path)
        class Shelf:
            def __init__(self): self.fetch = ask
            def book(self, key): return self.fetch(f"/books/{key}")
    """,
    "an object that is called": """
        class Ask:
            def __call__(self, path): return requests.get(BASE + path)
        ask = Ask()
        def book(key): return ask(f"/books/{key}")
    """,
    "an object that a function gives": """
        class Ask:
            def __call__(self, path): return requests.get(BASE + path)
        def asking(): return Ask()
        class Shelf:
            def __init__(self): self.fetch = asking()
            def book(self, key): return self.fetch(f"/books/{key}")
    """,
    "an object that is looked into": """
        class Books:
            def __getitem__(self, key): return requests.get(f"{BASE}{key}")
        class Shelf:
            def __init__(self): self.books = Books()
            def book(self, key): return self.books[f"/books/{key}"]
    """,
    "a function in a function": """
        def asking(base):
            def ask(path): return requests.get(base + path)
            return ask
        fetch = asking(BASE)
        def book(key): return fetch(f"/books/{key}")
    """,
    "a decorator": """
        def asked(function):
            @functools.wraps(function)
            def inner(*args): return requests.get(BASE + function(*args))
            return inner
        @asked
        def book(key): return f"/books/{key}"
        def title(key): return book(key).json()["title"]
    """,
    "a method by a name from a caller": """
        class Shelf:
            def __init__(self): self.session = requests.Session()
            def ask(self, verb, path): return getattr(self.session, verb)(BASE + path)
            def book(self, key): return self.ask("get", f"/books/{key}")
    """,
    "a method by its name in a text": """
        class Shelf:
            def ask(self, path): return requests.get(BASE + path)
            def book(self, key): return getattr(self, "ask")(f"/books/{key}")
    """,
    "a URL from a method of a subclass": """
        class Thing:
            def path(self): raise NotImplementedError
            def ask(self): return requests.get(BASE + self.path())
        class Book(Thing):
            def __init__(self, key): self.key = key
            def path(self): return f"/books/{self.key}"
        def book(key): return Book(key).ask()
    """,
    "a constructor that a subclass inherits": """
        class Thing:
            def __init__(self, path): self.data = requests.get(BASE + path).json()
        class Book(Thing): pass
        def book(key): return Book(f"/books/{key}").data
    """,
    "a callback": """
        def every(keys, function): return [function(key) for key in keys]
        def ask(key): return requests.get(f"{BASE}/books/{key}").json()
        def books(keys): return every(keys, ask)
    """,
    "a method that a subclass says": """
        class Transport:
            def ask(self, path): raise NotImplementedError
        class Plain(Transport):
            def ask(self, path): return requests.get(BASE + path)
        class Shelf:
            def __init__(self, transport: Transport): self.transport = transport
            def book(self, key): return self.transport.ask(f"/books/{key}")
        def main(key): return Shelf(Plain()).book(key)
    """,
    "a request that something else sends": """
        import urllib.request
        def send(opened, key): return opened.open(urllib.request.Request(f"{BASE}/books/{key}"))
    """,
    "an opener": """
        import urllib.request
        OPENER = urllib.request.build_opener()
        def book(key): return OPENER.open(f"{BASE}/books/{key}")
    """,
    "a decorated method of a mixin": """
        def checked(function):
            @functools.wraps(function)
            def inner(self, key=None, **given):
                if not key:
                    raise ValueError("no key")
                return function(self, key, **given)
            return inner
        class Books:
            @checked
            def book(self, key): return self.get(f"{self.base}/books/{key}")
        class Shelf(requests.Session, Books):
            def __init__(self):
                super().__init__()
                self.base = BASE
    """,
    "an attribute that is empty in the base": """
        class Thing:
            path = None
            def ask(self, key):
                if not self.path:
                    raise NotImplementedError
                return requests.get(f"{BASE}{self.path}/{key}")
        class Book(Thing):
            path = "/books"
    """,
    "an object whose class inherits from a session": """
        class Shelf(requests.Session):
            def opened(self): return True
        def book(key):
            shelf = Shelf()
            return shelf.get(f"{BASE}/books/{key}")
    """,
    "an object that makes its methods": """
        class Shelf:
            def __init__(self): self.session = requests.Session()
            def __getattr__(self, name): return getattr(self.session, name)
        def book(key):
            shelf = Shelf()
            return shelf.get(f"{BASE}/books/{key}")
    """,
    "a session's method that is handed on": """
        def every(keys, ask): return [ask(f"{BASE}/books/{key}") for key in keys]
        class Shelf(requests.Session):
            def books(self, keys): return every(keys, self.get)
    """,
    "a path that is made of attributes and items": """
        class Path:
            def __init__(self): self.path = ""
            def __getattr__(self, name):
                if name in ("get", "delete"):
                    return functools.partial(requests.request, name.upper(), BASE + self.path)
                self.path += f"/{name}"
                return self
            __getitem__ = __getattr__
        def book(key): return Path().books[key].get()
    """,
    "a branch that comes late": """
        def ask(path): return requests.get(BASE + path)
        def book(key, first, second, third):
            if first:
                raise ValueError(first)
            if second:
                raise KeyError(second)
            if not third:
                return None
            return ask(f"/books/{key}")
    """,
    "a name that is known to lead on only later": """
        def shelf(key, kind):
            reader = Reader()
            if kind == "paper":
                reader.request(key)
            return None
        class Reader:
            def request(self, key): return self.find(key)
            def find(self, key): return ask(f"/books/{key}")
        def ask(path): return requests.get(BASE + path)
    """,
    "a client from outside": """
        class Shelf:
            def __init__(self, transport): self.transport = transport
            def ask(self, path): return self.transport.get(path)
            def book(self, key): return self.ask(f"{BASE}/books/{key}")
    """,
}


def checked(folder: Path, **files: str) -> Sequence[str]:
    """Return the operations of the calls in a project."""
    (folder / "shelf.yaml").write_text(CATALOGUE, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    report = check(Settings(paths=(str(folder),), catalogues=(load_catalogue(str(folder / "shelf.yaml")),), jobs=1))
    return [call.operation for call in report.calls]


@pytest.mark.parametrize("text", ROUNDABOUT.values(), ids=ROUNDABOUT)
def test_a_roundabout_request_is_reached(text: str, tmp_path: Path) -> None:
    assert set(checked(tmp_path, client=BEGINNING + dedent(text))) == {"get-book"}


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions that are walked, as they are."""
    from errdex.lint.reach import reaching

    names: list[str] = []

    def noting(
        roots: Sequence[Root],
        texts: Iterable[Text],
        walk: Callable[[Root], Reached],
        prospects: Prospects,
        words: frozenset[str],
    ) -> frozenset[str]:
        def noted(root: Root) -> Reached:
            names.append(root.name)
            return walk(root)

        return reaching(roots, texts, noted, prospects, words)

    monkeypatch.setattr(examine, "reaching", noting)
    return names


def test_what_leads_to_no_request_is_not_walked(tmp_path: Path, walked: list[str]) -> None:
    text = BEGINNING + dedent("""
        def ask(path): return requests.get(BASE + path)
        def book(key): return ask(f"/books/{key}")
        def shelf(key): return book(key).json()["shelf"]
        def colour(settings): return settings.get("colour")
        def area(width, height): return width * height
        def view(request): return request.user
        def colours(view, paint): return paint(view.options, view.request)
        class Brush:
            def get(self, colour): return self.paint(colour)
            def paint(self, colour): return colour
        def paint(colour):
            brush = Brush()
            return brush.get(colour)
    """)
    assert checked(tmp_path, client=text) == ["get-book"]
    assert sorted(walked) == ["ask", "book", "shelf"]


def test_a_name_of_another_module_leads_on(tmp_path: Path, walked: list[str]) -> None:
    ask = BEGINNING + "def ask(path): return requests.get(BASE + path)\n"
    book = 'from asking import ask as fetch\n\ndef book(key): return fetch(f"/books/{key}")\ndef other(): return 1\n'
    assert checked(tmp_path, asking=ask, books=book) == ["get-book"]
    assert sorted(walked) == ["ask", "book"]


def test_a_report_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Sets of names have another order in each process."""
    text = BEGINNING + dedent("""
        def ask(first, second, third):
            if first and second or third:
                return requests.get(f"{BASE}/{first}/{second}")
            return requests.get(f"{BASE}/{third}/{first}")
        def book(kind, key, late=None):
            name, number = kind or "books", key
            where = late or name
            return ask(name, number, where if late else number)
        print(book("books", 7))
    """)
    (tmp_path / "shelf.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "client.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "errdex", "check", "client.py", "--catalogue", "shelf.yaml", "--no-cache"]
    reports = set()
    for seed in range(4):
        done = subprocess.run(
            [*command, "--format", "json", "--exit-zero"],
            cwd=tmp_path,
            env=clean_environment(PYTHONHASHSEED=str(seed), PYTHONPATH=os.fspath(ROOT / "generator")),
            capture_output=True,
            text=True,
            check=True,
        )
        said = json.loads(done.stdout)
        said["summary"].pop("seconds")
        reports.add(json.dumps(said))
    assert len(reports) == 1


def test_a_method_is_walked_again_only_for_an_heir_that_gives_it_something(tmp_path: Path, walked: list[str]) -> None:
    text = BEGINNING + dedent("""
        class Shelf:
            kind = "books"
            def ask(self, key): return requests.get(f"{BASE}/{self.kind}/{key}")
        class Quiet(Shelf):
            def sort(self): return []
        class Films(Shelf):
            kind = "films"
        class Remote(Shelf):
            def __init__(self, base): self.base = base
    """)
    assert checked(tmp_path, client=text) == ["get-book"]
    assert sorted(walked) == ["Films.ask", "Remote.ask", "Shelf.ask"]


def test_what_branches_a_lot_and_sends_nothing_leads_nowhere(tmp_path: Path, walked: list[str]) -> None:
    branches = "\n".join(f"    if flags[{number}]: found.append({number})" for number in range(50))
    text = f"{BEGINNING}\ndef ask(path): return requests.get(BASE + path)\n"
    text += f"def counted(flags):\n    found = []\n{branches}\n    return found\n"
    text += "class Shelf:\n    def ask(self, flags): return counted(flags)\n"
    text += "def listed(shelf, flags): return Shelf().ask(flags)\n"
    text += "def seen(flags): return listed(None, flags)\n"
    assert checked(tmp_path, client=text) == []
    assert sorted(walked) == ["ask", "listed"]


def test_the_branches_of_the_text_itself_come_before_those_of_what_it_calls(tmp_path: Path) -> None:
    branches = "\n".join(f"    if flags[{number}]: found.append({number})" for number in range(50))
    text = f"{BEGINNING}\ndef counted(flags):\n    found = []\n{branches}\n    return found\n"
    text += "def book(flags, key):\n    counted(flags)\n    if key is None:\n        return None\n"
    text += "    return requests.get(f'{BASE}/books/{key}')\n"
    assert checked(tmp_path, client=text) == ["get-book"]


def test_a_method_that_asks_its_base_is_walked_when_the_method_of_its_own_base_leads_on(
    tmp_path: Path, walked: list[str]
) -> None:
    text = BEGINNING + dedent("""
        class Shelf:
            def open(self): self.book = requests.get(f"{BASE}/books/1")
        class Door:
            def open(self): self.ajar = True
        class Films(Shelf):
            def open(self): super().open()
        class Gate(Door):
            def open(self): super().open()
        class Lit:
            def open(self): super().open()
        class LitShelf(Lit, Shelf):
            pass
    """)
    assert set(checked(tmp_path, client=text)) == {"get-book"}
    assert sorted(set(walked)) == ["Films.open", "Lit.open", "LitShelf.open", "Shelf.open"]


def test_no_walk_knows_what_another_has_done_to_an_object_of_a_module(tmp_path: Path) -> None:
    text = BEGINNING + dedent("""
        class Shelf:
            def ask(self, path): return requests.get(BASE + path)
        shelf = Shelf()
        def doubled(asked):
            shelf.ask = asked
            return shelf.ask("/books/1")
        def book(key): return shelf.ask(f"/books/{key}")
        def moved():
            shelf.ask = print
    """)
    assert checked(tmp_path, client=text) == ["get-book"]
    assert checked(tmp_path, client=text.replace('return shelf.ask("/books/1")', "return book(1)")) == ["get-book"]
