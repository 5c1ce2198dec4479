"""Small scenarios and consistent plans made by hand, for tests that need an answer but no solver.

`plan_from` pays every cost cell from the first allowed fund that has money left; the product's own assembly makes the
plan of it. It keeps no rule of the model by itself: the decisions passed in must.
"""

from __future__ import annotations

import copy
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from planner.attendance.finder import attended
from planner.domain.cells import Cell, Funding
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level, levels_of
from planner.domain.one_off import FirstUses, OneOff, one_offs
from planner.domain.programmes import CostItem, Programme
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.plans.assembly import assemble
from planner.plans.claim import Bounds
from planner.plans.plan import Plan, SolverRun

SMALL: dict[str, Any] = {
    "format": 1,
    "scenario": {
        "id": "contoh-uji",
        "name": "Rencana Bangkom Contoh TA 2027",
        "agency": "BPSDM Provinsi Jambi",
        "fiscal_year": 2027,
        "description": "Rencana kecil untuk menguji laporan.",
        "sources": ["Data ilustratif untuk pengujian."],
        "assumptions": ["Harga satuan bersifat ilustratif."],
        "floor": {"share": "0.34%", "of": 100_000_000_000, "citation": "Pedoman penyusunan APBD TA 2019"},
        "hours_target": 20,
        "citations": {
            "hours_target": "PP 11/2017 pasal 203 ayat (4)",
        },
    },
    "periods": ["TW1", "TW2"],
    "competencies": [
        {"id": "keu-daerah", "name": "Pengelolaan keuangan daerah", "kind": "technical"},
        {"id": "komunikasi", "name": "Komunikasi", "kind": "managerial"},
        {"id": "perekat", "name": "Perekat bangsa", "kind": "socio_cultural"},
    ],
    "groups": [
        {
            "id": "bpkad-analis", "name": "Analis keuangan BPKAD", "agency": "BPKAD", "location": "Kota Jambi",
            "level": "fungsional", "headcount": 240, "gaps": {"keu-daerah": 120, "komunikasi": 60}, "uptake": "70%",
            "socialization": {"raises_uptake_to": "90%", "cost": 15_000_000, "account": "5.1.02.02.12.0002"},
            "max_hours": 60, "release": "40%",
        },
        {
            "id": "dinkes-kerinci", "name": "Perencana Dinas Kesehatan Kerinci", "agency": "Dinas Kesehatan",
            "location": "Kerinci", "headcount": 80, "gaps": {"keu-daerah": 30, "perekat": 12},
        },
    ],
    "programmes": [
        {
            "id": "bimtek-keu", "name": "Bimtek pengelolaan keuangan daerah", "form": "bimtek", "hours": 24,
            "provider": "BPSDM Provinsi Jambi", "closes": {"keu-daerah": 0.85}, "class_size": {"min": 20, "max": 40},
            "classes": {"max": 6, "per_period": 3},
            "costs": [
                {"item": "Honorarium narasumber", "account": "5.1.02.02.01.0003", "per": "class", "quantity": 24,
                 "unit": "OJ", "price": 900_000},
                {"item": "Konsumsi", "account": "5.1.02.01.01.0052", "per": "participant", "quantity": 3, "unit": "OH",
                 "price": 55_000},
                {"item": "Perjalanan dinas", "account": "5.1.02.04.01.0001", "per": "participant", "unit": "OK",
                 "price": {"by": "location", "default": 0, "Kerinci": 850_000}},
                {"item": "Penyusunan kurikulum", "account": "5.1.02.02.12.0001", "per": "programme",
                 "price": 25_000_000},
            ],
        },
        {
            "id": "pel-komunikasi", "name": "Pelatihan komunikasi efektif", "form": "e-learning", "hours": 10,
            "closes": {"komunikasi": 0.6}, "periods": ["TW2"],
            "costs": [{"item": "Lisensi", "account": "5.1.02.02.12.0001", "per": "participant", "price": 250_000}],
        },
    ],
    "funds": [
        {"id": "apbd", "name": "APBD Provinsi Jambi", "kind": "own", "amount": 400_000_000,
         "releases": {"TW1": "60%", "TW2": "100%"}},
        {"id": "unja", "name": "Universitas Jambi", "kind": "partner", "amount": 60_000_000,
         "pays": {"programmes": {"id": ["bimtek-keu"]}, "items": {"per": "class"}}, "max_share": "50%",
         "match": {"with": "apbd", "ratio": 1.0}, "minimum": 20_000_000,
         "agreement_cost": {"amount": 10_000_000, "account": "5.1.02.02.12.0001"}, "chance": "80%"},
        {"id": "komdigi", "name": "Kursi gratis Komdigi", "kind": "partner", "amount": 0,
         "seats": {"pel-komunikasi": 20}},
    ],
    "rules": [
        {"name": "Sedikitnya 30% biaya untuk kompetensi teknis", "measure": "cost",
         "where": {"programmes": {"kind": "technical"}}, "at_least": "30%"},
        {"name": "Kerinci sedikitnya 40 peserta", "measure": "participants",
         "where": {"groups": {"location": "Kerinci"}}, "at_least": 40, "soft": {"penalty": 0.5}},
    ],
}  # fmt: skip


