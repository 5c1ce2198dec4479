"""The product beside general solvers and modelling libraries, on the same models in one run: `make bench-peers`."""
