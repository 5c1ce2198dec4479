"""What each partner brings."""
