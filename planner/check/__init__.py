"""The independent checker. It imports the domain alone: neither PuLP, nor the model, nor the plan's own measures."""
