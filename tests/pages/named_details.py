"""Further figures with their names: parts of a page that are no plain table, the terminal, and parts of a plan.

of_details(scenario, page)    years, periods, the RKA form, cards of funds, duties, the annex, rules
of_terminal(scenario, plan)   the summary in the terminal
of_comparison(scenario, plan) the plan beside another
of_parts(scenario, plan)      plan.json and the CSV tables by programme, group, period, year and competency
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.comparison import compare
from planner.plans.plan import Plan
from planner.plans.tables import table_rows
from planner.report.terminal import comparison_rows, summary_rows
from tests.pages.markup import Element
from tests.pages.named_figures import (
    CANONICAL,
    COST,
    HOURS_EACH,
    KINDS,
    NET,
    OPEN,
    WEIGHTED,
    WHOLE,
    Figure,
    Found,
    Names,
    Scope,
    agency_parts,
    by_name,
    exact,
    name_of,
    printed,
)

OWN_COST: Final = "Dibayar dana sendiri"
PARTNER_COST: Final = "Dibayar mitra"

_PARTS: Final = {
    "ASN": "ASN",
    "Peserta": "Peserta",
    "JP per orang": HOURS_EACH,
    "JP per orang setahun": HOURS_EACH,
    "Kesenjangan terbuka": OPEN,
    "Biaya": COST,
}
"""The figures of an agency with a single group, as one line of the annex names them."""
_OF_YEARS: Final = {"Yang ada": "Kebutuhan", "Tertutup": "Tertutup", "Masih terbuka": OPEN, "Cakupan": "Cakupan"}
_OF_NEED: Final = re.compile(r"([\d.,]+) dari ([\d.,]+)(?: kesenjangan)?(?: \(([\d,]+%)\))?")
LABELS: Final = {
    "Jumlah biaya": COST,
    "Dana sendiri": OWN_COST,
    "Mitra": PARTNER_COST,
    "Peserta": "Peserta",
    "Angkatan": "Angkatan",
    "JP per ASN": HOURS_EACH,
    "JP per ASN setahun": HOURS_EACH,
    "Kesenjangan tertutup menurut bobot": WEIGHTED,
    "Kesenjangan tertutup menurut bobot, dikurangi penalti sasaran": NET,
    "Kesenjangan tertutup, dikurangi penalti sasaran": NET,
}
"""What rows of the terminal are."""


def of_details(scenario: Scenario, page: Element) -> Found:
    page, names = by_name(page), Names(scenario)
    for table in page.all("table"):
        id = table.attributes["id"]
        if id == "table-years" or re.fullmatch(r"table-years-\d+-\w+", id):
            yield from _of_years(scenario, names, table)
        elif id == "table-calendar":
            yield from _of_periods(names, table)
        elif id == "table-funds-by-year":
            yield from _of_funds_by_year(table)
        elif id.startswith("table-releases") and not scenario_has_years(scenario):
            yield from _of_releases(names, table)
        elif id.startswith("table-heat"):
            yield from _of_cells(names, table)
        elif id.startswith("gaps-"):
            yield from _of_gaps(table)
        elif id in _SMALL:
            yield from _SMALL[id](scenario, names, table)
    for part in agency_parts(page):
        yield from _of_line(part)
    for card in page.all("article", class_="card"):
        yield from _of_card(names, card)


def scenario_has_years(scenario: Scenario) -> bool:
    return len(scenario.years) > 1


def _year_scope(scenario: Scenario) -> Scope:
    """What the RKA is about: its year, or the whole plan where that is one year."""
    return ("year", scenario.years[0]) if scenario_has_years(scenario) else WHOLE


def figures_of(pairs: list[tuple[str, str]], scope: Scope, place: str) -> Found:
    for name, text in pairs:
        if (figure := printed(text, place)) is not None:
            yield (name, scope), figure


def of_need(text: str, scope: Scope, place: str) -> Found:
    """Yield closed, needed and coverage of "20,2 dari 40 (50,5%)"."""
    found = _OF_NEED.search(text)
    if found is not None:
        closed, need, share = found.groups(default="")
        yield from figures_of([("Tertutup", closed), ("Kebutuhan", need), ("Cakupan", share)], scope, place)


def _of_years(scenario: Scenario, names: Names, table: Element) -> Found:
    """Yield the gaps by the end of each year; those of the last are the whole plan's."""
    head, *rows = table.rows()
    year = table.one("caption").text.split(":")[0]
    for row in rows:
        scope: Scope = WHOLE
        if head[0] == "Tahun":
            year = row[0]
        elif row[0] != "Jumlah":
            scope = names.scope(KINDS.get(head[0]), row[0]) or ("none", row[0])
        cells = [(_OF_YEARS[h], cell) for h, cell in zip(head, row, strict=True) if h in _OF_YEARS]
        for of in (("year", year, *scope), *((scope,) if year == scenario.years[-1] else ())):
            yield from figures_of(cells, of, f"{table.attributes['id']}: {row[0]}")


