import os
import select
import signal
from datetime import date
from pathlib import Path

import pytest

from casework.cli import workers
from casework.cli.examination import Examined
from casework.cli.rulebook import Rulebook, read_rulebook
from casework.cli.shelf import Shelf
from casework.cli.workers import examine_many
from casework.model.blob import Blob
from casework.read.source import WorkingTree
from tests.cli.clones import case

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def blobs() -> tuple[Blob, ...]:
    texts = (case("draft"), case("submitted", ready=False), case("sumbitted"), "broken")
    return tuple(Blob(f"cases/a/{n}.md", texts[n % 4].encode()) for n in range(130))


@pytest.fixture(scope="module")
def rulebook(template: Path) -> Rulebook:
    return read_rulebook(WorkingTree(template), Shelf(None))


@pytest.fixture(scope="module")
def alone(blobs: tuple[Blob, ...], rulebook: Rulebook) -> list[Examined]:
    """What one process finds."""
    return list(examine_many(iter(blobs), rulebook, TODAY, 1))


def test_processes_and_one_alone_find_the_same_in_the_same_order(
    blobs: tuple[Blob, ...], rulebook: Rulebook, alone: list[Examined]
) -> None:
    together = list(examine_many(iter(blobs), rulebook, TODAY, 3))
    assert alone == together
    assert [each.path for each in alone] == [each.path for each in blobs]


def test_where_no_process_can_be_made_one_does_it_alone(
    blobs: tuple[Blob, ...],
    rulebook: Rulebook,
    alone: list[Examined],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("os.fork", refused)
    assert list(examine_many(iter(blobs), rulebook, TODAY, 2)) == alone


def test_when_a_process_is_killed_its_files_are_done_all_the_same(
    blobs: tuple[Blob, ...],
    rulebook: Rulebook,
    alone: list[Examined],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_work_on", _killed)
    assert list(examine_many(iter(blobs), rulebook, TODAY, 2)) == alone


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes have no parents there")
def test_no_process_outlives_the_first(blobs: tuple[Blob, ...], rulebook: Rulebook) -> None:
    listening, kept_open = os.pipe()
    first = os.fork()
    if first == 0:
        examined = examine_many(iter(blobs * 20), rulebook, TODAY, 2)
        next(examined)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(first, 0)
    os.close(kept_open)
    # The pipe ends when the last process that has inherited it is gone.
    ended, _, _ = select.select([listening], [], [], 20)
    os.close(listening)
    assert ended


def _killed(chunk: list[Blob]) -> None:
    os._exit(1)
