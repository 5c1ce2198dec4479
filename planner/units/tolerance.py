"""How far figures of a solver may be from the truth."""

from typing import Final

SOLVER_TOLERANCE: Final = 1e-5
"""Relative difference in the value of a level that the tolerances of a solver may cause: 1e-6 for a row, 1e-5 for a
whole number. A solver's bound that a plan exceeds by more is wrong."""