def _of_periods(names: Names, table: Element) -> Found:
    head, *rows = table.rows()
    for row in rows:
        scope = () if row[0] == "Jumlah" else ("programme", row[0])
        for period, cell in zip(head[1:-1], row[1:-1], strict=True):
            classes, people = f"{cell} / {cell}".split(" / ")[:2]
            pairs = [("Angkatan", classes), ("Peserta", people)]
            yield from figures_of(pairs, (*scope, "period", period), f"table-calendar: {row[0]}")
    assert names.periods == set(head[1:-1])


def _of_funds_by_year(table: Element) -> Found:
    head, *rows = table.rows()
    amounts: dict[str, float] = defaultdict(float)
    for row in rows[:-1]:
        scope = ("fund", row[0], "year", row[1])
        yield from figures_of([(COST, row[head.index("Terpakai (Rp)")])], scope, "table-funds-by-year")
        if row[2] != "\u2013" and (of_year := printed(row[2], "")) is not None:
            amounts[row[0]] += of_year.value
    for fund, amount in amounts.items():
        yield ("Pagu (Rp)", ("fund", fund)), exact(amount, "table-funds-by-year: sum of the amounts")


def _of_releases(names: Names, table: Element) -> Found:
    head, *rows = table.rows()
    fund = table.one("caption").text.rsplit(": ", 1)[0]
    assert fund in names.of["fund"]
    yield from figures_of([(COST, rows[-1][head.index("Terpakai (Rp)")])], ("fund", fund), table.attributes["id"])


def _of_cells(names: Names, table: Element) -> Found:
    """Yield closed and needed of each cell of the map, where its rows are groups or agencies."""
    head, *rows = table.rows()
    kind = next((k for k in ("kelompok", "perangkat daerah") if f"menurut {k} dan" in table.one("caption").text), None)
    for row in rows if kind else ():
        scope = names.scope("group" if kind == "kelompok" else "agency", row[0])
        for competency, cell in zip(head[1:], row[1:], strict=True):
            closed, _, need = cell.partition("/")
            if scope and need:
                pairs = [("Tertutup", closed), ("Kebutuhan", need)]
                yield from figures_of(pairs, (*scope, competency), f"{table.attributes['id']}: {row[0]}")


def _of_gaps(table: Element) -> Found:
    group = ""
    for row in table.one("tbody").all("tr"):
        cells = row.cells()
        if len(cells) == 1:
            group = cells[0].one("b").text
            continue
        scope, place = ("group", group, cells[0].text), f"{table.attributes['id']}: {group}, {cells[0].text}"
        yield from of_need(cells[1].text, scope, place)
        yield from figures_of([(OPEN, cells[2].text.split(":")[0])], scope, place)


def _of_line(part: Element) -> Found:
    name, lines = part.all("h3")[0].text, [p.text for p in part.all("p") if " · " in p.text]
    for line in lines:
        for label, _, text in (figure.partition(": ") for figure in line.split(" · ")):
            if label == "Kesenjangan tertutup":
                yield from of_need(text, ("agency", name), "annex line")
            elif label in _PARTS:
                yield from figures_of([(_PARTS[label], text.split(" (")[0])], ("agency", name), f"annex line {label}")


def _of_card(names: Names, card: Element) -> Found:
    title = card.one("h3").text
    fund = next((f for f in names.of["fund"] if title.startswith(f"{f} ")), "")
    if (said := re.search(r"Terpakai (Rp[\d.]+) dari (Rp[\d.]+)", card.text)) is not None:
        yield from figures_of([(COST, said[1]), ("Pagu (Rp)", said[2])], ("fund", fund), f"card of {fund}")


