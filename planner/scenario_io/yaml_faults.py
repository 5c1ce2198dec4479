"""Errors of the YAML parser, translated into words of a planner."""

from __future__ import annotations

import re
from typing import Final

import yaml

from planner.errors import Problem
from planner.locale import N_, _
from planner.scenario_io.problems import located
from planner.scenario_io.tree import Place

_WORDS: Final = (
    (
        "mapping values are not allowed",
        N_("a ':' stands where none can."),
        N_("Check the indentation, and put text that contains ': ' in quotes."),
    ),
    (
        "found character that cannot start any token",
        N_("no value can begin with this character."),
        N_("Put the text in quotes; indent with spaces, not tabs."),
    ),
    (
        "found a tab character",
        N_("the line is indented with a tab."),
        N_("Indent with spaces."),
    ),
    (
        "could not find expected ':'",
        N_("a key without ':' ends here."),
        N_("Write 'key: value', with a space after the colon."),
    ),
    (
        "did not find expected ',' or ']'",
        N_("a list opened with '[' is not closed, or a comma is missing."),
        N_("Close it with ']'."),
    ),
    (
        "did not find expected ',' or '}'",
        N_("a mapping opened with '{' is not closed, or a comma is missing."),
        N_("Close it with '}'."),
    ),
    (
        "did not find expected '-' indicator",
        N_("the list is indented unevenly here."),
        N_("Give each '-' of the list the same indentation."),
    ),
    (
        "did not find expected key",
        N_("the indentation does not fit here, or a bracket or quote is not closed before."),
        N_("Give the keys of one mapping the same indentation."),
    ),
    (
        "did not find expected node content",
        N_("a value is expected here."),
        N_("Check the brackets and commas."),
    ),
    (
        "found unexpected end of stream",
        N_("the file ends inside a quoted text."),
        N_("Close the quote."),
    ),
    (
        "found unexpected document indicator",
        N_("a '---' or '...' stands inside a quoted text."),
        N_("Close the quote."),
    ),
    (
        "found unknown escape character",
        N_("a backslash in double quotes begins no known sign."),
        N_("Use single quotes for text with backslashes."),
    ),
    (
        "block sequence entries are not allowed",
        N_("a '-' stands where no list can begin."),
        N_("Begin the list on a new line below its key."),
    ),
    (
        "found undefined tag handle",
        N_("a tag is not allowed."),
        N_("Remove the '!', or put the text in quotes."),
    ),
    (
        "did not find expected <document start>",
        N_("something stands after the end of the document, or outside its brackets."),
        N_("Check the brackets and the indentation; a file is one mapping of keys."),
    ),
    (
        "control characters are not allowed",
        N_("an invisible control character is not allowed here."),
        N_("Remove it."),
    ),
)


def explained(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Return the parser's error as a problem with its line and column."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    lines = re.split("\r\n|\r|\n", text)
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    for pattern, message, remedy in _WORDS:
        if pattern in said:
            if "\t" in line[: len(line) - len(line.lstrip())]:
                return located(place, _("the line is indented with a tab."), _("Indent with spaces."))
            words = _(message)
            if mark and context and context.line != mark.line:
                words += " " + _("It began in line {line}.").format(line=context.line + 1)
            return located(place, words, _(remedy))
    return located(place, _("this is not YAML."), _("Check this line and the one before."))
