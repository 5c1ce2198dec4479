"""What is left of the plan where effectiveness, willingness and prices turn out worse than assumed."""
