"""The Pythons of this machine that a generated module can be tried on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path


def _interpreters() -> dict[str, str]:
    """Return the paths of the Pythons from 3.9 on, by version: those on the path and those of pyenv."""
    candidates = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in range(9, 20))]
    candidates += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))]
    found: dict[str, str] = {}
    for candidate in candidates:
        if candidate is None:
            continue
        run = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"Python 3\.(\d+)\.", run.stdout)
        if version and int(version[1]) >= 9:
            found.setdefault(f"3.{int(version[1]):02}", candidate)
    return dict(sorted(found.items()))


INTERPRETERS = _interpreters()
"""By version, `3.09` before `3.11`; at least the one that runs the tests."""
