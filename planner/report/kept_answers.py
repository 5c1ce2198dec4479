"""Answers to what-if questions beside the plan that they are about, so that its documents can show them later.

An answer is kept as the sections of its page, in the language of the scenario, with what tells the plan: an answer
about another plan, or in another language, is never shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from planner.analysis.registry import IN_REPORT
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.plan import Plan
from planner.report.material import material_of
from planner.report.views.answers.listing import sections
from planner.report.views.section import Section
from planner.store.results import ANSWERS
from planner.version import VERSION
from planner.whole_file import write_whole

_DECIDED: Final = ("scenario", "allocations", "classes", "seats", "socialized", "payments", "closings")
"""What of a plan its answers are about."""


def keep_answers(scenario: Scenario, plan: Plan, folder: Path, page: str, answers: Sequence[object]) -> None:
    """Keep the answers of a page in the folder of results, beside the page."""
    material = material_of(scenario, plan)
    with speaking(material.formats.language):
        made = sections(material, answers, 1)
    kept = {"about": _about(plan, material.formats.language), "sections": _adapter().dump_python(made, mode="json")}
    (folder / ANSWERS).mkdir(parents=True, exist_ok=True)
    write_whole(folder / ANSWERS / f"{page}.json", json.dumps(kept, ensure_ascii=False))


def kept_answers(plan: Plan, folder: Path, language: str) -> dict[str, tuple[Section, ...]]:
    """Return the sections of the answers about `plan` in the folder of results, by the name of their question, in the
    order of the report; only those that `planner plan --ask` gives too. What cannot be read is left out."""
    about = cache(lambda: _about(plan, language))
    found = ((name, _read(folder, name, about)) for name in IN_REPORT)
    return {name: made for name, made in found if made is not None}


def kept_page(plan: Plan, folder: Path, language: str, page: str) -> tuple[Section, ...] | None:
    """Return the sections of the page of answers about `plan`; None where there is none that can be read."""
    return _read(folder, page, lambda: _about(plan, language))


def _read(folder: Path, page: str, about: Callable[[], str]) -> tuple[Section, ...] | None:
    try:
        kept = json.loads((folder / ANSWERS / f"{page}.json").read_bytes())
        return _adapter().validate_python(kept["sections"]) if kept["about"] == about() else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError, ValidationError):
        return None


@cache
def _adapter() -> TypeAdapter[tuple[Section, ...]]:
    return TypeAdapter(tuple[Section, ...])


def _about(plan: Plan, language: str) -> str:
    """Return what tells plan, language and version of the program that an answer is about."""
    plain = plan.to_plain()
    decided = [plain.get(key) for key in _DECIDED]
    return hashlib.sha256(json.dumps([VERSION, language, decided], sort_keys=True).encode()).hexdigest()
