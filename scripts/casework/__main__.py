"""The program as a process: `casework`, or `python -m casework`."""

import gc
import os
from typing import NoReturn

_OBJECTS = 50_000
"""How many objects come to be between two looks for unreachable ones. A short run makes fewer, and
imports alone would be looked through thirty times."""


def run() -> NoReturn:
    """Do what was typed, and end."""
    gc.set_threshold(_OBJECTS)
    try:
        from casework.cli.main import main

        code = int(main())
    except KeyboardInterrupt:  # before the program itself could see to that
        code = 130
    # All is written and closed. Taking every module apart would only cost a tenth of the time.
    os._exit(code)


if __name__ == "__main__":
    run()
