"""The smallest changes that make a plan possible for a scenario without one."""
