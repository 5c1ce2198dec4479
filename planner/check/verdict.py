"""The checker's result: what is broken, and how much slack each rule has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any, Final

from planner.check.words import place_said
from planner.locale import _
from planner.units.said import count_said, decimal_said, rupiah_said

_LONGEST: Final = 60
"""Characters of a value that a sentence shows."""

_LARGEST: Final = 10**300
"""Larger numbers are refused as figures of a plan."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a plan."""

    rule: str
    """Family of the rule that is broken, such as class_size."""
    key: str
    """Which row of the family: ids joined by two underscores, or a place in the plan."""
    sentence: str
    """What is broken, with the values, in the current language."""
    asks: bool = False
    """Whether the limit is a minimum: facts that break such a limit do not relax it."""

    def __str__(self) -> str:
        return f"{place_said(self.rule, self.key)}: {self.sentence}"


Room = tuple[str, tuple[str, ...], Fraction | int, int]
"""What is left of a limit: family and key of its rule, slack as a number of parts, and the parts of one unit."""


@dataclass(frozen=True)
class Verdict:
    """The checker's verdict on one plan."""

    findings: tuple[Finding, ...]
    """Everything that is wrong; empty for a plan that may be shown."""
    rooms: tuple[Room, ...] = ()
    """What is left of every limit."""

    @property
    def passed(self) -> bool:
        """Whether the plan may be shown, stored and exported."""
        return not self.findings

    @cached_property
    def slack(self) -> dict[str, Fraction]:
        """Slack of each inequality, by `family__key`, in the unit of the rule; negative where it is broken."""
        return {"__".join((rule, *key)): Fraction(left) / parts for rule, key, left, parts in self.rooms}


