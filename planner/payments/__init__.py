"""One home for money: what is due, in pools of cells that are paid alike, on which conditions, and who pays it."""
