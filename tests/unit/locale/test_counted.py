"""English messages have the singular where they count one thing, also those with several counts."""

from __future__ import annotations

import pickle

import pytest

from planner.locale import _, ngettext, speaking
from planner.locale.counted import CountedMessage, counted

CLASSES = "{classes} classes of '{p}' in {t} need at least {least} people."


@pytest.mark.parametrize(
    ("message", "values", "words"),
    [
        (CLASSES, {"classes": "1", "p": "x", "t": "T", "least": 1},
         "1 class of 'x' in T needs at least 1 person."),
        (CLASSES, {"classes": 2, "p": "x", "t": "T", "least": 10},
         "2 classes of 'x' in T need at least 10 people."),
        ("{seats} free seats go to {people} people.", {"seats": 1, "people": 21}, "1 free seat goes to 21 people."),
        ("{people} people of group '{g}' attend; {gaps} gaps are open.", {"people": 1, "g": "a", "gaps": 1},
         "1 person of group 'a' attends; 1 gap is open."),
        ("for {agencies} agencies, {days} working days", {"agencies": 1, "days": 1}, "for 1 agency, 1 working day"),
        ("{gaps} gaps", {"gaps": "1.0"}, "1.0 gaps"),
        ("{gaps} gaps", {"gaps": "1.5"}, "1.5 gaps"),
        ("at most {most} days", {"most": 0}, "at most 0 days"),
    ],
)  # fmt: skip
def test_one_thing_is_told_as_one(message: str, values: dict[str, object], words: str) -> None:
    assert counted(message).format(**values) == words


def test_a_message_that_counts_nothing_is_left_as_it_is() -> None:
    assert type(counted("'{name}' is defined twice.")) is str


def test_a_value_that_looks_like_a_message_is_not_changed() -> None:
    assert counted("{n} rows of {name}").format(n=1, name="{people} people") == "1 row of {people} people"


def test_a_message_survives_being_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(counted("{n} rows")))
    assert isinstance(sent, CountedMessage)
    assert sent.format(n=1) == "1 row"


def test_messages_of_the_planner_are_counted_in_english_alone() -> None:
    with speaking("en"):
        assert _("{number} points").format(number=1) == "1 point"
        words = ngettext("{count} price of {people} people", "{count} prices of {people} people", 2)
        assert words.format(count=2, people=1) == "2 prices of 1 person"
    with speaking("id"):
        assert _("{number} points").format(number=1) == "1 poin persen"
