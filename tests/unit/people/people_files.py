"""A small list of people and its scenario, written to files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency, Jenis: employment, JP: hours}
programmes:
  - {id: dua, hours: 16, closes: {keu: 0.9, kom: 0.5}, class_size: {min: 2, max: 3}}
  - {id: el, hours: 10, closes: {kom: 0.8}}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom\n"
GOOD = [
    "'198001012005011001;Ani;BPKAD;PNS;4;1;1",
    "198001012005011002;Budi;BPKAD;PNS;;1;1",
    "198001012005011003;Citra;BPKAD;PNS;0;1;0",
    "198002292005011003;Dwi;BPKAD;PNS;0;1;0",  # 1980 was a leap year
    "199001012022212004;Eka;BPKAD;PPPK;null;tidak;ya",
]


def write(folder: Path, rows: list[str], scenario: str = SCENARIO, head: str = HEAD) -> Path:
    (folder / "pegawai.csv").write_text("\ufeff" + head + "".join(row + "\n" for row in rows), encoding="utf-8")
    file = folder / "skenario.yaml"
    file.write_text(dedent(scenario), encoding="utf-8")
    return file
