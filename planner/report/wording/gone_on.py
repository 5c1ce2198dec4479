"""What came of a search that went on from a plan made before, in words."""

from __future__ import annotations

from planner.batch.going_on import Gain
from planner.locale import _
from planner.report.wording.formats import Formats


def gone_on(gain: Gain, before: float, now: float, formats: Formats, *, stopped: bool = False) -> str:
    """Return what was gained, and whether it was `stopped`; `before` and `now` are the relative gaps of the plan that
    it began from and of that which it ended with [0-1]."""
    said = _gained(gain, before, now, formats)
    return f"{said} {_('It was stopped before its end.')}" if stopped else said


def _gained(gain: Gain, before: float, now: float, formats: Formats) -> str:
    match gain:
        case Gain.BETTER:
            return _("The search has gone on and found a better plan, checked.")
        case Gain.NOTHING:
            return _("The search has gone on and found no better plan: the one made before stays.")
    if not now < before:
        return _("The search has gone on: no better plan was found, and less is left open than was proven before.")
    shares = {"now": formats.float_share(now), "before": formats.float_share(before)}
    return _(
        "The search has gone on: no better plan was found. At most {now} better is possible; before, {before} was left"
        " open."
    ).format(**shares)