class FindingLog:
    """Collects findings and slack during the check; `verdict` returns them."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._broken: set[tuple[str, str]] = set()
        """Family and key of each finding."""
        self._rooms: list[Room] = []
        self._parts: dict[tuple[str, tuple[str, ...]], Fraction | int] = {}
        """Of limits that are shares of what a plan decides, the part that they limit."""
        self._facts: FindingLog | None = None

    def after(self, facts: FindingLog) -> None:
        """Ignore from here on findings that `facts` has too: upper limits are raised to what happened already."""
        self._facts = facts

    @cached_property
    def _left(self) -> dict[tuple[str, tuple[str, ...]], Fraction]:
        """The slack of each limit of a log that is complete."""
        return {(rule, key): Fraction(left) / parts for rule, key, left, parts in self._rooms}

    def _happened(self, finding: Finding) -> bool:
        """Return whether the facts alone break this too, so that the plan is not to blame."""
        return self._facts is not None and not finding.asks and (finding.rule, finding.key) in self._facts._broken

    def find(self, rule: str, key: tuple[str, ...], sentence: str, **values: object) -> None:
        """Record a finding; `values` fill the placeholders of `sentence`."""
        self._find(Finding(rule, "__".join(key), sentence.format_map(_shown_values(values))))

    def find_asked(self, rule: str, key: tuple[str, ...], sentence: str, **values: object) -> None:
        """Record a finding about a minimum that is not reached."""
        self._find(Finding(rule, "__".join(key), sentence.format_map(_shown_values(values)), asks=True))

    def _find(self, finding: Finding) -> None:
        if not self._happened(finding):
            self._add(finding)

    def _add(self, finding: Finding) -> None:
        self._findings.append(finding)
        self._broken.add((finding.rule, finding.key))

    def room(self, rule: str, key: tuple[str, ...], left: Fraction | int, sentence: str, /, **values: object) -> None:
        """Record the slack `left` of a rule, and a finding where it is below 0; `sentence` describes the violation.

        A limit that facts alone exceed is raised to them: nothing may be added.
        """
        if not self.has_room(rule, key, left):
            self._record(Finding(rule, "__".join(key), sentence.format_map(_shown_values(values))), key, left)

    def room_asked(
        self, rule: str, key: tuple[str, ...], left: Fraction | int, sentence: str, /, **values: object
    ) -> None:
        """Record the same for a minimum, which facts do not relax."""
        if not self.has_room(rule, key, left):
            said = sentence.format_map(_shown_values(values))
            self._record(Finding(rule, "__".join(key), said, asks=True), key, left)

    def has_room(self, rule: str, key: tuple[str, ...], left: Fraction | int, parts: int = 1) -> bool:
        """Return whether `left`, counted in so many parts, is 0 or more, and record it then; otherwise call `room`."""
        if left.numerator < 0:
            return False
        self._rooms.append((rule, key, left, parts))
        return True

    def have_room(self, rule: str, limits: Iterable[tuple[tuple[str, ...], Fraction | int, int]]) -> None:
        """Record the slack of limits of one rule that are known to be kept: (key, slack, parts of one unit)."""
        self._rooms.extend((rule, key, left, parts) for key, left, parts in limits)

    def share_room(
        self,
        rule: str,
        key: tuple[str, ...],
        left: Fraction | int,
        part: Fraction | int,
        sentence: str,
        /,
        **values: object,
    ) -> None:
        """Record the same for a limit that is a share of what the plan decides; `part` is what it limits.

        Where facts alone exceed it, nothing may be added to the part until the share is kept again.
        """
        self._parts[rule, key] = part
        if not self.has_room(rule, key, left):
            self._record(Finding(rule, "__".join(key), sentence.format_map(_shown_values(values))), key, left, part)

    def is_share(self, finding: Finding) -> bool:
        """Return whether a finding is about a share of what the plan decides."""
        return any((rule, "__".join(key)) == (finding.rule, finding.key) for rule, key in self._parts)

    def _record(
        self, finding: Finding, key: tuple[str, ...], left: Fraction | int, part: Fraction | int | None = None
    ) -> None:
        rule = finding.rule
        if self._facts is not None and not finding.asks:
            before = self._facts._left.get((rule, key), Fraction(0))
            if before < 0 and part is not None:
                left = 0 if part <= self._facts._parts[rule, key] else left
            elif before < 0:
                left = min(Fraction(0), left - before)
        self.note(rule, key, left)
        if left < 0:
            self._add(finding)

    def note(self, rule: str, key: tuple[str, ...], left: Fraction | int) -> None:
        """Record the slack of a soft rule, which may be missed."""
        self._rooms.append((rule, key, left, 1))

    def equal(self, rule: str, key: tuple[str, ...], stated: object, exact: Fraction | int) -> None:
        """Check that a figure of the plan is the one computed from its decisions.

        A whole figure (people, rupiah) must be an integer; an exact fraction is stored as the nearest float.
        """
        same = same_integer(stated, exact) if isinstance(exact, int) else same_float(stated, exact)
        if not same:
            written = with_decimals(stated) if stated == exact else None
            sentence = written or _("The plan states {stated}; computed from its decisions it is {exact}.")
            self.find(rule, key, sentence, stated=shown(stated), exact=exact)

    def verdict(self) -> Verdict:
        return Verdict(tuple(self._findings), tuple(self._rooms))


def is_integer(value: object) -> bool:
    """Return whether JSON data is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Return whether JSON data is a number of a size that a float can hold."""
    return (is_integer(value) or isinstance(value, float)) and abs(value) < _LARGEST


def same_integer(stated: object, exact: int) -> bool:
    """Return whether `stated` is the integer `exact`."""
    return is_integer(stated) and stated == exact


def same_float(stated: object, exact: Fraction) -> bool:
    """Return whether `stated` is the float nearest to `exact`."""
    return is_number(stated) and stated == float(exact)


def with_decimals(value: object) -> str | None:
    """Return what is wrong with a whole number that plan.json has as 5.0; None for any other value."""
    if not isinstance(value, float) or not value.is_integer() or abs(value) >= 10**_LONGEST:
        return None
    sentence = _("{stated} is written with decimals; it must be written as a whole number: {exact}.")
    return sentence.format(stated=value, exact=int(value))


def shown(value: Any) -> str:
    """Format `value` for a sentence, cut to a short text."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return _("a number of more than {digits} digits").format(digits=_LONGEST)
    if isinstance(value, list | tuple):
        return _("a list")
    if isinstance(value, dict):
        return _("an object")
    if isinstance(value, float) and isfinite(value):
        value = Fraction(str(value))  # the digits that plan.json has
    text = decimal_said(value) if isinstance(value, Fraction) else str(value)
    if isinstance(value, int | Fraction):
        text = _grouped(text)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f"'{text}'" if isinstance(value, str) else text


def _grouped(text: str) -> str:
    """Return a number with its thousands marked as in the current language: 29.000.000 in Indonesian; a/b unchanged."""
    number = re.fullmatch(r"(-?)(\d{5,})([.,]\d+)?", text)
    if number is None:
        return text
    sign, whole, rest = number.groups(default="")
    return sign + count_said(int(whole)) + rest


def _shown_values(values: dict[str, object]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else shown(value) for name, value in values.items()}


def rupiah(amount: Fraction | int) -> str:
    """Return an amount as budgets print it in the current language: Rp1.250.000."""
    sign = "-" if amount < 0 else ""
    if isinstance(amount, int):
        return f"{sign}{rupiah_said(abs(amount))}"
    whole, rest = divmod(abs(amount), 1)
    return f"{sign}{rupiah_said(int(whole))}" + (f" + {decimal_said(rest)}" if rest else "")
