"""When a model counts as small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planner.model.build import Model

SMALL: Final = 200
"""Whole numbers that a plan decides up to which optimality is searched beyond the gap asked for."""


def is_small(model: Model) -> bool:
    """Whether the model is small enough to search for its exact optimum."""
    return model.variables.decisions <= SMALL


TINY: Final = 60
"""Whole numbers up to which it is sought for plans that are only compared, too."""


def is_thorough(model: Model, *, compared: bool) -> bool:
    """Whether the exact optimum of each level is sought; of plans that are only `compared`, in tiny models."""
    return model.variables.decisions <= (min(TINY, SMALL) if compared else SMALL)


LARGE: Final = 5000
"""Whole numbers beyond which levels below gaps closed seat people anew, and no more is searched."""


def is_large(model: Model) -> bool:
    """Whether a search of the whole model for a level below gaps closed would take longer than all before it."""
    return model.variables.decisions > LARGE


MANY: Final = 2000
"""Whole numbers beyond which a search looks, before its last step, whether people can attend its plan."""


def has_many(model: Model) -> bool:
    """Whether the last step of a search takes so long that no time is left to begin again when it ends."""
    return model.variables.decisions > MANY


VAST: Final = 50_000
"""Whole numbers beyond which each search of all columns takes longer than all before it: it begins anew."""

NEAR_ENOUGH: Final = 0.001
"""Relative distance from its bound up to which a plan of a large model does, where no less than the default is asked
for [0-1]."""


def is_vast(model: Model) -> bool:
    """Whether a search for classes on all columns would take longer than the whole guided search before it."""
    return model.variables.decisions > VAST
