"""Changes of a scenario file that leave all other lines as they are: comments, order and layout stay."""

from planner.scenario_io.amending.amending import CannotAmend, amended, data_of
from planner.scenario_io.amending.moving import exchanged

__all__ = ["CannotAmend", "amended", "data_of", "exchanged"]
