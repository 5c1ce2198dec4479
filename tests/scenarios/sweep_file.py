"""A scenario file whose figures are varied."""

from __future__ import annotations

SCENARIO = """\
format: 1
scenario: {id: kecil, name: Contoh kecil, fiscal_year: 2027}
periods: [TW1, TW2]
competencies: [{id: keu, name: Keuangan, kind: technical}]
groups: [{id: analis, headcount: 20, gaps: {keu: 12}}]
programmes:
  - id: bimtek
    hours: 8
    closes: {keu: 0.5}
    class_size: {min: 5, max: 10}
    costs:
      - {item: Narasumber, per: class, quantity: 1.5, price: 1_000_002}
      - {item: Konsumsi, per: participant, price: 55_001}
funds:
  - {id: apbd, kind: own, amount: 2_500_000}
  - {id: blud, kind: own, amount: 1}
  - {id: kampus, kind: partner, amount: 1_000_001, seats: {bimtek: 5}}
  - {id: lan, kind: partner, amount: 0}
"""
