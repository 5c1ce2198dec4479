"""A scenario of seven people by name, with money that does not suffice for all of them.

listed(folder, name)    writes the scenario and its list of people to a folder; returns the file of the scenario
"""

from __future__ import annotations

from pathlib import Path

PEOPLE = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency, JP: hours}
programmes:
  - id: dua
    hours: 16
    closes: {keu: 0.9, kom: 0.5}
    class_size: {min: 2, max: 3}
    costs: [{item: Honorarium, per: class, price: 70_000_000}, {item: Konsumsi, per: participant, price: 30_000_000}]
  - {id: el, hours: 10, closes: {kom: 0.8}, costs: [{item: Modul, per: participant, price: 25_000_000}]}
funds:
  - {id: apbd, kind: own, amount: 300_000_000}
  - id: unja
    kind: partner
    amount: 60_000_000
    max_share: 50%
    minimum: 20_000_000
    agreement_cost: {amount: 10_000_000}
"""
ROWS = "NIP;Nama;OPD;JP;gap:keu;gap:kom\n" + "".join(
    f"19800101200501100{n};{name};{'BPKAD' if n % 3 else 'Inspektorat'};{4 * (n % 4)};{n % 2};{int(n != 3)}\n"
    for n, name in enumerate(["Ani", "Budi", "Citra", "Dwi", "Eka", "Fitri", "Gita"], 1)
)


def listed(folder: Path, name: str = "skenario.yaml") -> Path:
    """Write the scenario and its list of people."""
    (folder / "pegawai.csv").write_text(ROWS, encoding="utf-8")
    (folder / name).write_text(PEOPLE, encoding="utf-8")
    return folder / name
