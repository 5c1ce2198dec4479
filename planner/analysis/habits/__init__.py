"""What an office would do by habit with the same money."""
