"""What processes of our own do without, so that they start sooner."""

from __future__ import annotations

import os
import sys
from typing import Final

UNUSED: Final = ("ortools",)
"""Packages that PuLP loads where they are installed, and nothing here uses: half of the time of a start."""


def without_unused() -> None:
    """Keep PuLP from loading them; to be called before it, and only in processes that do nothing else."""
    for name in UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def without_plugins() -> None:
    """Keep Pydantic from searching all packages for plugins; only for processes of our own, at their start."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
