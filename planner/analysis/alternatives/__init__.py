"""Other plans that are nearly as good, and the one nearest to an earlier plan."""
