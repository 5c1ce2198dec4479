"""The scenario: everything a plan is made from, resolved, frozen and hashable."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from planner.domain.base import Count, Name, Names, Record, Rupiah, Share, Text
from planner.domain.competencies import Competency
from planner.domain.funds import Fund
from planner.domain.groups import Group, MentorPool
from planner.domain.objectives import DEFAULT_LEVELS, Level
from planner.domain.programmes import Programme
from planner.domain.rules import Rule
from planner.domain.selectors import (
    CompetencySelector,
    FundSelector,
    GroupSelector,
    ProgrammeSelector,
    attribute_values,
)

ScenarioId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_][a-z0-9._-]*$", max_length=80)]
"""Lower-case letters, digits, dot, underscore and hyphen; it names the folder of the results."""


def _version(value: Any) -> Any:
    """The number 1 itself: neither true nor 1.0, which are equal to it."""
    if type(value) is not int:
        raise PydanticCustomError("literal_error", "Input should be 1", {"expected": "1"})
    return value


class Citations(Record):
    """Where the legal figures of the scenario come from, as printed."""

    floor_share: Text | None = None
    """Source of the legal floor of the training budget."""
    hours_target: Text | None = None
    """Source of the target of JP per person."""


class Identity(Record):
    """What the scenario is called and whom it is for (the `scenario:` block)."""

    id: ScenarioId
    """Identifier, unique among compared scenarios."""
    name: Name = ""
    """Title as printed; the id when absent."""
    agency: Name | None = None
    """Agency that plans."""
    fiscal_year: Count | None = Field(default=None, ge=1900, le=2200)
    """Fiscal year (tahun anggaran)."""
    language: Literal["id", "en"] = "id"
    """Language of reports."""
    description: Text = ""
    """What the scenario is about."""
    sources: tuple[Text, ...] = ()
    """Where figures come from; printed in the report."""
    assumptions: tuple[Text, ...] = ()
    """What is assumed rather than known, such as illustrative figures; printed in the report."""
    regional_budget: Rupiah | None = None
    """Total regional spending (belanja daerah) [rupiah]; with floor_share, own funds are held against the floor."""
    floor_share: Share | None = None
    """Legal floor of the training budget as a share of the regional budget [0-1]."""
    hours_target: Count | None = None
    """JP per person, reported against what the plan gives; not a rule."""
    citations: Citations = Citations()
    """Sources of floor_share and hours_target."""

    @property
    def label(self) -> str:
        return self.name or self.id


class Scenario(Record):
    """One resolved scenario. Lists keep the order of the file: it decides ties."""

    format: Annotated[Literal[1], BeforeValidator(_version)]
    """Version of the format: 1."""
    scenario: Identity
    """Title, agency, year and sources."""
    periods: Annotated[Names, Field(min_length=1)] | None = None
    """Periods of the horizon in order; one period, the fiscal year, when absent."""
    competencies: Annotated[tuple[Competency, ...], Field(min_length=1)]
    """Competencies of the job standard."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    """ASN groups."""
    mentor_pools: tuple[MentorPool, ...] = ()
    """Seniors who may mentor."""
    programmes: Annotated[tuple[Programme, ...], Field(min_length=1)]
    """Training programmes."""
    funds: Annotated[tuple[Fund, ...], Field(min_length=1)]
    """Own budget and partners."""
    rules: tuple[Rule, ...] = ()
    """The planner's own rules."""
    objective: Annotated[tuple[Level, ...], Field(min_length=1)] = DEFAULT_LEVELS
    """Levels of the objective."""

    @property
    def id(self) -> str:
        return self.scenario.id

    @cached_property
    def horizon(self) -> tuple[str, ...]:
        """The periods in order; one named after the fiscal year when the scenario names none."""
        return self.periods or (str(self.scenario.fiscal_year or "1"),)

    @cached_property
    def group(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def programme(self) -> dict[str, Programme]:
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def competency(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    @cached_property
    def fund(self) -> dict[str, Fund]:
        return {fund.id: fund for fund in self.funds}

    @cached_property
    def mentor_pool(self) -> dict[str, MentorPool]:
        return {pool.id: pool for pool in self.mentor_pools}

    def changed(self, **parts: Any) -> Scenario:
        """This scenario with some parts replaced, as records; nothing derived is carried over, nothing checked."""
        return Scenario.model_construct(**{name: getattr(self, name) for name in Scenario.model_fields} | parts)

    def periods_of(self, programme: Programme) -> tuple[str, ...]:
        """The periods in which `programme` may be held, in the order of the horizon."""
        allowed = set(self.horizon if programme.periods is None else programme.periods)
        return tuple(period for period in self.horizon if period in allowed)

    def programme_attributes(self, programme: Programme) -> dict[str, tuple[str, ...]]:
        """What selectors see of a programme."""
        kinds = {self.competency[c].kind: None for c in programme.closes if c in self.competency}
        return {
            "id": (programme.id,),
            "form": (programme.form,),
            "tags": attribute_values(programme.tags),
            "closes": tuple(programme.closes),
            "kind": tuple(kinds),
        }

    @cached_property
    def _group_attributes(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {group.id: group.attributes() for group in self.groups}

    def groups_in(self, selector: GroupSelector) -> tuple[Group, ...]:
        return selector.pick(self.groups, lambda group: self._group_attributes[group.id])

    def programmes_in(self, selector: ProgrammeSelector) -> tuple[Programme, ...]:
        return selector.pick(self.programmes, self.programme_attributes)

    def competencies_in(self, selector: CompetencySelector) -> tuple[Competency, ...]:
        return selector.pick(self.competencies, lambda c: {"id": (c.id,), "kind": (c.kind,)})

    def funds_in(self, selector: FundSelector) -> tuple[Fund, ...]:
        return selector.pick(self.funds, Fund.attributes)

    def mentors_in(self, pool: MentorPool) -> int:
        """floor(share x headcount selected) [mentors available in each period], of a pool of this scenario."""
        return self._mentors[pool.id]

    @cached_property
    def _mentors(self) -> dict[str, int]:
        """Counted once: it is asked for each group, programme and period."""
        return {
            pool.id: int(pool.share * sum(group.headcount for group in self.groups_in(pool.from_)))
            for pool in self.mentor_pools
        }

    def need(self, group: Group, programme: Programme) -> int:
        """need[g,p]: the largest gap of the group among the competencies the programme closes [people]."""
        gaps = group.gaps
        return max([gaps.get(c, 0) for c in programme.closes], default=0)

    @cached_property
    def total_need(self) -> int:
        """Sum of all gaps [person-gaps]."""
        return sum(sum(group.gaps.values()) for group in self.groups)

    def to_plain(self) -> dict[str, Any]:
        """The scenario as plain data in the words of the file format, defaults left out; numbers are int or Decimal."""
        plain: dict[str, Any] = self.model_dump(by_alias=True, exclude_defaults=True)
        for programme in plain["programmes"]:
            for item in programme.get("costs", ()):
                if isinstance(item["price"], dict):
                    item["price"] |= item["price"].pop("prices", {})
        return plain

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the meaning: equal exactly when the resolved scenarios are equal."""
        import hashlib  # here, since reading and checking a scenario do without it

        canonical = json.dumps(self.to_plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()
