"""When what is due once may be paid: a programme item, a socialization, an agreement.

every_date(instance, people, socialized, seats, agreed) -> every choice of a period for each of them
first_uses(instance, people, seats, payments) -> {one-off: the first period in which it is used}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from tests.oracle.instance import Instance
from tests.oracle.measures import Key, OneOff, People

Seats = Mapping[tuple[str, str, str, str], int]
"""Free seats by (fund, programme, group, period)."""


def every_date(
    instance: Instance, people: People, socialized: frozenset[str], seats: Seats, agreed: frozenset[str]
) -> Iterator[dict[OneOff, str]]:
    """Every choice of periods, none after the first use that people and seats make; one where no choice matters.

    What people and seats use is paid in the year of that use. An agreement may be for payments in an earlier year, and
    who pays sees to those.
    """
    stepped = len(instance.years) > 1
    stepped = stepped or any(share < 1 for f in instance.funds for share in instance.released(f).values())
    named = {"periods", "years"}
    dated = any(rule["measure"] == "cost" and named & set(rule.get("where", {})) for rule in instance.rules)
    if not stepped and not dated:
        yield {}
        return
    first = first_uses(instance, people, seats, {})
    due = list(_due(instance, people, socialized, agreed))
    for chosen in product(*(_periods(instance, one_off, first.get(one_off)) for one_off in due)):
        yield dict(zip(due, chosen, strict=True))


def _periods(instance: Instance, one_off: OneOff, first: str | None) -> list[str]:
    """The periods in which it may be paid, as far as people and seats say."""
    programme, group, *_rest = one_off
    of_people = programme is not None or group is not None
    if first is None:
        return [] if of_people and len(instance.years) > 1 else instance.periods
    until = instance.periods[: instance.periods.index(first) + 1]
    return [t for t in until if not of_people or instance.year[t] == instance.year[first]]


def to_be_used(instance: Instance, seats: Seats, when: Mapping[OneOff, str]) -> dict[str, str]:
    """Of the agreements: the funds that must pay in the year of theirs, since they give no seat in it."""
    if len(instance.years) == 1:
        return {}
    found = {}
    for (p, g, item, _account), t in when.items():
        f = item.removeprefix("agreement:")
        if (
            p is None
            and g is None
            and not any(giver == f and instance.year[u] == instance.year[t] for giver, _p, _g, u in seats)
        ):
            found[f] = instance.year[t]
    return found


def first_uses(
    instance: Instance, people: People, seats: Seats, payments: Mapping[tuple[str, Key], int]
) -> dict[OneOff, str]:
    """The first period in which each is used, of those that are used at all."""
    uses: dict[OneOff, list[str]] = {}
    for one_off in _due(instance, people, frozenset(instance.groups), frozenset(instance.funds)):
        p, g, item, _account = one_off
        if p is not None:
            uses[one_off] = [t for _g, q, t in people if q == p]
        elif g is not None:
            uses[one_off] = [t for h, _p, t in people if h == g]
        else:
            f = item.removeprefix("agreement:")
            uses[one_off] = [t for giver, _p, _g, t in seats if giver == f]
            uses[one_off] += [key[4] for (payer, key), n in payments.items() if payer == f and n]
    return {one_off: min(found, key=instance.periods.index) for one_off, found in uses.items() if found}


def opened(instance: Instance, when: Mapping[OneOff, str]) -> dict[str, int]:
    """The place in the horizon from which funds with an agreement may pay."""
    return {
        item.removeprefix("agreement:"): instance.periods.index(t)
        for (p, g, item, _account), t in when.items()
        if p is None and g is None
    }


def _due(instance: Instance, people: People, socialized: frozenset[str], agreed: frozenset[str]) -> dict[OneOff, None]:
    found: dict[OneOff, None] = {}
    for p in dict.fromkeys(p for _g, p, _t in people):
        for line in instance.lines[p]:
            if line.per == "programme" and any(unit[""] for unit in line.of_year.values()):
                found[p, None, line.item, line.account] = None
    for g in socialized:
        measure = instance.groups[g].get("socialization")
        if measure and measure["cost"]:
            found[None, g, "socialization", measure.get("account")] = None
    for f in agreed:
        if instance.agreement(f):
            account = (instance.funds[f].get("agreement_cost") or {}).get("account")
            found[None, None, f"agreement:{f}", account] = None
    return found
