"""Accounts of an office: Django's users, and for which agencies each has which role."""
