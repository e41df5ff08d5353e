"""`casework check`: what is wrong in the files, and how the cases stand."""

from casework.assess.gate import has_error
from casework.cli.cache import Cache
from casework.cli.failure import Exit, FailureError
from casework.cli.options import Options
from casework.cli.output import for_programs, texts
from casework.cli.pipeline import check
from casework.cli.settings import Settings
from casework.cli.targets import everything, targets
from casework.cli.terminal import write
from casework.model.report import Report
from casework.read.git import Git
from casework.read.source import Source, WorkingTree


def run(options: Options, settings: Settings) -> int:
    """Check what was named and say so. FAILS when a finding is an error."""
    source, paths = _selected(options, settings)
    with Cache(settings.cache_folder) as cache:
        report = check(source, paths, settings, cache)
    if options.format == "text":
        write(_text(report, options, settings, source, len(paths)))
    elif options.format == "markdown":
        from casework.render.markdown import check_markdown

        write(check_markdown(report))
    else:
        write(for_programs(options.format, report))
    return Exit.FAILS if has_error(report.findings) else Exit.HOLDS


def _selected(options: Options, settings: Settings) -> tuple[Source, tuple[str, ...]]:
    git = Git.find(settings.directory)
    if git.is_bare:
        raise FailureError(
            "`casework check` must have files to look at; this is a bare repository",
            "Use `casework review --head REV` here.",
        )
    source = WorkingTree(git.root, git)
    if not options.paths:
        return source, everything(source)
    return source, targets(options.paths, git.root, settings.directory, source)


def _text(report: Report, options: Options, settings: Settings, source: Source, files: int) -> str:
    from casework.render.text import check_text

    return check_text(
        report,
        colour=settings.colour,
        width=settings.width,
        source=texts(source),
        files=files,
        expects_cases=not options.paths,
    )
