"""Solving a built model: engines, the search level by level, and the process in which it runs."""
