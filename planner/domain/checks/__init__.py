"""All that refuses a scenario or warns about it, problem by problem."""
