"""docs/campaign.md: what the campaign has judged, how fast, with which versions, and every fault it ever found."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from tests.campaign.kept_faults import kept
from tests.campaign.record import Record
from tests.campaign.registry import SERIES
from tests.campaign.series import Series

PAGE: Final = Path(__file__).parents[2] / "docs" / "campaign.md"

PACKAGES: Final = ("PuLP", "highspy", "cbcbox", "ortools", "hypothesis", "pydantic", "pyyaml", "openpyxl")

OPENING: Final = """# The campaign

Written by `make campaign`, not by hand. The campaign judges cases that are made from their number alone. `.campaign/`
remembers what is done, so that it may be stopped at any time. The first few cases of most series run in every
`make test`. Every fault is kept in `tests/campaign/fixtures/` and judged again in every test run.

    make campaign                                              an hour on two processors; once more: goes on
    .venv/bin/python -m tests.campaign --seconds 600 --jobs 1  ten minutes on one
    .venv/bin/python -m tests.campaign --seed 1000000          other cases: those from this number
    .venv/bin/python -m tests.campaign --only brute-force      one series
    .venv/bin/python -m tests.campaign --again                 also what an earlier state of the program was judged by

A new series is a function `run(count, seed)` and a line in `tests/campaign/registry.py`.

"""

TOLD: Final = (
    "* metamorphic 79: a plan that is said to be the best found, and no more, was taken for a contradiction: the "
    "series now leaves it out.\n",
    "* further-cases 1: with 60 MB of address space `planner plan` wrote a traceback of NumPy before its own sentence "
    "(`tests/faults/test_memory.py`), also with Python 3.13: a process that cannot load a library says so in a line.\n",
    "* further-cases 2: once, on a machine under load, `planner alternatives` showed the traceback of a worker process "
    "(`tests/faults/test_no_network.py`). The same case passes alone; the cause was not found.\n",
    "* web-routes: its forms had no token, so that three of five requests were refused with 403 and reached no page, "
    "and its workbench had no plan. Both mended; nothing of the program was found.\n",
    "* lies 576 and eight more: a changed amount whose people are seated anew, because the first plan is far from the "
    "bounds of lower levels, ended in a ValueError: those levels were bounded twice in one relaxation "
    "(`tests/unit/proof/test_proving.py`). Mended.\n",
    "* nations 984, below: where a second, finer round of plans of agencies was not better than the first, a third "
    "gave out what the first had left of a shared partner, though the second had used it. Mended.\n",
    "* further-cases 1: with `--more` the stand-in of a worker passed an engine's exception on as a defect of planner, "
    "where the process tells it as its end. The stand-in was mended; nothing of the program was found.\n",
    "* readers 15368, below: a workbook of prices whose sheet is missing in its archive was no damaged workbook but a "
    "defect (`tests/unit/scenario_io/tables/test_far_cells.py`). Mended.\n",
    "* scan 1673, below: beside a penalty of 6e13 a value has no places left for 3e-7 gaps; the oracle's judge asked "
    "for them. The judge was mended; nothing of the program was found.\n",
)
"""What was found and is kept by a test of its own, or needs none."""


def page(record: Record, code: str) -> str:
    """The page as Markdown text."""
    parts = [OPENING, "## What was judged\n\n", f"{_when(record, code)}\n\n{_versions()}\n\n"]
    parts += [
        "| series | cases | of | with this program | faults | instances per core-hour |\n",
        "|---|--:|--:|--:|--:|--:|\n",
    ]
    parts += [_row(record, series, code) for series in SERIES]
    parts += ["\n## What each series says\n\n", *(f"* **{series.name}**: {series.says}\n" for series in SERIES)]
    faults = [f"* {name} {fault.seed}: {' '.join(fault.why.split())}\n" for name, fault in kept()]
    parts += ["\n## Faults that were ever found\n\n", *TOLD, *faults]
    return "".join(parts)


def _when(record: Record, code: str) -> str:
    """The day, the program, and the processor time of all that was judged."""
    minutes = sum(step.seconds for steps in record.steps.values() for step in steps) / 60
    return (
        f"Last written {datetime.now(UTC):%Y-%m-%d}; fingerprint of the program `{code}`. In all {minutes:,.0f} "
        "minutes of one processor, with earlier states of the program too."
    )


def _versions() -> str:
    told = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"{name} absent")
    return f"With {', '.join(told)}."


def _row(record: Record, series: Series, code: str) -> str:
    steps = record.steps[series.name]
    cases, now = len(record.judged(series.name)), len(record.judged(series.name, code))
    faults = len({number for step in steps for number in step.faults})
    timed = [step for step in steps if step.seconds]
    seconds = sum(step.seconds for step in timed)
    rate = f"{sum(step.count for step in timed) / seconds * 3600:,.0f}" if seconds else "-"
    return f"| {series.name} | {cases:,} | {series.full:,} | {now:,} | {faults} | {rate} |\n"
