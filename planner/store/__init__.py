"""Results on disk: the folder of results, replaced as a whole, and stored plans, read and checked again."""
