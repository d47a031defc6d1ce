"""Several appraisals at once: worker processes of this computer, whose kernels come from one warm parent."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from partnership_model.delivery import warm_kernels
from partnership_model.delivery.appraise import Outcome, appraise_case, rehearsal_of
from partnership_model.delivery.notebook_run import keep_sockets_in, private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from partnership_model.delivery.appraise import Order
    from partnership_model.delivery.warm_forks import Rehearsal

MOST_BY_DEFAULT = 8  # each worker and its kernel take some 400 MB


def default_jobs() -> int:
    """Give the number of processors that this process may use, or as many as memory is likely to allow."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_BY_DEFAULT)


def run_here(orders: Sequence[Order]) -> Iterator[Outcome]:
    """Run one after the other in this process; what is run once needs no rehearsal."""
    if orders:
        warm_kernels.warm_up(rehearsal_of(orders[0]) if len(orders) > 1 else None)
    for order in orders:
        yield appraise_case(order)


def run_in_pool(orders: Sequence[Order], jobs: int) -> Iterator[Outcome]:
    """Run several at once; a worker that is killed costs what it was at, which is tried once more.

    No more is handed out than there are workers, so that it is known what a worker was at.
    """
    waiting = list(reversed(orders))
    suspects: list[Order] = []  # were being run when a worker ended; each is tried again alone
    while waiting or suspects:
        alone = not waiting
        queue = suspects if alone else waiting
        lost: list[Order] = []
        yield from _until_broken(queue, 1 if alone else min(jobs, len(queue)), lost)
        if alone and lost:
            says = "the process that ran it ended in the middle, twice. Was there enough memory? Try a smaller --jobs."
            yield from (Outcome(order, "failed", says=f"{order.target}: {says}") for order in lost)
        else:
            suspects += lost


def _until_broken(queue: list[Order], jobs: int, lost: list[Order]) -> Iterator[Outcome]:
    """Run what is in the queue until it is empty or a worker ends; what was being run then is put into `lost`."""
    with _pool(jobs, rehearsal_of(queue[0])) as pool:
        running: dict[Future[Outcome], Order] = {}
        while queue or running:
            while queue and len(running) < jobs:
                order = queue.pop()
                try:
                    running[pool.submit(appraise_case, order)] = order
                except BrokenProcessPool:
                    lost.append(order)
                    break
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                order = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(order)
            if lost:
                lost += running.values()
                return


@contextlib.contextmanager
def _pool(jobs: int, rehearsal: Rehearsal) -> Iterator[ProcessPoolExecutor]:
    """Start workers that have imported everything once, and end them however one leaves."""
    way = "forkserver" if warm_kernels.CAN_FORK else "spawn"
    context = multiprocessing.get_context(way)
    if way == "forkserver":
        context.set_forkserver_preload([__name__])
    before = set(multiprocessing.active_children())
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(private_folder())  # which goes with us, however the workers end
        place = stack.enter_context(warm_kernels.shared(rehearsal, folder)) if warm_kernels.CAN_FORK else None
        pool = ProcessPoolExecutor(jobs, context, _begin, (rehearsal, folder, place))
        try:
            yield pool
        except BaseException:
            for worker in set(multiprocessing.active_children()) - before:
                worker.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(rehearsal: Rehearsal, folder: Path, warm: Path | None) -> None:
    """Settle a worker: it ends with the process that started it, and Ctrl-C in the terminal is that one's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_sockets_in(folder)
    if warm:
        warm_kernels.join(warm, rehearsal)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
