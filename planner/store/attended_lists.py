"""Who attended what has happened, from the lists of names that came back; and who takes the seats that are left."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from planner.attendance.rest import rest_of_group
from planner.domain.attendance import NO_HISTORY, Start
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _, ngettext
from planner.people.attended import Attendees, ListedPerson, PastSeat
from planner.people.seat_rows import BETWEEN_IDS, LACKS, rows_of
from planner.people.ways import Follower, followers
from planner.scenario_io.presence_counts import PresenceCounts
from planner.scenario_io.presence_lists import read_presence
from planner.scenario_io.writing import flow_text

ASSIGNMENTS: Final = "penugasan"
PEOPLE: Final = "per-orang"
LISTS: Final = "daftar-peserta"
RESULTS: Final = "hasil"
UNNAMED: Final = "tanpa-nama"
PAIRS: Final = "mentor"
"""Names of the files in a folder of lists of names."""
MOST_LISTED: Final = 20
"""Most faults that are named."""


def presence_in(
    scenario: Scenario, folder: Path, through: str | None = None, plan: Mapping[str, Any] | None = None
) -> PresenceCounts:
    """Return what the participants' lists in a folder of names say once they came back. Raises InputError.

    Counted are courses that start until `through`, or until the first period that is left; what had happened before the
    plan that the lists belong to is added from its facts. Lists do not say who of groups without names was there: these
    stand as in the `plan`.
    """
    last = through or (scenario.facts.rest or scenario.horizon[-1:])[0]
    counts = _came_back(scenario, folder, last)
    if plan is not None:
        _add_unnamed(scenario, plan, folder, last, counts)
    for row in scenario.actuals.attended if scenario.actuals else ():
        key = row.programme, row.period, row.group
        counts.attended[key] = row.participants
        if row.measured:
            counts.closed[key] = dict(row.measured)
    counts.held |= scenario.facts.classes
    return counts


def _add_unnamed(scenario: Scenario, plan: Mapping[str, Any], folder: Path, last: str, counts: PresenceCounts) -> None:
    """Add the seats of groups without names as they were planned, and the classes in which nobody has a name."""
    place, over = scenario.place_of_period, set(scenario.facts.over)
    courses = set()
    for row in plan["allocations"]:
        g, p, t, people = row["group"], row["programme"], row["period"], row["participants"]
        if people and g not in scenario.listed_groups and t not in over and place[t] <= place[last]:
            counts.attended[p, t, g] = people
            counts.as_planned += people
            courses.add((p, t))
    named = {(p, t, number) for _one, p, t, number, _happened in _seats(folder)} if courses else set()
    for row in plan["classes"]:
        course = row["programme"], row["period"]
        if course in courses and row["classes"]:
            nameless = sum((*course, number) not in named for number in range(1, row["classes"] + 1))
            counts.held[course] = counts.held.get(course, 0) + nameless


def attended_in(scenario: Scenario, folder: Path) -> Attendees:
    """Return who attended what has happened in `scenario`, by the lists in a folder of names of the previous plan.

    Raises InputError where lists are wrong or missing, or differ from what the facts count.
    """
    counts = _came_back(scenario, folder, scenario.facts.over[-1])
    seats: list[PastSeat] = [*_happened(folder), *counts.seats]
    results = _results(folder) | counts.results
    group_of = {one: each.group for one, each in _listed(folder).items()}
    found = Attendees(group_of, seats, results, counts.notices)
    _ensure_counted(scenario, found, folder)
    return found


def attended_by_lists(scenario: Scenario, lists: Path, people: Mapping[str, ListedPerson]) -> Attendees:
    """Return who attended what has happened, by the participants' lists that came back and what is known of each
    person.

    Without the lists of names nothing says who was named, so a missing list is noticed only where the facts count more
    people than the lists do.
    """
    counts = read_presence(scenario, lists, people, (), scenario.facts.over[-1])
    found = Attendees({one: each.group for one, each in people.items()}, counts.seats, counts.results, counts.notices)
    _ensure_counted(scenario, found, lists)
    return found


def followers_of(scenario: Scenario, plan: Mapping[str, Any], attended: Attendees) -> list[Follower]:
    """Return how many people of each group take what in addition to what they attended.

    Raises InputError where people who attended this cannot take the seats that are left.
    """
    before = attended.parts()
    over = set(scenario.facts.over)
    rows = [row for row in followers(plan["attendance"]) if row[0] not in before]
    of_rest = not any(t in over for _g, _h, _n, starts in followers(plan["attendance"]) for _p, t in starts)
    seats: dict[str, dict[Start, int]] = {}
    for row in plan["allocations"]:
        if row["group"] in before and row["participants"] and row["period"] not in over:
            seats.setdefault(row["group"], {})[row["programme"], row["period"]] = row["participants"]
    empty: list[tuple[str, Start, int]] = []
    for g, histories in before.items():
        of_group = [(n, starts) for group, _h, n, starts in followers(plan["attendance"]) if group == g]
        willing = sum(n for n, _starts in of_group) - (0 if of_rest else sum(histories.values()))
        left = dict(histories)
        if seats.get(g):
            likely = [starts for _n, starts in of_group]
            found = rest_of_group(scenario, scenario.group[g], histories, seats[g], likely, willing)
            empty += [(g, start, n) for start, n in found.empty.items()]
            for history, people, starts in found.people:
                rows.append((g, history, people, starts))
                if history != NO_HISTORY:
                    left[history] -= people
        rows += [(g, history, people, ()) for history, people in left.items() if people]
    if empty:
        problems = _first_of([_nobody_left(scenario, *each, seats[each[0]][each[1]]) for each in empty])
        setting = leaving_out(scenario, empty, seats)
        told = _("All of these rules at once, for planner replan with the same actuals: --set {setting}")
        raise InputError([*problems, Problem(told.format(setting=setting), _("Then name the seats anew."))])
    return rows


def leaving_out(
    scenario: Scenario, fewer: Sequence[tuple[str, Start, int]], seats: Mapping[str, Mapping[Start, int]]
) -> str:
    """Return the rules of a scenario as a change for `--set`, with one for each place that is to have so many `fewer`
    seats."""
    rules = [*scenario.to_plain().get("rules", ())]
    taken = {rule.name for rule in scenario.rules}
    for g, (p, t), n in fewer:
        name = f"{p}, {t}, {g}"
        while name in taken:
            name += " *"
        taken.add(name)
        where = {"programmes": {"id": p}, "groups": {"id": g}, "periods": [t]}
        rules.append({"name": name, "measure": "participants", "where": where, "at_most": seats[g][p, t] - n})
    return shlex.quote(f"rules={flow_text(rules)}")


def _first_of(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems, and one that says how many more there are."""
    more = len(problems) - MOST_LISTED
    if more <= 0:
        return [*problems]
    told = ngettext("{count} more place has the same fault.", "{count} more places have the same fault.", more)
    return [*problems[:MOST_LISTED], Problem(told.format(count=more), "")]


