"""Where a run begins and ends: what was typed, which command it is, how it went."""

import sys
from collections.abc import Sequence

from casework.cli.failure import Exit, FailureError, unforeseen
from casework.cli.options import Options, help_text, parse
from casework.cli.settings import Settings, wants_traceback
from casework.cli.terminal import complain, write
from casework.read.git_error import GitError, UnknownRevisionError


def main(words: Sequence[str] | None = None) -> int:
    """Do what was typed and return the exit code. No exception gets past."""
    try:
        return _run(list(sys.argv[1:] if words is None else words))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except UnknownRevisionError as error:
        return _told(error.message, error.help, Exit.USAGE)
    except GitError as error:
        return _told(error.message, error.help, Exit.CANNOT_RUN)
    except FailureError as failure:
        return _told(failure.message, failure.help, failure.code)
    except Exception as error:  # people are never shown a traceback unasked
        return _unforeseen(error)


def _run(words: list[str]) -> int:
    options = parse(words)
    if options.version:
        from casework import __version__

        write(f"casework {__version__}\n")
        return Exit.HOLDS
    if options.command is None or options.help:
        write(help_text(options.command))
        return Exit.HOLDS if options.help else Exit.USAGE
    return _dispatch(options, Settings.read(options))


def _dispatch(options: Options, settings: Settings) -> int:
    """Only the command that was asked for is imported."""
    # As `import` does it: importlib itself is not free to import.
    module = __import__(f"casework.cli.{options.command}", fromlist=["run"])
    code: int = module.run(options, settings)
    return code


def _told(message: str, help: str, code: Exit) -> Exit:
    complain(message, help)
    return code


def _unforeseen(error: Exception) -> Exit:
    if wants_traceback():
        import traceback

        traceback.print_exception(error)
    failure = unforeseen(
        error,
        "Please report it, with what CASEWORK_DEBUG=1 shows. --no-cache may help in the meantime.",
    )
    return _told(failure.message, failure.help, Exit.CANNOT_RUN)
