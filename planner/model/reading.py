"""Reading a solver's point: from a vector of values to decisions in whole people and classes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.domain.decisions import Decisions
from planner.domain.one_off import FirstUses, OneOff
from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.model.build import Model
from planner.model.free_seats import SeatProfile
from planner.model.sets import Seat
from planner.model.variables import DECISION_FAMILIES

INTEGER_TOLERANCE: Final = 1e-5
"""Largest distance of a value from a whole number; beyond it the point is refused."""


class NotWhole(ArithmeticError):
    """A solver gave a fraction for an integer variable."""


class Reader:
    """Reads points of one model: a value per variable of its problem, by the variable's id."""

    def __init__(self, model: Model) -> None:
        self.model = model
        columns: list[tuple[str, Hashable] | None] = [None] * len(model.problem.variables())
        for family, members in model.variables.numbers.items():
            for key, number in members.items():
                columns[number] = family, key
        self._columns = columns
        whole = [n for n, c in enumerate(columns) if c is not None and c[0] in DECISION_FAMILIES]
        self._whole = np.array(whole, dtype=np.int64)

    def decisions(self, point: Sequence[float] | NDArray[np.float64]) -> Decisions:
        """Return the decisions at `point`; NotWhole where an integer variable is not near an integer."""
        values = np.asarray(point, dtype=np.float64)[self._whole]
        if not np.all(np.isfinite(values)):
            raise NotWhole("a variable is not a number")
        rounded = np.rint(values)
        if not np.all(np.abs(values - rounded) <= INTEGER_TOLERANCE):
            worst = float(np.max(np.abs(values - rounded)))
            raise NotWhole(f"a variable is {worst} away from a whole number")
        if np.any(rounded < 0):
            raise NotWhole(f"a variable is {float(np.min(rounded)):.0f}, and none is below 0")
        found: dict[str, dict[Any, int]] = {}  # by variable family, whose keys have types of their own
        for position in np.flatnonzero(rounded):
            column = self._columns[self._whole[position]]
            assert column is not None
            found.setdefault(column[0], {})[column[1]] = int(rounded[position])
        facts = self.model.scenario.facts  # variables in no row have no value
        participants: dict[Seat, int] = {**found.get("participants", {}), **facts.participants}
        given = self._deal(participants, found.get("free_seats", {}))
        return Decisions(
            participants=participants,
            classes={**found.get("classes", {}), **facts.classes},
            socialized=frozenset(found.get("socialized", {})) | facts.socialized,
            seats={**facts.seats, **given},
            used=frozenset(found.get("used", {})),
            due=dict(found.get("due", {}).keys()),
        )

    def start(self, decisions: Decisions) -> NDArray[np.float64]:
        """Return the values of the integer variables for `decisions`, by variable; NaN for all others.

        Decisions may be those of a similar scenario with other groups, programmes and periods: what has no variable
        here is left out, and what exceeds a variable's bound is lowered to it.
        """
        decisions = _known(self.model.scenario, decisions)
        values = np.full(len(self._columns), np.nan)
        trained: dict[tuple[str, str], int] = {}
        runs = {programme: 1 for _, programme, _ in decisions.participants}
        for (group, programme, _), people in decisions.participants.items():
            trained[group, programme] = trained.get((group, programme), 0) + people
        first = FirstUses(self.model.scenario, decisions)
        due = {one_off: decisions.due.get(one_off) or first.of(one_off) for one_off in self.model.parts.due}
        scenario, in_period = self.model.scenario, dict[tuple[str, str], int]()
        for programme, start in {(p, t) for _, p, t in decisions.participants}:
            in_period |= {(programme, t): 1 for t in run_of(scenario, scenario.programme[programme], start)}
        free: dict[Hashable, int] = {}
        for (fund, programme, group, period), seats in decisions.seats.items():
            profile = self.model.parts.profiles.get((group, programme, period))
            free[fund, profile] = free.get((fund, profile), 0) + seats
        wanted: dict[str, Mapping[Any, int]] = {
            "participants": decisions.participants,
            "trained": trained,
            "classes": decisions.classes,
            "runs": runs,
            "in_period": in_period,
            "present": dict.fromkeys(decisions.participants, 1),
            "socialized": dict.fromkeys(decisions.socialized, 1),
            "used": dict.fromkeys(decisions.used, 1),
            "due": {(one_off, period): int(self._used(one_off, decisions)) for one_off, period in due.items()},
            "free_seats": free,
        }
        families, numbers = self.model.variables.families(), self.model.variables.numbers
        for family, values_of in wanted.items():
            for key, variable in families[family].items():
                most, least = variable.upBound, variable.lowBound or 0
                value = max(values_of.get(key, 0), least)
                values[numbers[family][key]] = value if most is None else min(value, most)
        return values

    def _used(self, one_off: OneOff, decisions: Decisions) -> bool:
        """Return whether the decisions use what the cost pays for."""
        if one_off.programme is not None:
            return any(programme == one_off.programme for _, programme, _ in decisions.participants)
        return one_off.group in decisions.socialized or one_off.fund in decisions.used

    def _deal(
        self, participants: dict[Seat, int], free_seats: dict[tuple[str, SeatProfile], int]
    ) -> dict[tuple[str, str, str, str], int]:
        """Assign free seats to groups and periods in file order, each seat once."""
        seats: dict[tuple[str, str, str, str], int] = {}
        left = dict(participants)
        takers: dict[SeatProfile, list[Seat]] = {}
        wanted = {profile for _, profile in free_seats}
        for seat in participants if wanted else ():
            profile = self.model.parts.profiles.get(seat)
            if profile is not None and profile in wanted:
                takers.setdefault(profile, []).append(seat)
        for (fund, profile), number in free_seats.items():
            for seat in takers.get(profile, ()):
                given = min(number, left[seat])
                if given:
                    group, programme, period = seat
                    seats[fund, programme, group, period] = given
                    left[seat] -= given
                    number -= given
        return seats


def _known(scenario: Scenario, decisions: Decisions) -> Decisions:
    """Return the part of `decisions` about groups, programmes and periods of `scenario`."""
    programmes, periods = scenario.programme, scenario.place_of_period

    def seat_known(group: str, programme: str, period: str) -> bool:
        return group in scenario.group and programme in programmes and period in periods

    return replace(
        decisions,
        participants={seat: people for seat, people in decisions.participants.items() if seat_known(*seat)},
        classes={held: n for held, n in decisions.classes.items() if held[0] in programmes and held[1] in periods},
        seats={seat: people for seat, people in decisions.seats.items() if seat_known(seat[2], seat[1], seat[3])},
        due={one_off: period for one_off, period in decisions.due.items() if period in periods},
    )
