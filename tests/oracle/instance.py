"""A scenario as the oracle reads it: straight from the plain data of the file, without the program's own records.

    Instance(scenario: dict) -- numbers are int or Fraction, selectors are resolved to sets of ids

Only what tiny scenarios use is read: plain numbers, "70%" and 0.7; amounts are ints.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any, NamedTuple

Plain = dict[str, Any]


@lru_cache(maxsize=10_000, typed=True)
def number(value: Any) -> Fraction:
    """7, 0.7 or "70%", exactly as written."""
    text = str(value).strip()
    return Fraction(text[:-1].replace(",", ".")) / 100 if text.endswith("%") else Fraction(text)


def limit(value: Any) -> tuple[Fraction, bool]:
    """The bound of a rule and whether it is a share: "30%" is, and so is a number between 0 and 1."""
    exact = number(value)
    return exact, str(value).strip().endswith("%") or 0 < exact < 1


def listed(value: Any) -> list[str]:
    return [] if value is None else [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]


def selects(selector: Plain | None, seen: dict[str, list[str]]) -> bool:
    """All attributes named must match, any value of a list may; no selector selects all."""
    return all(set(listed(values)) & set(seen[name]) for name, values in (selector or {}).items())


class Line(NamedTuple):
    """One cost line, with its cost per participant of each group, or per class or programme."""

    item: str
    account: str | None
    per: str
    unit: dict[str, Fraction]


class Instance:
    """Everything a plan is decided on, by id, in file order."""

    def __init__(self, scenario: Plain) -> None:
        self.scenario = scenario
        head = scenario["scenario"]
        self.periods = listed(scenario.get("periods")) or [str(head.get("fiscal_year") or 1)]
        self.competencies: dict[str, Plain] = {c["id"]: c for c in scenario["competencies"]}
        self.groups: dict[str, Plain] = {g["id"]: g for g in scenario["groups"]}
        self.programmes: dict[str, Plain] = {p["id"]: p for p in scenario["programmes"]}
        self.funds: dict[str, Plain] = {f["id"]: f for f in scenario["funds"]}
        self.rules: list[Plain] = list(scenario.get("rules", []))
        self.levels = self._levels()
        self.gaps = {(g, c): n for g, group in self.groups.items() for c, n in group.get("gaps", {}).items() if n}
        self.gaps_of = {g: [key for key in self.gaps if key[0] == g] for g in self.groups}
        self.closes = {p: {c: number(e) for c, e in q["closes"].items()} for p, q in self.programmes.items()}
        self.lines = {p: [self._line(line) for line in q.get("costs", [])] for p, q in self.programmes.items()}
        self.allowed = {p: self._allowed(q) for p, q in self.programmes.items()}
        self.slots = self._slots()
        self._worth = {(g, c): self._weights(g, c) for g, c in self.gaps}
        self._willing = {
            (g, s): self._share(g, s) for g, q in self.groups.items() for s in (False, bool(q.get("socialization")))
        }
        self._payers: dict[tuple[str, str, str | None, str, str | None], tuple[str, ...]] = {}

    def _levels(self) -> list[tuple[str, str | None]]:
        """(goal, by) of each level; gaps_closed last where no level names it."""
        default = [{"maximize": "gaps_closed"}, {"minimize": "own_cost"}]
        levels = [
            (level.get("maximize") or level["minimize"], level.get("by"))
            for level in self.scenario.get("objective", default)
        ]
        return levels if any(goal == "gaps_closed" for goal, _by in levels) else [*levels, ("gaps_closed", None)]

    def _line(self, line: Plain) -> Line:
        quantity, price = number(line.get("quantity", 1)), line["price"]
        if not isinstance(price, dict):
            return Line(
                line["item"], line.get("account"), line["per"], dict.fromkeys(("", *self.groups), quantity * price)
            )
        unit = {"": Fraction(0)}
        for g, group in self.groups.items():
            value = group.get(price["by"])
            unit[g] = quantity * int(price[value] if value in price else price.get("default", 0))
        return Line(line["item"], line.get("account"), line["per"], unit)

    def _allowed(self, programme: Plain) -> list[str]:
        named = listed(programme.get("periods")) or self.periods
        return [t for t in self.periods if t in named]

    def _slots(self) -> dict[str, list[tuple[str, str]]]:
        """(programme, period) that each group may be sent to."""
        return {
            g: [
                (p, t)
                for p, programme in self.programmes.items()
                if selects(programme.get("for"), self.seen_group(g)) and self.need(g, p) > 0
                for t in self.allowed[p]
            ]
            for g in self.groups
        }

    def need(self, g: str, p: str) -> int:
        return max(int(self.groups[g].get("gaps", {}).get(c, 0)) for c in self.programmes[p]["closes"])

    def willing(self, g: str, socialized: bool) -> Fraction:
        """r[g]."""
        return self._willing[g, socialized]

    def _share(self, g: str, socialized: bool) -> Fraction:
        group = self.groups[g]
        share = group["socialization"]["raises_uptake_to"] if socialized else group.get("uptake", 1)
        return number(share)

    def worth(self, g: str, c: str) -> Fraction:
        """weight_g x weight_c."""
        return self._worth[g, c]

    def _weights(self, g: str, c: str) -> Fraction:
        return number(self.groups[g].get("weight", 1)) * number(self.competencies[c].get("weight", 1))

    def seen_group(self, g: str) -> dict[str, list[str]]:
        names = ("id", "agency", "location", "level", "employment", "tags")
        return {name: listed(self.groups[g].get(name)) for name in names}

    def seen_programme(self, p: str) -> dict[str, list[str]]:
        programme = self.programmes[p]
        closes = list(programme["closes"])
        return {
            "id": [p],
            "form": [programme.get("form", "pelatihan")],
            "tags": listed(programme.get("tags")),
            "closes": closes,
            "kind": [self.competencies[c]["kind"] for c in closes],
        }

    def seen_competency(self, c: str) -> dict[str, list[str]]:
        return {"id": [c], "kind": [self.competencies[c]["kind"]]}

    def seen_fund(self, f: str) -> dict[str, list[str]]:
        return {"id": [f], "kind": [self.funds[f]["kind"]]}

    def mentors(self, pool: Plain) -> int:
        people = sum(int(q["headcount"]) for g, q in self.groups.items() if selects(pool["from"], self.seen_group(g)))
        return floor(number(pool["share"]) * people)

    def own(self, f: str) -> bool:
        return bool(self.funds[f]["kind"] == "own")

    def agreement(self, f: str) -> int:
        return int((self.funds[f].get("agreement_cost") or {}).get("amount", 0))

    def payers(self, p: str, line: Line, g: str | None) -> tuple[str, ...]:
        """Funds that may pay a cost line of a programme, for the seats of a group."""
        key = (p, line.item, line.account, line.per, g)
        if key not in self._payers:
            self._payers[key] = tuple(f for f in self.funds if self._may_pay(f, p, line, g))
        return self._payers[key]

    def _may_pay(self, f: str, p: str, line: Line, g: str | None) -> bool:
        """Whether `pays` of the fund selects the programme, the item and, for participant items, the group."""
        pays = self.funds[f].get("pays", {})
        item = {"item": [line.item], "account": listed(line.account), "per": [line.per]}
        return (
            selects(pays.get("programmes"), self.seen_programme(p))
            and selects(pays.get("items"), item)
            and (line.per != "participant" or g is None or selects(pays.get("groups"), self.seen_group(g)))
        )

    def covers(self, f: str, line: Line) -> bool:
        """Whether a free seat of the fund makes this participant item free."""
        item = {"item": [line.item], "account": listed(line.account), "per": [line.per]}
        return line.per == "participant" and selects(self.funds[f].get("seats_cover"), item)
