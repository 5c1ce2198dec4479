"""The certificate: the proof of a stored plan as a file that others can check, with a program of their own.

Model and bound are written in the format VIPR from the exact model of `planner.proof`; `verify.py` checks them without
any other part of the planner.
"""
