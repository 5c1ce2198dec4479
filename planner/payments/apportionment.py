"""An amount divided in whole rupiah, so that the parts sum to it."""

from __future__ import annotations

from collections.abc import Mapping


def apportioned(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return `amount` divided by `weights` in whole units by largest remainder; equal remainders go to the earlier key.

    The parts sum to `amount`, except that nothing is divided when all weights are 0.
    """
    whole = sum(weights.values())
    if not whole:
        return {}
    parts = {key: amount * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(amount * weights[key] % whole))
    for key in by_remainder[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts
