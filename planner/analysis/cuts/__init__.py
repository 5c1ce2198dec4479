"""Plans for smaller budgets, each contained in the next larger one."""
