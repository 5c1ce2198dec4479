"""Answers to what-if questions beside the plan that they are about, so that its documents can show them later.

An answer is kept as the sections of its page, in the language of the scenario, with what tells the plan: an answer
about another plan, or in another language, is never shown. How good the plans behind it are is kept too: where another
question has found better ones since, the answer says so, since the two would name different values for the same thing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from planner.analysis.registry import IN_REPORT
from planner.domain.scenario import Scenario
from planner.locale import ngettext, speaking
from planner.plans.plan import Plan
from planner.report.material import material_of
from planner.report.views.answers.listing import sections
from planner.report.views.section import Section
from planner.store.results import ANSWERS
from planner.version import VERSION
from planner.whole_file import write_whole

_DECIDED: Final = ("scenario", "allocations", "classes", "seats", "socialized", "payments", "closings")
"""What of a plan its answers are about."""


BETTER: Final = 0.005
"""Least difference between two plans of one scenario that an answer would show [of the first level]."""
_MARK: Final = "levels"
"""Under what the first levels of the plans behind an answer are kept, by question."""


def keep_answers(
    scenario: Scenario, plan: Plan, folder: Path, page: str, answers: Sequence[object], levels: Mapping[str, float]
) -> None:
    """Keep the answers of a page in the folder of results, beside the page; `levels` of the plans behind them are those
    of their runner."""
    material = material_of(scenario, plan)
    with speaking(material.formats.language):
        made = sections(material, answers, 1)
    kept = {"about": _about(plan, material.formats.language), "sections": _adapter().dump_python(made, mode="json")}
    kept[_MARK] = dict(levels)
    (folder / ANSWERS).mkdir(parents=True, exist_ok=True)
    write_whole(folder / ANSWERS / f"{page}.json", json.dumps(kept, ensure_ascii=False))


def kept_answers(plan: Plan, folder: Path, language: str) -> dict[str, tuple[Section, ...]]:
    """Return the sections of the answers about `plan` in the folder of results, by the name of their question, in the
    order of the report; only those that `planner plan --ask` gives too. What cannot be read is left out."""
    kept, about = _kept(folder), cache(lambda: _about(plan, language))
    found = ((name, _sections(kept, name, about, language)) for name in IN_REPORT)
    return {name: made for name, made in found if made is not None}


def kept_page(plan: Plan, folder: Path, language: str, page: str) -> tuple[Section, ...] | None:
    """Return the sections of the page of answers about `plan`; None where there is none that can be read."""
    return _sections(_kept(folder), page, lambda: _about(plan, language), language)


def better_found(folder: Path, levels: Mapping[str, float]) -> int:
    """Return for how many of the plans behind an answer the kept answers in a folder of results have a better one."""
    return _better(_kept(folder), levels)


def outdated_pages(folder: Path) -> list[str]:
    """Return the pages of kept answers for which others have better plans, by name."""
    kept = _kept(folder)
    return [page for page, content in sorted(kept.items()) if _better(kept, _levels(content))]


def with_better_found(sections: tuple[Section, ...], number: int) -> tuple[Section, ...]:
    """Return the sections of an answer, the first of which says that better plans were found for `number` points."""
    if not number or not sections:
        return sections
    words = ngettext(
        "Since this was answered, another question has found a better plan for {count} of the plans compared here. Ask"
        " again to have it in this answer too.",
        "Since this was answered, other questions have found better plans for {count} of the plans compared here. Ask"
        " again to have them in this answer too.",
        number,
    )
    first = replace(sections[0], sentences=(words.format(count=number), *sections[0].sentences))
    return (first, *sections[1:])


def _kept(folder: Path) -> dict[str, Any]:
    """Return what is kept of answers in the folder of results, by page; without what cannot be read."""
    found = {}
    for file in sorted((folder / ANSWERS).glob("*.json")):
        try:
            found[file.stem] = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
    return found


def _levels(content: Any) -> dict[str, float]:
    levels = content.get(_MARK) if isinstance(content, dict) else None
    known = levels.items() if isinstance(levels, dict) else ()
    return {key: level for key, level in known if isinstance(level, float | int)}


def _better(kept: Mapping[str, Any], levels: Mapping[str, float]) -> int:
    best: dict[str, float] = {}
    for content in kept.values():
        for key, level in _levels(content).items():
            best[key] = max(level, best.get(key, level))
    return sum(best.get(key, level) > level + BETTER for key, level in levels.items())


def _sections(
    kept: Mapping[str, Any], page: str, about: Callable[[], str], language: str
) -> tuple[Section, ...] | None:
    try:
        content = kept[page]
        made = _adapter().validate_python(content["sections"]) if content["about"] == about() else None
    except (ValueError, LookupError, TypeError, RecursionError, ValidationError):
        return None
    if made is None:
        return None
    with speaking(language):
        return with_better_found(made, _better(kept, _levels(content)))


@cache
def _adapter() -> TypeAdapter[tuple[Section, ...]]:
    return TypeAdapter(tuple[Section, ...])


def _about(plan: Plan, language: str) -> str:
    """Return what tells plan, language and version of the program that an answer is about."""
    plain = plan.to_plain()
    decided = [plain.get(key) for key in _DECIDED]
    return hashlib.sha256(json.dumps([VERSION, language, decided], sort_keys=True).encode()).hexdigest()
