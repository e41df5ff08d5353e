"""Many files examined by several processes at once, with the results in the order of the files."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from casework.cli.examination import Examined, examine
from casework.cli.rulebook import Rulebook
from casework.model.blob import Blob

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FEW = 50
"""So few files are done before another process would have been started, or a cache opened."""

_CHUNK = 24
_AHEAD = 4  # chunks that may wait for each process, so that few files are in memory at once

_judged_by: tuple[Rulebook, date]
"""What the files of this process are judged by; set once, when a process starts."""


def examine_many(
    blobs: Iterable[Blob], rulebook: Rulebook, today: date, processes: int
) -> Iterator[Examined]:
    """Examine each file, in other processes where that is worth it and possible."""
    coming = iter(blobs)
    first = list(islice(coming, FEW + 1))
    if len(first) <= FEW or processes < 2:
        yield from (examine(each, rulebook, today) for each in first)
        yield from (examine(each, rulebook, today) for each in coming)
        return
    chunks = _chunks(first, coming)
    with _pool(rulebook, today, processes) as pool:
        yield from _spread(chunks, pool, processes, rulebook, today)


def _chunks(first: list[Blob], coming: Iterator[Blob]) -> Iterator[list[Blob]]:
    for start in range(0, len(first), _CHUNK):
        yield first[start : start + _CHUNK]
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk


def _spread(
    chunks: Iterator[list[Blob]],
    pool: "ProcessPoolExecutor",
    processes: int,
    rulebook: Rulebook,
    today: date,
) -> Iterator[Examined]:
    waiting: deque[tuple[list[Blob], Future[list[Examined]] | None]] = deque()
    for chunk in chunks:
        waiting.append((chunk, _submitted(pool, chunk)))
        if len(waiting) > processes * _AHEAD:
            yield from _result(*waiting.popleft(), rulebook, today)
    for chunk, future in waiting:
        yield from _result(chunk, future, rulebook, today)


def _submitted(pool: "ProcessPoolExecutor", chunk: list[Blob]) -> "Future[list[Examined]] | None":
    try:
        return pool.submit(_examine_chunk, chunk)
    except (OSError, RuntimeError):  # no process can be made, or one was killed
        return None


def _result(
    chunk: list[Blob], future: "Future[list[Examined]] | None", rulebook: Rulebook, today: date
) -> list[Examined]:
    from concurrent.futures import BrokenExecutor

    try:
        if future is not None:
            return future.result()
    except (BrokenExecutor, OSError):
        pass  # this process can do it alone
    return [examine(each, rulebook, today) for each in chunk]


@contextmanager
def _pool(rulebook: Rulebook, today: date, processes: int) -> Iterator["ProcessPoolExecutor"]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked process has the rules already; this program has no threads that forking could break.
    how = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(how)
    pool = ProcessPoolExecutor(processes, context, _begin, (rulebook, today))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(rulebook: Rulebook, today: date) -> None:
    """Prepare a process: an interruption is the first process's to handle."""
    import signal
    from threading import Thread

    global _judged_by  # a process has one set of rules for all its life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _judged_by = (rulebook, today)
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """End this process when the first one is gone, however it was ended."""
    from multiprocessing import parent_process

    if first := parent_process():
        first.join()
        os._exit(1)


def _examine_chunk(chunk: list[Blob]) -> list[Examined]:
    return [examine(each, *_judged_by) for each in chunk]
