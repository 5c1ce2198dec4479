"""Thresholds of the size of a model, in whole numbers that a plan decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.model.build import Model

SMALL: Final = 200
"""Whole numbers up to which the exact optimum is searched, beyond the gap asked for."""


def is_small(model: Model) -> bool:
    """Return whether the model is small enough to search for its exact optimum."""
    return model.variables.decisions <= SMALL


TINY: Final = 60
"""Whole numbers up to which the exact optimum is searched even for plans that are only compared."""


def is_thorough(model: Model, *, compared: bool) -> bool:
    """Return whether the exact optimum of each level is sought; for plans that are only `compared`, in tiny models
    only."""
    return model.variables.decisions <= (min(TINY, SMALL) if compared else SMALL)


LARGE: Final = 5000
"""Whole numbers beyond which a level below gaps closed only seats people anew."""


def is_large(model: Model) -> bool:
    """Return whether searching the whole model for a level below gaps closed would take longer than all searches
    before."""
    return model.variables.decisions > LARGE


MANY: Final = 2000
"""Whole numbers beyond which a search checks before its last step whether people can attend its plan."""


def has_many(model: Model) -> bool:
    """Return whether the last step of a search takes so long that no time is left to restart after it."""
    return model.variables.decisions > MANY


VAST: Final = 50_000
"""Whole numbers beyond which each search on all columns takes longer than all steps before it, as it starts anew."""

NEAR_ENOUGH: Final = 0.001
"""Relative distance from its bound at which a plan of a large model is good enough, where the gap asked for is not
below the default [0-1]."""


def is_vast(model: Model) -> bool:
    """Return whether a search for classes on all columns would take longer than the whole guided search before it."""
    return model.variables.decisions > VAST
