"""`amended`: the text of a scenario file made to say something else, by the smallest edits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from planner.locale import N_, _
from planner.scenario_io.amending import fresh
from planner.scenario_io.amending.pairs import pairs
from planner.scenario_io.amending.scalars_in_place import replacement
from planner.scenario_io.amending.spans import BLOCK, LITERAL, TextSpan, spans_of
from planner.scenario_io.documents import WRITTEN
from planner.scenario_io.problems import Problems, Refused
from planner.scenario_io.tree import Bare, plain
from planner.scenario_io.yaml_tree import read_tree

_SAME_TWICE: Final = N_("This file cannot be changed by forms as it is; correct it as YAML text first.")
LAYOUT: Final = N_("This change cannot be made without touching other lines of the file; make it in the YAML text.")


class CannotAmend(Exception):
    """The change cannot be made safely; the message says so, and nothing was changed."""


def data_of(text: str) -> dict[str, Bare]:
    """Return what a text says, as plain data; UNREADABLE where a value is refused. Raises CannotAmend.

    A text with a key twice, or with anything else that plain data cannot hold, is not taken.
    """
    problems = Problems()
    try:
        tree = read_tree(text.removeprefix("\ufeff"), "", problems, WRITTEN.values)
    except Refused as refused:
        raise CannotAmend(refused.problem.message) from None
    data = None if tree is None else plain(tree)
    if not isinstance(data, dict):
        raise CannotAmend(_(_SAME_TWICE).format())
    return data


def amended(text: str, wanted: dict[str, Bare]) -> str:
    """Edit `text` as little as possible so that it says `wanted`; unchanged parts stay the same to the byte.

    What was read back must be exactly `wanted`, or CannotAmend is raised; no layout of YAML can make it damage a file.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    data, span = data_of(text), spans_of(text)
    assert span is not None
    if same(data, wanted):
        return mark + text
    edits = _Edits(text)
    edits.change(span, data, wanted, 0, in_brackets=False)
    made = edits.applied()
    if not same(data_of(made), wanted):
        raise CannotAmend(_(LAYOUT).format())
    return mark + made