def scenario(**changes: Any) -> Scenario:
    """The small scenario; a keyword replaces a block, and a mapping is merged into a block that is one."""
    plain = copy.deepcopy(SMALL)
    for key, value in changes.items():
        if isinstance(value, Mapping) and isinstance(plain.get(key), dict):
            plain[key] |= value
        else:
            plain[key] = value
    return Scenario.model_validate(plain)


DECISIONS = Decisions(
    participants={
        ("bpkad-analis", "bimtek-keu", "TW1"): 80,
        ("dinkes-kerinci", "bimtek-keu", "TW2"): 30,
        ("bpkad-analis", "pel-komunikasi", "TW2"): 37,
    },
    classes={("bimtek-keu", "TW1"): 2, ("bimtek-keu", "TW2"): 1},
    seats={("komdigi", "pel-komunikasi", "bpkad-analis", "TW2"): 20},
    socialized=frozenset({"bpkad-analis"}),
)
"""Decisions that keep every rule of the small scenario."""


def plan(for_scenario: Scenario | None = None, decisions: Decisions = DECISIONS, **changes: Any) -> Plan:
    """The plan of `decisions` for the small scenario or another; keywords replace fields of the plan."""
    return replace(plan_from(for_scenario or scenario(), decisions), **changes)


def plan_from(scenario: Scenario, decisions: Decisions) -> Plan:
    """The plan of `decisions`, paid by partners first; its bounds are what it reaches, so that it is proven."""
    payments = payments_of(scenario, decisions)
    levels = levels_of(scenario)
    attendance = attended(scenario, decisions) or ()

    def assembled(bounds: dict[Level, Bounds]) -> Plan:
        run = SolverRun("HiGHS", "1.16.0", 1.25, "test")
        return assemble(
            scenario,
            decisions,
            payments,
            attendance=attendance,
            levels=levels,
            bounds=bounds,
            tolerance=0.0001,
            solver=run,
        )

    reached = zip(levels, assembled({}).objective, strict=True)
    return assembled({level: Bounds(exact=float(row.value)) for level, row in reached})


def payments_of(scenario: Scenario, decisions: Decisions) -> list[Payment]:
    funding = Funding(scenario)
    left = {fund.id: fund.amount for fund in scenario.funds}
    payments: list[Payment] = []

    def pay(cell: Cell, cost: int, payers: tuple[str, ...]) -> None:
        for fund in payers:
            part = min(cost, left[fund])
            if part:
                left[fund] -= part
                cost -= part
                payments.append(Payment(fund, cell.programme, cell.group, cell.item, cell.account, cell.period, part))
        assert not cost, f"{cell} is not paid: {cost} short"

    def partner_first(programme: Programme, item: CostItem, group: str | None) -> tuple[str, ...]:
        payers = funding.payers(programme, item, scenario.group[group] if group else None)
        return tuple(sorted(payers, key=lambda f: scenario.fund[f].own))

    free: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for (f, p, g, t), n in decisions.seats.items():
        for item in funding.covered(scenario.fund[f], scenario.programme[p]):
            free[p, g, t, item.item] += n
    for (g, p, t), n in decisions.participants.items():
        programme = scenario.programme[p]
        for item in programme.items("participant"):
            cost = item.unit_cost(scenario.group[g]) * (n - free[p, g, t, item.item])
            pay(Cell(p, g, item.item, item.account, t), cost, partner_first(programme, item, g))
    for (p, t), n in decisions.classes.items():
        programme = scenario.programme[p]
        for item in programme.items("class"):
            pay(Cell(p, None, item.item, item.account, t), item.unit_cost() * n, partner_first(programme, item, None))
    first = FirstUses(scenario, decisions)

    def once(one_off: OneOff, costs: Mapping[str, int], payers: tuple[str, ...]) -> None:
        period = decisions.due.get(one_off) or first.of(one_off)
        pay(Cell(*one_off, period), costs[period], payers)

    costs = dict(one_offs(scenario))
    running = {p for (_g, p, _t), n in decisions.participants.items() if n}
    for one_off, once_cost in costs.items():
        if one_off.programme in running:
            payers = funding.payers_of(one_off)
            once(one_off, once_cost, tuple(sorted(payers, key=lambda f: scenario.fund[f].own)))
        elif one_off.group in decisions.socialized:
            once(one_off, once_cost, funding.own_funds)
    used = dict.fromkeys([*(p.fund for p in payments), *(f for f, _p, _g, _t in decisions.seats)])
    order = scenario.horizon.index
    for one_off, once_cost in costs.items():
        if one_off.fund in used:
            times = [p.period for p in payments if p.fund == one_off.fund]
            times += [t for f, _p, _g, t in decisions.seats if f == one_off.fund]
            first_use = min(times, key=order)
            pay(Cell(*one_off, first_use), once_cost[first_use], funding.own_funds)
    return payments


