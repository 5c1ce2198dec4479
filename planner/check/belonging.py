"""Lists of names checked against the list of people: who is counted in which group, and who lacks what they attend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from planner.check.verdict import FindingLog, Verdict
from planner.domain.groups import Group
from planner.domain.people import ATTRIBUTES, ListedAlike, PersonsLook
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector
from planner.locale import _

type _Likeness = tuple[tuple[tuple[str, ...], ...], frozenset[str], Fraction]
"""(attributes, programmes attended before, JP done before) that all people of a group share."""


class SeatsWithoutGap(NamedTuple):
    """Seats to come of people who lack nothing, or nothing more, that the programme closes [seats]."""

    never_lacked: int
    """In mixed groups, whose people lack different competencies."""
    passed: int
    """In all other groups: people who lacked it, and were found to have closed it since."""


def check_belonging(
    scenario: Scenario,
    alike: Iterable[ListedAlike],
    listed: Collection[str],
    strangers: int = 0,
    repeated: int = 0,
    said: SeatsWithoutGap | None = None,
) -> Verdict:
    """Check that everybody in the lists is in the list of people, once, and in the group that they belong to.

    `alike` are people as the list of people has them, with the group that the lists of names count them in: once for
    their lines, and once for each seat. `listed` are the groups made of the list, `strangers` the rows of lists whose
    id is nobody's, and `repeated` the lines of people who have one already. Each group has its headcount and its gaps
    in the list, and `said` is recounted. Findings contain no names.
    """
    log = FindingLog()
    if strangers:
        log.find(
            "attendance", (), _("The lists name {people} people who are not in the list of people."), people=strangers
        )
    if repeated:
        log.find("attendance", (), _("The lists have {people} lines of people who have one already."), people=repeated)
    homes, programmes = _Homes(scenario, listed), scenario.programme
    astray: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    lacking: dict[str, Counter[str]] = defaultdict(Counter)
    never_lacked = passed = 0
    for each in alike:
        home = homes.of(each)
        if each.group != home:
            astray[each.group] += each.people
        if each.programme is None:
            heads[each.group] += each.people
            of_group = lacking[each.group]
            for c in each.lacks:
                of_group[c] += each.people
        elif not each.happened and each.programme in programmes:
            closes = programmes[each.programme].closes.keys()
            if closes.isdisjoint(each.lacks - each.passed):
                mixed = each.group in homes.mixed
                never_lacked += each.people if mixed else 0
                passed += 0 if mixed or closes.isdisjoint(each.lacks) else each.people
    for group, people in astray.items():
        sentence = _("{people} lines of the lists count somebody in group '{group}' who does not belong to it.")
        log.find("attendance", (group,), sentence, people=people, group=group)
    for group in sorted(listed):
        _check_counts(scenario.group[group], heads[group], lacking[group], log)
    if said is not None and said != (never_lacked, passed):
        sentence = _("The lists state {stated} seats of people without a gap; recounted they are {exact}.")
        log.find("attendance", (), sentence, stated=sum(said), exact=never_lacked + passed)
    return log.verdict()


def _check_counts(group: Group, people: int, lacking: Mapping[str, int], log: FindingLog) -> None:
    """Check that the people of a group in the list are as many as it counts, and lack what it counts."""
    if people != group.headcount:
        sentence = _("The list of people has {people} people of group '{group}'; the plan counts {counted}.")
        log.find("attendance", (group.id,), sentence, people=people, group=group.id, counted=group.headcount)
    sentence = _("In the list {people} people of group '{group}' lack '{competency}'; the plan counts {counted}.")
    for c in dict.fromkeys([*group.gaps, *lacking]):
        found, counted = lacking.get(c, 0), group.gaps.get(c, 0)
        if found != counted:
            log.find("attendance", (group.id, c), sentence, people=found, group=group.id, competency=c, counted=counted)


class _Homes:
    """The group of each person, by what a scenario says of its groups."""

    def __init__(self, scenario: Scenario, listed: Collection[str]) -> None:
        table = scenario.people
        assert table is not None
        self._table = table
        self.mixed = frozenset(table.read.mixed if table.read is not None else ())
        self._exact: dict[_Likeness, dict[frozenset[str], str]] = defaultdict(dict)
        self._of_mixed: dict[_Likeness, str] = {}
        for group in scenario.groups:
            if group.id not in listed:
                continue
            likeness = _likeness_of_group(group)
            if group.id in self.mixed:
                self._of_mixed[likeness] = group.id
            else:
                self._exact[likeness][frozenset(c for c, people in group.gaps.items() if people)] = group.id
        self._found: dict[int, tuple[PersonsLook, Mapping[frozenset[str], str], str | None]] = {}
        """What there is for people of each look, by the place of its record: hashing one takes longer."""

    def of(self, each: ListedAlike) -> str | None:
        """Return the group that people with these attributes and gaps belong to; None where there is none."""
        found = self._found.get(id(each.look))
        if found is None:
            likeness = self._likeness(each.look)
            found = each.look, self._exact.get(likeness, {}), self._of_mixed.get(likeness)
            self._found[id(each.look)] = found
        _look, exact, mixed = found
        return exact.get(each.lacks, mixed)

    def _likeness(self, look: PersonsLook) -> _Likeness:
        by = self._table.by
        seen = {
            name: () if text is None or (by is not None and name not in by) else _words(name, text)
            for name, text in zip(ATTRIBUTES, look.attributes, strict=True)
        }
        limited = any(entry.max_hours is not None and _selects(entry.where, seen) for entry in self._table.each)
        hours = Fraction(look.hours) if limited else Fraction(0)
        return tuple(seen[name] for name in ATTRIBUTES), look.completed, hours


def _likeness_of_group(group: Group) -> _Likeness:
    texts = (group.agency, group.location, group.level, group.employment)
    attributes = (*((text,) if text is not None else () for text in texts), tuple(group.tags))
    return attributes, frozenset(p for p, people in group.completed.items() if people), group.hours_before


def _selects(where: GroupSelector, seen: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a selector may select people with these attributes; the id of their group is not asked for."""
    named = where.named()
    return all(not set(values).isdisjoint(seen[name]) for name, values in named.items() if name in seen)


def _words(name: str, text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";") if word.strip()) if name == "tags" else (text,)
