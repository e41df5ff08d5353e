"""Rules are read from one state of files, and no more of them than is asked for."""

import pytest

from casework.cli.failure import FailureError
from casework.cli.rulebook import SCHEMA_FILES, read_rulebook, schemas_of
from casework.cli.shelf import Shelf
from casework.model.blob import Blob, Obstacle
from casework.read.documents import FRAMEWORK
from casework.read.source import WorkingTree
from tests.cli.clones import ROOT


class Overheard(WorkingTree):
    """The files of this repository, less those that are hidden; it keeps what it was asked for."""

    def __init__(self, *hidden):
        super().__init__(ROOT)
        self.asked, self._hidden = [], hidden

    def read(self, paths):
        for each in paths:
            self.asked.append(each)
            is_hidden = each in self._hidden
            yield Blob(each, obstacle=Obstacle.ABSENT) if is_hidden else self.read_one(each)


def test_the_schemas_are_read_without_the_rules():
    source = Overheard()
    schemas = schemas_of(source)
    assert set(source.asked) == {*SCHEMA_FILES, FRAMEWORK}
    whole = read_rulebook(source, Shelf(None)).schemas
    assert all(schemas.get(each) == whole.get(each) for each in ("case", "people", "level"))


@pytest.mark.parametrize("read", [schemas_of, lambda source: read_rulebook(source, Shelf(None))])
@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        (FRAMEWORK, "there must be a framework to judge by"),
        ("schemas/people.schema.json", "`schemas/people.schema.json` must be a JSON Schema"),
    ],
)
def test_what_must_be_there(read, hidden, message):
    with pytest.raises(FailureError, match=message):
        read(Overheard(hidden))
