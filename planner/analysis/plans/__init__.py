"""What plans have to do with each other: moves, losses, earlier plans, plans nearly as good."""
