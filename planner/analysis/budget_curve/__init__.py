"""The budget curve: gaps closed for each total of own funds, and least budgets for given targets."""
