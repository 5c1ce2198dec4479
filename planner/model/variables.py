"""The variables of the model, with their domains and what they mean.

    family        symbol        domain   meaning (all are at least 0)
    participants  x[g,p,t]      integer  people of group g in programme p in period t
    trained       n[g,p]        integer  people of g in p over all periods (where there are several)
    classes       y[p,t]        integer  classes of p held in t
    runs          o[p]          0/1      p runs at all (where something is due once, or several classes are required)
    socialized    s[g]          0/1      g receives socialization
    used          a[f]          0/1      fund f is used (funds with a minimum or an agreement cost)
    free_seats    v[f,profile]  integer  free seats of f among the seats of one cost profile
    paid          z[f,q]        money    paid by f for cost pool q [solver units]
    closed        k[g,c]        real     expected gaps in c closed in g
    full          b[g,c]        0/1      the willing are all trained (only where a rule caps gaps closed)
    missed        m[n,side]     real     by how much soft rule n misses its bound
    worst         u[level]      0..1     coverage of the worst-off bucket

Solver names are short ASCII of our own (x17): user text never reaches a solver.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

import pulp

from planner.model.free_seats import SeatProfile
from planner.model.sets import Seat


@dataclass
class Variables:
    """The variables by family; keys are ids (or pools and profiles) of the scenario."""

    problem: pulp.LpProblem
    prefix: str = field(default="", init=False)
    """What the names of the variables begin with, where several models share a problem."""
    participants: dict[Seat, pulp.LpVariable] = field(default_factory=dict)
    trained: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    classes: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    runs: dict[str, pulp.LpVariable] = field(default_factory=dict)
    socialized: dict[str, pulp.LpVariable] = field(default_factory=dict)
    used: dict[str, pulp.LpVariable] = field(default_factory=dict)
    free_seats: dict[tuple[str, SeatProfile], pulp.LpVariable] = field(default_factory=dict)
    paid: dict[tuple[str, int], pulp.LpVariable] = field(default_factory=dict)
    closed: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    full: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    missed: dict[tuple[int, str], pulp.LpVariable] = field(default_factory=dict)
    worst: dict[int, pulp.LpVariable] = field(default_factory=dict)

    def add[K: Hashable](
        self,
        family: dict[K, pulp.LpVariable],
        letter: str,
        key: K,
        most: float | None,
        kind: Literal["Integer", "Continuous"] = "Integer",
    ) -> pulp.LpVariable:
        """A new variable of `family` in [0, most], named prefix + letter + number."""
        family[key] = variable = self.problem.add_variable(f"{self.prefix}{letter}{len(family)}", 0, most, kind)
        return variable

    def families(self) -> dict[str, dict[Hashable, pulp.LpVariable]]:
        """All variables by family and key."""
        names = ("participants", "trained", "classes", "runs", "socialized", "used", "free_seats")
        return {name: getattr(self, name) for name in (*names, "paid", "closed", "full", "missed", "worst")}
