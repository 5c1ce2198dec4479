"""The names that HiGHS has for its simplex methods, its option `simplex_strategy`."""

from __future__ import annotations

from typing import Final

DUAL: Final = 1
"""The dual method, HiGHS' own default; it suits changes of bounds."""

PRIMAL: Final = 4
"""The primal method, which goes on from a point that keeps all rows; it suits another goal and added rows that the
point keeps."""
