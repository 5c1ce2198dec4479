"""Forms of a scenario, made from the format itself: every key of it has a field, with its label and its help."""
