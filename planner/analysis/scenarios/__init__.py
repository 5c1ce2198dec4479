"""Scenarios that differ from a given one: varied, scaled, or with classes fixed."""
