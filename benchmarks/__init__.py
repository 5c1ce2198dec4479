"""Benchmarks of the product, as ratios within one run: `make bench`. They have no pass or fail."""
