"""A report in the format that was asked for, as far as `check` and `review` say it alike."""

from collections.abc import Callable

from casework.model.report import Report
from casework.read.source import Source
from casework.read.text import read_text


def for_programs(format: str, report: Report) -> str:
    """The report as `json`, `github` or `sarif`."""
    if format == "json":
        from casework.render.wire import to_json

        return to_json(report)
    if format == "github":
        from casework.render.annotations import annotations

        return annotations(report.findings)
    from casework import __version__
    from casework.check.registry import pages
    from casework.render.sarif import sarif

    return sarif(report, pages(), __version__)


def texts(source: Source) -> Callable[[str], str | None]:
    """What a renderer asks for the text of a file."""

    def text(path: str) -> str | None:
        found = read_text(source.read_one(path))
        return found.content if found.readable else None

    return text
