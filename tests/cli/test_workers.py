import os
import select
import signal
from datetime import date
from pathlib import Path

import pytest

from casework.cli import workers
from casework.cli.rulebook import read_rulebook
from casework.cli.shelf import Shelf
from casework.cli.workers import examine_many
from casework.model.blob import Blob
from casework.read.source import WorkingTree
from tests.cli.clones import Clone, case

TODAY = date(2026, 11, 22)


@pytest.fixture
def blobs() -> list[Blob]:
    texts = (case("draft"), case("submitted", ready=False), case("sumbitted"), "broken")
    return [Blob(f"cases/a/{n}.md", texts[n % 4].encode()) for n in range(130)]


def test_processes_and_one_alone_find_the_same_in_the_same_order(
    clone: Clone, blobs: list[Blob]
) -> None:
    rulebook = read_rulebook(WorkingTree(clone.root), Shelf(None))
    alone = list(examine_many(iter(blobs), rulebook, TODAY, 1))
    together = list(examine_many(iter(blobs), rulebook, TODAY, 3))
    assert alone == together
    assert [each.path for each in alone] == [each.path for each in blobs]


def test_where_no_process_can_be_made_one_does_it_alone(
    clone: Clone, blobs: list[Blob], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no more processes")

    rulebook = read_rulebook(WorkingTree(clone.root), Shelf(None))
    expected = list(examine_many(iter(blobs), rulebook, TODAY, 1))
    monkeypatch.setattr("os.fork", refused)
    assert list(examine_many(iter(blobs), rulebook, TODAY, 2)) == expected


def test_when_a_process_is_killed_its_files_are_done_all_the_same(
    clone: Clone, blobs: list[Blob], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rulebook = read_rulebook(WorkingTree(clone.root), Shelf(None))
    expected = list(examine_many(iter(blobs), rulebook, TODAY, 1))
    monkeypatch.setattr(workers, "_work_on", _killed)
    assert list(examine_many(iter(blobs), rulebook, TODAY, 2)) == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes have no parents there")
def test_no_process_outlives_the_first(clone: Clone, blobs: list[Blob]) -> None:
    rulebook = read_rulebook(WorkingTree(clone.root), Shelf(None))
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
