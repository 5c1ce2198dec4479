"""How many people reach the target of JP, by agency and group, with basic training and without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from planner.domain.groups import Group
from planner.locale import _
from planner.plans.hours_reached import hours_reached, is_basic, jp_before
from planner.plans.plan_rows import HoursTarget
from planner.report.material import Material
from planner.report.views.annexed import annex_as_place
from planner.report.views.table import LONG, Column, Table, TableRow, table
from planner.report.wording.formats import NOTHING


def without_basic(material: Material) -> bool:
    """Return whether the plan holds basic training, so that it is told how many reach the target without it."""
    return any(is_basic(material.scenario.programme[row.programme]) for row in material.plan.allocations)


def rows_without_basic(material: Material) -> list[HoursTarget]:
    """Count again without the hours of basic training."""
    return list(hours_reached(material.scenario, material.plan.attendance, without_basic=True))


def rows_at_most(material: Material) -> list[HoursTarget]:
    """Return the rows of the target if those people were sent who then reach it; else the rows of the plan."""
    if not jp_before(material.scenario) or not material.plan.hours_target:
        return list(material.plan.hours_target)
    return list(hours_reached(material.scenario, material.plan.attendance, at_most=True))


def hours_held_by(material: Material, reached: int, most: int) -> Iterator[str]:
    """Yield for whom the number of those who reach the target holds, and that the gaps counted may hold for others."""
    formats, facts = material.formats, material.scenario.facts
    if facts and (most > reached or material.scenario.people is not None):
        # who attended before is joined anew with what is left, so names need not follow the patterns
        yield _(
            "This is how many reach it by the plan's attendance patterns. Lists of names say who "
            "does; their number may differ."
        )
    elif most > reached:
        yield _(
            "This is how many reach it whoever is sent; with the right people it is {most}. Lists of "
            "names say who does."
        ).format(most=formats.count(most))
    closed = material.closed_by_people.closed
    if reached and closed < material.plan.gaps_closed:
        yield _(
            "This number and the gaps that the plan counts do not hold for the same people: by the patterns in which"
            " so many reach the target it closes at most {closed} gaps, not {counted}."
        ).format(closed=formats.number(closed), counted=formats.number(material.plan.gaps_closed))


def hours_table(material: Material) -> Table | None:
    """Return a row for each group, below the sum of its agency; None where the scenario has no target."""
    plan, basic = material.plan, without_basic(material)
    if not plan.hours_target:
        return None
    several = len(material.scenario.one_person.years) > 1
    columns = [Column(_("Agency and group"), "name")]
    columns += [Column(_("Year"))] if several else []
    people = _("Civil servants, counted once a year") if several else _("Civil servants")
    columns += [Column(people, "number"), Column(_("Reach the target"), "number")]
    columns += [Column(_("Without Latsar"), "number")] if basic else []
    columns += [Column(_("Share"), "number"), Column(_("Verdict"), "verdict")]
    less = {(row.year, row.group): row.reached for row in rows_without_basic(material)}
    by_key = {(row.year, row.group): row for row in plan.hours_target}

    def cells(name: str, year: str | None, rows: Iterable[HoursTarget]) -> tuple[str, ...]:
        counted = list(rows)
        people, reached = sum(row.people for row in counted), sum(row.reached for row in counted)
        formats = material.formats
        return (
            name,
            *([NOTHING if year is None else str(year)] if several else []),
            formats.count(people),
            formats.count(reached),
            *([formats.count(sum(less[row.year, row.group] for row in counted))] if basic else []),
            material.formats.share(Fraction(reached, people) if people else Fraction(1)),
            verdict(reached, people),
        )

    lines: list[TableRow] = []
    for year in material.scenario.one_person.years:
        for agency, groups in material.measures.agencies.items():
            of_agency = [by_key[year, group.id] for group in groups]
            if agency is not None and len(groups) > 1:
                name = _("{agency}: all its groups").format(agency=material.agency(agency))
                lines.append(TableRow(cells(name, year, of_agency), "agency"))
            for group, row in zip(groups, of_agency, strict=True):
                lines.append(TableRow(cells(group.label, year, [row])))
    total = cells(_("Total"), None, plan.hours_target)
    return table(
        "table-hours-target",
        _("Civil servants who reach the target of JP"),
        columns,
        lines,
        total=total,
        printed_in=annex_as_place(material) if len(lines) > LONG and not several else "",
    )


def reached_of(material: Material, groups: Sequence[Group]) -> str:
    """Return how many people of groups reach the target, in words; empty where years are told apart, which takes a
    table, and where there is no target."""
    found = material.reached_by_group
    if not found:
        return ""
    reached, without = (sum(found[group.id][at] for group in groups) for at in (0, 1))
    count = material.formats.count
    words = _("{closed} of {need}").format(closed=count(reached), need=count(sum(group.headcount for group in groups)))
    return words + (f" ({_('Without Latsar')}: {count(without)})" if without != reached else "")


def verdict(reached: int, people: int) -> str:
    """Return whether all, some or none reach the target."""
    if reached == people:
        return _("met")
    return _("partly") if reached else _("not met")
