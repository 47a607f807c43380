"""Run the command line with `python -m errdex`."""

from __future__ import annotations

import sys

from errdex.cli import main

sys.exit(main())
