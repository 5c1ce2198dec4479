"""Typed view-models, the input of the templates: all words and figures are computed here, templates only place them."""
