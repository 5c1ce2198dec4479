"""The page of results: tables of what was measured, and sentences that are computed from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.machine import described, installed, number, table
from benchmarks.peers.measured import OURS, PACKAGES, Measured
from benchmarks.peers.traces import GAPS, Run, refuted
from planner.version import VERSION

SAME: Final = 1e-6
"""Relative difference up to which two relaxations are of the same model."""

START: Final = 0.05
"""Time that a process may take to start or to read; differences up to it count as none [s]."""

HEAD: Final = """# The product beside its peers

Made by `make bench-peers`. {machine}

**Searches.** `planner` is the product itself, in one thread of one process, with gaps closed as the only level of the
objective: from the scenario to a checked plan with whole people, payments in whole rupiah and a bound in exact
arithmetic. All others are given the same model as an MPS file, with their own defaults, one thread, and the same gap to
aim at, {least}; their time includes the reading. The time limit is {seconds:g} s. *To 1%* is the time [s] until best
plan and bound were within 1% of each other; a dash says that they were not in time. The others are run once, so that
all their times come from a run that aims at {least}; `planner` is run for each gap, for it searches differently. A
bound that another one's plan rules out proves nothing, and no time is stated: CP-SAT knows whole numbers only, and
makes such of the columns that are not.

**Relaxations.** The same rows and columns written in each library's own idiom, and their relaxation solved by the
HiGHS that the library calls. `planner` builds the model from the scenario, which the others are spared.

{versions}
"""


def percent(gap: float) -> str:
    """A gap as a table states it."""
    return f"{100 * gap:g}%"


def page(all_measured: Sequence[Measured], seconds: float, unmeasured: Sequence[str] = ()) -> str:
    """The whole page; `unmeasured` are cases that the run has not come to."""
    head = HEAD.format(machine=described(), least=percent(GAPS[-1]), seconds=seconds, versions=_versions())
    parts = [head, "## Where a peer is ahead\n\n", *(f"* {line}\n" for line in ahead(all_measured, seconds)), "\n"]
    if unmeasured:
        parts.append("Not measured in this run: " + "; ".join(unmeasured) + ".\n\n")
    parts.append("![Gap against time](peers.svg)\n")
    for found in all_measured:
        parts += [f"\n## {found.case.name}\n\n", _size(found), "\n", _searches(found, seconds), "\n", _written(found)]
    return "".join(parts)


def _versions() -> str:
    rows = [["planner", VERSION]]
    for package in sorted({"pulp", "matplotlib", *PACKAGES.values()}):
        rows.append([package, installed(package) or "not installed"])
    return table(["package", "version"], rows)


def _size(found: Measured) -> str:
    size = {name: f"{found.size.get(name, 0):,.0f}" for name in ("columns", "whole", "rows", "coefficients")}
    return "{columns} columns, {whole} of them whole; {rows} rows, {coefficients} coefficients.\n".format(**size)


def _searches(found: Measured, seconds: float) -> str:
    head = ["search", "read or built", "first plan", *(f"to {percent(gap)}" for gap in GAPS)]
    head += ["gap at the end", "gaps closed", "bound", "memory [MB]"]
    factor = found.size.get("factor", -1.0)
    rows = []
    for run in found.searches:
        if run.failed and not run.points:
            rows.append([run.name, run.failed, *["-"] * 8])
            continue
        wrong, last = refuted(run, found.searches), run.last
        gap = "bound refuted" if wrong else _gap(run.gap)
        rows.append(
            [
                run.name,
                number(run.facts.get("prepared")),
                number(run.first_plan()),
                *(number(None if wrong else run.reached(each)) for each in GAPS),
                gap + (f" ({run.failed})" if run.failed else ""),
                *("-" if n is None else f"{factor * n + 0.0:.3f}" for n in (last.best, last.bound)),
                number(run.facts.get("megabytes")),
            ]
        )
    return table(head, rows)


def _gap(gap: float | None) -> str:
    return "-" if gap is None else "over 100%" if gap > 1 else f"{100 * gap:.4f}%"


def _written(found: Measured) -> str:
    known = next((run.facts["value"] for run in found.relaxations if "value" in run.facts), None)
    rows = []
    for run in found.relaxations:
        value = run.facts.get("value")
        if value is None or known is None:
            rows.append([run.name, run.failed or "no answer", *["-"] * 3])
            continue
        same = abs(value - known) <= SAME * max(1.0, abs(known))
        times = [number(run.facts.get(name)) for name in ("built", "solved")]
        rows.append(
            [run.name, *times, "the same" if same else f"differs: {value:.6f}", number(run.facts.get("megabytes"))]
        )
    return table(["relaxation", "built [s]", "moved and solved [s]", "value", "memory [MB]"], rows)


def ahead(all_measured: Sequence[Measured], seconds: float) -> Iterator[str]:
    """Where a peer certifies a gap sooner than the product, or a smaller one in the end; and who writes sooner."""
    first = asked = 0
    for found in all_measured:
        ours = next((run for run in found.searches if run.name == OURS), None)
        sound = [run for run in found.searches if run.name != OURS and not refuted(run, found.searches)]
        if ours is None:
            continue
        for gap in GAPS:
            times = {run.name: time for run in sound if (time := run.reached(gap)) is not None}
            own = ours.reached(gap)
            sooner = {name: time for name, time in times.items() if own is None or time < own - START}
            asked += bool(times) or own is not None
            first += not sooner and own is not None
            if sooner:
                who = ", ".join(f"{name} {number(time)} s" for name, time in sorted(sooner.items(), key=lambda x: x[1]))
                mine = f"{number(own)} s" if own is not None else f"not within {seconds:g} s"
                yield f"{found.case.name}, to {percent(gap)}: {who}; `planner` {mine}."
        yield from _nearer(found, ours, sound)
    yield (
        f"In {first} of {asked} pairs of a case and a gap that anyone reached, `planner` was first, or no more than "
        f"{START:g} s behind."
    )
    wrong = [f"{run.name} on {m.case.name}" for m in all_measured for run in m.searches if refuted(run, m.searches)]
    if wrong:
        yield "Bounds that another one's plan rules out: " + "; ".join(wrong) + "."


def _nearer(found: Measured, ours: Run, sound: Sequence[Run]) -> Iterator[str]:
    """Who ends with a smaller gap, where the smallest gap asked for was not reached."""
    own = ours.gap
    if own is not None and own <= GAPS[-1] * (1 + 1e-6):
        return
    nearer = [run for run in sound if run.gap is not None and (own is None or run.gap < own)]
    if nearer:
        who = ", ".join(f"{run.name} {_gap(run.gap)}" for run in nearer)
        yield f"{found.case.name}, gap at the end: {who}; `planner` {_gap(own)}."
