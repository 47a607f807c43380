"""What `errdex check` costs on a large tree and on one file, next to ruff (and flake8) in the same run.

    python benchmarks/lint.py --make TREE
    python benchmarks/lint.py TREE [--catalogue FILE] [--document FILE] [--runs N] [--part PART]...

`--make` fills a folder with the Python files of the packages below, as pip downloads them. The peer is `ruff check`
with one rule of the same kind. All take turns, run by run; what is shown are medians, and medians of the ratios of
each turn. CPU is that of the process and of those that it started, memory that of the largest of them. Byte code is
compiled before; the disk's cache is warm. The parts:

    tree     a cold run over the tree, a warm one, one after an edit
    cores    two processes against one
    growth   two and four copies of the tree against one
    cluster  two workers of dask against two processes: less what either takes for a single file, and with a worker
             killed meanwhile
    file     one changed file of a client of the document's API, on its own: that of median size, and the largest
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
PACKAGES = (
    "homeassistant==2025.4.4", "django==6.1.3", "apache-airflow-core==3.3.2", "apache-airflow-providers-amazon==9.39.0",
    "apache-airflow-providers-google==22.8.0", "apache-airflow-providers-microsoft-azure==15.2.1", "botocore==1.44.8",
    "boto3==1.44.8", "huggingface-hub==2.4.0", "yt-dlp==2026.10.26", "atlassian-python-api==5.0.5", "pygithub==2.10.0",
    "python-gitlab==8.6.0", "slack-sdk==3.48.0", "docker==7.2.0", "celery==5.7.0", "jira==3.10.5",
    "azure-cli-core==2.91.0", "sentry-sdk==2.75.0", "ansible-core==2.21.5", "opensearch-py==3.2.0",
)  # fmt: skip
BIN = Path(sys.executable).parent
RUFF = [str(BIN / "ruff"), "check", "--isolated", "-q", "--exit-zero", "--select", "S113"]
ERRDEX = [str(BIN / "errdex")]
WITHOUT_OURS = """\
import sys
from importlib import metadata

every = metadata.distributions
metadata.distributions = lambda: (one for one in every() if "errdex" not in str(one._path))
from flake8.main.cli import main

sys.exit(main())
"""
"""Runs flake8 without errdex's own plugin, which is installed beside it."""
FLAKE8 = [sys.executable, "-c", WITHOUT_OURS, "--isolated", "-j", "1"]
CLIENT = "pygithub/github"
"""The client whose files are checked one by one."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """What one process took."""

    cpu: float
    wall: float
    peak: float
    """MiB."""


Ways = dict[str, "Callable[[], list[str]]"]
"""What to run, by its name; called before each run, outside of the measure, to set the scene and give the command."""


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", metavar="TREE", type=Path)
    parser.add_argument("--make", action="store_true", help="fill the folder")
    parser.add_argument("--catalogue", type=Path, default=ROOT / "codes" / "netwrix-auditor.yaml")
    parser.add_argument("--document", type=Path, help="the OpenAPI document for one changed file, such as GitHub's")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--part", action="append", choices=("tree", "cores", "growth", "cluster", "file"), default=[])
    options = parser.parse_args()
    if options.make:
        make(options.tree)
        return
    tree, catalogue = options.tree.resolve(), options.catalogue.resolve()
    files, lines, size = extent(tree)
    print(f"{files:,} files, {lines:,} lines, {size / 1e6:.0f} MB; {catalogue.name}; medians of {options.runs} runs\n")
    parts = options.part or ["tree", "cores", "growth", "cluster", "file"]
    with tempfile.TemporaryDirectory() as name:
        scene = Path(name)
        if "tree" in parts:
            show(measured(scene, whole_tree(scene, tree, catalogue), options.runs), "ruff, cold")
        if "cores" in parts:
            ways: Ways = {f"{jobs} process": errdex(scene, catalogue, tree, "--jobs", str(jobs)) for jobs in (1, 2)}
            show(measured(scene, ways, options.runs), "1 process")
        if "growth" in parts:
            show(measured(scene, growth(scene, tree, catalogue), options.runs), "1 x")
        if "cluster" in parts:
            cluster(scene, tree, catalogue, options.runs)
        if "file" in parts and options.document:
            for source in chosen(tree / CLIENT):
                print(f"{source.name}, {source.stat().st_size / 1000:.1f} kB\n")
                show(measured(scene, one_file(scene, source, options.document.resolve()), options.runs), "ruff")


def make(tree: Path) -> None:
    """Fill the folder with the Python files of the packages."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, "--python-version", "3.13", "-d", folder, *PACKAGES], check=True)  # noqa: S603
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                names = [name for name in archive.namelist() if name.endswith(".py")]
                archive.extractall(tree / wheel.name.partition("-")[0], names)


