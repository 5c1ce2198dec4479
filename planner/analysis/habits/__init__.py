"""Comparison of the plan with the usual ways in which offices allocate seats."""
