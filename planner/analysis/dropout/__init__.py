"""What is left when partners do not come."""
