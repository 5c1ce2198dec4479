"""Changes of the table, in their order."""
