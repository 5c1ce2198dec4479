"""Answers to what-if questions as sections: each kind of answer has a file here, and is listed in `listing`."""
