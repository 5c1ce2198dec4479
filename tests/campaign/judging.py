"""Steps of a campaign, judged in processes of their own: what kills one is a fault of its step, and of no other.

judge_all(record, steps, code, seconds, jobs)
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from tests.campaign.kept_faults import keep
from tests.campaign.record import Record, Step
from tests.campaign.registry import BY_NAME, SERIES
from tests.campaign.series import Fault, Series, wrong


def judge_all(record: Record, steps: Iterator[tuple[Series, int, int]], code: str, seconds: float, jobs: int) -> None:
    """Judge steps until all are done or the time is over, in `jobs` processes: one that dies takes no other with it."""
    ends = time.monotonic() + seconds
    running: dict[Future[tuple[list[Fault], float]], tuple[ProcessPoolExecutor, Series, int, int]] = {}
    idle = [_process() for _ in range(jobs)]
    while True:
        while idle and time.monotonic() < ends and (step := next(steps, None)) is not None:
            process, (series, first, count) = idle.pop(), step
            running[process.submit(judged, series.name, first, count)] = (process, *step)
        if not running:
            break
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            process, series, first, count = running.pop(future)
            try:
                faults, took = future.result()
            except BrokenProcessPool:
                faults, took = [Fault(first, f"the process died that judged {first} to {first + count - 1}")], 0.0
                process = _process()
            _note(record, series, first, count, faults, took, code)
            idle.append(process)
    for process in idle:
        process.shutdown()


def _process() -> ProcessPoolExecutor:
    """A process for one step after the other. That it can begin at all is seen first: nothing of that is a fault."""
    process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    process.submit(judged, SERIES[0].name, 0, 0).result()
    return process


def judged(name: str, first: int, count: int) -> tuple[list[Fault], float]:
    """The faults of a step, and the processor time it took, that of the processes it started too [s]."""
    began = _processor_seconds()
    faults = wrong(BY_NAME[name], count, first)
    return faults, _processor_seconds() - began


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _note(
    record: Record, series: Series, first: int, count: int, faults: list[Fault], seconds: float, code: str
) -> None:
    for fault in faults:
        print(f"FAULT {series.name} {fault.seed}: {fault.why} -> {keep(series.name, fault).name}", flush=True)
    numbers = [fault.seed for fault in faults]
    record.add(Step(series.name, first, count, round(seconds, 3), numbers, code))
    print(f"{series.name} {first}-{first + count - 1}: {seconds:.1f} s, faults {len(faults)}", flush=True)
