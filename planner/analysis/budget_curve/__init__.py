"""What each further rupiah of own funds closes, and the least that something needs."""
