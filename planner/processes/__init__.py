"""Processes that this program starts: how they start fast, communicate and end."""
