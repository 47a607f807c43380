"""What rendering costs beside the mkdocs build around it, and what the site weighs.

    python benchmarks/site.py [CATALOGUE...]

CPU seconds, the median of five renderings in one process against one `mkdocs build` of its own. Without arguments:
the Netwrix catalogue.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages

CONFIG = """\
site_name: A site
theme: {{name: material, font: false, features: [navigation.prune]}}
plugins: [search, errdex: {{catalogue: {catalogue}}}]
"""


def main() -> None:
    """Print a line for each catalogue."""
    root = Path(__file__).parents[1]
    for name in sys.argv[1:] or [str(root / "codes" / "netwrix-auditor.yaml")]:
        catalogue = load_catalogue(name)
        render_pages(catalogue)  # templates are compiled once
        spent = []
        for _ in range(5):
            start = time.process_time()
            pages = render_pages(catalogue)
            spent.append(time.process_time() - start)
        own = statistics.median(spent)
        with tempfile.TemporaryDirectory() as folder:
            around = build(Path(folder), Path(name).resolve())
            heaviest = max(path.stat().st_size for path in Path(folder, "site").rglob("*.html"))
        print(
            f"{Path(name).name}: {len(catalogue.operations)} operations, {len(pages)} files; "
            f"rendering {own:.3f} s of {around:.2f} s ({own / around:.1%}); heaviest page {heaviest // 1000} KB"
        )


def build(folder: Path, catalogue: Path) -> float:
    """Build the site with mkdocs and return its CPU seconds."""
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG.format(catalogue=catalogue), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
