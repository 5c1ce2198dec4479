"""Variation of inputs: a grid of values with a plan for each point."""
