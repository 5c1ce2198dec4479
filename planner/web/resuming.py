"""A server that starts goes on with what was awaited when the one before ended."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from planner.errors import PlannerError
from planner.locale import LANGUAGES, _
from planner.web.acting import Actor, acting_as
from planner.web.bench import Bench
from planner.web.page_words import speaking_on_pages
from planner.web.waiting import Awaited
from planner.web.workspace import Unknown


def resume_later(bench: Bench) -> None:
    """Go on with what was awaited, in a thread of its own, so that pages come at once."""
    if bench.runs.waiting.left:
        thread = threading.Thread(target=resume, args=(bench,), name="resuming", daemon=True)
        bench.runs.at_end.append(lambda: thread)
        thread.start()


def resume(bench: Bench) -> None:
    """Queue again what was awaited, in its order; say of what cannot be gone on with why."""
    for each in list(bench.runs.waiting.left):
        language = each.language if each.language in LANGUAGES else bench.language
        with speaking_on_pages(language), acting_as(Actor(each.by, each.signed_in)):
            with suppress(Unknown, PlannerError, OSError):  # its scenario is gone, or says no plan any more
                _resume(bench, each)
            bench.runs.waiting.gone_on_with(each)


def _resume(bench: Bench, awaited: Awaited) -> None:
    loaded = bench.workspace.file(awaited.name).load()
    changed = loaded.scenario.sha256 != awaited.sha256
    if awaited.question:
        from planner.web.pages.asking import ask_again, not_asked_again

        if changed:
            words = _("The scenario was changed while the server was ended; ask this anew.")
            not_asked_again(awaited, PlannerError(words), goes_on=False)
        elif awaited.ends_servers:
            words = _("Servers ended again and again while this question was being answered, so it was not begun anew.")
            not_asked_again(awaited, PlannerError(words), goes_on=True)
        else:
            ask_again(awaited)
        return
    if changed:
        words = _("The scenario was changed while the server was ended; make its plan anew.")
        bench.runs.not_resumed(awaited.name, loaded, PlannerError(words))
    elif awaited.ends_servers:
        words = _("Servers ended again and again while this plan was being made, so it was not begun anew.")
        bench.runs.not_resumed(awaited.name, loaded, PlannerError(words))
    else:
        from planner.web.going_on import limits_of, plan_of

        known = goes_on = None
        if awaited.seconds and (kept := plan_of(bench, loaded.scenario)) is not None:
            known, goes_on = kept.plan, limits_of(awaited.gap, awaited.seconds, bench.runs.limits)
        again: dict[str, Any] = {"tries": awaited.tries, "brief": awaited.brief, "known": known, "goes_on": goes_on}
        bench.runs.start(awaited.name, loaded, awaited.first, **again)