@cache
def large(groups: int, competencies: int, programmes: int, funds: int = 5, seed: int = 1) -> tuple[Scenario, Plan]:
    """A scenario of the given size with long names, and a plan that trains about half of those who could be."""
    dice = random.Random(seed)
    places = ("Kerinci", "Merangin", "Sarolangun", "Batanghari", "Muaro Jambi", "Tanjung Jabung Timur", "Kota Jambi")
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "besar", "name": f"Rencana {groups} kelompok", "agency": "BPSDM", "fiscal_year": 2027},
        "periods": ["TW1", "TW2", "TW3", "TW4"],
        "competencies": [
            {"id": f"k{c}", "name": f"Kompetensi penyelenggaraan urusan pemerintahan nomor {c + 1}",
             "kind": ("technical", "managerial", "socio_cultural")[c % 3]}
            for c in range(competencies)
        ],
        "groups": [
            {"id": f"g{g}", "name": f"Pejabat fungsional kelompok {g + 1} {places[g % 7]}",
             "agency": f"Badan atau Dinas Perangkat Daerah {g // 6 + 1}", "location": places[g % 7],
             "headcount": 2000, "uptake": "90%",
             "gaps": {f"k{c}": dice.randint(5, 150) for c in dice.sample(range(competencies), min(competencies, 8))}}
            for g in range(groups)
        ],
        "programmes": [
            {"id": f"p{p}", "name": f"Pelatihan peningkatan kapasitas aparatur angkatan kerja nomor {p + 1}",
             "form": ("bimtek", "pelatihan", "e-learning")[p % 3], "hours": 8 + p % 20,
             "closes": {f"k{p % competencies}": 0.8, f"k{(p + 7) % competencies}": 0.5},
             "class_size": {"min": 1, "max": 40},
             "costs": [
                 {"item": "Honorarium", "account": "5.1.02.02.01.0003", "per": "class", "price": 12_000_000},
                 {"item": "Konsumsi", "account": "5.1.02.01.01.0052", "per": "participant", "price": 165_000},
             ]}
            for p in range(programmes)
        ],
        "funds": [
            {"id": f"f{f}", "name": "APBD Provinsi" if f == 0 else f"Mitra pembangunan {f}",
             "kind": "own" if f == 0 else "partner",
             "amount": 900_000_000_000 if f == 0 else 200_000_000 * groups // 50,
             "pays": {"programmes": {"form": "bimtek"}} if f else {}}
            for f in range(funds)
        ],
    }  # fmt: skip
    built = Scenario.model_validate(plain)
    people: dict[tuple[str, str, str], int] = {}
    for group in built.groups:
        for programme in built.programmes:
            if (need := built.need(group, programme)) and dice.random() < 0.4:
                people[group.id, programme.id, dice.choice(built.horizon)] = max(1, need // 2)
    seated: dict[tuple[str, str], int] = defaultdict(int)
    for (_g, p, t), n in people.items():
        seated[p, t] += n
    classes = {key: -(-n // 40) for key, n in seated.items()}
    return built, plan_from(built, Decisions(people, classes))
