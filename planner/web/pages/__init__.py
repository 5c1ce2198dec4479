"""What the workbench answers: one function per page or action; what they show is computed elsewhere."""
