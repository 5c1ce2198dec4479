"""Whom the bounds of a rule apply to, and to which of these units a programme and a group belong."""

from __future__ import annotations

from collections.abc import Collection

from planner.check.rows import StatedDecisions
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario

Unit = str | None
"""A programme, group, agency or location; None for the whole plan."""


class CheckedUnits:
    """The units of one rule in a plan, in file order: of programmes those that run, and those in `more`."""

    def __init__(
        self, scenario: Scenario, decisions: StatedDecisions, rule: Rule, more: Collection[str | None] = ()
    ) -> None:
        where, key = rule.where, "id" if rule.per in ("programme", "group") else str(rule.per)
        self._rule = rule
        self._of: dict[str, str] = {}
        """The unit of each programme or group."""
        self.all: tuple[Unit, ...] = (None,)
        if rule.per == "programme":
            ran = {p for _g, p, _t in decisions.participants} | {p for p, _t in decisions.classes} | set(more)
            chosen = scenario.programmes if where.programmes is None else scenario.programmes_in(where.programmes)
            self._of = {programme.id: programme.id for programme in chosen if programme.id in ran}
            self.all = tuple(self._of)
        elif rule.per is not None:
            selected = scenario.groups if where.groups is None else scenario.groups_in(where.groups)
            wanted = dict.fromkeys(unit for group in selected if (unit := getattr(group, key)) is not None)
            self._of = {group.id: unit for group in scenario.groups if (unit := getattr(group, key)) in wanted}
            self.all = tuple(wanted)

    def of(self, programme: str | None, group: str | None) -> tuple[Unit, ...]:
        """Return the unit that a programme and a group belong to; empty where they belong to none."""
        if self._rule.per is None:
            return (None,)
        unit = self._of.get((programme if self._rule.per == "programme" else group) or "")
        return () if unit is None else (unit,)
