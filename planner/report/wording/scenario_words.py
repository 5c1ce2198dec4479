"""The keys of a scenario file in words, for the sheet that lists its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.locale import N_, _

_KEYS: Final = {
    "account": N_("account"),
    "actuals": N_("What has happened"),
    "agency": N_("agency"),
    "agreement_cost": N_("cost of the agreement"),
    "amount": N_("amount"),
    "amounts": N_("amount by year"),
    "any": N_("one of"),
    "assumptions": N_("assumption"),
    "at_least": N_("at least"),
    "at_most": N_("at most"),
    "at_most_one_of": N_("at most one of these"),
    "attended": N_("attended"),
    "by": N_("depends on"),
    "carry_over": N_("what is left may be spent later"),
    "chance": N_("chance"),
    "choices": N_("Choices between programmes"),
    "citation": N_("source"),
    "citations": N_("source"),
    "class_size": N_("size of a class"),
    "classes": N_("classes"),
    "closed": N_("closed"),
    "closes": N_("closes"),
    "committed": N_("committed"),
    "competencies": N_("Competencies"),
    "completed": N_("completed before"),
    "cost": N_("cost"),
    "costs": N_("cost item"),
    "dates": N_("days of classes"),
    "days": N_("days"),
    "default": N_("otherwise"),
    "description": N_("description"),
    "each_period": N_("in each period"),
    "employment": N_("employment"),
    "fiscal_year": N_("fiscal year"),
    "floor": N_("legal floor of the budget"),
    "for": N_("for whom"),
    "form": N_("form"),
    "format": N_("format of the file"),
    "from": N_("from"),
    "fund": N_("fund"),
    "funds": N_("Funding sources"),
    "gaps": N_("gaps"),
    "group": N_("group"),
    "groups": N_("Groups"),
    "headcount": N_("civil servants"),
    "held": N_("held"),
    "hours": N_("lesson hours (JP)"),
    "hours_per_day": N_("JP in one day"),
    "hours_target": N_("target of JP per year"),
    "id": N_("id"),
    "item": N_("item"),
    "items": N_("items"),
    "kind": N_("kind"),
    "language": N_("language"),
    "lasts": N_("periods that it lasts"),
    "level": N_("level"),
    "location": N_("location"),
    "match": N_("co-funding"),
    "max": N_("at most"),
    "max_hours": N_("most JP of a person in a year"),
    "hours_before": N_("JP taken before the plan"),
    "max_share": N_("most it pays of a programme"),
    "maximize": N_("the most of"),
    "measure": N_("what is measured"),
    "mentees_each": N_("participants of each mentor"),
    "mentor_pools": N_("Mentors"),
    "mentors": N_("mentors"),
    "min": N_("at least"),
    "minimize": N_("the least of"),
    "minimum": N_("at least this amount or nothing"),
    "name": N_("name"),
    "new_gaps": N_("new gaps"),
    "objective": N_("Goals, in their order"),
    "of": N_("of"),
    "of_years": N_("share of which years"),
    "only_if": N_("only if this runs"),
    "other_countable": N_("other spending that counts"),
    "paid": N_("paid"),
    "participants": N_("participants"),
    "pays": N_("pays for"),
    "penalty": N_("penalty"),
    "per": N_("per"),
    "per_period": N_("most per period"),
    "period": N_("period"),
    "periods": N_("Periods"),
    "pool": N_("pool"),
    "price": N_("price"),
    "price_growth": N_("growth of prices per year"),
    "programme": N_("programme"),
    "programmes": N_("Programmes"),
    "provider": N_("provider"),
    "quantity": N_("quantity"),
    "raises_uptake_to": N_("willing afterwards"),
    "ratio": N_("ratio"),
    "release": N_("working days released"),
    "releases": N_("released by the end of"),
    "requires": N_("requires"),
    "resources": N_("Resources"),
    "rules": N_("Rules"),
    "scenario": N_("The plan"),
    "seats": N_("free seats"),
    "seats_cover": N_("free seats cover"),
    "share": N_("share"),
    "smallest": N_("fewest people of a group"),
    "socialization": N_("socialization"),
    "soft": N_("goal that may be missed"),
    "sources": N_("source of figures"),
    "tags": N_("mark"),
    "tax": N_("tax"),
    "through": N_("last period that is over"),
    "together": N_("all of these or none"),
    "unit": N_("unit"),
    "uptake": N_("willing to take part"),
    "uses": N_("uses"),
    "weight": N_("weight"),
    "where": N_("for"),
    "with": N_("with"),
    "working_days": N_("working days"),
    "year": N_("year"),
    "years": N_("years"),
}


class ScenarioWords:
    """The places of values in a scenario, in words."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        """Names of records by the key under which they stand, then by id."""
        scenario = self.scenario
        records: Mapping[str, Sequence[Any]] = {
            "competencies": scenario.competencies,
            "groups": scenario.groups,
            "programmes": scenario.programmes,
            "funds": scenario.funds,
            "resources": scenario.resources,
            "mentor_pools": scenario.mentor_pools,
        }
        of = {key: {record.id: record.label for record in those} for key, those in records.items()}
        named = {"gaps": "competencies", "new_gaps": "competencies", "closes": "competencies", "uses": "resources"}
        named |= {"seats": "programmes", "completed": "programmes"}
        of["rules"] = {rule.id or rule.name: rule.name for rule in scenario.rules}
        return of | {key: of[records_of] for key, records_of in named.items()}

    @cached_property
    def _count(self) -> Mapping[str, int]:
        """How many records have each name."""
        parts = {"competencies", "groups", "programmes", "funds", "resources", "mentor_pools", "rules"}
        return Counter(label for key in parts for label in self._labels[key].values())

    def knows(self, path: Sequence[str]) -> bool:
        """Return whether the path is in a record of this scenario, or in none."""
        return len(path) < 2 or path[0] not in self._labels or path[1] in self._labels[path[0]]

    def input(self, path: Sequence[str]) -> str:
        """Return one name of an input: "Universitas Jambi: amount"; with the id where others are called so too."""
        part, field = self.place(path)
        label = self._labels.get(path[0], {}).get(path[1]) if len(path) > 1 else None
        if label is not None and field:
            part = label if self._count[label] == 1 else f"{label} ({path[1]})"
        return f"{part}: {field}" if field else part

    def place(self, path: Sequence[str]) -> tuple[str, str]:
        """Return the part of the scenario ("Groups: Analis keuangan") and the value's name in it."""
        words = list(self._words(path))
        if len(path) == 1:
            return words[0], ""
        if path[0] == "scenario":
            return words[0], " · ".join(words[1:])
        return f"{words[0]}: {words[1]}", " · ".join(words[2:])

    def _words(self, path: Sequence[str]) -> Iterator[str]:
        """Yield each part of a path in words: ids by the name of their record, positions and names as they are."""
        for place, part in enumerate(path):
            record = self._labels.get(path[place - 1], {}).get(part) if place else None
            word = None if place == 1 and path[0] != "scenario" else _KEYS.get(part)
            yield record or (_(word) if word else part)


def key_said(key: str) -> str:
    """Return a key of the format in words; what is no key as it is."""
    return _(_KEYS[key]) if key in _KEYS else key


def input_name(scenarios: Sequence[Scenario], path: Sequence[str]) -> str:
    """Return the name of an input of one of the scenarios, of the first that has its record."""
    words = [ScenarioWords(scenario) for scenario in scenarios]
    return next((each for each in words if each.knows(path)), words[0]).input(path)
