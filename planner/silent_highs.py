"""HiGHS that prints nothing: standard output may belong to plan.json."""

from __future__ import annotations

import highspy


class SilentHighs(highspy.Highs):
    """HiGHS with its output switched off before `enableCallbacks`, which its constructor calls, prints a banner."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # highspy leaves it untyped

    def enableCallbacks(self) -> None:
        """Switch off the output, then enable callbacks as HiGHS does."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy leaves it untyped
