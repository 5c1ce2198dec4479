"""Relations between plans: changes, losses, earlier plans, nearly best plans."""
