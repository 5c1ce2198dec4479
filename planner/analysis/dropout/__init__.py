"""The expected result of the plan if partners withdraw, and the plan that loses least."""
