"""The page and the picture of what planning costs by the number of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Final

from benchmarks.growth.steps import COMPETENCIES, FUNDS, GAP, GAPS, PROGRAMMES, STEPS
from benchmarks.machine import described, number, table

MEASURABLE: Final = 0.05
"""Time from which an exponent is stated [s]: below, it is that of the machine's noise."""

BEND: Final = 1.3
"""Exponent from which growth is called more than proportional."""


@dataclass(frozen=True)
class Cost:
    """What a step cost: time, also in the processor, most memory of its process, the gap of a search; why it failed."""

    seconds: float | None = None
    processor: float | None = None
    megabytes: float | None = None
    gap: float | None = None
    failed: str = ""


Sizes = dict[int, dict[str, Cost]]
"""Number of groups -> step -> its cost."""

MEASURED: Final = tuple(step for step in STEPS if step != "start")

HEAD: Final = """# What planning costs by the number of groups

Made by `make bench-growth`. {machine} Scenarios of {competencies} competencies, {programmes} programmes, {funds}
funds and {gaps} gaps a group; only the number of groups grows. The groups lie in a CSV table. Memory is the most that
the process of a step held, as the operating system counts it: {itself} MB of it are the program itself, and what lies
in memory from the steps before counts too.

*read*: the files; *build*: the model; *relaxation*: moving the built model to HiGHS and solving it in fractions;
*search*: building and all levels to {gap:g}%; *pay*: payments in whole rupiah, attendance and exact figures, with a
check; *check*: the check alone; *report*: tables and report. A size ends with the first step that takes longer than
{seconds:g} s.
"""


def page(found: Sizes, seconds: float, unmeasured: Sequence[int] = ()) -> str:
    """The whole page; `unmeasured` are sizes that the run has not come to."""
    itself = max((costs["start"].megabytes or 0.0 for costs in found.values() if "start" in costs), default=0.0)
    head = HEAD.format(
        machine=described(), competencies=COMPETENCIES, programmes=PROGRAMMES, funds=FUNDS, gaps=GAPS,
        itself=number(itself), gap=100 * GAP, seconds=seconds,
    )  # fmt: skip
    names = ["groups", *MEASURED]
    parts = [head]
    for title, cell in (
        ("Time [s]", _time),
        ("Of it in the processor [s]", lambda cost: number(cost.processor)),
        ("Memory [MB]", lambda cost: number(cost.megabytes)),
    ):
        rows = [[f"{size:,}", *(cell(costs.get(step, Cost())) for step in MEASURED)] for size, costs in found.items()]
        parts += [f"\n## {title}\n\n", table(names, rows)]
    if unmeasured:
        parts.append(f"\nNot measured in this run: {', '.join(f'{groups:,}' for groups in unmeasured)} groups.\n")
    parts += ["\n## Exponent between neighbouring sizes\n\n", _EXPONENTS, "\n", table(names, list(exponents(found)))]
    parts += ["\n", *(f"* {line}\n" for line in bends(found)), "\n![Time and memory by groups](growth.svg)\n"]
    return "".join(parts)


_EXPONENTS: Final = f"""\
Time in the processor grows as groups to this power: 1 is in proportion, 2 fourfold for twice as many. A dash where a
time is below {MEASURABLE:g} s.
"""


def _time(cost: Cost) -> str:
    """The time, or why there is none; and the gap of a search that has not reached what it was asked for."""
    missed = f", gap {100 * cost.gap:.2g}%" if cost.gap is not None and cost.gap > GAP * (1 + 1e-6) else ""
    return (cost.failed or number(cost.seconds)) + missed


def exponent(found: Sizes, step: str, smaller: int, larger: int) -> float | None:
    """log(ratio of processor times) / log(ratio of sizes) of a step; None where not measured or too short."""
    costs = [found[groups].get(step, Cost()) for groups in (smaller, larger)]
    times = [cost.processor for cost in costs if cost.processor is not None and not cost.failed]
    if len(times) < 2 or min(times) < MEASURABLE:
        return None
    return log(times[1] / times[0]) / log(larger / smaller)


def exponents(found: Sizes) -> Iterator[list[str]]:
    """A row for each two neighbouring sizes."""
    for smaller, larger in pairwise(found):
        powers = [exponent(found, step, smaller, larger) for step in MEASURED]
        yield [f"{smaller:,} to {larger:,}", *("-" if power is None else f"{power:.2f}" for power in powers)]


def bends(found: Sizes) -> Iterator[str]:
    """A sentence for each step: where its time grows more than in proportion."""
    for step in MEASURED:
        powers = {(a, b): power for a, b in pairwise(found) if (power := exponent(found, step, a, b)) is not None}
        steep = [f"{a:,} to {b:,} groups (power {power:.2f})" for (a, b), power in powers.items() if power > BEND]
        if steep:
            yield f"{step}: more than in proportion from {', '.join(steep)}."
        elif powers:
            yield f"{step}: no power above {BEND:g} where it was measured."


def draw(found: Sizes, file: Path) -> None:
    """Draw time and memory by groups, both axes logarithmic, into an SVG file."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "growth", "font.size": 9, "svg.fonttype": "none"}
    from matplotlib import pyplot

    figure, fields = pyplot.subplots(1, 2, figsize=(10, 4.2))
    for colour, step in enumerate(MEASURED):
        costs = {groups: cost for groups, of in found.items() if (cost := of.get(step)) is not None and not cost.failed}
        times = {groups: cost.seconds for groups, cost in costs.items() if cost.seconds}
        memory = {groups: cost.megabytes for groups, cost in costs.items() if cost.megabytes}
        for field, values in zip(fields, (times, memory), strict=True):
            field.plot(list(values), list(values.values()), "o-", label=step, color=f"C{colour}", markersize=3)
    for field, title in zip(fields, ("seconds", "most memory of the process [MB]"), strict=True):
        field.set(xscale="log", yscale="log", xlabel="groups", title=title)
        field.grid(color="#dddddd", linewidth=0.5)
    fields[0].legend()
    figure.tight_layout()
    figure.savefig(file, format="svg", metadata={"Date": None})
    pyplot.close(figure)
