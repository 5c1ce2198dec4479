"""How much memory the system lets this process have, as `ulimit -v` says."""

from __future__ import annotations

import sys
from typing import Final

from planner.errors import InputError
from planner.locale import _

MEGABYTE: Final = 1024 * 1024


def allowed() -> int | None:
    """Return the largest address space of this process [bytes]; None where nothing limits it, or the system does not
    say."""
    if sys.platform != "linux":  # elsewhere the limit is not kept, or of something else
        return None
    import resource

    most, _hard = resource.getrlimit(resource.RLIMIT_AS)
    return None if most == resource.RLIM_INFINITY else most


def ensure_allowed(least: int) -> None:
    """Raise InputError where this process may have less than `least` [MB]."""
    most = allowed()
    if most is not None and most < least * MEGABYTE:
        words = _(
            "The workbench needs at least {least} MB of memory, and the system allows it {most} MB."
            " Raise the limit (ulimit -v), or make plans with: planner plan"
        )
        raise InputError(words.format(least=least, most=most // MEGABYTE))