def same(one: Bare, other: Bare) -> bool:
    """Return whether two values are the same, types included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


class _Edits:
    """The edits of one text, each (start, end, new text); deeper ones are noted first."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = re.search("\r\n|\n|\r", text)
        self.newline = found[0] if found else "\n"
        self.made: list[tuple[int, int, str]] = []

    def applied(self) -> str:
        """Return the text with all edits; raises CannotAmend where two touch the same characters."""
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(map(self._outside, self.made), key=lambda edit: edit[:2]):
            if start < at:
                raise CannotAmend(_(LAYOUT).format())
            parts += (self.text[at:start], new)
            at = end
        return "".join((*parts, self.text[at:]))

    def _outside(self, edit: tuple[int, int, str]) -> tuple[int, int, str]:
        """Return the edit, moved where its new lines would follow a line that is taken out: behind the last line before
        it that stays."""
        at, end, new = edit
        while at == end and new.startswith(self.newline):
            n = bisect_left(self._dropped, (at,)) - 1
            if n < 0 or self._dropped[n][1] <= at:
                break
            at = end = self._dropped[n][0] - len(self.newline)
        return at, end, new

    @cached_property
    def _dropped(self) -> list[tuple[int, int]]:
        """Lines that are taken out, in the order of the text."""
        return sorted((start, end) for start, end, new in self.made if not new and start < end)

    def change(self, span: TextSpan, old: Bare, new: Bare, column: int, *, in_brackets: bool) -> None:
        """Make the value at `span` say `new`; a collection in its place may stand in lines from `column` on."""
        if same(old, new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and old.keys() & new.keys():
            self._mapping(span, old, new, in_brackets=in_brackets)
        elif isinstance(old, list) and isinstance(new, list):
            found = list(pairs(old, new))
            if any(i is not None and j is not None for i, j in found):
                self._list(span, old, new, found, in_brackets=in_brackets)
            else:
                self._replace(span, new, column, in_brackets=in_brackets)
        else:
            self._replace(span, new, column, in_brackets=in_brackets)

    # what stands in brackets

    def _drop_in_brackets(self, places: Sequence[tuple[int, int]], gone: Sequence[int], kept: Sequence[int]) -> None:
        """Take entries out, each with a comma; a comment behind the comma before stays."""
        for i in gone:
            start, end = places[i]
            follows = places[i + 1][0] if i + 1 < len(places) else None
            if i > 0 and kept[0] < i and "#" not in self.text[places[i - 1][1] : start]:
                self.made.append((places[i - 1][1], end, ""))
            elif follows is not None:
                self.made.append((start, follows, ""))
            else:
                self.made.append((start, end, ""))

    def _put_in_brackets(self, places: Sequence[tuple[int, int]], after: int | None, first: int, new: str) -> None:
        if after is not None:
            self.made.append((places[after][1], places[after][1], f", {new}"))
        else:
            self.made.append((places[first][0], places[first][0], f"{new}, "))

    # mappings

    def _mapping(self, span: TextSpan, old: dict[str, Bare], new: dict[str, Bare], *, in_brackets: bool) -> None:
        if len(span.keys) != len(old):
            raise CannotAmend(_(_SAME_TWICE).format())
        number = {key: i for i, key in enumerate(old)}
        kept = [i for key, i in number.items() if key in new]
        gone = [i for key, i in number.items() if key not in new]
        places = [(key.start, max(key.end, value.end)) for key, value in zip(span.keys, span.items, strict=True)]
        column = self._column(span.keys[0].start)
        within = in_brackets or span.in_brackets
        for key, i in number.items():
            if key in new:
                self.change(span.items[i], old[key], new[key], column + 2, in_brackets=within)
        (self._drop_in_brackets if span.in_brackets else self._drop_lines)(places, gone, kept)
        after: int | None = None
        for key, value in new.items():
            if key in number:
                after = number[key]
            elif span.in_brackets:
                said = f"{fresh.key(key, in_brackets=True)}: {fresh.inline(value)}"
                self._put_in_brackets(places, after, kept[0], said)
            else:
                self._put_lines(places, after, kept[0], fresh.lines({key: value}, column), column)

    def _drop_lines(self, places: Sequence[tuple[int, int]], gone: Sequence[int], kept: Sequence[int]) -> None:
        """Take entries out with their lines; those that begin behind a dash leave it to the first that stays."""
        if gone and gone[0] == 0 and not self._begins_line(places[0][0]):
            first = kept[0]
            end, following = places[first - 1][1], places[first][0]
            self.made.append((places[0][0], end if "#" in self.text[end:following] else following, ""))
            gone = [i for i in gone if i > first]
        self.made.extend((self._line_start(places[i][0]), self._next_line(places[i][1]), "") for i in gone)

    def _put_lines(
        self, places: Sequence[tuple[int, int]], after: int | None, first: int, new: Sequence[str], column: int
    ) -> None:
        """Put lines behind the entry `after`, else before the entry `first`."""
        margin = self.newline + " " * column
        if after is not None:
            at = self._line_end(places[after][1])
            self.made.append((at, at, margin + margin.join(new)))
        else:
            at = places[first][0]
            self.made.append((at, at, margin.join(new) + margin))

    # lists

    def _list(
        self,
        span: TextSpan,
        old: list[Bare],
        new: list[Bare],
        found: Sequence[tuple[int | None, int | None]],
        *,
        in_brackets: bool,
    ) -> None:
        brackets = span.in_brackets
        dashes = [item.start for item in span.items] if brackets else self._dashes(span)
        places = [(dash, max(dash + 1, item.end)) for dash, item in zip(dashes, span.items, strict=True)]
        column = self._column(dashes[0])
        kept = [i for i, j in found if i is not None and j is not None]
        for i, j in found:
            if i is not None and j is not None:
                self.change(span.items[i], old[i], new[j], column + 2, in_brackets=in_brackets or brackets)
        gone = [i for i, j in found if i is not None and j is None]
        (self._drop_in_brackets if brackets else self._drop_lines)(places, gone, kept)
        like = span.items[kept[0]].style not in BLOCK
        after: int | None = None
        for i, j in found:
            if i is not None and j is not None:
                after = i
            elif j is not None and brackets:
                self._put_in_brackets(places, after, kept[0], fresh.inline(new[j]))
            elif j is not None:
                self._put_lines(places, after, kept[0], fresh.item(new[j], column, in_brackets=like), column)

    def _dashes(self, span: TextSpan) -> list[int]:
        """Return where the dash of each item of a list in lines stands."""
        found = [span.start]
        for before in span.items[:-1]:
            at = self._next_line(before.end)
            while at < len(self.text):
                line = self.text[at : self._line_end(at)]
                if line.strip() and not line.lstrip().startswith("#"):
                    at += len(line) - len(line.lstrip())
                    break
                at = self._next_line(at)
            found.append(at)
        if any(self.text[at : at + 1] != "-" for at in found):
            raise CannotAmend(_(LAYOUT).format())
        return found

    # whole values

    def _replace(self, span: TextSpan, new: Bare, column: int, *, in_brackets: bool) -> None:
        """Write a whole value anew, on the line where it was or in lines of its own."""
        text, start = self.text, span.start
        lead = ""
        if start == span.end:  # nothing was written: behind the colon
            lead = "" if text[start - 1 : start].isspace() else " "
        elif span.style in BLOCK:  # what stood as far left as its key may stand there only as a list
            lead = " " * max(0, column - self._column(start))
        records = isinstance(new, list) and any(isinstance(each, dict) for each in new)
        if not isinstance(new, dict | list):
            said = replacement(text, span, new, in_brackets=in_brackets, newline=self.newline)
        else:
            said = fresh.inline(new)
            wide = self._column(start) + len(said) > fresh.WIDEST
            if new and not in_brackets and (wide or records or span.style in BLOCK):
                self._replace_by_lines(span, fresh.lines(new, column), column, lead)
                return
        self.made.append((start, span.end, lead + said))

    def _replace_by_lines(self, span: TextSpan, lines: Sequence[str], column: int, lead: str) -> None:
        margin = self.newline + " " * column
        if span.style in LITERAL:
            raise CannotAmend(_(LAYOUT).format())
        if span.style in BLOCK:
            margin = self.newline + " " * (self._column(span.start) + len(lead))
            self.made.append((span.start, span.end, lead + margin.join(lines)))
        else:
            at = self._line_end(span.end)
            self.made += [(span.start, span.end, ""), (at, at, margin + margin.join(lines))]

    # lines of the text

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        found = re.compile("\r|\n").search(self.text, at)
        return found.start() if found else len(self.text)

    def _next_line(self, at: int) -> int:
        found = re.compile("\r\n|\r|\n").search(self.text, at)
        return found.end() if found else len(self.text)

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _begins_line(self, at: int) -> bool:
        return not self.text[self._line_start(at) : at].strip()
