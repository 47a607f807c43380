"""How many small mistakes in catalogue/ and lint/ the tests notice: a sample of mutants, and those that survive.

    pip install cosmic-ray coverage
    nice -n 19 python benchmarks/mutation.py --mutants 250 --seconds 4200
    nice -n 19 python benchmarks/mutation.py --again --seed 7 --tests tests/catalogue/test_load.py

Works on a copy of the project, never on the installed one: each process makes sure that what it runs comes from there.
First all tests run on the copy as it is, and have to pass; which lines each reaches, and how long it takes, is noted.
Each module has its turn, in an order that the seed decides, with one mutant; what changes annotations alone is none.
The tests of a mutant are those that reach its lines, then those that reach its module, the quickest first, up to the
first that fails: a minute and a half of tests at most, and none that run client code. It counts as killed when the same
tests pass without it. The result goes to benchmarks/mutation.json; `--again` tries its survivors, with all tests or
those of some files. Each seed has its own sample there.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import coverage
import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "generator/errdex"
RESULT = ROOT / "benchmarks/mutation.json"
FOLDERS = ("catalogue", "lint")
TESTS = ("tests/catalogue", "tests/lint", "tests/fuzz")
SLOW = (
    "tests/lint/defects",  # client code, some of it in the form of tests
    "tests/lint/oracle/test_oracle.py",
    "tests/lint/oracle/test_mutations.py",
    "tests/lint/oracle/test_pages.py",
    "tests/lint/programs",
    "tests/lint/fixing/test_proven.py",
    "tests/lint/test_executors.py",
)
"""What runs client code, or other processes that are killed after some time."""
BUDGET = 90.0
"""Seconds of tests for a mutant, as they took without it; three times that, and it hangs."""
QUICK = 40
"""Tests that run before all others."""
MEMORY = 6 << 30
PLUGINS = ("_hypothesis_pytestplugin", "anyio", "conftest", "dask", "distributed", "errdex", "hypothesis", "pytest",
           "tests", "xdist")  # fmt: skip
"""What pytest has to import by itself, and what must come from the copy."""


class Reached(NamedTuple):
    """What a test reached in the copy as it is."""

    seconds: float
    lines: dict[str, list[int]]
    """Numbers of lines of each module, as `lint/run.py`."""


class Mutant(NamedTuple):
    """A place for a small mistake."""

    path: str
    operator: str
    occurrence: int


class Watch:
    """A plugin of pytest that notes what each test reaches, and how long it takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "generator/errdex"
        self.watching = coverage.Coverage(data_file=None, source=[str(self.folder)], config_file=False)
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []

    def pytest_sessionstart(self) -> None:
        """Watch from the first import on."""
        self.watching.start()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note what follows under the name of a test."""
        self.watching.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a part of a test took, and whether it failed."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def told(self) -> dict[str, object]:
        """Return what there is to tell about each test."""
        self.watching.stop()
        data = self.watching.get_data()
        lines: dict[str, dict[str, list[int]]] = {name: {} for name in self.seconds}
        for file in data.measured_files():
            module = Path(file).relative_to(self.folder).as_posix()
            for number, names in data.contexts_by_lineno(file).items():
                for name in names:
                    if name in lines:
                        lines[name].setdefault(module, []).append(number)
        tests = {name: [seconds, lines[name]] for name, seconds in self.seconds.items()}
        return {"tests": tests, "failed": self.failed}


class Chosen:
    """A plugin of pytest that runs some tests in an order, and says which failed."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.ran: list[str] = []
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take the tests that are wanted."""
        known = {item.nodeid: item for item in items}
        items[:] = [known[name] for name in self.names if name in known]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what ran."""
        if report.when == "setup":
            self.ran.append(report.nodeid)
        if report.failed:
            self.failed = report.nodeid

    def told(self) -> dict[str, object]:
        """Return what there is to tell about the run."""
        return {"ran": self.ran, "failed": self.failed}


def forked(copy: Path, tests: list[str], plugin: Watch | Chosen, patience: float) -> dict[str, object]:
    """Run tests in a process of their own on the copy; `code` is pytest's, or what the process died of."""
    told = copy / "told.json"
    told.unlink(missing_ok=True)
    if threading.active_count() > 1:
        raise SystemExit("a process with threads cannot be forked safely")
    child = os.fork()
    if not child:
        code = 70
        with suppress(BaseException):
            code = inside(copy, tests, plugin, told)
        os._exit(code)
    end = time.monotonic() + patience
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.02)
    else:
        status = None
    with suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
        return {"code": "hangs"}
    found = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    return {"code": os.waitstatus_to_exitcode(status), **found}