def _of_form(scenario: Scenario, _names: Names, table: Element) -> Found:
    for label, text in table.rows()[1:]:
        if (year := re.fullmatch(r"Alokasi Tahun (\d+)", label)) is not None:
            scope = ("year", year[1]) if scenario_has_years(scenario) else WHOLE
            yield from figures_of([(OWN_COST, text)], scope, f"RKA form: {label}")


_OF_MEASURE: Final = {
    "Dana": OWN_COST,
    "Uang mitra": PARTNER_COST,
    "Peserta": "Peserta",
    "Angkatan": "Angkatan",
    "Jam": "JP",
}
"""The figures of the performance table, by how its measures begin."""


def _of_performance(scenario: Scenario, _names: Names, table: Element) -> Found:
    scope = _year_scope(scenario)
    for _indicator, measure, target in table.rows()[1:]:
        place, number = f"RKA form: {measure}", target.split(" ")[0]
        if measure.startswith("Kesenjangan"):
            yield from of_need(target, WHOLE, place)
        for begin, name in _OF_MEASURE.items():
            if measure.startswith(begin):
                yield from figures_of([(name, number)], scope, place)


def _of_causes(_scenario: Scenario, _names: Names, table: Element) -> Found:
    yield from figures_of([(OPEN, table.rows()[-1][1])], WHOLE, "causes")


def _of_conformity(_scenario: Scenario, _names: Names, table: Element) -> Found:
    for row in table.rows()[1:]:
        yield from figures_of([("Peserta", row[3])], ("programme", row[0]), "table-conformity")


def _of_rules(_scenario: Scenario, _names: Names, table: Element) -> Found:
    for row in table.rows()[1:]:
        rule = re.sub(r" \((?:aturan|sasaran)\)\Z", "", row[0])
        yield from figures_of([("Dalam rencana", row[3].removesuffix(" JP"))], ("rule", rule), "table-rules")


def _of_levels(_scenario: Scenario, _names: Names, table: Element) -> Found:
    for _rank, goal, value, *_others in table.rows()[1:]:
        if goal.startswith("Menutup kesenjangan"):
            yield from figures_of([(NET if "dikurangi" in goal else WEIGHTED, value)], WHOLE, "table-levels")
        elif goal.startswith(("Memakai dana sendiri", "Mengeluarkan biaya")):
            name = OWN_COST if "sendiri" in goal else COST
            yield from figures_of([(name, value)], WHOLE, "table-levels")


_SMALL: Final = {
    "table-rka-form": _of_form,
    "table-rka-performance": _of_performance,
    "causes": _of_causes,
    "table-conformity": _of_conformity,
    "table-rules": _of_rules,
    "table-levels": _of_levels,
}


def of_terminal(scenario: Scenario, plan: Plan) -> Found:
    with speaking("id"):
        rows = summary_rows(scenario, plan)
    for label, text in ((name_of(label), text) for label, text in rows):
        if label == "Kesenjangan tertutup":
            yield from of_need(text, WHOLE, "terminal")
        elif label in LABELS:
            yield from figures_of([(LABELS[label], text)], WHOLE, f"terminal: {label}")


def of_comparison(scenario: Scenario, plan: Plan) -> Found:
    """Yield the figures of the plan as the base of a comparison."""
    names, compared = Names(scenario), compare([(scenario, plan), (scenario, plan)])
    with speaking("id"):
        rows = comparison_rows(compared)
    for label, text in ((name_of(label), text) for label, text, *_others in rows[1:]):
        kind = next((kind for kind in ("fund", "group", "competency") if label in names.of[kind]), None)
        if kind == "fund":
            yield from figures_of([(COST, text)], (kind, label), "comparison")
        elif kind is not None:
            yield from of_need(text, (kind, label), "comparison")
        elif label in (*LABELS, "Kebutuhan (kesenjangan)", "Kesenjangan tertutup", "Cakupan"):
            name = LABELS.get(label, CANONICAL.get(label, label))
            yield from figures_of([(name, text)], WHOLE, f"comparison: {label}")


