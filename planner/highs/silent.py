"""HiGHS that prints nothing, for standard output may belong to plan.json, and that starts no threads of its own."""

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
    """Of each thread of ours, whether HiGHS keeps to it."""

    yet = False


_kept = _Kept()


def _keep_to_one_thread() -> None:
    """Make HiGHS run in the thread that calls it, and in no other, from here on in this thread.

    Left alone, the first run in a thread starts helpers of its own, one fewer than there are processors. Even where
    nothing is to be done at the same time, waking them takes more than half of the time of a small model. A first run
    with one thread settles it, as an option of every run would, but the latter fails where another program in this
    process has settled it otherwise; this is merely without effect there.
    """
    if _kept.yet:
        return
    _kept.yet = True
    first = SilentHighs()
    first.setOptionValue("threads", 1)
    first.addCol(1.0, 0.0, 1.0, 0, [], [])
    first.run()
