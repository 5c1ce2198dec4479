"""Variants of a scenario: single changes, scaled amounts, fixed classes."""
