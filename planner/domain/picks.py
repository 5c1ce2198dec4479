"""What selectors select in a scenario, remembered: rules, funds and programmes use the same selectors many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from planner.domain.competencies import Competency
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.selectors import CompetencySelector, GroupSelector, ProgrammeSelector, attribute_values


class Picks:
    """The groups, programmes and competencies that selectors select, in file order; each selector is worked out
    once."""

    def __init__(
        self, groups: Sequence[Group], programmes: Sequence[Programme], competencies: Sequence[Competency]
    ) -> None:
        self._all_groups, self._all_programmes, self._competencies = groups, programmes, competencies
        self._groups: dict[GroupSelector, tuple[Group, ...]] = {}
        self._programmes: dict[ProgrammeSelector, tuple[Programme, ...]] = {}
        self._kind = {competency.id: competency.kind for competency in competencies}

    def groups(self, selector: GroupSelector) -> tuple[Group, ...]:
        """Return the groups selected."""
        if selector not in self._groups:
            groups: Iterable[Group] = self._all_groups
            if (
                selector.agency is not None
            ):  # with hundreds of agencies, trying the groups of the named ones alone is much faster
                places = {place for agency in selector.agency for place in self._places.get(agency, ())}
                groups = map(self._all_groups.__getitem__, sorted(places))
            self._groups[selector] = selector.pick(groups, lambda group: self._of_group[group.id])
        return self._groups[selector]

    def programmes(self, selector: ProgrammeSelector) -> tuple[Programme, ...]:
        """Return the programmes selected."""
        if selector not in self._programmes:
            self._programmes[selector] = selector.pick(self._all_programmes, self.of_programme)
        return self._programmes[selector]

    def competencies(self, selector: CompetencySelector) -> tuple[Competency, ...]:
        """Return the competencies selected."""
        return selector.pick(self._competencies, lambda c: {"id": (c.id,), "kind": (c.kind,)})

    def of_programme(self, programme: Programme) -> dict[str, tuple[str, ...]]:
        """Return what selectors see of a programme."""
        return {
            "id": (programme.id,),
            "form": (programme.form,),
            "tags": attribute_values(programme.tags),
            "closes": tuple(programme.closes),
            "kind": tuple({self._kind[c]: None for c in programme.closes if c in self._kind}),
        }

    @cached_property
    def _of_group(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {group.id: group.attributes() for group in self._all_groups}

    @cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        """The places of the groups of each agency in the file."""
        found: dict[str, list[int]] = {}
        for place, group in enumerate(self._all_groups):
            found.setdefault(group.agency or "", []).append(place)
        return {agency: tuple(places) for agency, places in found.items()}
