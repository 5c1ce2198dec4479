"""Prepares the exact proof while the search runs: it needs only the scenario, and a processor would be idle
otherwise."""

from __future__ import annotations

import threading
from typing import Final, Self

from planner.domain.attendance import Learnt
from planner.domain.scenario import Scenario
from planner.processes.threads import started
from planner.proof.preparation import Prepared, prepare

END_SECONDS: Final = 1.0
"""Most time that the end waits for the thread [s]; the engine stops within milliseconds, and the thread ends with
Python."""


class ProofAhead:
    """The preparation of a proof in a thread. Use it as a context manager: it ends with the block."""

    def __init__(self, scenario: Scenario, learnt: Learnt) -> None:
        self._scenario, self._learnt = scenario, learnt
        self._prepared: Prepared | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = started(self._prepare, "proof-ahead")
        return self

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(END_SECONDS)

    def prepared(self, learnt: Learnt, seconds: float | None) -> Prepared | None:
        """Wait up to `seconds` for what was prepared; None where it is not done by then, failed, or other limits are
        learnt now.

        A failure is not raised here: the proof itself meets and raises the same one.
        """
        if learnt is not self._learnt or self._thread is None:
            return None
        self._thread.join(seconds)
        return self._prepared

    def _prepare(self) -> None:
        try:
            self._prepared = prepare(self._scenario, self._learnt, self._ended.is_set)
        except Exception:
            return
