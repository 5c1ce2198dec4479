"""Price lists of the region (SSH, SBU, ...) as offices have them, and the prices that a scenario takes from them."""

from planner.scenario_io.price_lists.offering import Entry, offered_prices

__all__ = ["Entry", "offered_prices"]
