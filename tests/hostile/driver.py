"""Run commands of errdex in copies of this process, and say as JSON how each ended.

One JSON object a line comes in: {"folder": where to run, "commands": [["validate", "x.yaml"], ...], "nobody": true}.
For each command one goes out, and {"ended": 0} after the last. A copy of its own for each line, because what is tried
may hang, fill the memory or crash the interpreter; copies of a process that has imported everything, because
importing takes longer than most of what is tried.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from errdex.cli import main

MOST_BYTES = 4 << 30
"""Of addresses, which are more than the memory that is used; the test judges the latter."""
NOBODY = 65534


def run(words: list[str]) -> dict[str, object]:
    """Return how a command ended and what it said."""
    out, err = io.StringIO(), io.StringIO()
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return {
        "words": words,
        "code": code,
        "out": out.getvalue()[:1_000_000],
        "err": err.getvalue()[:1_000_000],
        "seconds": time.process_time() - start,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def run_all(asked: dict[str, object], seconds: int) -> None:
    """Run the commands of one line, within limits."""
    commands = asked["commands"]
    assert isinstance(commands, list)
    os.chdir(str(asked["folder"]))
    if asked.get("nobody") and os.geteuid() == 0:
        os.setresuid(NOBODY, NOBODY, NOBODY)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    signal.alarm(seconds * len(commands) * 3)
    for words in commands:
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, resource.RLIM_INFINITY))
        sys.stdout.write(f"{json.dumps(run(words))}\n")
        sys.stdout.flush()


def warm(folder: str) -> None:
    """Import what the commands import."""
    Path(folder, "api.yaml").write_text(
        "catalogue: 1\napi: {id: shop, title: Shop}\noperations: {look: {title: Look, endpoints: [GET /look]}}\n"
        "responses: {404: {summary: Gone.}}\n"
    )
    Path(folder, "api.json").write_text(
        '{"openapi": "3.1.0", "info": {}, "paths": {"/x": {"get": {"responses": {"404": {"description": "x"}}}}}}'
    )
    Path(folder, "client.py").write_text("import requests\nrequests.get('https://x.example/look').json()\n")
    os.chdir(folder)
    for file in ("api.yaml", "api.json"):
        for words in (
            ["validate", file],
            ["module", file, "-o", "out"],
            ["pages", file, "-o", "site"],
            *(["export", file, "--to", form] for form in ("json", "openapi", "markdown")),
            ["diff", file, file],
            ["import", "api.json", "-o", f"{file}.yaml"],
            ["explain", "404", "--catalogue", file],
            *(
                ["check", "--catalogue", file, "--no-cache", "--format", form, "client.py", "gone.py"]
                for form in ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
            ),
        ):
            run(words)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        warm(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            # Without cleaning up: all that is here is the parent's.
            try:
                run_all(json.loads(line), int(sys.argv[1]))
                os._exit(0)
            finally:
                os._exit(70)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{json.dumps({'ended': os.waitstatus_to_exitcode(status)})}\n")
        sys.stdout.flush()
