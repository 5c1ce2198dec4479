"""The proof: what no plan can exceed, confirmed in exact arithmetic.

The scenario is written down once more, in whole numbers, by code that knows neither PuLP nor the planning model; a
solver's word is used for hints alone. What stands here is true whatever any engine says.
"""
