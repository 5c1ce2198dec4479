"""Makes the certificate of a plan: its exact model, the plan as a point of it, and a bound with its derivation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from planner.certificate.known_search import KnownSearch
from planner.certificate.plan_point import PlanFigures, plan_point, value_at
from planner.certificate.tree_lines import TreeLines
from planner.certificate.vipr import Definition, Derivation, VarsAndRows, solution
from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.money_rows import spent
from planner.proof.preparation import maximised

ROUNDS: Final = 12
"""Most rounds of cuts."""

WORK: Final = 6_000_000
"""Most nodes of the search, times coefficients of the model."""

MOST_NODES: Final = 3_000
DECIMALS: Final = 10**9
"""Bounds are stated in multiples of 1 / DECIMALS, rounded away from the plan."""

VERSION: Final = 1


@dataclass(frozen=True)
class Certificate:
    """A certificate as text, and what it proves of a level."""

    text: str
    value: Fraction
    bound: Fraction
    nodes: int

    @property
    def open(self) -> Fraction:
        """By how much another plan might be better."""
        return abs(self.bound - self.value)


def certify(
    scenario: Scenario, plan: PlanFigures, number: int, aim: Fraction, identity: dict[str, str], effort: float = 1.0
) -> Certificate:
    """The certificate of level `number`, the levels above held at what the plan reaches.

    The search ends where the bound is no further than `aim`, or after as many nodes as size and `effort` allow.
    """
    formulation = formulate(scenario)
    c, model = formulation.columns, formulation.model
    maximise = formulation.maximises(number)
    sign = 1 if maximise else -1
    goal = maximised(formulation, number)
    plain_point = plan_point(c, plan, goal)
    for above in range(number):
        model.about = "held", formulation.levels[above].goal
        reached = value_at(formulation.goals[above], plain_point)
        low = reached if formulation.maximises(above) else None
        model.row(formulation.goals[above], low=low, high=reached if low is None else None)
    value = value_at(formulation.goals[number], plain_point)
    search = KnownSearch(model, goal, lambda _: None, best=sign * aim)
    nodes = min(effort * MOST_NODES, effort * WORK / max(1, model.size[2]))
    if search.root(rounds=ROUNDS) is not None:
        search.run(nodes=int(nodes))
    definitions = [
        Definition(f"value[{formulation.levels[number].goal}]", formulation.goals[number]),
        *(Definition(f"spent[{fund.id}]", spent(c, fund)) for fund in scenario.funds),
    ]
    file = VarsAndRows(c, model, definitions)
    tree = TreeLines(search, file.rows, file.definitions[0], goal, sign)
    line, derivation = tree.last(), Derivation(len(file.lines))
    proven = sign * Fraction(ceil(Fraction(line.side, tree.scale) * DECIMALS), DECIMALS)
    derivation.conclude(len(model.upper), line, Fraction(sign, tree.scale), upper=maximise, bound=proven)
    point = [*plain_point, *(value_at(each.terms, plain_point) for each in definitions)]
    lowest, highest = (value, proven) if maximise else (proven, value)
    lines = [
        "VER 1.0",
        *file.text(),
        f"OBJ {'max' if maximise else 'min'}",
        f"1 {len(model.upper)} 1",
        f"CON {len(file.lines)} {file.bounds}",
        *file.lines,
        f"RTP range {lowest} {highest}",
        "SOL 1",
        solution(point),
        f"DER {len(derivation.lines)}",
        *derivation.lines,
    ]
    header = {"level": str(number), **identity}
    return Certificate(_sealed(header, "\n".join(lines) + "\n"), value, proven, search.nodes)


def _sealed(header: dict[str, str], body: str) -> str:
    """The body under what identifies it, and the SHA-256 of both."""
    content = "".join(f"% {key} {value}\n" for key, value in header.items()) + body
    return f"% planner-certificate {VERSION} {hashlib.sha256(content.encode()).hexdigest()}\n{content}"
