"""What reading a catalogue costs: a large OpenAPI document, and a large YAML catalogue, first and from the cache.

    python benchmarks/catalogue.py [DOCUMENT] [--runs N]

DOCUMENT is an OpenAPI document in JSON, such as GitHub's of 13 MB. Each read is one of a process of its own, in turn
with its peer; CPU time of the read alone, medians, and medians of the ratios of each turn.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import yaml

OPERATIONS = 1000
STATUSES = (200, 400, 401, 403, 404, 409, 429, 503)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
READ = """
import gc, json, sys, time, yaml
from errdex.catalogue.compiled import load_cached
from errdex.catalogue.load import load_catalogue
path, cache = sys.argv[1:]
def plain(read):
    with open(path, "rb") as file:
        return read(file)
began = time.process_time()
{}
print(time.process_time() - began)
"""
WAYS = {
    "json.load": "plain(json.load)",
    "yaml.CSafeLoader": "plain(lambda file: yaml.load(file, yaml.CSafeLoader))",
    "errdex, first": "load_catalogue(path)",
    "errdex, from the cache": "load_cached(path, cache)",
}


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", metavar="DOCUMENT", nargs="?")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.document:
            ways = ("json.load", "errdex, first", "errdex, from the cache")
            show(str(Path(options.document).resolve()), folder, ways, options.runs)
        path, same = Path(folder, "large.yaml"), Path(folder, "large.json")
        data = catalogue()
        path.write_text(yaml.safe_dump(data, sort_keys=False))
        same.write_text(json.dumps(data))
        ways = ("yaml.CSafeLoader", "errdex, first", "json.load", "errdex, from the cache")
        show(str(path), folder, ways, options.runs, json_path=str(same))


def catalogue() -> dict[str, object]:
    """Return a catalogue in which every status of every operation is said in words of its own."""
    names = [f"operation-{number}" for number in range(OPERATIONS)]
    cells = {
        code: {
            "for": {
                name: {
                    "summary": f"What {code} says of {name}, in a sentence that no other has.",
                    **({"retryable": code in {429, 503}, "body": "error"} if code != 200 else {}),
                }
                for name in names
            }
        }
        for code in STATUSES
    }
    return {
        "catalogue": 1,
        "api": {"id": "large", "title": "Large", "version": "1", "servers": ["https://large.test"]},
        "bodies": {"error": {"kind": "error", "media_types": ["application/json"], "problem": {"json": "code"}}},
        "operations": {
            name: {"title": f"Do {name}", "endpoints": [f"GET /{name}/{{id}}", f"POST /{name}"]} for name in names
        },
        "responses": cells,
    }


def show(path: str, cache: str, ways: tuple[str, ...], runs: int, json_path: str = "") -> None:
    """Print a table; the ratios are those to each peer in the same turn."""
    taken: dict[str, list[float]] = {way: [] for way in ways}
    once("errdex, from the cache", path, cache)
    for _ in range(runs):
        for way in ways:
            taken[way].append(once(way, json_path if json_path and way == "json.load" else path, cache))
    peers = [way for way in ways if not way.startswith("errdex")]
    print(f"{Path(path).name}, {Path(path).stat().st_size / 1e6:.1f} MB, medians of {runs} runs\n")
    print(f"| what | CPU s |{''.join(f' to {peer} |' for peer in peers)}")
    print(f"|---|---|{'---|' * len(peers)}")
    for way in ways:
        ratios = [median(one / other for one, other in zip(taken[way], taken[peer], strict=True)) for peer in peers]
        print(f"| {way} | {median(taken[way]):.3f} |{''.join(f' {ratio:.2f} |' for ratio in ratios)}")
    print()


def once(way: str, path: str, cache: str) -> float:
    """Read in a process of its own; return the CPU seconds of the read."""
    command = [sys.executable, "-c", READ.format(WAYS[way]), path, cache]
    return float(subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True, text=True).stdout)  # noqa: S603


if __name__ == "__main__":
    main()
