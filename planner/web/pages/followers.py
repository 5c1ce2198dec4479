"""Files that build on a scenario whose records have other ids name them anew too; one undo brings all of them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.errors import PlannerError
from planner.scenario_io.amending import CannotAmend, amended, data_of
from planner.web import history
from planner.web.bench import bench
from planner.web.forms.following import followed_above
from planner.web.forms.mentions import naming
from planner.web.pages.named import built_on
from planner.web.workspace import ScenarioFile, state_of


def follow_in_others(file: ScenarioFile, text: str, names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Let the files that build on `file`, saved as `text`, name its records anew (old id: new id, by list); return
    those that cannot be changed: of another agency, changed meanwhile, or unreadable."""
    left: list[str] = []
    changed = [(file, text)]
    files = built_on(file) if any(names.values()) else {}
    named = {(kind, old): naming(kind, {old}, files) for kind, of_kind in names.items() for old in of_kind}
    for name in files:
        mine = {k: {old: new for old, new in of.items() if name in named[k, old]} for k, of in names.items()}
        if not any(mine.values()):
            continue
        other = bench().workspace.file(name)
        try:
            before = other.text()
            data = data_of(before)
            for kind, of_kind in mine.items():
                data = followed_above(data, kind, of_kind)
            after = amended(before, data)
            history.save(other, after, state_of(before))
            if after != before:
                changed.append((other, after))
        except (CannotAmend, PlannerError, OSError, history.ChangedMeanwhile):
            left.append(name)
    if len(changed) > 1:
        history.join(changed)
    return left


def others_naming(file: ScenarioFile, records: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names of the files that build on `file` and name one of its records (list, id)."""
    if not records:
        return []
    files = built_on(file)
    found = {name for kind, identifier in records for name in naming(kind, {identifier}, files)}
    return [name for name in files if name in found]
