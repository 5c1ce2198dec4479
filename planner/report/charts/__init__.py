"""Charts: the layout is computed here, and one template writes any drawing as SVG."""
