"""Planning many agencies at once: each by itself, at prices of what they share, and together as one checked plan."""

from planner.nation.planning import plan

__all__ = ["plan"]