def of_parts(scenario: Scenario, plan: Plan) -> Found:
    tables, sums = table_rows(scenario, plan), defaultdict[tuple[str, Scope], float](float)
    for row in tables["allocations"]:
        programme, group = ("programme", row["programme_name"]), ("group", row["group_name"])
        agency = [("agency", row["agency"])] if row["agency"] else []
        for scope in (programme, group, *agency, (*programme, "period", row["period"]), ("period", row["period"])):
            sums["Peserta", scope] += row["participants"]
        sums["JP", WHOLE] += row["hours"]
    for row in tables["classes"]:
        programme = ("programme", row["programme_name"])
        for scope in (programme, (*programme, "period", row["period"])):
            sums["Angkatan", scope] += row["classes"]
    for row in tables["payments"]:
        year = scenario.year_of[row["period"]]
        for scope in (("fund", row["fund_name"]), ("fund", row["fund_name"], "year", year), ("year", year)):
            sums[COST, scope] += row["amount"]
        if row["programme"]:
            sums[COST, ("programme", row["programme_name"])] += row["amount"]
            sums[COST, ("programme", row["programme_name"], row["fund_name"])] += row["amount"]
    for row in tables["closings"]:
        group, competency = ("group", row["group_name"]), ("competency", row["competency_name"])
        agency = [("agency", row["agency"])] if row["agency"] else []
        for scope in (group, competency, *agency, (*group, row["competency_name"])):
            for column, name in (("need", "Kebutuhan"), ("closed", "Tertutup"), ("left", OPEN)):
                sums[name, scope] += row[column]
    for key, value in sums.items():
        yield key, exact(value, "csv tables")
    if plan.total_cost:
        yield ("Bagian mitra", WHOLE), exact(plan.partner_cost / plan.total_cost, "plan.json: partner_cost")
    yield from _of_results(scenario, plan)


def _of_results(scenario: Scenario, plan: Plan) -> Found:
    """Yield what plan.json says of years, rules and goals."""
    plain: dict[str, Any] = plan.to_plain()
    for row in plain.get("years", ()):
        for column, name in (("need", "Kebutuhan"), ("closed", "Tertutup")):
            yield (name, ("year", row["year"], *WHOLE)), exact(row[column], "plan.json: years")
    for row in plain["rules"]:
        if row.get("of") is None:
            yield ("Dalam rencana", ("rule", row["rule"])), exact(row["measure"], "plan.json: rules")
    penalties = any(not rule.hard and rule.penalty for rule in scenario.rules)
    for row in plain["objective"]:
        if row["goal"] == "gaps_closed":
            yield (NET if penalties else WEIGHTED, WHOLE), exact(row["value"], "plan.json: objective")


def unexplained(page: Element) -> list[str]:
    """Tables whose printed total is not the sum of their printed rows."""
    wrong = []
    for table in page.all("table"):
        if not table.all("tfoot") or table.attributes["id"].startswith(("rka-", "table-calendar")):
            continue
        head, *_others = table.rows()
        counted = [
            row for row in table.all("tr") if row.attributes.get("class") not in ("sum", "agency")
        ]  # those are partial sums
        rows = [[cell.text for cell in row.cells()] for row in counted[1:]]
        for column, header in enumerate(head):
            averages = header in NOT_SUMS or (table.attributes["id"], header) == ("table-hours-target", "Bagian")
            if averages or header.startswith("JP per") or column == 0:
                continue
            cells = [printed(row[column], "") for row in rows]
            total, parts = cells[-1], [cell for cell in cells[:-1] if cell is not None]
            if total is not None and parts and not _sums(total, parts):
                wrong.append(f"{table.attributes['id']}, {header}: {total.value} for {sum(p.value for p in parts)}")
    return wrong


PARTIAL_SUMS: Final = ("sum", "agency")
"""Rows that say that they sum others of their table."""

NOT_SUMS: Final = frozenset({"Cakupan", "Tahun", "Terpakai", "Jumlah per kode rekening (Rp)"})
"""Columns of averages and shares, and one whose rows are partial sums."""


def _sums(total: Figure, parts: list[Figure]) -> bool:
    return abs(total.value - sum(part.value for part in parts)) <= len(parts) * 10.0**-total.decimals / 2 + 1e-6
