"""Work on many things by several processes at once, with the results in the order of the things."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from casework.cli.examination import Examined, examine
from casework.cli.rulebook import Rulebook
from casework.model.blob import Blob

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FEW = 50
"""So few files are done before another process would have been started, or a cache opened."""

_CHUNK = 24
_AHEAD = 4  # chunks that may wait for each process, so that few files are in memory at once

_T = TypeVar("_T")
_R = TypeVar("_R")

_work: Callable[[Any], Any]
"""What this process does with each thing; set once, when a process starts."""


def examine_many(
    blobs: Iterable[Blob], rulebook: Rulebook, today: date, processes: int
) -> Iterator[Examined]:
    """Examine each file, in other processes where that is worth it and possible."""
    return spread(blobs, partial(examine, rulebook=rulebook, today=today), processes)


def spread(things: Iterable[_T], work: Callable[[_T], _R], processes: int) -> Iterator[_R]:
    """What comes of each thing, in other processes where that is worth it and possible.

    The things and what comes of them can be pickled.
    """
    coming = iter(things)
    first = list(islice(coming, FEW + 1))
    if len(first) <= FEW or processes < 2:
        yield from map(work, first)
        yield from map(work, coming)
        return
    chunks = _chunks(first, coming)
    with _pool(work, processes) as pool:
        yield from _spread(chunks, pool, processes, work)


def _chunks(first: list[_T], coming: Iterator[_T]) -> Iterator[list[_T]]:
    for start in range(0, len(first), _CHUNK):
        yield first[start : start + _CHUNK]
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk


def _spread(
    chunks: Iterator[list[_T]],
    pool: "ProcessPoolExecutor",
    processes: int,
    work: Callable[[_T], _R],
) -> Iterator[_R]:
    waiting: deque[tuple[list[_T], Future[list[_R]] | None]] = deque()
    for chunk in chunks:
        waiting.append((chunk, _submitted(pool, chunk)))
        if len(waiting) > processes * _AHEAD:
            yield from _result(*waiting.popleft(), work)
    for chunk, future in waiting:
        yield from _result(chunk, future, work)


def _submitted(pool: "ProcessPoolExecutor", chunk: list[_T]) -> "Future[list[Any]] | None":
    try:
        with _uninterrupted():
            return pool.submit(_work_on, chunk)
    except (OSError, RuntimeError):  # no process can be made, or one was killed
        return None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off until a step is done that must not be left half-way.

    The first submission starts the processes and a thread. Interrupted between the two, the pool
    could not be shut down any more. What is started meanwhile is never interrupted itself.
    """
    if sys.platform == "win32":
        yield
        return
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(
    chunk: list[_T], future: "Future[list[_R]] | None", work: Callable[[_T], _R]
) -> list[_R]:
    from concurrent.futures import BrokenExecutor

    try:
        if future is not None:
            return future.result()
    except (BrokenExecutor, OSError):
        pass  # this process can do it alone
    return [work(each) for each in chunk]


@contextmanager
def _pool(work: Callable[[Any], Any], processes: int) -> Iterator["ProcessPoolExecutor"]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked process has the rules already; this program has no threads that forking could break.
    how = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(how)
    pool = ProcessPoolExecutor(processes, context, _begin, (work,))
    try:
        yield pool
    finally:
        with suppress(RuntimeError):  # its thread could not be started: there is nothing to end
            pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any]) -> None:
    """Prepare a process: an interruption is the first process's to handle."""
    import signal
    from threading import Thread

    global _work  # a process does one work for all its life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """End this process when the first one is gone, however it was ended."""
    from multiprocessing import parent_process

    if first := parent_process():
        first.join()
        os._exit(1)


def _work_on(chunk: list[Any]) -> list[Any]:
    return [_work(each) for each in chunk]
