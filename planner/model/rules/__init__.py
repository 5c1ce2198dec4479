"""The rules of the model, one file per family: what it means, the maths, and why.

Each file belongs to the entry of its name in planner.domain.rule_families; each function makes the rows of one family.
"""
