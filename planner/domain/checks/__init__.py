"""Checks that refuse a scenario or warn about it, problem by problem."""
