"""One YAML catalogue of an API's answers, and the site, the module and the linter made from it."""

from __future__ import annotations

__version__ = "0.1.0"
