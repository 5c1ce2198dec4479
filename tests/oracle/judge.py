"""A second opinion on a plan of a tiny scenario, to hold the checker against.

    accepts(scenario: dict, plan: dict, sha256: str) -> bool
        Whether plan.json data is a plan that keeps every rule, with every figure what its decisions make it.

It shares nothing with the program. Ids may be unknown and numbers of any kind, but the tables must
be lists of rows with their columns: the form of the file is not its business.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import Any

from tests.oracle.attending import attendance_holds
from tests.oracle.brute_force import Search
from tests.oracle.dates import first_uses
from tests.oracle.instance import Instance
from tests.oracle.measures import Charge, Key, agencies_fit, charges
from tests.oracle.placing import keeps
from tests.oracle.plain import Plain, number
from tests.oracle.plan_data import Decision, binding_rules, plan_data
from tests.oracle.relations import related
from tests.oracle.supplies import supplied


def accepts(scenario: Plain, plan: dict[str, Any], sha256: str) -> bool:
    """Whether the plan may be shown."""
    return Judge(scenario, sha256).accepts(plan)


class Judge:
    """The opinion on many plans of one scenario."""

    def __init__(self, scenario: Plain, sha256: str) -> None:
        self.instance = Instance(scenario)
        self.sha256 = sha256
        self.levels = len(scenario.get("objective", [1, 2]))
        self.search = Search(self.instance)

    def accepts(self, plan: dict[str, Any]) -> bool:
        """Whether the plan may be shown."""
        instance = self.instance
        read = _read(instance, plan)
        if read is None:
            return False
        decision, payments = read
        if (
            not _people_fit(self.search, decision)
            or not _classes_fit(self.search, decision)
            or not _supplied(instance, decision)
            or not _seats_fit(instance, decision)
        ):
            return False
        if not _paid(instance, decision, payments):
            return False
        rows = plan["attendance"]
        if not attendance_holds(instance, decision.people, decision.socialized, rows):
            return False
        derived = plan_data(instance, decision, payments, self.sha256, rows)
        hard = [rule.hard for rule in binding_rules(instance, decision)]
        if any(must and not row["held"] for must, row in zip(hard, derived["rules"], strict=True)):
            return False
        return _same_figures(plan, derived, self.levels) and _proof_stands(plan)


def _whole(value: Any) -> bool:
    return type(value) is int and value > 0


def _read(instance: Instance, plan: dict[str, Any]) -> tuple[Decision, dict[tuple[str, Key], int]] | None:
    """Decisions and payments, or None where a row repeats another, is not of whole numbers, or names the unknown."""
    known = {"group": instance.groups, "programme": instance.programmes, "fund": instance.funds}
    known["period"] = {t: {} for t in instance.periods}
    tables: dict[str, dict[Any, int]] = {}
    for name, columns, figure in (
        ("allocations", ("group", "programme", "period"), "participants"),
        ("classes", ("programme", "period"), "classes"),
        ("seats", ("fund", "programme", "group", "period"), "seats"),
        ("payments", ("fund", "programme", "group", "item", "account", "period"), "amount"),
    ):
        tables[name] = {}
        for row in plan[name]:
            key = tuple(row[column] for column in columns)
            null = [c for c in ("programme", "group") if name == "payments" and row.get(c) is None]
            if any(row[c] not in known[c] for c in columns if c in known and c not in null):
                return None
            if key in tables[name] or not _whole(row[figure]):
                return None
            tables[name][key] = row[figure]
    socialized = plan["socialized"]
    able = {g for g, group in instance.groups.items() if group.get("socialization")}
    if len(set(socialized)) < len(socialized) or not set(socialized) <= able:
        return None
    payments = {(fund, tuple(cell)): n for (fund, *cell), n in tables["payments"].items()}
    decision = Decision(tables["allocations"], tables["classes"], frozenset(socialized), tables["seats"])
    return decision, payments


def _people_fit(search: Search, decision: Decision) -> bool:
    instance = search.instance
    for g in instance.groups:
        placed = {seat: n for seat, n in decision.people.items() if seat[0] == g}
        if not {(p, t) for _g, p, t in placed} <= set(instance.slots[g]):
            return False
        if not keeps(search.instance, g, placed, g in decision.socialized):
            return False
    fitting = agencies_fit(instance, decision.people, decision.socialized)
    return fitting and search.mentored(decision.people)


def _classes_fit(search: Search, decision: Decision) -> bool:
    in_class: dict[tuple[str, str], int] = {}
    for (_g, p, t), n in decision.people.items():
        if search.instance.programmes[p].get("class_size"):
            in_class[p, t] = in_class.get((p, t), 0) + n
    return decision.classes in list(search.classes(in_class))


def _supplied(instance: Instance, decision: Decision) -> bool:
    in_class: dict[tuple[str, str], int] = {}
    for (_g, p, t), n in decision.people.items():
        in_class[p, t] = in_class.get((p, t), 0) + n
    return supplied(instance, in_class, decision.classes) and related(instance, {p for p, _t in in_class})


def _seats_fit(instance: Instance, decision: Decision) -> bool:
    for g, p, t in {(g, p, t) for _f, p, g, t in decision.seats}:
        given = sum(n for (_f, *seat), n in decision.seats.items() if seat == [p, g, t])
        if given > decision.people.get((g, p, t), 0):
            return False
    for f, p in {(f, p) for f, p, _g, _t in decision.seats}:
        given = sum(n for seat, n in decision.seats.items() if seat[:2] == (f, p))
        if given > instance.funds[f].get("seats", {}).get(p, 0):
            return False
    return True


def _paid(instance: Instance, decision: Decision, payments: dict[tuple[str, Key], int]) -> bool:
    """Every cell exactly, by funds that may, within all their conditions; cost rules are judged by their rows."""
    spent = {f: sum(n for (payer, _k), n in payments.items() if payer == f) for f in instance.funds}
    used = {f for f, n in spent.items() if n} | {f for f, _p, _g, _t in decision.seats}
    first = first_uses(instance, decision.people, decision.seats, payments)
    when = {key[:4]: key[4] for (_f, key) in payments if key[:4] in first}
    if any(instance.periods.index(t) > instance.periods.index(first[one_off]) for one_off, t in when.items()):
        return False
    if any(instance.year[t] != instance.year[first[one_off]] for one_off, t in when.items()):
        return False
    once = {key[:4] for (_f, key) in payments if key[2] == "socialization"}
    if len(instance.years) > 1 and not once <= first.keys():
        return False
    when = first | when
    due = {
        charge.key: charge
        for charge in charges(
            instance,
            decision.people,
            decision.classes,
            decision.socialized,
            decision.seats,
            frozenset(used),
            when,
        )
    }
    for (f, key), _n in payments.items():
        if key not in due or f not in due[key].payers:
            return False
    for key, charge in due.items():
        if sum(n for (_f, paid), n in payments.items() if paid == key) != charge.cost:
            return False
    return all(_fund_fits(instance, f, used, spent, payments, list(due.values())) for f in instance.funds)


def _fund_fits(
    instance: Instance,
    f: str,
    used: set[str],
    spent: dict[str, int],
    payments: dict[tuple[str, Key], int],
    due: list[Charge],
) -> bool:
    fund = instance.funds[f]
    if spent[f] > fund["amount"] or (f in used and spent[f] < fund.get("minimum", 0)):
        return False
    # a share of money allows the rupiah that it only begins: all but the last one lie below it
    for_programmes = {g: sum(n for (payer, key), n in payments.items() if payer == g and key[0]) for g in spent}
    match = fund.get("match")
    if match and for_programmes[f] - 1 >= number(match["ratio"]) * for_programmes[match["with"]]:
        return False
    for periods, most in instance.limits(f):
        if sum(n for (payer, key), n in payments.items() if payer == f and key[4] in periods) > most:
            return False
    for p in instance.programmes:
        cost = sum(charge.cost for charge in due if charge.key[0] == p)
        paid = sum(n for (payer, key), n in payments.items() if payer == f and key[0] == p)
        if paid - 1 >= number(fund.get("max_share", 1)) * cost:
            return False
    return True


_CLAIMS = {"status", "claim", "bound", "relative_gap", "tolerance", "solver", "planner_version", "objective"}
_ROWS_IN_ANY_ORDER = {"allocations", "classes", "socialized", "seats", "payments"}


def _same_figures(plan: dict[str, Any], derived: dict[str, Any], named: int) -> bool:
    """Every figure is the derived one; `named` levels of the objective must be there, the last may be implied."""
    for part, exact in derived.items():
        stated = plan[part]
        if part in _CLAIMS:
            continue
        same = _sorted(part, stated) == _sorted(part, exact) if isinstance(exact, list) else repr(stated) == repr(exact)
        if not same:
            return False
    levels = [(row["goal"], row["by"], row["value"]) for row in plan["objective"]]
    reached = [(row["goal"], row["by"], row["value"]) for row in derived["objective"]]
    return levels in (reached, reached[:named])


def _sorted(part: str, rows: list[Any]) -> list[str]:
    """Rows whose order says nothing, in one order; of the gaps of a group the order says nothing either."""
    if part in _ROWS_IN_ANY_ORDER:
        return sorted(map(repr, rows))
    if part == "closings":
        runs = groupby(rows, key=lambda row: row["group"])
        return [text for _group, run in runs for text in sorted(map(repr, run))]
    return [repr(row) for row in rows]


def _size(plan: dict[str, Any], goal: str, value: Fraction) -> Fraction:
    """What the gap of a level is relative to: of gaps closed no more than the gaps, whatever the penalties."""
    reached = Fraction(plan["weighted_gaps_closed"])
    return max(Fraction(1), min(abs(value), reached) if goal == "gaps_closed" else abs(value))


def _claims_stand(plan: dict[str, Any], open_gap: bool) -> bool:
    """Each level claims what its bounds allow, and the plan what its weakest level down to gaps closed does."""
    tolerance, little = Fraction(plan["tolerance"]), Fraction(1, 10**9)
    claims = []
    for row in plan["objective"]:
        value, exact = Fraction(row["value"]), row["exact_bound"]
        sign = -1 if row["goal"].endswith("cost") else 1
        distance = None if exact is None else (Fraction(exact) - value) * sign
        size = _size(plan, row["goal"], value)
        if row["claim"] not in ("proven", "agreed", "claimed") or (distance is not None and distance < 0):
            return False
        met = distance is not None and distance <= (tolerance + little) * size
        if met != (row["claim"] == "proven") or (row["claim"] != "agreed" and row["bound"] != exact):
            return False
        if row["claim"] == "agreed" and (
            row["bound"] is None or abs(Fraction(row["bound"]) - value) > (tolerance + little) * size
        ):
            return False
        claims.append(row["claim"])
    last = next((n for n, row in enumerate(plan["objective"]) if row["goal"] == "gaps_closed"), len(claims) - 1)
    ranked = sorted(claims[: last + 1], key=["proven", "agreed", "claimed"].index)
    weakest = "claimed" if open_gap or not ranked else ranked[-1]
    return bool(plan["claim"] == weakest and (plan["status"] == "optimal") == (weakest != "claimed"))


def _proof_stands(plan: dict[str, Any]) -> bool:
    """Bounds lie on the right side, and the gap is the one between bound and plan.

    An optimal plan meets its bounds in gaps closed and in what ranks above; what ranks below is the best found.
    """
    bound, reached, gap = (Fraction(plan[name]) for name in ("bound", "weighted_gaps_closed", "relative_gap"))
    tolerance, little, one = Fraction(plan["tolerance"]), Fraction(1, 10**9), Fraction(1)
    if (
        bound < reached
        or gap < 0
        or not 0 <= tolerance <= 1
        or abs(gap - (bound - reached) / max(one, reached)) > little
    ):
        return False
    must_meet = plan["status"] == "optimal"
    if plan["status"] not in ("optimal", "feasible") or (must_meet and gap > tolerance):
        return False
    if not _claims_stand(plan, gap > tolerance):
        return False
    for row in plan["objective"]:
        if row["bound"] is not None:
            value = Fraction(row["value"])
            beyond = (Fraction(row["bound"]) - value) * (-1 if row["goal"].endswith("cost") else 1)
            if beyond < 0 or (must_meet and beyond > (tolerance + little) * _size(plan, row["goal"], value)):
                return False
            rounding = abs(value) / 2**51  # large penalties leave few places for what is closed
            if row["goal"] == "gaps_closed" and abs(bound - reached - beyond) > little * max(one, bound) + rounding:
                return False
        elif must_meet:
            return False
        must_meet = must_meet and row["goal"] != "gaps_closed"
    return True
