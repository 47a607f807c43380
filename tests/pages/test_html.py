"""The Nu HTML checker finds nothing but what the theme is known for.

It is a Java program: the test runs where `VNU_JAR` names its jar, as `npm pack vnu-jar` brings it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OF_THE_THEME = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Attribute “autocorrect” not allowed on element “input”",
    "Bad value “” for attribute “tabindex” on element “label”",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
)


@pytest.mark.skipif("VNU_JAR" not in os.environ or not shutil.which("java"), reason="there is no Nu HTML checker")
def test_no_page_has_an_error_of_its_own(site: Path) -> None:
    pages = [path for path in site.iterdir() if path.is_dir() and path.name not in {"assets", "search"}]
    command = ["java", "-jar", os.environ["VNU_JAR"], "--skip-non-html", "--errors-only", "--format", "json"]
    ran = subprocess.run([*command, str(site / "index.html"), *map(str, pages)], capture_output=True, check=False)
    messages = json.loads(ran.stderr)["messages"]
    assert {message["message"] for message in messages if not message["message"].startswith(OF_THE_THEME)} == set()
