"""Other plans that are nearly best, and the one nearest to an earlier plan."""
