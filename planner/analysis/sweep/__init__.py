"""What if something is varied: a grid of values, a plan for each point."""
