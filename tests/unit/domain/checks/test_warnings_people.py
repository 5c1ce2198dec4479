"""What is said of people who were joined to mixed groups."""

from __future__ import annotations

import pytest

from planner.domain.checks.warnings_people import people_sentences
from planner.domain.people import PeopleRead
from planner.locale import speaking


@pytest.mark.parametrize(("groups", "words"), [(1, "joined to 1 mixed group: "), (2, "joined to 2 mixed groups: ")])
def test_mixed_groups_are_counted_in_words(groups: int, words: str) -> None:
    read = PeopleRead(people=40, groups=3, profiles=9, mixed_groups=groups, mixed_people=7)
    with speaking("en"):
        (sentence,) = people_sentences(read)
    assert words in sentence
