"""One valid scenario that uses every key of the format."""

from __future__ import annotations

from typing import Any, Final

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario

FULL: Final[dict[str, Any]] = {
    "format": 1,
    "scenario": {
        "id": "lengkap",
        "name": "Rencana lengkap",
        "agency": "BPSDM",
        "fiscal_year": 2027,
        "language": "en",
        "description": "Baris pertama.\nBaris kedua.",
        "sources": ["Sumber satu", "Sumber; dua"],
        "assumptions": ["Angka ilustratif"],
        "floor": {
            "share": "0.34%",
            "of": 4_625_723_464_795,
            "other_countable": 1_250_000,
            "citation": "Pedoman APBD",
        },
        "hours_target": 20,
        "citations": {"hours_target": "PP 11/2017"},
    },
    "periods": ["TW1", {"id": "TW2", "working_days": 58.5}, {"id": "TW 3", "year": 2028, "working_days": 61}],
    "hours_per_day": 7.5,
    "price_growth": "3%",
    "competencies": [
        {"id": "keu", "name": "Keuangan", "kind": "technical", "weight": 1.5},
        {"id": "kom", "kind": "managerial"},
        {"id": "bangsa", "name": "Perekat bangsa", "kind": "socio_cultural"},
    ],
    "groups": [
        {
            "id": "analis",
            "name": "Analis keuangan",
            "agency": "BPKAD",
            "location": "Kota Jambi",
            "level": "madya",
            "employment": "pns",
            "tags": ["inti", "uang"],
            "headcount": 240,
            "weight": 1.25,
            "gaps": {"keu": 120, "kom": 0},
            "uptake": "70%",
            "socialization": {"raises_uptake_to": "90.5%", "cost": 15_000_000, "account": "5.1.02.02.12.0002"},
            "max_hours": 60.5,
            "release": "15%",
            "completed": {"dasar": 12, "mandiri": 0},
        },
        {"id": "guru", "location": "Kerinci", "employment": "pppk", "headcount": 50, "gaps": {"kom": 30, "bangsa": 7},
         "new_gaps": {"2027": {"bangsa": 3, "keu": 0}}},
        {"id": "tanpa gap", "agency": "Dinkes", "headcount": 0},
    ],
    "mentor_pools": [
        {"id": "senior", "name": "ASN senior", "share": "20%",
         "from": {"id": ["analis", "guru"], "agency": ["BPKAD"], "location": ["Kota Jambi"], "level": ["madya"],
                  "employment": ["pns"], "tags": ["inti"]}},
        {"id": "semua-asn", "from": {}, "share": "1%"},
    ],
    "resources": [
        {"id": "asrama", "name": "Asrama BPSDM", "unit": "orang-malam",
         "amount": {"TW1": 0, "TW2": 300, "TW 3": 120.5}},
        {"id": "wi", "amount": 900},
        {"id": "kosong", "amount": {}},
    ],
    "programmes": [
        {
            "id": "bimtek",
            "name": "Bimtek keuangan",
            "form": "bimtek",
            "tags": ["wajib"],
            "provider": "BPSDM",
            "hours": 24,
            "days": [1.5, 2],
            "lasts": 2,
            "closes": {"keu": "85%", "kom": "12.5%"},
            "for": {"id": ["analis"], "agency": ["BPKAD"], "location": ["Kota Jambi"], "level": ["madya"],
                    "employment": ["pns"], "tags": ["inti", "lain"]},
            "periods": ["TW1", "TW2"],
            "class_size": {"min": 20, "max": 40},
            "classes": {"min": 1, "max": 6, "per_period": 3},
            "requires": ["dasar", {"any": ["dasar", "mandiri"]}],
            "mentors": {"pool": "senior", "mentees_each": 3},
            "uses": {"asrama": {"per": "participant", "amount": 2.5}, "wi": {"per": "class", "each_period": 24}},
            "costs": [
                {"item": "Honorarium", "account": "5.1.02.02.01.0003", "per": "class", "quantity": 24, "unit": "OJ",
                 "price": 900_000},
                {"item": "Konsumsi", "per": "participant", "quantity": 0.5, "unit": "OH", "price": 60_000},
                {"item": "Perjalanan", "account": "5.1.02.04.01.0001", "per": "participant", "unit": "OK",
                 "price": {"by": "location", "default": 0, "Kerinci": 850_000, "Kota Jambi": 100_000}},
                {"item": "Kurikulum", "per": "programme", "price": 25_000_000, "tax": "11%",
                 "quantity": {"OJ": 4, "hari": 0.5}},
            ],
        },
        {
            "id": "dasar",
            "closes": {"keu": "20%", "kom": 1},
            "costs": [
                {"item": "Perjalanan", "per": "participant", "price": {"by": "location", "default": 0, "Kerinci": 1}},
                {"item": "Modul", "per": "participant", "price": {"by": "id", "analis": 5, "guru": 6}},
                {"item": "Sertifikat", "per": "participant",
                 "price": {"by": "year", "2027": 20_000, "default": 21_000}},
            ],
        },
        {"id": "mandiri", "form": "e-learning", "days": 0, "smallest": 5, "closes": {"bangsa": "50%"}},
    ],
    "choices": {"together": [["dasar", "mandiri"]], "only_if": {"bimtek": "dasar"},
                "at_most_one_of": [["bimtek", "mandiri", "dasar"]]},
    "funds": [
        {"id": "apbd", "name": "APBD", "kind": "own", "amount": 2_500_000_000,
         "releases": {"TW1": "20%", "TW2": "55.5%", "TW 3": "100%"}},
        {
            "id": "unja",
            "name": "Universitas Jambi",
            "kind": "partner",
            "amount": 600_000_000,
            "releases": {"TW2": "0%"},
            "pays": {
                "programmes": {"id": ["bimtek"], "form": ["bimtek"], "tags": ["wajib"], "closes": ["keu"],
                               "kind": ["technical", "managerial"]},
                "groups": {"id": ["analis"], "agency": ["BPKAD"], "location": ["Kota Jambi"], "level": ["madya"],
                           "employment": ["pns"], "tags": ["inti"]},
                "items": {"item": ["Honorarium", "Konsumsi"], "account": ["5.1.02.02.01.0003"], "per": ["class"]},
            },
            "max_share": "50%",
            "match": {"with": "apbd", "ratio": 1.5},
            "minimum": 1_000_000,
            "agreement_cost": {"amount": 10_000_000, "account": "5.1.02.02.12.0003"},
            "seats": {"bimtek": 40, "dasar": 0},
            "seats_cover": {"item": ["Konsumsi", "Perjalanan"], "account": ["5.1.02.04.01.0001"],
                            "per": ["participant"]},
            "chance": "80%",
        },
        {"id": "hibah", "kind": "partner", "amounts": {"2027": 5_000_000, "2028": 0}, "carry_over": True,
         "pays": {"items": {"per": ["programme"]}}},
    ],
    "rules": [
        {"id": "porsi", "name": "Porsi teknis", "measure": "cost",
         "where": {"programmes": {"kind": ["technical"], "closes": ["keu"], "id": ["bimtek"], "form": ["bimtek"],
                                  "tags": ["wajib"]},
                   "groups": {"location": ["Kota Jambi"], "level": ["madya"], "tags": ["uang"]},
                   "funds": {"id": ["apbd"], "kind": ["own"]},
                   "items": {"per": ["class"], "item": ["Honorarium"], "account": ["5.1.02.02.01.0003"]},
                   "periods": ["TW2", "TW 3"]},
         "at_least": "1%", "at_most": "100%"},
        {"name": "Semua program, tanpa sosialisasi", "measure": "cost", "where": {"programmes": {}},
         "at_most": 2_000_000_000},
        {"name": "Sasaran peserta", "measure": "participants", "at_least": 40, "soft": {"penalty": 0.5}},
        {"name": "Jam", "measure": "hours", "where": {"groups": {"id": ["guru"], "employment": ["pppk"]}},
         "at_most": 1000.5},
        {"name": "Angkatan", "measure": "classes", "where": {"periods": ["TW 3"]}, "at_most": 4},
        {"name": "Setiap program", "measure": "cost", "per": "programme", "where": {"years": ["2027"]},
         "of_years": "same", "at_most": "100%"},
        {"name": "Tertutup", "measure": "gaps_closed",
         "where": {"competencies": {"id": ["kom"], "kind": ["managerial"]}}, "at_least": "0%"},
        {"name": "Tidak ada", "measure": "participants",
         "where": {"groups": {"id": ["tanpa gap"], "agency": ["Dinkes"]}}, "at_most": 0},
        {"name": "Semua rincian", "measure": "cost", "where": {"items": {}, "funds": {}, "groups": {}},
         "at_most": 3_000_000_000},
    ],
    "objective": [
        {"maximize": "smallest_coverage", "by": "competency"},
        {"maximize": "gaps_closed"},
        {"minimize": "total_cost"},
    ],
}  # fmt: skip
"""Every key of the format at least once; a test of the layout keeps it so."""


def made(plain: dict[str, Any]) -> Scenario:
    """The scenario of plain data by the names of the file; it has no problems."""
    scenario = Scenario.model_validate(plain, by_alias=True, by_name=False)
    assert find_problems(scenario) == []
    return scenario
