"""Tables in files of their own, put in where a scenario says `table:`."""

from planner.scenario_io.tables.expansion import Expansion

__all__ = ["Expansion"]
