"""No plan: made sure of, and explained by the rules and limits that cannot hold together.

Each rule and limit can be set aside in the scenario itself. A deletion filter sets aside one after
the other and keeps those without which a plan would exist: what remains is a smallest set in the
sense that every one of them is needed for the clash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.decisions import Decisions
from planner.domain.funds import Match
from planner.domain.programmes import ClassLimits, ClassSize
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.model.build import build
from planner.model.reading import NotWhole, Reader
from planner.solve import cbc, highs
from planner.solve.outcome import Ending, Outcome
from planner.units import MAX_RUPIAH

TRY_SECONDS = 20.0
"""Time for one question "is there a plan without this?"; a question left open counts as yes."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Clash:
    """One rule or limit of a clash: what kind it is, whose, and where it stands in the scenario."""

    kind: str
    owner: str
    path: Path

    def __str__(self) -> str:
        return _sentence(self.kind).format(owner=self.owner)


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan, or the plan that a second look found after all."""

    clashes: tuple[Clash, ...] = ()
    found: Decisions | None = None


@dataclass(frozen=True)
class _Limit:
    clash: Clash
    aside: Callable[[Scenario], Scenario]


def explain(scenario: Scenario) -> Explanation:
    """Ask again with other tolerances and another engine, and only then name what clashes."""
    found = _second_look(scenario)
    if found is not None:
        return Explanation(found=found)
    left = scenario
    needed: list[Clash] = []
    for family in _families(scenario):
        trial = left
        for limit in family:
            trial = limit.aside(trial)
        if not _has_plan(trial):
            left = trial
            continue
        for limit in family:
            trial = limit.aside(left)
            if _has_plan(trial):
                needed.append(limit.clash)
            else:
                left = trial
    return Explanation(clashes=tuple(needed))


def _second_look(scenario: Scenario) -> Decisions | None:
    model = build(scenario)
    reader = Reader(model)
    model.problem.setObjective(0)
    for outcome in (
        highs.run(model, gap=1.0, seconds=TRY_SECONDS, tight=False),
        highs.run(model, gap=1.0, seconds=TRY_SECONDS, tight=True),
        cbc.run(model, gap=1.0, seconds=TRY_SECONDS),
    ):
        if outcome.point is not None:
            try:
                return reader.decisions(outcome.point)
            except NotWhole:
                continue
    return None


def _has_plan(scenario: Scenario) -> bool:
    """Whether some plan exists; a question that time leaves open counts as yes."""
    model = build(scenario)
    model.problem.setObjective(0)
    outcome: Outcome = highs.run(model, gap=1.0, seconds=TRY_SECONDS)
    return outcome.ending != Ending.INFEASIBLE


def _families(scenario: Scenario) -> Iterator[list[_Limit]]:
    """Rules and limits by family: those that planners seldom mean first, so that they are set aside first."""
    yield [_Limit(Clash("requires", "", ("programmes",)), _without_requires)]
    yield [_of_groups("release", {"release": Fraction(1)})]
    yield [_of_groups("max_hours", {"max_hours": None})]
    yield [_of_groups("uptake", {"uptake": Fraction(1), "socialization": None})]
    yield [_mentors(pool.id) for pool in scenario.mentor_pools]
    yield [_class_size(p.id) for p in scenario.programmes if p.class_size]
    yield [_classes(p.id) for p in scenario.programmes if p.class_size]
    yield [_fund(f.id, "fund_minimum", "minimum", {"minimum": 0}) for f in scenario.funds if f.minimum]
    yield [
        _fund(f.id, "fund_match", "match", {"match": Match(**{"with": f.match.with_, "ratio": MAX_RUPIAH - 1})})
        for f in scenario.funds
        if f.match
    ]
    yield [
        _fund(f.id, "fund_max_share", "max_share", {"max_share": Fraction(1)})
        for f in scenario.funds
        if f.max_share < 1
    ]
    yield [_fund(f.id, "fund_releases", "releases", {"releases": {}}) for f in scenario.funds if f.releases]
    yield [_fund(f.id, "fund_amount", "amount", {"amount": MAX_RUPIAH - 1}) for f in scenario.funds]
    yield [
        _rule(n, rule.name, side)
        for n, rule in enumerate(scenario.rules)
        if rule.hard
        for side in ("at_least", "at_most")
        if getattr(rule, side) is not None
    ]


def _without_requires(scenario: Scenario) -> Scenario:
    return scenario.changed(programmes=tuple(p.model_copy(update={"requires": ()}) for p in scenario.programmes))


def _of_groups(kind: str, update: dict[str, object]) -> _Limit:
    def aside(scenario: Scenario) -> Scenario:
        return scenario.changed(groups=tuple(g.model_copy(update=update) for g in scenario.groups))

    return _Limit(Clash(kind, "", ("groups",)), aside)


def _mentors(pool: str) -> _Limit:
    def aside(scenario: Scenario) -> Scenario:
        return scenario.changed(
            programmes=tuple(
                p.model_copy(update={"mentors": None}) if p.mentors and p.mentors.pool == pool else p
                for p in scenario.programmes
            )
        )

    return _Limit(Clash("mentors", pool, ("mentor_pools", pool)), aside)


def _of_programme(kind: str, programme: str, key: str, update: Callable[[Scenario], dict[str, object]]) -> _Limit:
    def aside(scenario: Scenario) -> Scenario:
        changed = update(scenario)
        return scenario.changed(
            programmes=tuple(p.model_copy(update=changed) if p.id == programme else p for p in scenario.programmes)
        )

    return _Limit(Clash(kind, programme, ("programmes", programme, key)), aside)


def _class_size(programme: str) -> _Limit:
    def update(scenario: Scenario) -> dict[str, object]:
        size = scenario.programme[programme].class_size
        return {"class_size": ClassSize(min=1, max=size.max if size else 1)}

    return _of_programme("class_size", programme, "class_size", update)


def _classes(programme: str) -> _Limit:
    return _of_programme("classes", programme, "classes", lambda scenario: {"classes": ClassLimits()})


def _fund(fund: str, kind: str, key: str, update: dict[str, object]) -> _Limit:
    def aside(scenario: Scenario) -> Scenario:
        return scenario.changed(funds=tuple(f.model_copy(update=update) if f.id == fund else f for f in scenario.funds))

    return _Limit(Clash(kind, fund, ("funds", fund, key)), aside)


def _rule(number: int, name: str, side: str) -> _Limit:
    def aside(scenario: Scenario) -> Scenario:
        return scenario.changed(
            rules=tuple(r.model_copy(update={side: None}) if n == number else r for n, r in enumerate(scenario.rules))
        )

    return _Limit(Clash("rule_" + side, name, ("rules", number, side)), aside)


def _sentence(kind: str) -> str:
    return {
        "requires": _("the prerequisites between programmes (requires)"),
        "release": _("the share of a group that may be in class in one period (release)"),
        "max_hours": _("the JP per person of the groups (max_hours)"),
        "uptake": _("the share of the groups willing to take part (uptake)"),
        "mentors": _("the number of mentors in the pool '{owner}'"),
        "class_size": _("the smallest class of the programme '{owner}' (class_size.min)"),
        "classes": _("the number of classes of the programme '{owner}' (classes)"),
        "fund_minimum": _("the minimum of the fund '{owner}'"),
        "fund_match": _("the matching condition of the fund '{owner}'"),
        "fund_max_share": _("the largest share that the fund '{owner}' pays of a programme (max_share)"),
        "fund_releases": _("the release of the fund '{owner}' by period (releases)"),
        "fund_amount": _("the amount of the fund '{owner}'"),
        "rule_at_least": _("the rule '{owner}' (at_least)"),
        "rule_at_most": _("the rule '{owner}' (at_most)"),
    }[kind]
