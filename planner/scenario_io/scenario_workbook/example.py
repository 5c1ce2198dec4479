"""The scenario of the template: one small example in every sheet, which can be planned as it is."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario
from planner.locale import _, language_in_force


def example_scenario() -> Scenario:
    """Return the example with its names in the language in force; all its ids begin with 'contoh'."""
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {
            "id": "contoh",
            "name": _("Competency development plan (example)"),
            "agency": _("BKPSDM (example)"),
            "fiscal_year": 2027,
            "language": language_in_force(),
            "assumptions": [_("All figures of this example are invented.")],
        },
        "periods": ["TW1", "TW2", "TW3", "TW4"],
        "competencies": [{"id": "contoh-keuangan", "name": _("Regional financial management"), "kind": "technical"}],
        "groups": [
            {
                "id": "contoh-analis",
                "name": _("Financial analysts"),
                "agency": "BPKAD",
                "location": "Kota",
                "level": "Muda",
                "employment": "pns",
                "headcount": 120,
                "gaps": {"contoh-keuangan": 70},
                "new_gaps": {"2027": {"contoh-keuangan": 4}},
                "uptake": "70%",
                "socialization": {"raises_uptake_to": "90%", "cost": 5_000_000, "account": "5.1.02.02.12.0002"},
                "max_hours": 40,
                "release": "25%",
                "completed": {"contoh-bimtek": 5},
            }
        ],
        "programmes": [
            {
                "id": "contoh-bimtek",
                "name": _("Technical guidance on regional finance"),
                "form": "bimtek",
                "hours": 24,
                "closes": {"contoh-keuangan": "85%"},
                "for": {"agency": ["BPKAD"]},
                "periods": ["TW2", "TW3"],
                "class_size": {"min": 20, "max": 40},
                "classes": {"max": 3, "per_period": 2},
                "uses": {"contoh-asrama": {"per": "participant", "amount": 3}},
                "costs": [
                    {
                        "item": "Honorarium narasumber",
                        "account": "5.1.02.02.01.0003",
                        "per": "class",
                        "quantity": 24,
                        "unit": "OJ",
                        "price": 900_000,
                    },
                    {
                        "item": "Perjalanan dinas",
                        "account": "5.1.02.04.01.0001",
                        "per": "participant",
                        "unit": "OK",
                        "price": {"by": "location", "prices": {"Kota": 150_000}, "default": 400_000},
                    },
                ],
            },
            {
                "id": "contoh-mandiri",
                "name": _("Self-paced course on regional finance"),
                "form": "e-learning",
                "hours": 6,
                "closes": {"contoh-keuangan": "25%"},
                "costs": [{"item": "Akses materi daring", "per": "participant", "price": 0}],
            },
        ],
        "choices": {"only_if": {"contoh-mandiri": "contoh-bimtek"}},
        "mentor_pools": [
            {"id": "contoh-mentor", "name": _("Senior officers"), "from": {"level": ["Muda"]}, "share": "10%"}
        ],
        "resources": [
            {"id": "contoh-asrama", "name": _("Dormitory"), "unit": "orang-malam", "amount": {"TW2": 400, "TW3": 250}}
        ],
        "funds": [
            {
                "id": "contoh-apbd",
                "name": "APBD",
                "kind": "own",
                "amount": 100_000_000,
                "releases": {"TW1": "25%", "TW2": "60%", "TW4": "100%"},
            },
            {
                "id": "contoh-kampus",
                "name": _("Partner university"),
                "kind": "partner",
                "amount": 20_000_000,
                "max_share": "50%",
                "pays": {"items": {"account": ["5.1.02.02.01.0003"]}},
                "seats": {"contoh-bimtek": 5},
            },
        ],
        "rules": [
            {
                "id": "contoh-sasaran",
                "name": _("Aim at 40 participants from BPKAD"),
                "measure": "participants",
                "where": {"groups": {"agency": ["BPKAD"]}},
                "at_least": 40,
                "soft": {"penalty": 0.5},
            }
        ],
    }
    return Scenario.model_validate(plain, by_alias=True, by_name=False)
