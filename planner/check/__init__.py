"""The independent checker. It imports the domain alone: neither PuLP, nor the model, nor the plan's own measures."""

from planner.check.checker import check_plan
from planner.check.verdict import Finding, Verdict

__all__ = ["Finding", "Verdict", "check_plan"]
