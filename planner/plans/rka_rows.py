"""The rows of the main table of an RKA form: levels of accounts, accounts, funds, programmes, lines.

The sum of each row is that of its parts; each line is in one account of one fund of one programme.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.plans.budget_lines import BudgetLine

RkaKind = Literal["level", "fund", "programme", "line"]


@dataclass(frozen=True, slots=True)
class RkaRow:
    """One row of the table."""

    kind: RkaKind
    key: str | None
    """Code of the level of an account (None: no code), id of the fund, or id of the programme."""
    amount: int
    """Sum of the row [rupiah]."""
    parts: tuple[int, ...] = ()
    """Places in the table of the rows whose sum it is."""
    line: BudgetLine | None = None


def rka_rows(lines: Iterable[BudgetLine], funds: Sequence[str]) -> tuple[RkaRow, ...]:
    """Return all rows, in the order of the form; `funds` in their order."""
    made = _Rows(funds)
    made.levels([*lines], 1)
    return tuple(made.rows)


class _Rows:
    def __init__(self, funds: Sequence[str]) -> None:
        self.rows: list[RkaRow] = []
        self.rank = {fund: n for n, fund in enumerate(funds)}

    def levels(self, lines: Sequence[BudgetLine], depth: int) -> list[int]:
        """Return the rows of one level of the accounts, and below them; costs without an account come last."""

        def level(line: BudgetLine) -> str | None:
            return None if line.account is None else ".".join(line.account.split(".")[:depth])

        def below(of: Sequence[BudgetLine]) -> list[int]:
            deeper = of[0].account is not None and any(
                line.account is not None and line.account.count(".") >= depth for line in of
            )
            return self.levels(of, depth + 1) if deeper else self.funds(of)

        return self._grouped("level", lines, level, lambda key: (key is None, key or ""), below)

    def funds(self, lines: Sequence[BudgetLine]) -> list[int]:
        return self._grouped("fund", lines, lambda line: line.fund, lambda key: self.rank[key or ""], self.programmes)

    def programmes(self, lines: Sequence[BudgetLine]) -> list[int]:
        order = {line.programme: n for n, line in reversed([*enumerate(lines)])}
        return self._grouped("programme", lines, lambda line: line.programme, order.__getitem__, self.lines)

    def lines(self, lines: Sequence[BudgetLine]) -> list[int]:
        first = len(self.rows)
        self.rows += [RkaRow("line", None, line.amount, (), line) for line in lines]
        return [*range(first, len(self.rows))]

    def _grouped(
        self,
        kind: RkaKind,
        lines: Sequence[BudgetLine],
        key: Callable[[BudgetLine], str | None],
        order: Callable[[str | None], Hashable],
        below: Callable[[Sequence[BudgetLine]], list[int]],
    ) -> list[int]:
        groups: dict[str | None, list[BudgetLine]] = {}
        for line in lines:
            groups.setdefault(key(line), []).append(line)
        places = []
        for name in sorted(groups, key=order):  # type: ignore[arg-type]
            place = len(self.rows)
            places.append(place)
            amount = sum(line.amount for line in groups[name])
            self.rows.append(RkaRow(kind, name, amount))
            self.rows[place] = RkaRow(kind, name, amount, tuple(below(groups[name])))
        return places
