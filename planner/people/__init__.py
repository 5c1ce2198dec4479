"""People: from lists of persons to groups, and from a plan of groups back to names."""