def _nobody_left(scenario: Scenario, group: str, start: Start, empty: int, seats: int) -> Problem:
    programme, period = start
    message = ngettext(
        "{programme}, {period}: nobody of '{group}' is left for {count} of the {seats} seats: who attended what has"
        " happened cannot take it, by JP, days or what it requires.",
        "{programme}, {period}: nobody of '{group}' is left for {count} of the {seats} seats: who attended what has"
        " happened cannot take them, by JP, days or what it requires.",
        empty,
    )
    names = {"programme": scenario.programme[programme].label, "period": period}
    remedy = _(
        "The plan knows how many attended, but not who. Give the group at most {most} participants there"
        " by a rule (measure: participants, at_most: {most}), and replan."
    )
    told = message.format(**names, group=scenario.group[group].label, count=empty, seats=seats)
    return Problem(told, remedy.format(most=seats - empty))


def _came_back(scenario: Scenario, folder: Path, last: str) -> PresenceCounts:
    """Return what the lists of a folder say about courses that start until `last`."""
    named = ((one, p, t, number) for one, p, t, number, happened in _seats(folder) if not happened)
    waiting = [each for each in named if scenario.place_of_period[each[2]] <= scenario.place_of_period[last]]
    if not waiting and any(happened for *_seat, happened in _seats(folder)):
        return PresenceCounts()
    passed = {gap for gap, closed in _results(folder).items() if closed}
    return read_presence(scenario, folder / LISTS, _listed(folder), waiting, last, passed)


def _ensure_counted(scenario: Scenario, attended: Attendees, folder: Path) -> None:
    """Raise InputError unless the lists name as many people as the facts count."""
    named, counted = attended.seated(), Counter(scenario.facts.participants)
    wrong = []
    sentence = _("{programme}, {period}: the lists name {named} people of '{group}', but the actuals say {counted}.")
    remedy = _("Correct the lists or the actuals; planner template --actuals --lists counts them from the lists.")
    for g, p, t in dict.fromkeys([*counted, *named]):
        if g in scenario.listed_groups and named[g, p, t] != counted[g, p, t]:
            names = {"programme": scenario.programme[p].label, "period": t, "group": scenario.group[g].label}
            told = sentence.format(**names, named=named[g, p, t], counted=counted[g, p, t])
            wrong.append(Problem(told, remedy, file=str(folder)))
    if wrong:
        raise InputError(_first_of(wrong))


def _happened(folder: Path) -> Iterator[PastSeat]:
    for one, p, t, number, happened in _seats(folder):
        if happened:
            yield one, p, t, number


def _seats(folder: Path) -> Iterator[tuple[str, str, str, int | None, bool]]:
    """Yield (id, programme, period, class, whether it has happened) for the seats in a folder of names."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(_file(folder, ASSIGNMENTS))
    happened = table["happened"].to_pylist() if "happened" in table.column_names else [False] * table.num_rows
    seats = rows_of(table.select(["id", "programme", "period", "class"]))
    for (one, p, t, number), over in zip(seats, happened, strict=True):
        yield one, p, t, number, over


def _listed(folder: Path) -> dict[str, ListedPerson]:
    """Return the group of everybody and what they lack, by id."""
    import pyarrow.parquet

    alike: dict[str, frozenset[str]] = {}
    found = {}
    for one, group, lacks in rows_of(pyarrow.parquet.read_table(_file(folder, PEOPLE), columns=["id", "group", LACKS])):
        if lacks not in alike:
            alike[lacks] = frozenset(lacks.split(BETWEEN_IDS)) if lacks else frozenset()
        found[one] = ListedPerson(group, alike[lacks])
    return found


def _results(folder: Path) -> dict[tuple[str, str], bool]:
    """Return whether gaps were found closed before, by (id, competency); only lists of a plan of what was left tell."""
    import pyarrow.parquet

    file = folder / f"{RESULTS}.parquet"
    rows = rows_of(pyarrow.parquet.read_table(file)) if file.is_file() else ()
    return {(one, competency): passed for one, competency, passed in rows}


def _file(folder: Path, name: str) -> Path:
    file = folder / f"{name}.parquet"
    if not file.is_file():
        message = _("there is no '{name}' in this folder.").format(name=file.name)
        remedy = _("Name the folder that planner assign has written.")
        raise InputError([Problem(message, remedy, file=str(folder))])
    return file
