"""A scenario as the oracle reads it: straight from the plain data of the file, without the program's own records.

    Instance(scenario: dict) -- numbers are int or Fraction, selectors are resolved to sets of ids

Only what tiny scenarios use is read: plain numbers, "70%" and 0.7; amounts are ints.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property, wraps
from math import ceil, floor, prod
from typing import Any

from tests.oracle.cost_lines import Line, taxed
from tests.oracle.plain import Plain, listed, number, selects


def remembered[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    """A method of the instance whose answers are kept: the search asks the same thousands of times."""
    name = method.__name__

    @wraps(method)
    def answer(*args: P.args, **named: P.kwargs) -> R:
        kept: dict[Any, R] = vars(args[0]).setdefault("_kept", {})
        key = (name, args[1:], *named.items())
        if key not in kept:
            kept[key] = method(*args, **named)
        return kept[key]

    return answer


class Instance:
    """Everything a plan is decided on, by id, in file order."""

    def __init__(self, scenario: Plain) -> None:
        self.scenario = scenario
        head = scenario["scenario"]
        entries = scenario.get("periods")
        records = (
            [t if isinstance(t, dict) else {"id": str(t)} for t in entries if t] if isinstance(entries, list) else []
        )
        if not records:
            records = [{"id": t} for t in listed(entries) or [str(head.get("fiscal_year") or 1)]]
        self.periods = [str(t["id"]) for t in records]
        self.year = {str(t["id"]): str(t.get("year", head.get("fiscal_year") or 1)) for t in records}
        self.years = list(dict.fromkeys(self.year.values()))
        in_year = {y: Fraction(240, list(self.year.values()).count(y)) for y in self.years}
        self.working_days = {
            str(t["id"]): number(t.get("working_days", in_year[self.year[str(t["id"])]])) for t in records
        }
        self.competencies: dict[str, Plain] = {c["id"]: c for c in scenario["competencies"]}
        self.groups: dict[str, Plain] = {g["id"]: g for g in scenario["groups"]}
        self.programmes: dict[str, Plain] = {p["id"]: p for p in scenario["programmes"]}
        self.funds: dict[str, Plain] = {
            f["id"]: f | ({"amount": sum(f["amounts"].values())} if f.get("amounts") else {}) for f in scenario["funds"]
        }
        self.rules: list[Plain] = list(scenario.get("rules", []))
        self.levels = self._levels()
        self.gaps_by = {year: self._gaps_by(year) for year in self.years}
        self.gaps = self.gaps_by[self.years[-1]]
        self.gaps_of = {g: [key for key in self.gaps if key[0] == g] for g in self.groups}
        self.closes = {p: {c: number(e) for c, e in q["closes"].items()} for p, q in self.programmes.items()}
        self.allowed = {p: self._allowed(q) for p, q in self.programmes.items()}
        self.slots = self._slots()
        self._worth = {(g, c): self._weights(g, c) for g, c in self.gaps}
        self._willing = {
            (g, s): self._share(g, s) for g, q in self.groups.items() for s in (False, bool(q.get("socialization")))
        }
        self._attending: dict[str, list[list[str]]] = {}
        self._lacking: dict[str, list[list[str]]] = {}
        self._payers: dict[tuple[str, str, str | None, str, str | None], tuple[str, ...]] = {}

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """The cost lines of each programme; who only counts people asks for none."""
        return {p: [self._line(line) for line in q.get("costs", [])] for p, q in self.programmes.items()}

    def _gaps_by(self, year: str) -> dict[tuple[str, str], int]:
        """Every gap that exists by the end of a year."""
        found: dict[tuple[str, str], int] = {}
        for g, group in self.groups.items():
            new = sorted((str(since), more) for since, more in group.get("new_gaps", {}).items() if str(since) <= year)
            for gaps in (group.get("gaps", {}), *(more for _since, more in new)):
                for c, n in gaps.items():
                    found[g, c] = found.get((g, c), 0) + n
        return {key: n for key, n in found.items() if n}

    def _levels(self) -> list[tuple[str, str | None]]:
        """(goal, by) of each level; gaps_closed last where no level names it."""
        default = [{"maximize": "gaps_closed"}, {"minimize": "own_cost"}]
        levels = [
            (level.get("maximize") or level["minimize"], level.get("by"))
            for level in self.scenario.get("objective", default)
        ]
        return levels if any(goal == "gaps_closed" for goal, _by in levels) else [*levels, ("gaps_closed", None)]

    def _line(self, line: Plain) -> Line:
        factors, price = line.get("quantity", 1), line["price"]
        named = factors.values() if isinstance(factors, dict) else [factors]
        quantity, tax = prod((number(each) for each in named), start=Fraction(1)), number(line.get("tax", 0))
        of_year: dict[str, dict[str, Fraction]] = {}
        for year in self.years:
            each = dict.fromkeys(("", *self.groups), Fraction(0))
            for g in each:
                if not isinstance(price, dict):
                    each[g] = quantity * taxed(self.grown(price, year), tax)
                elif price["by"] == "year":
                    listed_price = {str(y): n for y, n in price.items()}.get(year)
                    now = self.grown(price["default"], year) if listed_price is None else listed_price
                    each[g] = quantity * taxed(now, tax)
                elif g:
                    value = self.groups[g].get(price["by"])
                    now = self.grown(price[value] if value in price else price.get("default", 0), year)
                    each[g] = quantity * taxed(now, tax)
            of_year[year] = each
        return Line(line["item"], line.get("account"), line["per"], of_year)

    def grown(self, price: int, year: str) -> int:
        """A price of the first year in another: what has grown on it, half a rupiah and more being a whole one."""
        growth = number(self.scenario.get("price_growth", 0))
        exact = Fraction(int(price))
        for _ in range(int(year) - int(self.years[0])):
            exact += exact * growth
        return int(exact * 2 + 1) // 2

    def unit(self, line: Line, g: str, t: str) -> Fraction:
        """What a line costs each in a period, for somebody of a group; "" for classes and programmes."""
        return line.of_year[self.year[t]][g]

    def limits(self, f: str) -> list[tuple[set[str], Fraction]]:
        """(periods, most that the fund pays in them) of all that a fund has and that is there in time."""
        fund, found = self.funds[f], []
        by_year = fund.get("amounts")
        for n, t in enumerate(self.periods):
            year, until = self.year[t], self.periods[: n + 1]
            ends = n + 1 == len(self.periods) or (by_year and self.year[self.periods[n + 1]] != year)
            earlier = self.years[: self.years.index(year)]
            if not by_year:
                whole, carried = Fraction(fund["amount"]), Fraction(0)
            else:
                amounts = {str(y): n for y, n in by_year.items()}
                whole = Fraction(amounts.get(year, 0))
                carried = Fraction(sum(amounts.get(y, 0) for y in earlier))
                if not fund.get("carry_over"):
                    until, carried = [u for u in until if self.year[u] == year], Fraction(0)
            found.append((set(until), carried + self.released(f)[t] * whole))
            if ends:
                found.append((set(until), carried + whole))
        return found

    def _allowed(self, programme: Plain) -> list[str]:
        named = listed(programme.get("periods")) or self.periods
        starts = self.periods[: max(0, len(self.periods) - programme.get("lasts", 1) + 1)]
        return [t for t in starts if t in named]

    def running(self, p: str, start: str) -> list[str]:
        """The periods in which a course runs that starts in `start`."""
        first = self.periods.index(start)
        return self.periods[first : first + self.programmes[p].get("lasts", 1)]

    @remembered
    def finished(self, p: str, t: str) -> set[str]:
        """The starts of a programme whose participants may start a follow-up in `t`."""
        lasts = self.programmes[p].get("lasts", 1)
        place = self.periods.index(t)
        return {u for n, u in enumerate(self.periods) if n + lasts <= place or (lasts == 1 and n == place)}

    @remembered
    def away(self, p: str, start: str) -> dict[str, Fraction]:
        """Training days of one participant, by period of the run."""
        programme, run = self.programmes[p], self.running(p, start)
        days, lasts = programme.get("days"), programme.get("lasts", 1)
        if isinstance(days, list | tuple):
            return {t: number(n) for t, n in zip(run, days, strict=False)}
        whole = number(programme.get("hours", 0)) / number(self.scenario.get("hours_per_day", 8))
        return dict.fromkeys(run, (whole if days is None else number(days)) / lasts)

    def hours_in(self, p: str, start: str, periods: set[str]) -> Fraction:
        """JP of one participant that fall into `periods`."""
        within = sum(t in periods for t in self.running(p, start))
        return number(self.programmes[p].get("hours", 0)) * Fraction(within, self.programmes[p].get("lasts", 1))

    def _slots(self) -> dict[str, list[tuple[str, str]]]:
        """(programme, period) that each group may be sent to."""
        return {
            g: [
                (p, t)
                for p, programme in self.programmes.items()
                if selects(programme.get("for"), self.seen_group(g)) and self.need(g, p) > 0 and self.admits(g, p)
                for t in self.allowed[p]
                if self.admits(g, p, t)
            ]
            for g in self.groups
        }

    @remembered
    def in_years(self, p: str, start: str) -> dict[str, Fraction]:
        """JP of one participant in each year of a run."""
        return {
            y: self.hours_in(p, start, {t for t in self.periods if self.year[t] == y})
            for y in dict.fromkeys(self.year[t] for t in self.running(p, start))
        }

    def most_hours(self, g: str, year: str) -> Fraction | None:
        """JP that one person of the group may take in a year: what they took before the plan is of the first."""
        group = self.groups[g]
        if group.get("max_hours") is None:
            return None
        before = number(group.get("hours_before", 0)) if year == self.years[0] else Fraction(0)
        return max(Fraction(0), number(group["max_hours"]) - before)

    def bears(self, g: str, hours: dict[str, Fraction]) -> bool:
        """Whether one person of the group may take so many JP in each year."""
        return all((most := self.most_hours(g, year)) is None or n <= most for year, n in hours.items())

    @remembered
    def admits(self, g: str, p: str, start: str = "") -> bool:
        """Whether one person of the group may take so many hours in a year, in the run from a start or in some."""
        most = self.groups[g].get("max_hours")
        if most is None:
            return True
        starts = [start] if start else self.allowed[p]
        if not starts:
            return number(self.programmes[p].get("hours", 0)) <= number(most)
        return any(self.bears(g, self.in_years(p, t)) for t in starts)

    def colleagues(self, groups: list[str]) -> list[list[str]]:
        """Groups of one agency together; a group without one by itself."""
        found: dict[tuple[str, str], list[str]] = {}
        for g in groups:
            agency = self.groups[g].get("agency")
            found.setdefault(("agency", agency) if agency else ("group", g), []).append(g)
        return list(found.values())

    @remembered
    def may_take(self, g: str, p: str) -> bool:
        meant = selects(self.programmes[p].get("for"), self.seen_group(g))
        return meant and self.need(g, p) > 0 and self.admits(g, p)

    def attending(self, p: str) -> list[list[str]]:
        """The groups that may take a programme, by agency."""
        if p not in self._attending:
            self._attending[p] = self.colleagues([g for g in self.groups if self.may_take(g, p)])
        return self._attending[p]

    def lacking(self, c: str) -> list[list[str]]:
        """The groups with a gap that may take some programme which closes it, by agency."""
        if c not in self._lacking:
            teaching = [p for p, closes in self.closes.items() if c in closes]
            able = [g for g in self.groups if (g, c) in self.gaps and any(self.may_take(g, p) for p in teaching)]
            self._lacking[c] = self.colleagues(able)
        return self._lacking[c]

    @remembered
    def most_taking(self, g: str, p: str, socialized: bool, year: str = "") -> int:
        """need x r in whole people: of an agency's group what is begun counts, as the agency is limited too."""
        exact = self.need(g, p, year) * self.willing(g, socialized)
        return ceil(exact) if any(g in those and len(those) > 1 for those in self.attending(p)) else floor(exact)

    @remembered
    def need(self, g: str, p: str, year: str = "") -> int:
        """The largest gap that a programme closes, by the end of a year or of the plan."""
        return max(self.gaps_by[year or self.years[-1]].get((g, c), 0) for c in self.programmes[p]["closes"])

    @remembered
    def up_to(self, year: str) -> list[str]:
        """The periods up to the end of a year."""
        return [t for t in self.periods if self.year[t] <= year]

    @remembered
    def year_of_end(self, p: str, start: str) -> str:
        return self.year[self.running(p, start)[-1]]

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

    @remembered
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

    def mentors(self, pool: Plain, mentored: dict[str, int]) -> Fraction:
        """Mentors of a pool, where so many people of each group are mentored themselves."""
        chosen = [g for g in self.groups if selects(pool["from"], self.seen_group(g))]
        people = sum(int(self.groups[g]["headcount"]) - mentored.get(g, 0) for g in chosen)
        return number(pool["share"]) * people

    def released(self, f: str) -> dict[str, Fraction]:
        """Share of a fund that is there by the end of each period: the one named last; none named, none held back.

        Of amounts per year only what is named in the year counts.
        """
        named = {t: number(share) for t, share in self.funds[f].get("releases", {}).items()}
        alike = self.year if self.funds[f].get("amounts") else dict.fromkeys(self.periods, "")
        past = [
            [named[u] for u in self.periods[: n + 1] if u in named and alike[u] == alike[t]]
            for n, t in enumerate(self.periods)
        ]
        return {
            t: (before or [Fraction(0)])[-1] if named else Fraction(1)
            for t, before in zip(self.periods, past, strict=True)
        }

    def own(self, f: str) -> bool:
        return bool(self.funds[f]["kind"] == "own")

    def own_of(self, owner: Plain) -> tuple[str, ...]:
        """Own funds that may pay what is due once for a group or a fund: those of no agency, or of its agency."""
        mine = (None, owner.get("agency"))
        return tuple(f for f, fund in self.funds.items() if self.own(f) and fund.get("agency") in mine)

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
        agency = self.funds[f].get("agency")
        if agency is not None:
            meant = {each.get("agency") for each in self.groups.values() if self._meant(p, each["id"])}
            theirs = {self.groups[g].get("agency")} if line.per == "participant" and g is not None else meant
            if theirs != {agency} and (line.per != "participant" or g is not None):
                return False
        return (
            selects(pays.get("programmes"), self.seen_programme(p))
            and selects(pays.get("items"), item)
            and (line.per != "participant" or g is None or selects(pays.get("groups"), self.seen_group(g)))
        )

    def _meant(self, p: str, g: str) -> bool:
        return selects(self.programmes[p].get("for"), self.seen_group(g))

    def covers(self, f: str, line: Line) -> bool:
        """Whether a free seat of the fund makes this participant item free."""
        item = {"item": [line.item], "account": listed(line.account), "per": [line.per]}
        return line.per == "participant" and selects(self.funds[f].get("seats_cover"), item)
