"""The effect of each changed input on the difference between two plans."""
