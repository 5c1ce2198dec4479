"""HiGHS with options set and checked, for models that are passed on without PuLP.

Loading PuLP takes longer than solving many a programme of payments, and workers of some tasks do not need it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import highspy

from planner.highs.silent import SilentHighs


class EngineRefused(RuntimeError):
    """HiGHS refused an option, or did not load the model as it was given."""


def configured(options: Mapping[str, Any]) -> SilentHighs:
    """Return a HiGHS in one thread with these options set. Raises EngineRefused."""
    highs = SilentHighs()
    for name, value in {"parallel": "off", **options}.items():
        if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise EngineRefused(f"HiGHS refused the option {name}={value}")
    return highs
