"""Count operations and responses of OpenAPI and Swagger documents twice: with errdex, and with a reader of 30 lines.

    python benchmarks/openapi_counts.py API...

An API is a document or a folder of documents. The time is the median of five reads, next to that of `json.load`
(for YAML of `yaml.CSafeLoader`) of the same documents.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml

from errdex.catalogue.openapi import read_openapi

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}


def counts(path: str) -> tuple[int, Counter[str]]:
    """Return the number of operations and the number of responses by status: the independent reader."""
    operations, statuses = 0, Counter[str]()
    for file in documents(path):
        root = parsed(file)
        for item in resolved(file, root, root.get("paths", {})).values():
            for method, operation in resolved(file, root, item).items():
                if method in METHODS:
                    operations += 1
                    keys = map(str, resolved(file, root, operation).get("responses") or {})
                    statuses.update(key for key in keys if re.fullmatch(r"[1-5](\d\d|XX)|default", key))
    return operations, statuses


def documents(path: str) -> list[str]:
    """Return the documents of a folder, or the one that is named."""
    if not os.path.isdir(path):
        return [path]
    files = [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.endswith((".yaml", ".json"))]
    return [file for file in files if {"openapi", "swagger"} & parsed(file).keys()]


def parsed(file: str) -> dict[str, Any]:
    """Return a file as PyYAML or json has it."""
    with open(file, encoding="utf-8") as stream:
        data = json.load(stream) if file.endswith(".json") else yaml.load(stream, yaml.CSafeLoader)
    return data if isinstance(data, dict) else {}


def resolved(file: str, root: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return a value, or what its `$ref` leads to."""
    while "$ref" in value:
        address, _, pointer = value["$ref"].partition("#")
        if address:
            file = os.path.join(os.path.dirname(file), address)
            root = parsed(file)
        value = root
        for key in pointer.split("/")[1:]:
            value = value[key.replace("~1", "/").replace("~0", "~")]
    return value


def main(apis: list[str]) -> int:
    """Print a row for each API; return 1 when the two readers disagree."""
    print("| API | operations | responses | statuses | warnings | errdex s | plain load s | ratio | agree |")
    print("|---|---|---|---|---|---|---|---|---|")
    disagreements = 0
    for api in apis:
        reading = read_openapi(api)
        found = Counter(r.status for r in reading.catalogue.responses() if r.state == "documented")
        agree = (len(reading.catalogue.operations), found) == counts(api)
        disagreements += not agree
        ours = median(read_openapi, [api])
        plain = median(parsed, documents(api))
        print(
            f"| {api} | {len(reading.catalogue.operations)} | {found.total()} | {len(found)} | {len(reading.warnings)}"
            f" | {ours:.3f} | {plain:.3f} | {ours / plain:.2f} | {'yes' if agree else 'NO'} |"
        )
    return 1 if disagreements else 0


def median(read: Callable[[str], object], paths: list[str]) -> float:
    """Return the seconds that reading all of the paths takes."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for path in paths:
            read(path)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
