"""Workers on a Dask cluster, reached through the executor of its client (the extra `cluster`)."""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from typing import Any, Final
from weakref import WeakKeyDictionary

from planner.batch.points import WorkerTask, done
from planner.batch.worker_pool import WorkerLost
from planner.errors import InputError, Problem, SolverError
from planner.locale import _
from planner.planning import SearchLimits
from planner.version import VERSION

CONNECT_SECONDS: Final = 5.0
"""Time limit for a cluster to answer, and again to show a worker [s]."""

CLOSE_SECONDS: Final = 1.0
"""Time limit for closing the connection to a cluster [s]."""


def silence_dask() -> None:
    """Keep Dask's log messages off standard error, for the whole process: our own messages say what went wrong.

    For command lines. A server decides about its logs itself.
    """
    with suppress(ImportError):
        import distributed  # noqa: F401  (sets the levels of its loggers when it is imported)
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Cluster:
    """A Dask cluster as a WorkerPool."""

    def __init__(self, address: str, jobs: int | None = None) -> None:
        """Connect to the cluster at `address`; solve at most `jobs` points at a time, or one for each worker.

        Raises InputError where Dask is not installed, the cluster does not answer, or its workers have another planner.
        """
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            message = _("A cluster needs the package Dask, which is not installed.")
            raise InputError([Problem(message, _("Install it with: pip install 'planner[cluster]'"))]) from None
        self._address, self._jobs, self._killed = address, jobs, KilledWorker
        self._began: WeakKeyDictionary[Future[Any], float] = WeakKeyDictionary()
        try:
            self._client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except Exception as error:  # also from a server that speaks another protocol
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise self._refused(_("the cluster does not answer ({reason}).").format(reason=reason)) from None
        try:
            self._check_workers()
        except BaseException:
            self._client.close(timeout=CLOSE_SECONDS)
            raise
        self._executor: Executor = self._client.get_executor(pure=False)

    def _check_workers(self) -> None:
        """Raise InputError unless there are workers, with the same version of planner as here."""
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            remedy = _("Start some with: dask worker {address} --nthreads 1").format(address=self._address)
            raise self._refused(_("the cluster has no workers."), remedy) from None
        remedy = _("Install the same version of planner on all machines.")
        try:
            versions = set(self._client.run(_version).values())
        except Exception as error:
            message = _("the workers of the cluster cannot load planner ({reason}).").format(reason=error)
            raise self._refused(message, remedy) from None
        if versions != {VERSION}:
            message = _("workers of the cluster have another version of planner: {versions}.")
            raise self._refused(message.format(versions=", ".join(sorted(versions))), remedy)

    def _refused(self, message: str, remedy: str = "") -> InputError:
        return InputError([Problem(message, remedy, file=self._address)])

    def _gone(self) -> SolverError:
        return SolverError(_("The cluster at {address} no longer answers.").format(address=self._address))

    def places(self) -> int:
        """Return one for each worker process, which solves one point at a time; at most `jobs`."""
        try:
            workers = max(1, len(self._client.nthreads()))
        except (OSError, ValueError):
            raise self._gone() from None
        return workers if self._jobs is None else min(workers, self._jobs)

    def submit(self, task: WorkerTask, limits: SearchLimits, language: str) -> Future[Any]:
        if self._client.status != "running":
            raise self._gone()
        future: Future[Any] = self._executor.submit(done, task, limits, language)
        self._began[future] = time.monotonic()
        return future

    def result(self, future: Future[Any]) -> Any:
        try:
            return future.result()
        except CancelledError:
            raise self._gone() from None
        except self._killed:  # the scheduler has tried several workers already
            raise WorkerLost(retry=False) from None

    def seconds(self, future: Future[Any]) -> float:
        began = self._began.get(future)
        return 0.0 if began is None else time.monotonic() - began

    def stop(self, future: Future[Any]) -> None:
        """Give up a point; a worker that has started it finishes it, and the result is dropped."""
        future.cancel()

    def end(self, *, at_once: bool) -> None:
        with suppress(Exception):  # the cluster may be gone
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)


def _version() -> str:
    """Return the version of planner on a worker."""
    return VERSION
