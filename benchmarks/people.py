"""People to groups and groups to names, beside what DuckDB takes to read and count the same file.

    python -m benchmarks.people [people] [--spoiled]

Seeded data: agencies with standards of their own, so that gaps go together; ids are NIP. With `--spoiled` every
thousandth row has something that cannot be read. Processor time [s] and peak memory [MB] of the whole process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from planner.domain.people import PeopleRead, PeopleTable
from planner.domain.scenario import Scenario
from planner.people.profiles import Profile, profiles_of
from planner.people.register import Register, register_of
from planner.scenario_io.people_table import group_of
from planner.store.name_lists import recounted, write_tables

COMPETENCIES = 20
AGENCIES = 600
LEVELS = ("pelaksana", "pengawas", "administrator", "jpt", "ahli pertama", "ahli muda", "ahli madya", "ahli utama")
MOST_GROUPS = 20_000
MONTHS = 18 * 12


def people(number: int, seed: int = 5, *, spoiled: bool = False) -> pa.Table:
    """A list of people; the same for the same number and seed."""
    draw = np.random.default_rng(seed)
    base = draw.random((AGENCIES, len(LEVELS), COMPETENCIES)) * 0.3
    base *= draw.random(base.shape) < 0.3
    agency, level = draw.integers(0, AGENCIES, number), draw.integers(0, len(LEVELS), number)
    chance = base[agency, level].astype(np.float32)
    place = np.arange(number)
    born, month = place % 9000, place // 9000 % MONTHS
    year = 1965 + born // 336
    date = year * 10000 + (1 + born // 28 % 12) * 100 + 1 + born % 28
    appointed = (year + 22 + month // 12) * 100 + 1 + month % 12
    last = 1001 + place // (9000 * MONTHS)
    nip = (date.astype(np.int64) * 10**10 + appointed * 10**4 + last)[draw.permutation(number)]
    ids = pa.array(nip).cast(pa.string())
    if spoiled:
        ids = pa.array([text if n % 1000 else text[:17] for n, text in enumerate(ids.to_pylist())])
    named = pa.array([f"Instansi {n:03d}" for n in range(AGENCIES)])
    columns: dict[str, Any] = {
        "id": ids,
        "agency": named.take(pa.array(agency)),
        "level": pa.array(LEVELS).take(pa.array(level)),
        "employment": pa.array(["PNS", "PPPK"]).take(pa.array((draw.random(number) < 0.3).astype(int))),
        "hours": pa.array(draw.integers(0, 30, number).astype(np.int32)),
    }
    for c in range(COMPETENCIES):
        lacking = draw.random(number, dtype=np.float32) < chance[:, c]
        columns[f"gap:k{c}"] = pa.array(lacking.astype(np.int8))
    return pa.table(columns)


def timed[T](name: str, work: Callable[[], T]) -> T:
    """Do some work and print the processor time it takes."""
    start = time.process_time()
    result = work()
    print(f"{name:32} {time.process_time() - start:8.1f} s", flush=True)
    return result


def read_and_count(file: Path) -> int:
    """What DuckDB takes: everything into memory, and the groups of equal rows counted."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(f"CREATE TABLE people AS SELECT * FROM read_parquet('{file}')")
    gaps = ", ".join(f'"gap:k{c}"' for c in range(COMPETENCIES))
    kinds = f"SELECT count(*) FROM people GROUP BY agency, level, employment, {gaps}"
    return int(connection.execute(f"SELECT count(*) FROM ({kinds})").fetchall()[0][0])


def groups(file: Path) -> tuple[Register, list[Profile], PeopleRead]:
    """What the planner takes to the groups of a scenario."""
    table = PeopleTable(table=file.name, most_groups=MOST_GROUPS, lenient=True)
    names = dict.fromkeys(f"k{c}" for c in range(COMPETENCIES))
    register = register_of(table, names, {0: file}, lambda _number: None, 2030)
    return register, *profiles_of(register)


def planned(register: Register, profiles: list[Profile], read: PeopleRead) -> tuple[Scenario, dict[str, Any]]:
    """A scenario of the groups, and a plan that sends a third of each group to one programme or to two."""
    names = dict.fromkeys(f"k{c}" for c in range(COMPETENCIES))
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "people", "fiscal_year": 2027, "hours_target": 20},
            "competencies": [{"id": name, "kind": "technical"} for name in names],
            "people": register.table.model_copy(update={"read": read}).model_dump(by_alias=True, exclude_defaults=True),
            "groups": [group_of(profile, register) for profile in profiles],
            "programmes": [{"id": f"p{name}", "hours": 10, "closes": {name: 1}} for name in names],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )
    attendance: list[Any] = []
    for profile in profiles:
        courses = [{"programme": f"p{name}", "period": "2027"} for name in profile.gaps]
        people = next(iter(profile.gaps.values()), 0) // 3
        for number in {1, 2} if people else ():
            row: Any = {"group": profile.id, "people": people // 2 or 1, "programmes": courses[:number]}
            attendance += [row] if len(courses) >= number and (number == 1 or people > 1) else []
    seats: Counter[tuple[str, str]] = Counter()
    for row in attendance:
        for course in row["programmes"]:
            seats[row["group"], course["programme"]] += row["people"]
    allocations = [{"group": g, "programme": p, "period": "2027", "participants": n} for (g, p), n in seats.items()]
    return scenario, {"attendance": attendance, "allocations": allocations, "classes": []}


def named(register: Register, profiles: list[Profile], read: PeopleRead, folder: Path) -> Callable[[], int]:
    """What the planner takes from a plan to lists of names that are recounted and written."""
    scenario, plan = planned(register, profiles, read)

    def work() -> int:
        found = recounted(register, profiles, scenario, plan, {})
        write_tables(found, folder)
        return found.names.seats

    return work


def main(arguments: list[str]) -> None:
    number = next((int(text) for text in arguments if text.isdigit()), 5_000_000)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        pq.write_table(people(number, spoiled="--spoiled" in arguments), file)
        print(f"{number} people, {COMPETENCIES} competencies, {file.stat().st_size / 1e6:.0f} MB")
        timed("DuckDB reads and counts", lambda: read_and_count(file))
        register, profiles, read = timed("people to groups", lambda: groups(file))
        print(f"{len(profiles)} groups")
        seats = timed("names recounted and written", named(register, profiles, read, Path(folder)))
        print(f"{seats} seats; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
