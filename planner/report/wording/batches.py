"""The state of a batch of plans in words: how long it may take, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.locale import _, ngettext
from planner.units.said import nearest

if TYPE_CHECKING:
    from planner.batch.batch_progress import BatchProgress

WORTH_SAYING: Final = 10.0
"""A batch that is estimated to take less is not announced [seconds]."""


def beforehand(progress: BatchProgress) -> str:
    """Return what a batch may take, before its first plan is made; empty where it is short or nothing is known."""
    left, number = progress.seconds_left, progress.total - progress.done
    if left is None or left < WORTH_SAYING:
        return ""
    words = ngettext(
        "{count} plan to make, {time} by what this plan took; further steps may follow",
        "{count} plans to make, {time} by what this plan took; further steps may follow",
        number,
    )
    return words.format(count=number, time=time_left(progress))


def count_sentence(progress: BatchProgress) -> str:
    """Return the state of a batch in words: "12 of 21 plans made · about 40 s left"."""
    made = ngettext("{done} of {count} plan made", "{done} of {count} plans made", progress.total)
    return " · ".join(
        part for part in (made.format(done=progress.done, count=progress.total), time_left(progress)) if part
    )


def time_left(progress: BatchProgress) -> str:
    """Return the estimated time left, as text; empty before the first plan and after the last."""
    left = progress.seconds_left
    if not left:
        return ""
    if left < 90:
        return _("about {count} s left").format(count=nearest(left))
    return _("about {count} min left").format(count=nearest(left / 60))
