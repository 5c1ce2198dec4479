"""Where overrides were written: the order in which a scenario that extends another changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from planner.scenario_io.documents import Documents, chain_of
from planner.scenario_io.tree import descend


def written_order(path: str | Path) -> Callable[[Sequence[str]], tuple[int, ...]]:
    """Return a sort key for steps such as ("funds", "apbd", "amount"): (file, line, column) in the scenario at `path`
    and all it extends.

    Files count from the one that extends nothing, so what is laid over comes later. A value belongs to the file that
    writes it most exactly, and of those to the last one. Raises InputError where a file cannot be read.
    """
    trees = chain_of(Path(path), Documents())[::-1]

    def place(steps: Sequence[str]) -> tuple[int, ...]:
        reached = [descend(tree, steps) for tree in trees]
        number = max(range(len(trees)), key=lambda n: (reached[n][1], n))
        where = reached[number][0].place
        return number, where.line or 0, where.column or 0

    return place
