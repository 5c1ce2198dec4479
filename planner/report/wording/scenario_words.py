"""The keys of a scenario file in words, for the sheet that lists its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from planner.domain.named_keys import ONE_RECORD, list_named
from planner.domain.scenario import Scenario
from planner.locale import N_, _

_KEYS: Final = {
    "account": N_("account"),
    "accounts": N_("accounts allowed"),
    "activities": N_("Sub-activities"),
    "activity": N_("sub-activity"),
    "actuals": N_("What has happened"),
    "addressee": N_("addressee of the letter"),
    "agency": N_("agency"),
    "agency_depth": N_("depth of agencies in the list of units"),
    "agreement_cost": N_("cost of the agreement"),
    "aims": N_("purpose and aims"),
    "amount": N_("amount"),
    "amounts": N_("amount by year"),
    "any": N_("one of"),
    "assumptions": N_("assumption"),
    "at_least": N_("at least"),
    "at_most": N_("at most"),
    "at_most_one_of": N_("at most one of these"),
    "attended": N_("attended"),
    "background": N_("background"),
    "beneficiaries": N_("beneficiaries"),
    "by": N_("depends on"),
    "carry_over": N_("what is left may be spent later"),
    "ceiling": N_("ceiling of the price"),
    "chance": N_("chance"),
    "choices": N_("Choices between programmes"),
    "citation": N_("source"),
    "citations": N_("source"),
    "class_size": N_("size of a class"),
    "classes": N_("classes"),
    "closed": N_("closed"),
    "closes": N_("closes"),
    "closing": N_("closing words"),
    "code": N_("code"),
    "column": N_("column"),
    "columns": N_("columns"),
    "committed": N_("committed"),
    "competencies": N_("Competencies"),
    "completed": N_("completed before"),
    "cost": N_("cost"),
    "costs": N_("cost item"),
    "dates": N_("days of classes"),
    "days": N_("days"),
    "default": N_("otherwise"),
    "description": N_("description"),
    "document_date": N_("date of documents"),
    "document_number": N_("number of documents"),
    "document_place": N_("place of signing"),
    "each": N_("what holds of groups"),
    "each_period": N_("in each period"),
    "employment": N_("employment"),
    "field": N_("field"),
    "fill": N_("meaning of blank cells"),
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
    "hours_before": N_("JP taken before the plan"),
    "hours_done": N_("people by JP done before"),
    "hours_per_day": N_("JP in one day"),
    "hours_target": N_("target of JP per year"),
    "id": N_("id"),
    "indicator": N_("indicator"),
    "indicators": N_("performance indicators"),
    "item": N_("item"),
    "items": N_("items"),
    "join": N_("further table of people"),
    "kind": N_("kind"),
    "language": N_("language"),
    "lasts": N_("periods that it lasts"),
    "layout": N_("layout of the table"),
    "left_out": N_("rows left out"),
    "legal_basis": N_("legal basis"),
    "lenient": N_("without unreadable rows"),
    "letter": N_("covering letter"),
    "letter_form": N_("form of the letter"),
    "level": N_("level"),
    "listed": N_("entry of a price list"),
    "location": N_("location"),
    "logo": N_("logo"),
    "match": N_("co-funding"),
    "max": N_("at most"),
    "max_hours": N_("most JP of a person in a year"),
    "max_share": N_("most it pays of a programme"),
    "maximize": N_("the most of"),
    "measure": N_("what is measured"),
    "mentees_each": N_("participants of each mentor"),
    "mentor_pools": N_("Mentors"),
    "mentors": N_("mentors"),
    "method": N_("method"),
    "min": N_("at least"),
    "minimize": N_("the least of"),
    "minimum": N_("at least this amount or nothing"),
    "mixed": N_("groups of people with different gaps"),
    "mixed_groups": N_("number of groups of people with different gaps"),
    "mixed_people": N_("people in groups with different gaps"),
    "most_groups": N_("most groups"),
    "name": N_("name"),
    "narrative": N_("Texts of the terms of reference"),
    "new_gaps": N_("new gaps"),
    "nip": N_("NIP"),
    "not_assessed": N_("cells not assessed"),
    "objective": N_("Goals, in their order"),
    "of": N_("of"),
    "of_years": N_("share of which years"),
    "only_if": N_("only if this runs"),
    "other_countable": N_("other spending that counts"),
    "paid": N_("paid"),
    "participants": N_("participants"),
    "pays": N_("pays for"),
    "penalty": N_("penalty"),
    "people": N_("List of people"),
    "per": N_("per"),
    "per_period": N_("most per period"),
    "period": N_("period"),
    "periods": N_("Periods"),
    "pool": N_("pool"),
    "price": N_("price"),
    "price_growth": N_("growth of prices per year"),
    "prices": N_("price by value"),
    "profiles": N_("groups if none were joined"),
    "programme": N_("programme"),
    "programmes": N_("Programmes"),
    "provider": N_("provider"),
    "quantity": N_("quantity"),
    "raises_uptake_to": N_("willing afterwards"),
    "rank": N_("rank (pangkat)"),
    "ratio": N_("ratio"),
    "read": N_("what was read"),
    "reason": N_("reason"),
    "release": N_("working days released"),
    "releases": N_("released by the end of"),
    "replaces": N_("parts that stand alone"),
    "requires": N_("requires"),
    "resources": N_("Resources"),
    "role": N_("role"),
    "round_to": N_("rounding of divided costs"),
    "rows": N_("rows"),
    "rows_left_out": N_("number of rows left out"),
    "rules": N_("Rules"),
    "scenario": N_("The plan"),
    "schedule": N_("schedule"),
    "seats": N_("free seats"),
    "seats_cover": N_("free seats cover"),
    "share": N_("share"),
    "sheet": N_("sheet"),
    "signatories": N_("signatory"),
    "smallest": N_("fewest people of a group"),
    "socialization": N_("socialization"),
    "soft": N_("goal that may be missed"),
    "sources": N_("source of figures"),
    "spec": N_("specification"),
    "table": N_("table"),
    "tags": N_("mark"),
    "target_unit": N_("unit of the target"),
    "tax": N_("tax"),
    "through": N_("last period that is over"),
    "to": N_("last day"),
    "together": N_("all of these or none"),
    "unit": N_("unit"),
    "units": N_("list of units"),
    "uptake": N_("willing to take part"),
    "uses": N_("uses"),
    "values": N_("meaning of words"),
    "weight": N_("weight"),
    "where": N_("for"),
    "with": N_("with"),
    "without_jp": N_("rows of histories without JP"),
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
        return of | {"rules": {rule.id or rule.name: rule.name for rule in scenario.rules}}

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
        if path[0] in ONE_RECORD:
            return words[0], " · ".join(words[1:])
        return f"{words[0]}: {words[1]}", " · ".join(words[2:])

    def _words(self, path: Sequence[str]) -> Iterator[str]:
        """Yield each part of a path in words: ids by the name of their record, positions and names as they are."""
        for place, part in enumerate(path):
            named = path[0] if place == 1 and path[0] not in ONE_RECORD else list_named(path[: place + 1])
            yield self._labels.get(named, {}).get(part, part) if named else key_said(part)


def key_said(key: str) -> str:
    """Return a key of the format in words; what is no key as it is."""
    return _(_KEYS[key]) if key in _KEYS else key


def input_name(scenarios: Sequence[Scenario], path: Sequence[str]) -> str:
    """Return the name of an input of one of the scenarios, of the first that has its record."""
    words = [ScenarioWords(scenario) for scenario in scenarios]
    return next((each for each in words if each.knows(path)), words[0]).input(path)
