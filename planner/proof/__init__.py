"""The proof: bounds on every plan, confirmed in exact arithmetic.

The scenario is formulated a second time, in whole numbers, by code that imports neither PuLP nor the planning model.
Solvers only give hints; the results hold whatever a solver answers.
"""
