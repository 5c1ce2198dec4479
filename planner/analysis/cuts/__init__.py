"""The cut-proof list: plans for smaller budgets, each contained in the next larger one."""
