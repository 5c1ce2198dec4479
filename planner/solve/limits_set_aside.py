"""The rules and limits of a scenario that can be set aside one by one, to find those that leave no plan.

Setting one aside never forbids a plan. They are ordered by family: the planner's own rules, then money, programmes and
groups. An explanation prefers the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple, get_args

from planner.domain.checks.problem import Path, listed, percent, rupiah
from planner.domain.funds import Fund, Pays
from planner.domain.groups import Group
from planner.domain.programmes import ClassLimits, Programme
from planner.domain.rules import Limit, Rule
from planner.domain.running import enough_of
from planner.domain.scenario import Scenario
from planner.locale import N_, _
from planner.units.numbers import MAX_RUPIAH
from planner.units.said import decimal_said, number_said

ClashKind = Literal[
    "rule_at_least", "rule_at_most", "committed", "fund_amount", "fund_releases", "fund_max_share", "fund_match",
    "fund_minimum", "fund_pays", "classes", "class_size", "smallest", "requires", "mentors", "resources", "choices",
    "uptake", "max_hours", "release",
]  # fmt: skip
"""What a limit is about, in the order of the families."""


@dataclass(frozen=True)
class Clash:
    """One rule or limit of a clash: its kind, owner, value, and path in the scenario.

    `others` are further owners of the same kind of limit, where there are too many to name one by one. `before` is the
    part of the limit that was used before the plan.
    """

    kind: ClashKind
    owner: str
    path: Path
    value: str = ""
    others: tuple[str, ...] = ()
    before: str = ""

    @property
    def family(self) -> ClashKind:
        """Its kind; the two sides of rules are one family."""
        return "rule_at_least" if self.kind == "rule_at_most" else self.kind

    def __str__(self) -> str:
        key, one, many = _AFTER_HOURS_TAKEN if self.before else _WORDS[self.kind]
        if not self.others:
            limit = _(one).format(owner=self.owner, value=self.value, before=self.before)
        else:
            limit = _(many).format(owners=listed([self.owner, *self.others]))
            if self.family == "rule_at_least":
                return limit  # of both sides, each of which has a key of its own
        return _(LIMIT_AND_KEY).format(limit=limit, key=key)


@dataclass(frozen=True)
class RemovableLimit:
    """A rule or limit, and the changes of records (part of the scenario, position, new values) that remove it."""

    clash: Clash
    changes: tuple[tuple[str, int, dict[str, Any]], ...]


def without(scenario: Scenario, limits: Iterable[RemovableLimit]) -> Scenario:
    """Return `scenario` with `limits` set aside."""
    changes: dict[tuple[str, int], dict[str, Any]] = {}
    for limit in limits:
        for part, position, update in limit.changes:
            changes.setdefault((part, position), {}).update(update)
    choices = scenario.choices.model_copy(update=changes.pop(("choices", 0), {}))
    promised = {number: changes.pop(("committed", number)) for part, number in list(changes) if part == "committed"}
    actuals = scenario.actuals
    if actuals is not None and promised:
        rows = (row.model_copy(update=promised.get(n, {})) for n, row in enumerate(actuals.committed))
        actuals = actuals.model_copy(update={"committed": tuple(rows)})
    parts = {part: list(getattr(scenario, part)) for part, _ in changes}
    for (part, position), update in changes.items():
        parts[part][position] = parts[part][position].model_copy(update=update)
    return scenario.changed(
        choices=choices, actuals=actuals, **{part: tuple(records) for part, records in parts.items()}
    )


def together(limits: list[RemovableLimit]) -> Clash:
    """Combine several limits of one kind into one clash."""
    first, *others = [limit.clash for limit in limits]
    if not others:
        return first
    before = next((clash.before for clash in (first, *others) if clash.before), "")
    names = tuple(other.owner for other in others)
    return Clash(first.kind, first.owner, first.path[:1], others=names, before=before)


def families(scenario: Scenario) -> list[list[RemovableLimit]]:
    """List the rules and limits by family, without empty families."""
    rules = [limit for n, rule in enumerate(scenario.rules) if rule.hard for limit in _of_rule(n, rule)]
    funds = [list(_of_fund(n, fund, scenario)) for n, fund in enumerate(scenario.funds)]
    programmes = [list(_of_programme(n, p)) for n, p in enumerate(scenario.programmes)]
    groups = [list(_of_group(n, group)) for n, group in enumerate(scenario.groups)]
    found: dict[ClashKind, list[RemovableLimit]] = {kind: [] for kind in get_args(ClashKind)}
    common = [list(part(scenario)) for part in (_of_pools, _of_resources, _of_choices, _of_promises)]
    for limit in (limit for limits in (rules, *funds, *programmes, *common, *groups) for limit in limits):
        found[limit.clash.family].append(limit)
    return [family for family in found.values() if family]


def _of_rule(number: int, rule: Rule) -> Iterator[RemovableLimit]:
    sides: tuple[tuple[ClashKind, str, Limit | None], ...] = (
        ("rule_at_least", "at_least", rule.at_least),
        ("rule_at_most", "at_most", rule.at_most),
    )
    for kind, side, limit in sides:
        if limit is not None:
            amount = percent(limit.value) if limit.is_share else number_said(limit.value)
            if rule.measure == "cost" and not limit.is_share and limit.value.denominator == 1:
                amount = rupiah(int(limit.value))
            clash = Clash(kind, rule.name, ("rules", number, side), amount)
            yield RemovableLimit(clash, (("rules", number, {side: None}),))


def _of_fund(number: int, fund: Fund, scenario: Scenario) -> Iterator[RemovableLimit]:
    def limit(kind: ClashKind, key: str, value: str, update: object) -> RemovableLimit:
        return RemovableLimit(Clash(kind, fund.id, ("funds", fund.id, key), value), (("funds", number, {key: update}),))

    if fund.amounts:
        said = ", ".join(f"{year} {rupiah(amount)}" for year, amount in fund.amounts.items())
        clash = Clash("fund_amount", fund.id, ("funds", fund.id, "amounts"), said)
        yield RemovableLimit(clash, (("funds", number, {"amounts": {}, "amount": MAX_RUPIAH - 1}),))
    else:
        yield limit("fund_amount", "amount", rupiah(fund.amount), MAX_RUPIAH - 1)
    if any(share < 1 for share in scenario.released(fund).values()):
        steps = ", ".join(f"{t} {percent(fund.releases[t])}" for t in scenario.horizon if t in fund.releases)
        yield limit("fund_releases", "releases", steps, {})
    if fund.max_share < 1:
        yield limit("fund_max_share", "max_share", percent(fund.max_share), Fraction(1))
    if fund.match:
        yield limit("fund_match", "match", f"{decimal_said(fund.match.ratio)} x '{fund.match.with_}'", None)
    if fund.minimum:
        yield limit("fund_minimum", "minimum", rupiah(fund.minimum), 0)
    if any(selector.named() for selector in (fund.pays.programmes, fund.pays.groups, fund.pays.items)):
        yield limit("fund_pays", "pays", "", Pays())


def _of_programme(number: int, programme: Programme) -> Iterator[RemovableLimit]:
    def limit(kind: ClashKind, key: str, value: str, update: dict[str, Any]) -> RemovableLimit:
        return RemovableLimit(
            Clash(kind, programme.id, ("programmes", programme.id, key), value), (("programmes", number, update),)
        )

    if programme.class_size is not None:
        if programme.classes != ClassLimits():
            numbers = programme.classes.model_dump(exclude_defaults=True)
            said = ", ".join(_(_NUMBERS[name]).format(number=number) for name, number in numbers.items())
            yield limit("classes", "classes", said, {"classes": ClassLimits()})
        if programme.class_size.min > 1:
            smaller = programme.class_size.model_copy(update={"min": 1})
            yield limit("class_size", "class_size", str(programme.class_size.min), {"class_size": smaller})
    if programme.smallest > 1:
        yield limit("smallest", "smallest", str(programme.smallest), {"smallest": 1})
    if programme.requires_:
        named = listed(" / ".join(enough) for enough in programme.prerequisites)
        yield limit("requires", "requires", named, {"requires_": ()})


def _of_pools(scenario: Scenario) -> Iterator[RemovableLimit]:
    for pool in scenario.mentor_pools:
        users = [n for n, p in enumerate(scenario.programmes) if p.mentors and p.mentors.pool == pool.id]
        if users:
            clash = Clash("mentors", pool.id, ("mentor_pools", pool.id), decimal_said(scenario.mentors_in(pool)))
            yield RemovableLimit(clash, tuple(("programmes", n, {"mentors": None}) for n in users))


def _of_resources(scenario: Scenario) -> Iterator[RemovableLimit]:
    for number, resource in enumerate(scenario.resources):
        enough = enough_of(scenario, resource)
        if any(resource.in_period(period) < enough for period in scenario.horizon):
            amounts = resource.amount if isinstance(resource.amount, dict) else {"": resource.amount}
            value = ", ".join(f"{t} {number_said(amount)}".strip() for t, amount in amounts.items())
            said = f"{value} {resource.unit or ''}".strip()
            clash = Clash("resources", resource.id, ("resources", resource.id, "amount"), said)
            yield RemovableLimit(clash, (("resources", number, {"amount": enough}),))


def _of_choices(scenario: Scenario) -> Iterator[RemovableLimit]:
    """Yield each kind of relation between programmes; all relations of one kind are set aside together."""
    for key, none in (("together", ()), ("only_if", {}), ("at_most_one_of", ())):
        stated = getattr(scenario.choices, key)
        if stated:
            named = [f"{a} -> {b}" for a, b in stated.items()] if isinstance(stated, dict) else map(" + ".join, stated)
            clash = Clash("choices", key, ("choices", key), listed(named))
            yield RemovableLimit(clash, (("choices", 0, {key: none}),))


def _of_promises(scenario: Scenario) -> Iterator[RemovableLimit]:
    """Yield the committed classes of later periods, each programme and period separately."""
    for number, row in enumerate(scenario.actuals.committed if scenario.actuals is not None else ()):
        if row.classes:
            said = f"{row.period} {row.classes}"
            clash = Clash("committed", row.programme, ("actuals", "committed", number), said)
            yield RemovableLimit(clash, (("committed", number, {"classes": 0}),))


def _of_group(number: int, group: Group) -> Iterator[RemovableLimit]:
    def limit(kind: ClashKind, value: str, update: dict[str, Any]) -> RemovableLimit:
        return RemovableLimit(Clash(kind, group.id, ("groups", group.id, kind), value), (("groups", number, update),))

    if group.willing(socialized=True) < 1:
        willing: dict[str, Any] = {"uptake": Fraction(1)}
        said = percent(group.uptake)
        if group.socialization:
            said = _("{now} ({after} after its socialization for {cost})").format(
                now=said,
                after=percent(group.socialization.raises_uptake_to),
                cost=rupiah(group.socialization.cost),
            )
            willing["socialization"] = group.socialization.model_copy(update={"raises_uptake_to": Fraction(1)})
        yield limit("uptake", said, willing)
    if group.max_hours is not None:
        before = decimal_said(group.hours_before) if group.hours_before else ""
        free = limit("max_hours", decimal_said(group.max_hours), {"max_hours": None})
        yield replace(free, clash=replace(free.clash, before=before))
    if group.release is not None:
        yield limit("release", percent(group.release), {"release": None})


_NUMBERS: Final = {
    "min": N_("at least {number}"),
    "max": N_("at most {number}"),
    "per_period": N_("at most {number} in a period"),
}
"""How a message states the limits of classes."""


class _Words(NamedTuple):
    """How a kind of limit is said: alone, and many of a kind together."""

    key: str
    """The key of the format that states it, which terminals and documents name and pages leave out."""
    one: str
    many: str


_WORDS: Final[Mapping[ClashKind, _Words]] = {
    "rule_at_least": _Words("at_least", N_("the rule '{owner}': at least {value}"), N_("the rules {owners}")),
    "rule_at_most": _Words("at_most", N_("the rule '{owner}': at most {value}"), N_("the rules {owners}")),
    "committed": _Words(
        "committed",
        N_("classes of the programme '{owner}' are promised: {value}"),
        N_("the promised classes of the programmes {owners}"),
    ),
    "fund_amount": _Words("amount", N_("the fund '{owner}' has {value}"), N_("the amounts of the funds {owners}")),
    "fund_releases": _Words(
        "releases", N_("the fund '{owner}' is released in steps: {value}"), N_("the releases of the funds {owners}")
    ),
    "fund_max_share": _Words(
        "max_share",
        N_("the fund '{owner}' pays at most {value} of a programme"),
        N_("the largest shares of a programme that the funds {owners} pay"),
    ),
    "fund_match": _Words(
        "match", N_("the fund '{owner}' pays at most {value}"), N_("the matching conditions of the funds {owners}")
    ),
    "fund_minimum": _Words(
        "minimum",
        N_("the fund '{owner}' pays at least {value} if it is used"),
        N_("the minimums of the funds {owners}"),
    ),
    "fund_pays": _Words(
        "pays", N_("the fund '{owner}' pays only for what it selects"), N_("what the funds {owners} may pay")
    ),
    "classes": _Words(
        "classes",
        N_("the number of classes of the programme '{owner}' is limited: {value}"),
        N_("the numbers of classes of the programmes {owners}"),
    ),
    "class_size": _Words(
        "class_size.min",
        N_("a class of the programme '{owner}' needs at least {value} people"),
        N_("the smallest classes of the programmes {owners}"),
    ),
    "smallest": _Words(
        "smallest",
        N_("the programme '{owner}' takes at least {value} people of a group in a period"),
        N_("the fewest people of a group that the programmes {owners} take in a period"),
    ),
    "requires": _Words(
        "requires", N_("the programme '{owner}' requires {value}"), N_("the prerequisites of the programmes {owners}")
    ),
    "mentors": _Words(
        "mentor_pools",
        N_("the mentor pool '{owner}' has {value} mentors"),
        N_("the numbers of mentors of the pools {owners}"),
    ),
    "resources": _Words(
        "resources",
        N_("the resource '{owner}' has in each period: {value}"),
        N_("the amounts of the resources {owners}"),
    ),
    "choices": _Words(
        "choices",
        N_("the choices between programmes say {owner}: {value}"),
        N_("the choices between programmes, {owners}"),
    ),
    "uptake": _Words(
        "uptake",
        N_("at most {value} of the group '{owner}' are willing to take part"),
        N_("the shares willing to take part of the groups {owners}"),
    ),
    "max_hours": _Words(
        "max_hours",
        N_("people of the group '{owner}' may take at most {value} JP each"),
        N_("the JP per person of the groups {owners}"),
    ),
    "release": _Words(
        "release",
        N_("at most {value} of the working days of the group '{owner}' may go to class in one period"),
        N_("the shares of working days that may go to class in one period of the groups {owners}"),
    ),
}
"""How each kind of limit is said."""

_AFTER_HOURS_TAKEN: Final = _Words(
    "max_hours, hours_before",
    N_(
        "people of the group '{owner}' may take at most {value} JP each, and have taken {before} of them in the first"
        " year already"
    ),
    N_("the JP per person of the groups {owners}, less what they have taken before"),
)
"""How the JP of a person are said where some were taken before the plan."""

LIMIT_AND_KEY: Final = "{limit} ({key})"
"""A limit with the key of the format that states it; the same in all languages."""
