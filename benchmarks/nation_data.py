"""A seeded nation: agencies with budgets of their own, programmes of one agency each, and a few that all share.

python -m benchmarks.nation_data 600 FOLDER              as files, for planner plan FOLDER/nasional.yaml
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

COMPETENCIES = 40
PROGRAMMES = 200
"""Different programmes in the nation; each agency holds some of them for its own people."""
SHARED = 16
"""Programmes of the nation that people of every agency may attend; half of them have classes."""
OWN = 10
"""Programmes that an agency holds itself."""
GROUPS = 24
PEOPLE_EACH = 7_833
"""Groups, and people on average, of an agency; of 600 agencies that is 4.7 million people."""


def plain_nation(agencies: int, seed: int = 0, groups: int = GROUPS, own: int = OWN) -> dict[str, Any]:
    """The scenario as a file would have it; the same for the same numbers."""
    dice = random.Random(f"nation {agencies} {seed} {groups} {own}")
    names = [f"i{n:03}" for n in range(agencies)]
    catalogue = [_programme(dice, n) for n in range(PROGRAMMES - SHARED)]
    sizes = [dice.lognormvariate(0, 0.7) for _ in names]
    whole = agencies * PEOPLE_EACH / sum(sizes)
    people = {name: max(groups * 4, round(size * whole)) for name, size in zip(names, sizes, strict=True)}
    listed, programmes, funds = [], [], []
    for name in names:
        listed += _groups(dice, name, people[name], groups)
        held = dice.sample(catalogue, own)
        programmes += [each | {"id": f"{each['id']}@{name}", "for": {"agency": name}} for each in held]
        amount = round(people[name] * dice.uniform(60_000, 250_000))
        funds.append({"id": name, "kind": "own", "agency": name, "amount": amount})
    programmes += [_shared(dice, n) for n in range(SHARED)]
    everyone = sum(people.values())
    funds += [
        {"id": "pusat", "kind": "own", "amount": everyone * 30_000},
        {
            "id": "mitra",
            "kind": "partner",
            "amount": everyone * 8_000,
            "pays": {"items": {"item": "Narasumber"}},
        },
    ]
    return {
        "format": 1,
        "scenario": {"id": f"nasional-{agencies}", "fiscal_year": 2027},
        "competencies": [{"id": f"c{n}", "kind": ("technical", "managerial")[n % 2]} for n in range(COMPETENCIES)],
        "groups": listed,
        "programmes": programmes,
        "funds": funds,
    }


def _groups(dice: random.Random, agency: str, people: int, number: int) -> list[dict[str, Any]]:
    shares = [dice.uniform(0.3, 1.7) for _ in range(number)]
    found = []
    for n, share in enumerate(shares):
        headcount = max(4, round(people * share / sum(shares)))
        lacking = dice.sample(range(COMPETENCIES), 6)
        found.append(
            {
                "id": f"{agency}-{n:02}",
                "agency": agency,
                "location": f"L{dice.randint(0, 33)}",
                "level": dice.choice(["pelaksana", "fungsional", "pengawas"]),
                "headcount": headcount,
                "gaps": {f"c{c}": dice.randint(1, headcount) for c in lacking},
                "uptake": dice.choice(["70%", "85%", "100%"]),
            }
        )
    return found


def _programme(dice: random.Random, number: int) -> dict[str, Any]:
    costs: list[dict[str, Any]] = [
        {"item": "Konsumsi", "per": "participant", "quantity": 3, "price": dice.randint(20, 120) * 1000}
    ]
    programme: dict[str, Any] = {
        "id": f"p{number}",
        "hours": dice.choice([8, 16, 24, 40]),
        "closes": {f"c{c}": dice.choice([0.6, 0.75, 0.9]) for c in dice.sample(range(COMPETENCIES), 4)},
        "costs": costs,
    }
    if dice.random() < 0.7:
        programme |= {"class_size": {"min": 10, "max": 40}, "classes": {"max": dice.randint(4, 30)}}
        costs.append({"item": "Narasumber", "per": "class", "quantity": 24, "price": 900_000})
    return programme


def _shared(dice: random.Random, number: int) -> dict[str, Any]:
    """A programme of the nation: classes with travel, or learning at a distance."""
    closes = {f"c{c}": dice.choice([0.6, 0.75, 0.9]) for c in dice.sample(range(COMPETENCIES), 6 if number % 2 else 3)}
    programme: dict[str, Any] = {"id": f"nas{number}", "hours": 24, "closes": closes}
    if number % 2:
        travel = {"by": "location", "default": 600_000, **{f"L{n}": dice.randint(1, 8) * 100_000 for n in range(34)}}
        programme |= {
            "class_size": {"min": 20, "max": 40},
            "costs": [
                {"item": "Perjalanan", "per": "participant", "price": travel},
                {"item": "Narasumber", "per": "class", "quantity": 24, "price": 900_000},
            ],
        }
    else:
        price = dice.randint(30, 90) * 1000
        programme["costs"] = [{"item": "Lisensi", "per": "participant", "price": price}]
    return programme


def write_nation(folder: Path, plain: dict[str, Any]) -> Path:
    """Write a nation as an office would: its long lists as tables, the rest in two files; return the one to plan."""
    own = [p for p in plain["programmes"] if "for" in p]
    funds = [f for f in plain["funds"] if "agency" in f]
    _table(
        folder / "kelompok.csv", [{**g, "gaps": {f"gap:{c}": n for c, n in g["gaps"].items()}} for g in plain["groups"]]
    )
    _table(folder / "pagu.csv", funds)
    _table(folder / "program.csv", [{k: v for k, v in p.items() if k != "costs"} for p in own])
    _table(folder / "biaya.csv", [{"programme": p["id"], **cost} for p in own for cost in p["costs"]])
    tables = {
        "groups": {"table": "kelompok.csv"},
        "funds": {"table": "pagu.csv"},
        "programmes": {"table": "program.csv"},
        "costs": {"table": "biaya.csv"},
    }
    (folder / "instansi.yaml").write_text(json.dumps(plain | tables), encoding="utf-8")
    shared = {
        "extends": "instansi.yaml",
        "programmes": [p for p in plain["programmes"] if "for" not in p],
        "funds": [f for f in plain["funds"] if "agency" not in f],
    }
    file = folder / "nasional.yaml"
    file.write_text(json.dumps(shared), encoding="utf-8")
    return file


def _table(file: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write records as CSV, what lies within another by its path."""
    rows = [dict(_flat(record)) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)


def _flat(record: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        path = name if name.startswith("gap:") else above + name
        if isinstance(value, dict):
            yield from _flat(value, path + ".")
        else:
            yield path, value


if __name__ == "__main__":
    print(write_nation(Path(sys.argv[2]), plain_nation(int(sys.argv[1]))))
