"""Quantities as planners write them and as sentences say them: read exactly or refused, and never guessed."""
