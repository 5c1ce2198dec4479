"""The planning model: a mixed-integer programme in PuLP. It is built here and solved elsewhere."""
