"""The contribution of each partner."""
