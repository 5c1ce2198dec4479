"""The price of each rule, and the price of a guaranteed coverage (fairness)."""
