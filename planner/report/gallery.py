"""The gallery of sample documents, one folder for each shipped scenario.

    python -m planner.report.gallery

Each folder holds plan.json and scenario.yaml, and the documents made from them. A scenario is planned again only where
it differs from the stored one or the stored plan fails the check. The date of the documents is fixed, so that the same
plans give the same files and outdated files are found.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed
from planner.plans.plan import Plan
from planner.report import render_report
from planner.report.pdf import pdf_bytes
from planner.report.results_workbook import workbook_bytes
from planner.scenario_io import read_scenario, scenario_text
from planner.whole_file import write_whole

FOLDER: Final = Path("reports/gallery")
SCENARIOS: Final = Path("scenarios")
MADE_ON: Final = datetime.date(2026, 11, 24)
"""The date of all samples."""
WITH_PDF: Final = "padang-pariaman-2017"
WITH_WORKBOOK: Final = "contoh-kecil"
"""The one sample with a workbook; `WITH_PDF` is the one with a PDF."""


def samples(folder: Path) -> Iterator[Path]:
    """Yield the folders of the samples, by name."""
    yield from sorted(file.parent for file in folder.glob("*/plan.json"))


def stored(sample: Path) -> tuple[Scenario, Plan]:
    """Return scenario and plan of a sample; raises CheckFailed where the plan fails the check."""
    scenario = read_scenario(sample / "scenario.yaml", resolved=True)
    data = json.loads((sample / "plan.json").read_text(encoding="utf-8"))
    if findings := check_plan(scenario, data).findings:
        raise CheckFailed("\n".join(f"{sample.name}: {finding}" for finding in findings))
    return scenario, Plan.from_plain(data)


def page(scenario: Scenario, plan: Plan) -> str:
    """Return the report of a sample."""
    return render_report(scenario, plan, made_on=MADE_ON)


def renew_plans(scenarios: Path, folder: Path) -> None:
    """Plan the scenarios whose stored plan is missing, of a different scenario, or invalid."""
    from planner import planning

    for file in sorted(scenarios.glob("*.yaml")):
        scenario, sample = read_scenario(file), folder / file.stem
        if not is_current(scenario, sample):
            plan = planning.plan(scenario, validated=True).plan
            sample.mkdir(parents=True, exist_ok=True)
            write_whole(sample / "plan.json", plan.to_json())
            write_whole(sample / "scenario.yaml", scenario_text(scenario))


def is_current(scenario: Scenario, sample: Path) -> bool:
    """Return whether the stored plan is of this scenario and passes the check; plans in an earlier format fail it."""
    file = sample / "plan.json"
    return file.is_file() and check_plan(scenario, json.loads(file.read_bytes())).passed


def make_documents(folder: Path) -> None:
    """Write the documents of all samples."""
    for sample in samples(folder):
        scenario, plan = stored(sample)
        html = page(scenario, plan)
        write_whole(sample / "report.html", html)
        if sample.name == WITH_WORKBOOK:
            write_whole(sample / "rencana.xlsx", workbook_bytes(scenario, plan))
        if sample.name == WITH_PDF:
            write_whole(sample / "rencana.pdf", pdf_bytes(html))


if __name__ == "__main__":
    renew_plans(SCENARIOS, FOLDER)
    make_documents(FOLDER)
