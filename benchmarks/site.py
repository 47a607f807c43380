"""What rendering costs beside the mkdocs build around it, and what the site weighs.

    python benchmarks/site.py [CATALOGUE...]

Without arguments: the Netwrix catalogue. Each line is a row of the table in docs/performance.md: CPU seconds, the
median of five, each rendering and each build in a process of its own, in turn. A build finds nothing that was kept
but bytecode, that of templates included, which the first run after an installation makes.

Our part of a first build is measured in pieces. *Pages* is whatever belongs to none of the others: the plan of the
site and the Markdown of all its pages, from the catalogue to text. *Twins* are their plain texts and llms.txt, *data*
is catalogue.json, openapi-responses.yaml, the feed and the redirects, *keep* is what spares the next build the work.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

CONFIG = """\
site_name: A site
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search, errdex: {{catalogue: {catalogue}}}]
"""

PARTS = {
    "twins": ("_status_twin", "_operations_twin", "_problem_twins", "_twins", "text_parts", "llms_txt"),
    "data": ("catalogue_parts", "openapi_parts", "_data"),
    "keep": ("_said", "_shared", "_facts", "_encoded", "write_kept", "_read", "_program"),
}
"""Functions that render.py, pieces.py and kept.py call, by the part that they are of; pages are the rest."""

RUNS = 5


def main() -> None:
    """Print a line for each catalogue."""
    if sys.argv[1:2] == ["--parts"]:
        print(json.dumps(parts(*sys.argv[2:])))
        return
    root = Path(__file__).parents[1]
    columns = ("read", "pages", "share", "twins", "data", "keep", "all but read", "share", "again", "share")
    heads = ["catalogue", "operations", "pages of HTML", "build", *columns, "heaviest page", "search index"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name in sys.argv[1:] or [str(root / "codes" / "netwrix-auditor.yaml")]:
        path = Path(name).resolve()
        first, again, builds = [], [], []
        for run in range(-1, RUNS):
            with tempfile.TemporaryDirectory() as folder:
                cache = os.path.join(folder, "kept")
                seconds = ran(path, cache), ran(path, cache)
                if run < 0:
                    continue
                first.append(seconds[0])
                again.append(seconds[1])
                builds.append(build(Path(folder), path))
                site = Path(folder, "site")
                sizes = [page.stat().st_size for page in site.rglob("*.html")]
                index = (site / "search" / "search_index.json").stat().st_size
        around = statistics.median(builds)
        own = {part: statistics.median(seconds[part] for seconds in first) for part in first[0]}
        known = statistics.median(seconds["all"] for seconds in again)
        figures = [
            *(f"{own[part]:.3f}" for part in ("read", "pages")),
            f"{own['pages'] / around:.1%}",
            *(f"{own[part]:.3f}" for part in ("twins", "data", "keep", "all")),
            f"{own['all'] / around:.1%}",
            f"{known:.3f}",
            f"{known / around:.1%}",
        ]
        counts = [path.name, f"{own['operations']:,.0f}", f"{len(sizes):,}", f"{around:.2f}"]
        print(f"| {' | '.join([*counts, *figures, f'{max(sizes) // 1000} KB', f'{index // 1000} KB'])} |", flush=True)


def ran(catalogue: Path, cache_dir: str) -> dict[str, float]:
    """Return what `parts` tells, from a process of its own."""
    command = [sys.executable, __file__, "--parts", str(catalogue), cache_dir]
    told = subprocess.run(command, env=environment(), check=True, capture_output=True, text=True)  # noqa: S603 - ours
    found: dict[str, float] = json.loads(told.stdout)
    return found


def parts(path: str, cache_dir: str) -> dict[str, float]:
    """Return the CPU seconds of reading a catalogue and of each part of making its site, and how many operations."""
    from errdex.catalogue.compiled import load_known
    from errdex.pages import kept, pieces, render
    from errdex.pages.site import PageOptions, plan_site

    spent = dict.fromkeys(PARTS, 0.0)
    for part, names in PARTS.items():
        for name in names:
            places: list[ModuleType | type] = [render, pieces, pieces.Pieces, kept]
            (place,) = (place for place in places if name in vars(place))
            watch(place, name, part, spent)
    start = time.process_time()
    catalogue, sources = load_known(path, cache_dir)
    read = time.process_time() - start
    start = time.process_time()
    kept.rendered(plan_site(catalogue, PageOptions()), sources, f"{cache_dir}/pages")
    whole = time.process_time() - start
    pages = whole - sum(spent.values())
    return {"read": read, "pages": pages, **spent, "all": whole, "operations": len(catalogue.operations)}


def watch(place: ModuleType | type, name: str, part: str, spent: dict[str, float]) -> None:
    """Count the CPU seconds of a function for its part, without those of others that it calls."""
    inner = getattr(place, name)

    def watched(*arguments: object) -> object:
        others, start = sum(spent.values()), time.process_time()
        made = inner(*arguments)
        if isinstance(made, Iterator):
            made = list(made)
        spent[part] += time.process_time() - start - (sum(spent.values()) - others)
        return made

    setattr(place, name, watched)


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