def extent(tree: Path) -> tuple[int, int, int]:
    """Return the number of Python files, lines and bytes."""
    files = lines = size = 0
    for path in tree.rglob("*.py"):  # one by one: a process begins with the memory of the one that starts it
        text = path.read_bytes()
        files, lines, size = files + 1, lines + text.count(b"\n"), size + len(text)
    return files, lines, size


def errdex(scene: Path, catalogue: Path, tree: Path, *words: str) -> Callable[[], list[str]]:
    """Return what gives the command over a tree, run in the scene with its configuration and its cache."""

    def command() -> list[str]:
        (scene / "errdex.toml").write_text(f"catalogues = [{str(catalogue)!r}]\n")
        return [*ERRDEX, "check", "--exit-zero", "--no-cache", *words, str(tree)]

    return command


def whole_tree(scene: Path, tree: Path, catalogue: Path) -> Ways:
    """Return a cold run, a warm one, and one after an edit."""
    kept, cold = scene / ".errdex_cache", errdex(scene, catalogue, tree)
    warm = [word for word in cold() if word != "--no-cache"]
    victim = next(path for path in sorted(tree.rglob("*.py")) if path.stat().st_size > 10_000)
    text = victim.read_bytes()
    line = scene / "line.py"
    line.write_text("x = 1\n")

    def emptied() -> list[str]:
        shutil.rmtree(kept, ignore_errors=True)
        return warm

    def settled() -> list[str]:
        victim.write_bytes(text)
        run(warm, scene)
        time.sleep(2.2)  # what was just written is not believed
        run(warm, scene)
        return warm

    def edited() -> list[str]:
        settled()
        victim.write_bytes(text + b"\n")
        return warm

    def unchanged() -> list[str]:
        victim.write_bytes(text)
        return [*RUFF, "--no-cache", str(tree)]

    ruff_warm = [*RUFF, "--cache-dir", str(scene / "ruff"), str(tree)]
    run(ruff_warm, scene)
    return {
        "ruff, cold": unchanged,
        "errdex, nothing kept": cold,
        "errdex, cold": emptied,
        "ruff, warm": lambda: ruff_warm,
        "errdex, warm": settled,
        "errdex, one file edited": edited,
        "errdex, one file of one line": lambda: [*warm[:-1], str(line)],
    }


def growth(scene: Path, tree: Path, catalogue: Path) -> Ways:
    """Return cold runs over one, two and four copies of the tree."""
    ways: Ways = {}
    for times in (1, 2, 4):
        for number in range(times):
            shutil.copytree(tree, scene / f"{times}" / f"copy{number}")
        ways[f"{times} x"] = errdex(scene, catalogue, scene / f"{times}", "--jobs", "1")
    return ways


