"""Solving a built model: engines, the levels in turn, and an outcome that has values only when there are any."""
