"""Planning of many agencies: each separately, with prices for what they share, and combined into one checked plan."""

from planner.drafting.drafts import Answer
from planner.nation.planning import plan

__all__ = ["Answer", "plan"]
