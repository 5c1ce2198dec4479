"""Benchmarks of the product, which have no pass or fail.

`make bench`: ratios within one run. `make bench-peers`: beside other solvers and modelling libraries (`peers/`).
`make bench-growth`: what each step costs by the number of groups (`growth/`). The latter two write to `results/`.
"""
