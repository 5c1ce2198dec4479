"""Quantities as planners write them and as sentences show them: read exactly or refused, never guessed."""
