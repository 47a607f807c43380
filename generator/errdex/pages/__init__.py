"""A catalogue in, the Markdown and data files of its reference site out."""

from __future__ import annotations

from errdex.pages.render import render_pages
from errdex.pages.site import PageOptions

__all__ = ["PageOptions", "render_pages"]