def inside(copy: Path, tests: list[str], plugin: Watch | Chosen, told: Path) -> int:
    """Run pytest, and tell what came of it; code that is not the copy's makes an end."""
    os.setsid()
    os.chdir(copy)
    output = os.open("output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number in (0, 1, 2):
        os.dup2(output if number else os.open(os.devnull, os.O_RDONLY), number)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.path[:] = [
        str(copy / "generator"),
        str(copy),
        *(each for each in sys.path if not each.startswith(str(ROOT / "gen"))),
    ]
    os.environ["PYTHONPATH"] = str(copy / "generator")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = isinstance(plugin, Chosen)
    words = ["-q", "-p", "no:cacheprovider", "-p", "no:asyncio", "-p", "errdex.faults.pytest_plugin",
             "-o", "addopts=--import-mode=importlib", *tests]  # fmt: skip
    if set(TESTS) <= set(tests):
        words += [f"--ignore={each}" for each in SLOW]
    code = pytest.main([*words, "-x"] if isinstance(plugin, Chosen) else words, plugins=[plugin])
    strange = [name for name, module in sys.modules.items() if name.partition(".")[0] == "errdex"
               and not str(getattr(module, "__file__", "")).startswith(f"{copy}{os.sep}")]  # fmt: skip
    third = sorted({name.partition(".")[0] for name in sys.modules} - {*PLUGINS})
    told.write_text(json.dumps({**plugin.told(), "strange": strange, "modules": third}), encoding="utf-8")
    return int(code)


def mutants(path: Path) -> list[Mutant]:
    """Return each place for a mistake in a file."""
    from cosmic_ray.ast import get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    tree = get_ast(path.read_text(encoding="utf-8"))
    nodes = walk(tree)
    found = []
    for name in sorted(operator_names()):
        if "Variable" in name:  # these want to be told names
            continue
        operator = get_operator(name)()
        count = sum(1 for node in nodes for _ in operator.mutation_positions(node))
        found += [Mutant(path.relative_to(SOURCE).as_posix(), name, number) for number in range(count)]
    return found


def walk(node: object) -> list[object]:
    """Return a tree of parso's in its order."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(reversed(getattr(one, "children", [])))
    return found


def mutated(text: str, mutant: Mutant) -> str | None:
    """Return the text of a mutant; None when it behaves as the text does, or is no Python."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    code = mutate_code(text, get_operator(mutant.operator)(), mutant.occurrence)
    if code is None:
        return None
    try:
        return None if behaviour(code) == behaviour(text) else code
    except SyntaxError:
        return None


def behaviour(text: str) -> str:
    """Return a text's syntax without annotations and docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.test, node.body = ast.Constant(None), [ast.Pass()]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and "str" in ast.unparse(node):
            node.right = ast.Constant(None)  # a type alias
    return ast.dump(tree)


def drawn(seed: int, wanted: int) -> list[Mutant]:
    """Return the sample, module after module."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    files = [path for folder in FOLDERS for path in sorted((SOURCE / folder).rglob("*.py"))]
    left = {path: mutants(path) for path in files}
    for each in left.values():
        chance.shuffle(each)
    sample: list[Mutant] = []
    while len(sample) < wanted and any(left.values()):
        turn = [path for path, each in left.items() if each]
        chance.shuffle(turn)
        for path in turn:
            text = path.read_text(encoding="utf-8")
            while left[path]:
                one = left[path].pop()
                if mutated(text, one) is not None:
                    sample.append(one)
                    break
    return sample[:wanted]


def changed(text: str, code: str) -> set[int]:
    """Return the numbers of the lines that a mutant changes."""
    matcher = difflib.SequenceMatcher(None, text.splitlines(), code.splitlines(), autojunk=False)
    return {
        line + 1 for kind, start, end, _, _ in matcher.get_opcodes() if kind != "equal" for line in range(start, end)
    }


def shown(text: str, code: str) -> str:
    """Return the lines that differ."""
    lines = difflib.unified_diff(text.splitlines(), code.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def statement(text: str, lines: set[int]) -> set[int]:
    """Return the lines of the smallest statements around some lines: a tracer notes where a statement begins."""
    found: dict[int, ast.stmt] = {}
    for node in ast.walk(ast.parse(text)):  # from the outside to the inside
        if isinstance(node, ast.stmt):
            for line in lines & set(range(node.lineno, (node.end_lineno or node.lineno) + 1)):
                found[line] = node
    return lines | {
        line for node in found.values() for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def chosen(reached: dict[str, Reached], path: str, lines: set[int]) -> list[str]:
    """Return the tests of a mutant in their order: those that reach it, its module, or nobody knows what."""
    near = {name for name, one in reached.items() if not lines.isdisjoint(one.lines.get(path, ()))}
    far = {name for name, one in reached.items() if path in one.lines} - near
    # What other processes do is not seen; what runs when a module is imported is reached by all.
    blind = {name for name, one in reached.items() if not one.lines}
    rest = set(reached) - near - far - blind if not near else set()
    found: list[str] = []
    seconds = 0.0
    for names in (near, far, blind, rest):
        for name in sorted(names, key=lambda name: (reached[name].seconds > 1, reached[name].seconds)):
            seconds += reached[name].seconds
            if seconds < BUDGET:
                found.append(name)
    return found[:QUICK] + by_file(found[QUICK:])


def by_file(names: list[str]) -> list[str]:
    """Return tests in their order, but those of a file together: they share what is prepared for them."""
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))
    return sorted(names, key=lambda name: files.index(name.partition("::")[0]))


def outcome(copy: Path, mutant: Mutant, reached: dict[str, Reached]) -> dict[str, object]:
    """Run the tests of a mutant, and without it those that it made fail."""
    file = copy / "generator/errdex" / mutant.path
    text = file.read_text(encoding="utf-8")
    code = mutated(text, mutant)
    if code is None:
        raise SystemExit(f"{mutant} is no mutant of this text")
    lines = changed(text, code)
    names = chosen(reached, mutant.path, statement(text, lines))
    told = {**mutant._asdict(), "line": min(lines), "change": shown(text, code), "tests": len(names)}
    for part in (names[:QUICK], names[QUICK:]):
        if not part:
            continue
        files = list(dict.fromkeys(name.partition("::")[0] for name in part))
        patience = 30 + 3 * sum(reached[name].seconds for name in part)
        for cached in file.parent.glob(f"__pycache__/{file.stem}.*"):
            cached.unlink()
        file.write_text(code, encoding="utf-8")
        try:
            ran = forked(copy, files, Chosen(part), patience)
        finally:
            file.write_text(text, encoding="utf-8")
        if ran.get("strange"):
            raise SystemExit(f"not the copy's own code: {ran['strange']}")
        if ran["code"] == 0:
            continue
        again = part if ran["code"] == "hangs" else ran.get("ran") or part[:1]
        plain = forked(copy, files, Chosen(again), patience)
        if plain["code"] != 0:
            return {**told, "outcome": f"unsure: without it {plain.get('failed') or plain['code']}"}
        return {**told, "outcome": "killed", "by": ran.get("failed") or f"{ran['code']}"}
    return {**told, "outcome": "survived"}


def baseline(copy: Path, tests: list[str]) -> dict[str, Reached]:
    """Run all tests on the copy as it is: what each reaches. The end when one fails, or runs code of another place."""
    start = time.monotonic()
    ran = forked(copy, tests, Watch(copy), 1800)
    if ran["code"] != 0 or ran["failed"] or ran["strange"]:
        print((copy / "output.txt").read_text(encoding="utf-8", errors="replace")[-4000:])
        raise SystemExit(
            f"the tests without any change: {ran['code']}, {ran.get('failed')}, not the copy's: {ran.get('strange')}"
        )
    found = {name: Reached(*one) for name, one in ran["tests"].items()}  # type: ignore[attr-defined]
    preload(ran["modules"])  # type: ignore[arg-type]
    print(f"{len(found)} tests pass without any change, in {time.monotonic() - start:.0f} s", flush=True)
    return found


def preload(names: list[str]) -> None:
    """Import what all tests need; not what brings asyncio, which does not trace in a copy of its process."""
    for name in names:
        child = os.fork()
        if not child:
            with suppress(BaseException):
                importlib.import_module(name)
                os._exit(int("asyncio" in sys.modules or threading.active_count() > 1))
            os._exit(1)
        if os.waitpid(child, 0)[1] == 0:
            importlib.import_module(name)


class Tally:
    """What came of the mutants so far, written down after each: how many, and those that survived."""

    def __init__(self, seed: int, known: dict[str, object] | None) -> None:
        self.seed = seed
        self.first: object = known["first"] if known else None
        """How many of how many were killed when they were drawn."""
        self.of: int = known["mutants"] if known else 0  # type: ignore[assignment]
        self.killed: int = known["killed"] if known else 0  # type: ignore[assignment]
        self.survivors: list[dict[str, object]] = known["survivors"] if known else []  # type: ignore[assignment]

    def add(self, told: dict[str, object]) -> None:
        """Count a mutant that was tried for the first time."""
        self.of += 1
        self.killed += told["outcome"] == "killed"
        if told["outcome"] != "killed":
            self.survivors.append({key: told[key] for key in (*Mutant._fields, "line", "change")})
        self.write()

    def settle(self, survivor: dict[str, object], told: dict[str, object] | None) -> None:
        """Count what became of a survivor; None when its code is there no more."""
        if told is None or told["outcome"] == "killed":
            self.survivors.remove(survivor)
            self.killed += told is not None
            self.of -= told is None
        else:
            survivor.update({key: told[key] for key in (*Mutant._fields, "line")})
        self.write()

    def write(self) -> None:
        """Write everything down."""
        first = self.first or f"{self.killed} of {self.of}"
        totals = {"date": time.strftime("%Y-%m-%d"), "seed": self.seed, "first": first}
        mine = {**totals, "mutants": self.of, "killed": self.killed, "survivors": self.survivors}
        every = {**samples(), self.seed: mine}
        text = json.dumps(list(every.values()), indent=1, ensure_ascii=False)
        RESULT.write_text(f"{text}\n", encoding="utf-8")


def samples() -> dict[int, dict[str, object]]:
    """Return what came of each sample, by its seed."""
    return {sample["seed"]: sample for sample in json.loads(RESULT.read_text(encoding="utf-8"))}


def same_now(survivor: dict[str, object]) -> Mutant | None:
    """Return the mutant of today's text that makes the same change; None when there is none any more."""
    path = SOURCE / str(survivor["path"])
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found: list[tuple[int, Mutant]] = []
    for one in mutants(path) if text else []:
        if one.operator == survivor["operator"]:
            code = mutated(text, one)
            if code is not None and shown(text, code) == survivor["change"]:
                found.append((abs(min(changed(text, code)) - int(str(survivor["line"]))), one))
    return min(found)[1] if found else None


def main() -> None:
    """Draw, run, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=250)
    parser.add_argument("--seconds", type=float, default=4200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--again", action="store_true", help="try the survivors of that seed only")
    parser.add_argument("--tests", nargs="+", default=list(TESTS), help="with these tests")
    arguments = parser.parse_args()
    ends = time.monotonic() + arguments.seconds
    tally = Tally(arguments.seed, samples()[arguments.seed] if arguments.again else None)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "copy"
        left_out = shutil.ignore_patterns(".git", ".venv", "site", "__pycache__", ".*_cache", "node_modules")
        shutil.copytree(ROOT, copy, ignore=left_out)
        if arguments.again:
            sample = [(one, same_now(one)) for one in tally.survivors]
        else:
            sample = [({}, one) for one in drawn(arguments.seed, arguments.mutants)]
        reached = baseline(copy, arguments.tests)
        for survivor, one in sample:
            if time.monotonic() > ends:
                break
            start = time.monotonic()
            told = outcome(copy, one, reached) if one else None
            if arguments.again:
                tally.settle(survivor, told)
            elif told:
                tally.add(told)
            said = told or {**survivor, "outcome": "gone"}
            change = str(said["change"]).replace("\n", "  ")
            seconds = time.monotonic() - start
            print(f"{said['outcome']} {seconds:.0f} s {said['path']} {change} {said.get('by', '')}", flush=True)
    print(f"{tally.killed} of {tally.of} killed: {100 * tally.killed / max(tally.of, 1):.1f} %")


if __name__ == "__main__":
    main()
