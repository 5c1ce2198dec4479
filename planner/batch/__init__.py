"""Batches of plans: points solved in worker processes or on a cluster, a cache of results, plans reused between
points."""
