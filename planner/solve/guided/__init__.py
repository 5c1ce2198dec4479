"""The search that uses the structure of the problem: a bound from the relaxation, classes on few columns, people
last."""
