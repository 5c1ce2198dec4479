"""The search that uses the structure of the problem: bound by the relaxation, classes on few columns, people last."""
