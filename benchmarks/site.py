"""What rendering costs beside the mkdocs build around it, and what the site weighs.

    python benchmarks/site.py [CATALOGUE...]

Without arguments: the Netwrix catalogue. Each line is a row of the table in docs/performance.md: CPU seconds, the
median of three, each rendering and each build in a process of its own, in turn. A build finds nothing that was kept
but bytecode, that of templates included, which the first run after an installation makes.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = """\
site_name: A site
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search, errdex: {{catalogue: {catalogue}}}]
"""

RENDER = """\
import sys, time
from errdex.catalogue.compiled import load_known
from errdex.pages.kept import rendered
from errdex.pages.site import PageOptions, plan_site

catalogue, sources = load_known(sys.argv[1], sys.argv[2])
start = time.process_time()
rendered(plan_site(catalogue, PageOptions()), sources, sys.argv[2] + "/pages")
print(time.process_time() - start, len(catalogue.operations))
"""

RUNS = 3


def main() -> None:
    """Print a line for each catalogue."""
    root = Path(__file__).parents[1]
    print("| catalogue | operations | pages | build | first | share | again | share | heaviest page | search index |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in sys.argv[1:] or [str(root / "codes" / "netwrix-auditor.yaml")]:
        path = Path(name).resolve()
        first, again, builds = [], [], []
        for run in range(-1, RUNS):
            with tempfile.TemporaryDirectory() as folder:
                cache = os.path.join(folder, "kept")
                seconds = render(path, cache), render(path, cache)
                if run < 0:
                    continue
                first.append(seconds[0])
                again.append(seconds[1])
                builds.append(build(Path(folder), path))
                site = Path(folder, "site")
                sizes = [page.stat().st_size for page in site.rglob("*.html")]
                index = (site / "search" / "search_index.json").stat().st_size
        own, known = (statistics.median(seconds for seconds, _ in runs) for runs in (first, again))
        around = statistics.median(builds)
        print(
            f"| {path.name} | {first[0][1]:,} | {len(sizes):,} | {around:.1f} | {own:.2f} | {own / around:.1%} "
            f"| {known:.2f} | {known / around:.1%} | {max(sizes) // 1000} KB | {index // 1000} KB |"
        )


def render(catalogue: Path, cache_dir: str) -> tuple[float, int]:
    """Return the CPU seconds of planning the site and making every file of it, and the number of operations."""
    command = [sys.executable, "-c", RENDER, str(catalogue), cache_dir]
    ran = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)  # noqa: S603 - ours
    seconds, operations = ran.stdout.split()
    return float(seconds), int(operations)


def environment() -> dict[str, str]:
    """Return the environment of a process that may keep its bytecode."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "NO_MKDOCS_2_WARNING": "1"}


def build(folder: Path, catalogue: Path) -> float:
    """Build the site with mkdocs and return its CPU seconds."""
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG.format(catalogue=catalogue), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment(), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
