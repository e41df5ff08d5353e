"""Many files' results, from the cache where it has them and examined where it has not."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from casework.cli.cache import Cache
from casework.cli.digest import digest_of, digest_of_blobs
from casework.cli.examination import Examined, examine
from casework.cli.rulebook import Rulebook
from casework.cli.settings import Settings
from casework.cli.terminal import Progress
from casework.cli.workers import FEW, examine_many
from casework.model.blob import Blob
from casework.read.source import Source

_DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def examine_all(
    source: Source,
    paths: tuple[str, ...],
    rulebook: Rulebook,
    settings: Settings,
    cache: Cache,
) -> tuple[Examined, ...]:
    """What was found out about each file, by path."""
    today = settings.today
    if len(paths) <= FEW:
        return tuple(examine(each, rulebook, today) for each in source.read(paths))
    kept = _Kept(rulebook, today, cache)
    progress = Progress(len(paths), shown=settings.shows_progress)
    results: dict[str, Examined] = {}
    try:
        missing = kept.missing(source.read(paths), results)
        for each in examine_many(missing, rulebook, today, settings.processes):
            results[each.path] = each
            kept.keep(each)
            progress.advance(len(results))
    finally:
        progress.close()
    return tuple(results[path] for path in paths)


class _Kept:
    """The results of earlier runs under the same rules in the same season."""

    def __init__(self, rulebook: Rulebook, today: date, cache: Cache) -> None:
        self._cache = cache if cache.is_kept and rulebook.organisation else Cache(None)
        self._today = today
        rules = digest_of_blobs(rulebook.blobs.values())
        self._rules = digest_of((rules, _season(rulebook, today)))
        self._missed: dict[str, _Missed] = {}

    def missing(self, blobs: Iterable[Blob], results: dict[str, Examined]) -> Iterator[Blob]:
        """The files without a kept result; the results of all others are put down."""
        for blob in blobs:
            found = self._found(blob) if self._cache.is_kept and not blob.obstacle else None
            if found is None:
                yield blob
            else:
                results[blob.path] = found

    def keep(self, examined: Examined) -> None:
        """Keep a result, if it will hold until the season ends."""
        missed = self._missed.pop(examined.path, None)
        if missed and missed.last_day < self._today.isoformat():
            self._cache.put(missed.key, _packed(examined, missed.last_day, self._today))

    def _found(self, blob: Blob) -> Examined | None:
        path = blob.path.encode("utf-8", "surrogateescape")
        key = digest_of((self._rules, path, blob.content))
        packed = self._cache.get(key)
        try:
            if packed["last_day"] < self._today.isoformat():
                return _unpacked(blob.path, packed, self._today)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass  # nothing is kept, or what is kept is of no use
        self._missed[blob.path] = _Missed(key, _last_day(blob))
        return None


class _Missed(NamedTuple):
    """A file that is to be examined: where its result belongs, and the last day it names."""

    key: bytes
    last_day: str
    """A result is good as long as that day is past: until then it may read differently."""


def _season(rulebook: Rulebook, today: date) -> bytes:
    """What of the day matters to a case: its quarter, and which days of the rules have come."""
    if rulebook.organisation is None:
        return b""
    quarter = rulebook.organisation.policy.calendar.containing(today)
    day = today.isoformat().encode()
    days = {each for blob in rulebook.blobs.values() for each in _DAY.findall(blob.content)}
    return b"%d %d %d" % (
        quarter.ordinal, sum(each < day for each in days), sum(each <= day for each in days)
    )  # fmt: skip


def _last_day(blob: Blob) -> str:
    return max(_DAY.findall(blob.content), default=b"").decode()


def _packed(examined: Examined, last_day: str, today: date) -> Any:
    from casework.render.wire import case_to_cache, finding_to_wire

    case = examined.case
    return {
        "last_day": last_day,
        "case": case and case_to_cache(case),
        # Every day that the file names is past, so such a case is not a decided one.
        "as_of_today": case is not None and case.assessment.as_of == today,
        "findings": [finding_to_wire(each) for each in examined.findings],
    }


def _unpacked(path: str, packed: Any, today: date) -> Examined:
    from casework.render.wire import case_from_cache, finding_from_wire

    case = packed["case"] and case_from_cache(packed["case"])
    if case and packed["as_of_today"]:
        case = case._replace(assessment=case.assessment._replace(as_of=today))
    findings = tuple(finding_from_wire(each) for each in packed["findings"])
    return Examined(path, case, findings)
