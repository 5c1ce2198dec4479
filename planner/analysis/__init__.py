"""What-if questions about a plan; every answer rests on plans that have passed the checker."""
