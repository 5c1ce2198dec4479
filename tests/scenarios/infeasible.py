"""Scenarios without a plan, with the rules and limits that clash in each."""

from __future__ import annotations

from typing import Any

from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]
Path = tuple[str | int, ...]


TEN_PEOPLE: Plain = {"name": "Semua ikut", "measure": "participants", "at_least": 10}


RULE = ("rules", 0, "at_least")


PROMISED: Plain = {"actuals": {"through": "TW1", "committed": [{"programme": "bimtek", "period": "TW2", "classes": 3}]}}


CASES: dict[str, tuple[Plain, set[Path]]] = {
    "more people than lack anything": (
        scenario(rules=[TEN_PEOPLE | {"at_least": 11}]),
        {RULE},
    ),
    "a budget that does not reach": (
        scenario(programmes=costing("participant", 3), funds={"amount": 29}, rules=[TEN_PEOPLE]),
        {RULE, ("funds", "apbd", "amount")},
    ),
    "gaps of a year in which the budget does not reach": (
        scenario(
            periods=[{"id": "A", "year": 2027}, {"id": "B", "year": 2028}],
            programmes=costing("participant", 11) | {"periods": ["A"]},
            rules=[{"name": "Tahun", "measure": "gaps_closed", "where": {"years": [2027]}, "at_least": 10}],
        ),
        {RULE, ("funds", "apbd", "amount")},
    ),
    "a class nobody can pay": (
        scenario(
            programmes=costing("class", 101) | {"class_size": {"max": 10}},
            rules=[TEN_PEOPLE | {"measure": "classes", "at_least": 1}],
        ),
        {RULE, ("funds", "apbd", "amount")},
    ),
    "too few classes": (
        scenario(programmes={"class_size": {"max": 4}, "classes": {"max": 2}}, rules=[TEN_PEOPLE]),
        {RULE, ("programmes", "bimtek", "classes")},
    ),
    "too few classes in a period": (
        scenario(programmes={"class_size": {"max": 4}, "classes": {"per_period": 1}}, rules=[TEN_PEOPLE]),
        {RULE, ("programmes", "bimtek", "classes")},
    ),
    "more classes required than people fill": (
        scenario(programmes={"class_size": {"min": 4, "max": 6}, "classes": {"min": 3}}, rules=[TEN_PEOPLE]),
        {RULE, ("programmes", "bimtek", "classes"), ("programmes", "bimtek", "class_size")},
    ),
    "people left over when classes are filled": (
        scenario(programmes={"class_size": {"min": 4, "max": 4}}, rules=[TEN_PEOPLE]),
        {RULE, ("programmes", "bimtek", "class_size")},
    ),
    "the unwilling": (
        scenario(groups={"uptake": "90%"}, rules=[TEN_PEOPLE]),
        {RULE, ("groups", "a", "uptake")},
    ),
    "a socialization that is not enough": (
        scenario(
            groups={"uptake": "50%", "socialization": {"raises_uptake_to": "90%", "cost": 5}},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("groups", "a", "uptake")},
    ),
    "a socialization nobody can pay": (
        scenario(
            groups={"uptake": "50%", "socialization": {"raises_uptake_to": "90%", "cost": 101}},
            rules=[TEN_PEOPLE | {"at_least": 9}],
        ),
        {RULE, ("funds", "apbd", "amount"), ("groups", "a", "uptake")},
    ),
    "hours": (
        scenario(groups={"max_hours": 7}, programmes={"hours": 8}, rules=[TEN_PEOPLE]),
        {RULE, ("groups", "a", "max_hours")},
    ),
    "release": (
        # courses of all 120 working days of a period: 40% of the days of ten people are those of four
        scenario(groups={"release": "40%"}, programmes={"days": 120}, rules=[TEN_PEOPLE]),
        {RULE, ("groups", "a", "release")},
    ),
    "mentors": (
        scenario(
            mentor_pools=[{"id": "senior", "from": {}, "share": "10%"}],
            programmes={"mentors": {"pool": "senior", "mentees_each": 4}},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("mentor_pools", "senior")},
    ),
    "a dormitory that is too small": (
        scenario(
            resources=[{"id": "asrama", "unit": "orang-malam", "amount": {"TW1": 12, "TW2": 9}}],
            programmes={"uses": {"asrama": {"per": "participant", "amount": 3}}},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("resources", "asrama", "amount")},
    ),
    "trainers of one class in each period": (
        scenario(
            resources=[{"id": "wi", "unit": "JP", "amount": 30}],
            programmes={"class_size": {"max": 4}, "uses": {"wi": {"per": "class", "amount": 24}}},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("resources", "wi", "amount")},
    ),
    "promised classes that money does not reach": (
        scenario(programmes=costing("class", 40) | {"class_size": {"max": 5}}, **PROMISED),
        {("actuals", "committed", 0), ("funds", "apbd", "amount")},
    ),
    "promised classes that people do not fill": (
        scenario(programmes={"class_size": {"min": 4, "max": 6}}, **PROMISED),
        {("actuals", "committed", 0), ("programmes", "bimtek", "class_size")},
    ),
    "promised classes that a rule forbids": (
        scenario(
            programmes={"class_size": {"max": 6}},
            rules=[{"name": "Sedikit", "measure": "classes", "at_most": 1}],
            **PROMISED,
        ),
        {("actuals", "committed", 0), ("rules", 0, "at_most")},
    ),
    "programmes of which one may run": (
        scenario(
            groups={"headcount": 40},
            programmes=[
                {"id": name, "closes": {"keu": 1}, "class_size": {"max": 5}, "classes": {"max": 1}}
                for name in ("satu", "dua")
            ],
            choices={"at_most_one_of": [["satu", "dua"]]},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("choices", "at_most_one_of"), ("programmes", "satu", "classes"), ("programmes", "dua", "classes")},
    ),
    "prerequisites in a later period": (
        scenario(
            programmes=[
                {"id": "lanjut", "closes": {"keu": 1}, "periods": ["TW1"], "requires": ["dasar"]},
                {"id": "dasar", "closes": {"keu": 1}, "periods": ["TW2"]},
            ],
            rules=[TEN_PEOPLE | {"at_least": 1, "where": {"programmes": {"id": "lanjut"}}}],
        ),
        {RULE, ("programmes", "lanjut", "requires")},
    ),
    "a partner that pays half": (
        scenario(
            programmes=costing("participant", 2),
            funds=[
                {"id": "apbd", "kind": "own", "amount": 8},
                {"id": "mitra", "kind": "partner", "amount": 100, "max_share": "50%"},
            ],
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("funds", "apbd", "amount"), ("funds", "mitra", "max_share")},
    ),
    "a partner that matches": (
        scenario(
            programmes=costing("participant", 2),
            funds=[
                {"id": "apbd", "kind": "own", "amount": 8},
                {"id": "mitra", "kind": "partner", "amount": 100, "match": {"with": "apbd", "ratio": 1}},
            ],
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("funds", "apbd", "amount"), ("funds", "mitra", "match")},
    ),
    "a partner that wants to pay more than there is": (
        scenario(
            programmes=costing("participant", 2),
            funds=[
                {"id": "apbd", "kind": "own", "amount": 8},
                {"id": "mitra", "kind": "partner", "amount": 100, "minimum": 50},
            ],
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("funds", "apbd", "amount"), ("funds", "mitra", "minimum")},
    ),
    "a partner that may not pay for it": (
        scenario(
            programmes=[
                {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 2)},
                {"id": "lain", "closes": {"keu": 0.1}, **costing("participant", 101)},
            ],
            funds=[
                {"id": "apbd", "kind": "own", "amount": 8},
                {"id": "mitra", "kind": "partner", "amount": 100, "pays": {"programmes": {"id": "lain"}}},
            ],
            rules=[TEN_PEOPLE | {"where": {"programmes": {"id": "bimtek"}}}],
        ),
        {RULE, ("funds", "apbd", "amount"), ("funds", "mitra", "pays")},
    ),
    "money that comes too late": (
        scenario(
            programmes=costing("participant", 2) | {"periods": ["TW1"]},
            funds={"releases": {"TW1": 0}},
            rules=[TEN_PEOPLE],
        ),
        {RULE, ("funds", "apbd", "releases")},
    ),
    "two rules against each other": (
        scenario(
            programmes=costing("participant", 3),
            rules=[TEN_PEOPLE, {"name": "Hemat", "measure": "cost", "at_most": 29}],
        ),
        {RULE, ("rules", 1, "at_most")},
    ),
    "two sides of one rule": (
        scenario(
            programmes={"class_size": {"min": 4, "max": 4}},
            rules=[TEN_PEOPLE | {"at_least": 5, "at_most": 7}],
        ),
        {RULE, ("rules", 0, "at_most"), ("programmes", "bimtek", "class_size")},
    ),
    "three rules, of which two clash": (
        scenario(
            programmes=costing("participant", 3),
            rules=[
                {"name": "Ada peserta", "measure": "participants", "at_least": 1},
                TEN_PEOPLE | {"measure": "gaps_closed", "at_least": "100%"},
                {"name": "Hemat", "measure": "cost", "at_most": 29},
            ],
        ),
        {("rules", 1, "at_least"), ("rules", 2, "at_most")},
    ),
    "a share of the cost that nothing can reach": (
        scenario(
            programmes=[
                {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 2)},
                {"id": "lain", "closes": {"keu": 1}, "classes": {"max": 1}, "class_size": {"max": 1},
                 **costing("class", 4)},
            ],
            rules=[
                {"name": "Lain separuh", "measure": "cost", "where": {"programmes": {"id": "lain"}}, "at_least": "50%"},
                TEN_PEOPLE | {"where": {"programmes": {"id": "bimtek"}}, "at_least": 3},
            ],
        ),
        {RULE, ("rules", 1, "at_least"), ("programmes", "lain", "classes")},
    ),
}  # fmt: skip
