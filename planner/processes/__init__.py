"""Processes that this program starts: how they start, talk and end, and how they start soon."""
