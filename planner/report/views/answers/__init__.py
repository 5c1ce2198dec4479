"""Answers to what-if questions as sections: one file for each kind of answer, listed in `listing`."""
