"""`python -m casework`."""

import sys

from casework.cli.main import main

sys.exit(main())
