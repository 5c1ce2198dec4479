"""The rules of the model, one file per family: what it means, the maths, and why.

Every family is a function from the parts of a model to its rows.
"""
