"""Who of a plan's participants could be the same people: attendance patterns, or the limit against them."""
