"""The version of this program, as documents and caches name it."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
