"""Terms of reference (KAK) and covering letter as views: the agency's own words, and the figures of the plan."""
