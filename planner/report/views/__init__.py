"""Typed view-models: what each template is given. Templates compute nothing; all words and figures are made here."""
