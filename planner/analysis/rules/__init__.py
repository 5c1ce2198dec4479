"""What rules cost, and what it costs to guarantee everybody a coverage."""
