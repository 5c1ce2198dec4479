"""Makes the certificate of a plan: its exact model, the plan as a point of it, and a bound with its derivation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from planner.certificate.known_search import KnownSearch
from planner.certificate.lines import Line
from planner.certificate.plan_point import NODES, PlanToPlace, plan_point, value_at
from planner.certificate.tree_lines import TreeLines
from planner.certificate.vipr import DefinedColumn, Derivation, VarsAndRows, solution
from planner.certificate.words import name
from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.money_rows import spent
from planner.proof.preparation import maximised

ROUNDS: Final = 12
"""Most rounds of cuts."""

WORK: Final = 6_000_000
"""Most nodes of the search, times coefficients of the model."""

MOST_NODES: Final = 3_000
TRIES: Final = ((ROUNDS, 1), (0, 4), (ROUNDS, 16))
"""Rounds of cuts and share of the nodes of successive searches, until one proves the bound."""

DECIMALS: Final = 10**9
"""Bounds are stated in multiples of 1 / DECIMALS, rounded away from the plan."""

VERSION: Final = 1
BEGINNING: Final = "VER 1.0\n"


@dataclass(frozen=True)
class Certificate:
    """A certificate as text, and what it proves of a level."""

    text: str
    value: Fraction
    bound: Fraction
    nodes: int
    reached: bool
    """Whether the bound is as close as was asked for."""

    @property
    def open(self) -> Fraction:
        """By how much another plan might be better."""
        return abs(self.bound - self.value)


class CertifiedModel:
    """The model of one level of a scenario as a certificate lists it: columns, objective and rows.

    `held` are the values of the levels above, which other plans are to reach too.
    """

    def __init__(self, scenario: Scenario, number: int, held: Sequence[Fraction]) -> None:
        self.formulation = formulate(scenario)
        self.columns, self.model = self.formulation.columns, self.formulation.model
        self.maximise, goals = self.formulation.maximises(number), self.formulation.goals
        self.goal = maximised(self.formulation, number)
        for above, value in enumerate(held[:number]):
            self.model.about = "held", self.formulation.levels[above].goal
            low = value if self.formulation.maximises(above) else None
            self.model.row(goals[above], low=low, high=value if low is None else None)
        self.definitions = [
            DefinedColumn(f"value[{self.formulation.levels[number].goal}]", goals[number]),
            *(DefinedColumn(name("spent", fund.id), spent(self.columns, fund)) for fund in scenario.funds),
        ]
        self.file = VarsAndRows(self.columns, self.model, self.definitions)

    @property
    def text(self) -> str:
        """The sections from VAR to CON."""
        lines = [
            *self.file.text(),
            f"OBJ {'max' if self.maximise else 'min'}",
            f"1 {len(self.model.upper)} 1",
            f"CON {len(self.file.lines)} {self.file.bounds}",
            *self.file.lines,
        ]
        return "\n".join(lines) + "\n"


def certify(
    scenario: Scenario,
    plan: PlanToPlace,
    number: int,
    held: Sequence[Fraction],
    aim: Fraction,
    identity: Mapping[str, str],
    effort: float = 1.0,
    tries: int = 1,
) -> Certificate:
    """Return the certificate of level `number`, with the levels above `held` at the values of the plan.

    The search ends where the bound is no further than `aim`, or after as many nodes as size and `effort` allow; then
    others follow, up to `tries` in all. Raises NoPoint where the plan is not a point of the model.
    """
    made = CertifiedModel(scenario, number, held)
    model, sign = made.model, 1 if made.maximise else -1
    point = plan_point(made.columns, plan, made.goal, round(NODES * max(1.0, effort)))
    point += [value_at(each.terms, point) for each in made.definitions]
    value = Fraction(point[len(model.upper)])
    proven = _proven(made, sign, aim, effort * min(MOST_NODES, WORK / max(1, model.size[2])), tries)
    derivation, bound = Derivation(len(made.file.lines)), sign * Fraction(ceil(proven.side * DECIMALS), DECIMALS)
    derivation.conclude(len(model.upper), proven.line, Fraction(sign, proven.scale), upper=made.maximise, bound=bound)
    lowest, highest = (value, bound) if made.maximise else (bound, value)
    proof = [f"RTP range {lowest} {highest}", "SOL 1", solution(point), f"DER {len(derivation.lines)}"]
    body = f"{BEGINNING}{made.text}" + "\n".join([*proof, *derivation.lines]) + "\n"
    return Certificate(_sealed({"level": str(number), **identity}, body), value, bound, proven.nodes, proven.reached)


@dataclass(frozen=True)
class ProvenLine:
    """The line that bounds a level, in units of 1 / scale, and the nodes that it took."""

    line: Line
    scale: int
    nodes: int
    reached: bool

    @property
    def side(self) -> Fraction:
        """The bound, with the sign with which more is better."""
        return Fraction(self.line.side, self.scale)


def _proven(made: CertifiedModel, sign: int, aim: Fraction, nodes: float, tries: int) -> ProvenLine:
    """Search until a line bounds the level no further than `aim`; otherwise return the best line of all tries."""
    found: list[ProvenLine] = []
    for rounds, further in TRIES[:tries]:
        search = KnownSearch(made.model, made.goal, lambda _: None, best=sign * aim)
        if search.root(rounds=rounds) is not None:
            search.run(nodes=int(further * nodes))
        tree = TreeLines(search, made.file.rows, made.file.definitions[0], made.goal, sign)
        line, target = tree.last(), search.target()
        reached = target is not None and Fraction(line.side, tree.scale) <= target
        found.append(ProvenLine(line, tree.scale, search.nodes, reached))
        if reached:
            break
    return min(found, key=lambda each: each.side)


def _sealed(header: Mapping[str, str], body: str) -> str:
    """Return the body below its identification, with the SHA-256 of both."""
    content = "".join(f"% {key} {value}\n" for key, value in header.items()) + body
    return f"% planner-certificate {VERSION} {hashlib.sha256(content.encode()).hexdigest()}\n{content}"
