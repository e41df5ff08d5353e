"""Judge the bytes of a case in-process, against the small organisation of the rules' examples."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from casework.cli.cache import Cache
from casework.cli.examination import judge
from casework.cli.rulebook import Rulebook, read_rulebook
from casework.model.blob import Blob
from casework.model.report import JudgedCase
from casework.read.source import WorkingTree
from tests.check.repository import BASE, CASE, EXAMPLES, ROOT

TODAY = date(2027, 2, 10)


class Judge:
    """Everything that a case is judged by, read once, and valid cases to begin with."""

    def __init__(self) -> None:
        self.rulebook = _rulebook()
        examples = sorted(EXAMPLES.glob("*/good*.md"))
        self.cases = [(BASE / CASE).read_bytes(), *(each.read_bytes() for each in examples)]

    def __call__(self, content: bytes) -> JudgedCase:
        """What is found out about a case of these bytes."""
        return judge(Blob(CASE, content), None, self.rulebook, TODAY)


def _rulebook() -> Rulebook:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(BASE, root, dirs_exist_ok=True)
        shutil.copytree(ROOT / "schemas", root / "schemas", dirs_exist_ok=True)
        # The real word lists: the examples' own are short.
        shutil.copy(ROOT / "framework" / "wording.yaml", root / "framework" / "wording.yaml")
        return read_rulebook(WorkingTree(root), Cache(None))
