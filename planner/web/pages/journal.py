"""The journal: who did what and when. It is shown, and nothing more."""

from __future__ import annotations

from typing import Any, Final

from planner.locale import _, language_in_force
from planner.report.wording.formats import Formats
from planner.web.bench import bench
from planner.web.page import page
from planner.web.run_rows import acts_of

AT_ONCE: Final = 100
"""Lines on one page."""


def journal(request: Any) -> Any:
    """Show the lines, newest first, and whether all are as they were written."""
    archive = bench().archive
    archive.follow()
    before = request.GET.get("sebelum", "")
    lines = archive.lines(int(before) if before.isdecimal() and len(before) < 16 else None, AT_ONCE + 1)
    context: dict[str, Any] = {
        "acts": acts_of(lines[:AT_ONCE]),
        "before": lines[AT_ONCE - 1].number if len(lines) > AT_ONCE else None,
        "fault": archive.fault(),
        "losses": [Formats(language_in_force()).count(number) for number in archive.losses()],
    }
    return page(request, "journal.html.j2", title=_("Journal"), **context)
