"""How many small mistakes in catalogue/ and lint/ the tests notice: a sample of mutants, and those that survive.

    pip install cosmic-ray
    python benchmarks/mutation.py --mutants 300 --workers 2 --seconds 3600

Works on copies of the project. Each module has its turn, in an order that the seed decides, with one mutant.
What changes annotations alone is no mutant. The tests of a mutant are those of its folder, those named after its module
first, up to the first that fails; of lint/ without those that run client code, which take minutes. The result goes to
benchmarks/mutation.json: every mutant with its outcome, so that another run (`--again`) can try the survivors only.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "generator/errdex"
RESULT = ROOT / "benchmarks/mutation.json"
FOLDERS = ("catalogue", "lint")
SLOW = (
    "tests/lint/defects",  # client code, some of it in the form of tests
    "tests/lint/oracle/test_oracle.py",
    "tests/lint/oracle/test_mutations.py",
    "tests/lint/oracle/test_pages.py",
    "tests/lint/programs",
    "tests/lint/fixing/test_proven.py",
    "tests/lint/test_memory.py",
)
PATIENCE = 600.0
"""Seconds after which a mutant counts as noticed: it hangs."""


def mutants(path: Path) -> list[tuple[str, int]]:
    """Return (operator, occurrence) of each mutant of a file that is more than another annotation."""
    from cosmic_ray.ast import get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    tree = get_ast(path.read_text(encoding="utf-8"))
    found = []
    for name in sorted(operator_names()):
        if "Variable" in name:  # these want to be told names
            continue
        operator = get_operator(name)()
        count = sum(1 for node in walk(tree) for _ in operator.mutation_positions(node))
        found += [(name, number) for number in range(count)]
    return found


def walk(node: object) -> list[object]:
    """Return a tree of parso's in its order."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(reversed(getattr(one, "children", [])))
    return found


def mutated(text: str, operator: str, occurrence: int) -> str | None:
    """Return the text of a mutant; None when it behaves as the text does, or is no Python."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    code = mutate_code(text, get_operator(operator)(), occurrence)
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


def tests_of(path: str) -> list[str]:
    """Return what to run for a module, the likeliest to notice first."""
    folder, name = path.split("/", maxsplit=1)[0], Path(path).stem
    named = sorted(str(each.relative_to(ROOT)) for each in (ROOT / "tests" / folder).rglob(f"test_*{name}*.py"))
    quick = [] if folder == "catalogue" else [
        "tests/lint/test_rule_pages.py", "tests/lint/test_defects.py", "tests/lint/oracle/test_linter.py",
        "tests/lint/libraries",
    ]  # fmt: skip
    return list(dict.fromkeys([*(each for each in named if each not in SLOW), *quick, f"tests/{folder}"]))


def outcome(copy: Path, path: str, code: str) -> str:
    """Run the tests of a mutant in a copy: `survived`, `hangs`, or `killed` and what the tests said last."""
    file = copy / "generator/errdex" / path
    text = file.read_text(encoding="utf-8")
    file.write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-o",
               "addopts=--import-mode=importlib -p no:asyncio", *tests_of(path),
               *(f"--ignore={each}" for each in SLOW)]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(copy / "generator"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=copy, env=env, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "hangs"
    finally:
        file.write_text(text, encoding="utf-8")
    if done.returncode == 0:
        return "survived"
    return f"killed: {done.stdout.decode(errors='replace').strip().splitlines()[-2:]}"


def drawn(seed: int, wanted: int) -> list[tuple[str, str, int]]:
    """Return (path, operator, occurrence) of the sample, module after module."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    files = [path for folder in FOLDERS for path in sorted((SOURCE / folder).rglob("*.py"))]
    left = {path.relative_to(SOURCE).as_posix(): mutants(path) for path in files}
    for each in left.values():
        chance.shuffle(each)
    sample = []
    while len(sample) < wanted and any(left.values()):
        turn = [path for path, each in left.items() if each]
        chance.shuffle(turn)
        for path in turn:
            text = (SOURCE / path).read_text(encoding="utf-8")
            while left[path]:
                operator, occurrence = left[path].pop()
                if mutated(text, operator, occurrence) is not None:
                    sample.append((path, operator, occurrence))
                    break
    return sample[:wanted]


def shown(text: str, code: str) -> str:
    """Return the lines that differ."""
    lines = difflib.unified_diff(text.splitlines(), code.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def main() -> None:
    """Draw, run, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--again", action="store_true", help="try the survivors of the last run only")
    arguments = parser.parse_args()
    ends = time.monotonic() + arguments.seconds
    if arguments.again:
        known = json.loads(RESULT.read_text(encoding="utf-8"))["mutants"]
        sample = [(one["path"], one["operator"], one["occurrence"]) for one in known if one["outcome"] == "survived"]
    else:
        known, sample = [], drawn(arguments.seed, arguments.mutants)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.workers) as pool:
        copies: Queue[Path] = Queue()
        for number in range(arguments.workers):
            copy = Path(folder) / str(number)
            skipped = shutil.ignore_patterns(".git", ".venv", "site", "__pycache__", ".*_cache", "node_modules")
            shutil.copytree(ROOT, copy, ignore=skipped)
            copies.put(copy)

        def run(one: tuple[str, str, int]) -> dict[str, object] | None:
            path, operator, occurrence = one
            text = (SOURCE / path).read_text(encoding="utf-8")
            code = mutated(text, operator, occurrence)
            if code is None or time.monotonic() > ends:
                return None
            copy = copies.get()
            try:
                came = outcome(copy, path, code)
            finally:
                copies.put(copy)
            print(came, path, shown(text, code).replace("\n", "  "), flush=True)
            return {"path": path, "operator": operator, "occurrence": occurrence, "outcome": came.partition(":")[0],
                    "change": shown(text, code)}  # fmt: skip

        def unchanged(path: str) -> str:
            copy = copies.get()
            try:
                return outcome(copy, path, (SOURCE / path).read_text(encoding="utf-8"))
            finally:
                copies.put(copy)

        plain = [pool.submit(unchanged, path) for path in ("lint/run.py", "catalogue/load.py")]
        ran = [one for one in pool.map(run, sample) if one]
        for one in plain:
            if one.result() != "survived":
                raise SystemExit(f"the tests without any change: {one.result()}, which says nothing of mutants")
    fresh = {(one["path"], one["operator"], one["occurrence"]): one for one in ran}
    told = [fresh.pop((one["path"], one["operator"], one["occurrence"]), one) for one in known] + list(fresh.values())
    killed = sum(one["outcome"] != "survived" for one in told)
    print(f"{killed} of {len(told)} killed: {100 * killed / max(len(told), 1):.1f} %")
    RESULT.write_text(json.dumps({"killed": killed, "of": len(told), "mutants": told}, indent=1) + "\n")


if __name__ == "__main__":
    main()
