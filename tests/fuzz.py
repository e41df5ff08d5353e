"""A coverage-guided fuzzer over the reader and the rules: `make fuzz`, or with `FUZZ_SECONDS=600`.

It looks for what `test_mutants.py` looks for: a traceback, a hang, a place outside the file.
Arguments are those of libFuzzer. A crash leaves a file `crash-…`, which can be such an argument.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["casework", "markdown_it", "yaml"]):
    import casework.assess
    import casework.check.run
    import casework.read.case  # noqa: F401

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.judging import Judge
from tests.test_mutants import assert_inside

JUDGE = Judge()


def judge_one(content: bytes) -> None:
    """Fail on a traceback or on a place outside the file."""
    for finding in JUDGE(content).findings:
        assert_inside(finding, content)


def main() -> None:
    """Start from the valid cases, and let the fuzzer find its way."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, case in enumerate(JUDGE.cases):
            (Path(corpus) / str(number)).write_bytes(case)
        atheris.Setup([*sys.argv, "-timeout=10", "-max_len=32768", corpus], judge_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
