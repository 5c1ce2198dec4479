"""HiGHS that prints nothing, since standard output may belong to plan.json, and that starts no threads of its own."""

from __future__ import annotations

import threading

import highspy


class SilentHighs(highspy.Highs):
    """HiGHS with its output switched off before `enableCallbacks`, which its constructor calls, prints a banner."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # highspy leaves it untyped
        _keep_to_one_thread()

    def enableCallbacks(self) -> None:
        """Switch off the output, then enable callbacks as HiGHS does."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy leaves it untyped


class _Kept(threading.local):
    """For each thread of this program, whether HiGHS is confined to it already."""

    yet = False


_kept = _Kept()


def _keep_to_one_thread() -> None:
    """Make HiGHS run in the calling thread alone, from here on in this thread.

    Otherwise the first run in a thread starts helper threads, one fewer than there are processors. Even where nothing
    can be done in parallel, waking them takes more than half of the time of a small model. A first run with one thread
    prevents that; so would an option of every run, but that fails where another program in this process has set another
    number, while this merely has no effect there.
    """
    if _kept.yet:
        return
    _kept.yet = True
    first = SilentHighs()
    first.setOptionValue("threads", 1)
    first.addCol(1.0, 0.0, 1.0, 0, [], [])
    first.run()