def cluster(scene: Path, tree: Path, catalogue: Path, runs: int) -> None:
    """Print what a run takes on a cluster of this machine, and whether one that loses a worker says the same."""
    import distributed  # for this part alone

    start: Any = distributed.LocalCluster
    single = scene / "single"
    single.mkdir()
    (single / "empty.py").write_text("x = 1\n")
    with start(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1") as workers:
        there = ("--executor", str(workers.scheduler_address).replace("tcp://", "dask://"))
        here = ("--jobs", "2")
        ways: Ways = {
            f"{name}, {of}": errdex(scene, catalogue, place, *words)
            for name, words in (("2 processes", here), ("dask, 2 workers", there))
            for of, place in (("the tree", tree), ("one file", single))
        }
        costs = measured(scene, ways, runs)
        show(costs, "2 processes, the tree")
        own, others = (
            [
                whole.wall - bare.wall
                for whole, bare in zip(costs[f"{name}, the tree"], costs[f"{name}, one file"], strict=True)
            ]
            for name in ("dask, 2 workers", "2 processes")
        )
        ratio = median(one / other for one, other in zip(own, others, strict=True))
        print(f"the work itself: {median(own):.2f} s on dask, {median(others):.2f} s in processes, {ratio:.2f} times\n")
        command = [*errdex(scene, catalogue, tree, *there, "--format", "json")()]
        whole = report(subprocess.run(command, cwd=scene, env=ENVIRONMENT, check=True, capture_output=True).stdout)  # noqa: S603
        with subprocess.Popen(command, cwd=scene, env=ENVIRONMENT, stdout=subprocess.PIPE) as process:  # noqa: S603
            killed = kill_one(workers, process)
            left = report(process.communicate()[0])
        print(f"a worker killed in the middle: {killed}; the same report: {whole == left}\n")


def kill_one(workers: Any, process: subprocess.Popen[bytes]) -> bool:  # noqa: ANN401
    """Kill a worker that is at work when something is done already; return whether there was time for that."""
    scheduler = workers.scheduler
    while process.poll() is None:
        busy = [worker for worker in list(scheduler.workers.values()) if worker.processing]
        if busy and any(task.state == "memory" for task in list(scheduler.tasks.values())):
            os.kill(next(one.pid for one in workers.workers.values() if one.worker_address == busy[0].address), 9)
            return True
        time.sleep(0.002)
    return False


def report(text: bytes) -> Any:  # noqa: ANN401
    """Return a report without its time."""
    document = json.loads(text)
    del document["summary"]["seconds"]
    return document


def chosen(package: Path) -> tuple[Path, Path]:
    """Return the file of median size in a package, and the largest."""
    files = sorted(package.glob("*.py"), key=lambda path: (path.stat().st_size, path.name))
    return files[len(files) // 2], files[-1]


def one_file(scene: Path, source: Path, document: Path) -> Ways:
    """Return what a commit of one changed file runs, with a large catalogue that was read before."""
    client = scene / source.name
    client.write_bytes(source.read_bytes())
    check = [*errdex(scene, document, client)()]
    check.remove("--no-cache")
    run(check, scene)

    def changed(command: list[str]) -> Callable[[], list[str]]:
        def edit() -> list[str]:
            client.write_bytes(source.read_bytes() + b"\n" * (time.perf_counter_ns() % 50))
            return command

        return edit

    return {
        "ruff": changed([*RUFF, "--no-cache", str(client)]),
        "flake8": changed([*FLAKE8, str(client)]),
        "errdex": changed(check),
        "python -c 'import re'": lambda: [sys.executable, "-c", "import re"],
    }


def measured(scene: Path, ways: Mapping[str, Callable[[], list[str]]], runs: int) -> dict[str, list[Cost]]:
    """Run each, in turn."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, command in ways.items():
            costs[name].append(run(command(), scene))
    return costs


def run(command: list[str], folder: Path) -> Cost:
    """Run a command and return what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def show(costs: Mapping[str, list[Cost]], peer: str) -> None:
    """Print a table; the ratios are those to the peer of the same turn."""
    print(f"| what | CPU s | wall s | MiB | CPU to {peer} | wall to {peer} |")
    print("|---|---|---|---|---|---|")
    for row in rows(costs, peer):
        print(f"| {' | '.join(row)} |", flush=True)
    print()


def rows(costs: Mapping[str, list[Cost]], peer: str) -> Iterator[list[str]]:
    """Yield the cells of each row."""
    for name, taken in costs.items():
        cpu, wall, peak = (median(column) for column in zip(*taken, strict=True))
        ratios = [
            median(own[index] / other[index] for own, other in zip(taken, costs[peer], strict=True)) for index in (0, 1)
        ]
        yield [name, f"{cpu:.3f}", f"{wall:.3f}", f"{peak:.0f}", *(f"{ratio:.2f}" for ratio in ratios)]


if __name__ == "__main__":
    main()
