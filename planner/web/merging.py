"""Two texts that come from one, brought together by lines: each change as it is where no other touches its lines.

Python's difflib finds what each has changed. A library of its own for this (merge3) may not be used here: it is under
the GPL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

type _Change = tuple[int, int, tuple[str, ...]]
"""Lines of the common text, from and up to, and what stands in their place."""


@dataclass(frozen=True)
class Overlap:
    """Lines that both have changed, each in a way of its own."""

    line: int
    """Where they begin in the common text, from 1."""
    before: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """Two texts brought together: lines that are settled, and between them those that both have changed."""

    parts: tuple[tuple[str, ...] | Overlap, ...]
    end: str
    """What lines end in."""

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """What has to be chosen, in the order of the text."""
        return tuple(part for part in self.parts if isinstance(part, Overlap))

    def text(self, theirs: Collection[int] = ()) -> str:
        """Return the text with both changes; of the overlaps that `theirs` numbers, from 0, with the others' lines."""
        lines, number = list[str](), 0
        for part in self.parts:
            if isinstance(part, Overlap):
                lines += part.theirs if number in theirs else part.mine
                number += 1
            else:
                lines += part
        return self.end.join(lines)


def merged(before: str, mine: str, theirs: str) -> Merged:
    """Bring two texts together that both come from `before`; lines end as those of `theirs` do."""
    common, own, others = (_lines(text) for text in (before, mine, theirs))
    parts, at = list[tuple[str, ...] | Overlap](), 0
    for low, high, of_own, of_others in _together(_changes(common, own), _changes(common, others)):
        if low > at:
            parts.append(tuple(common[at:low]))
        ours, the_other = (_changed(common, low, high, some) for some in (of_own, of_others))
        if not of_others or ours == the_other:
            parts.append(ours)
        elif not of_own:
            parts.append(the_other)
        else:
            parts.append(Overlap(low + 1, tuple(common[low:high]), ours, the_other))
        at = high
    parts.append(tuple(common[at:]))
    return Merged(tuple(parts), "\r\n" if "\r\n" in theirs else "\n")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[_Change]:
    """Yield what has changed, line by line where as many lines stand in place of some."""
    for kind, low, high, begin, end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "replace" and high - low == end - begin:
            yield from ((low + at, low + at + 1, (after[begin + at],)) for at in range(high - low))
        elif kind != "equal":
            yield low, high, tuple(after[begin:end])


def _together(
    own: Iterator[_Change], others: Iterator[_Change]
) -> Iterator[tuple[int, int, list[_Change], list[_Change]]]:
    """Yield the stretches of the common text that do not touch each other, with the changes of each side in them."""
    waiting = sorted([(change, 0) for change in own] + [(change, 1) for change in others], key=lambda each: each[0][:2])
    while waiting:
        (change, side), *waiting = waiting
        low, high = change[:2]
        found: tuple[list[_Change], list[_Change]] = ([], [])
        found[side].append(change)
        while waiting and _touch(low, high, waiting[0][0]):
            (change, side), *waiting = waiting
            high = max(high, change[1])
            found[side].append(change)
        yield low, high, *found


def _touch(low: int, high: int, change: _Change) -> bool:
    """Return whether a later change is about the same lines, or puts lines into the same place."""
    return change[0] < high or change[:2] == (low, high)


def _changed(common: Sequence[str], low: int, high: int, changes: Sequence[_Change]) -> tuple[str, ...]:
    """Return the lines of a stretch with the changes of one side."""
    lines, at = list[str](), low
    for begin, end, instead in changes:
        lines += common[at:begin]
        lines += instead
        at = end
    return (*lines, *common[at:high])
