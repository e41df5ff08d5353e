"""Findings as workflow commands."""

from tests.factories import a_finding

from casework.render.annotations import annotations


def test_a_finding_stands_beside_its_line():
    assert annotations((a_finding(),)) == (
        "::error file=cases/ada-lovelace/2027-02.md,line=12,col=3,title=unsupported-rating::"
        "`FY27-Q3` teamwork must have a supported item.%0AAdd a link or a witness.\n"
    )


def test_each_severity_has_its_command():
    found = tuple(a_finding(severity=each) for each in ("error", "warning", "notice"))
    assert [line.split(" ")[0] for line in annotations(found).splitlines()] == [
        "::error", "::warning", "::notice",
    ]  # fmt: skip


def test_nothing_breaks_out_of_a_command():
    finding = a_finding(path="a,b:c\n::error::d%", message="x\r\n::stop-commands::y", help="")
    (line,) = annotations((finding,)).splitlines()
    assert line == (
        "::error file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ad%25,line=12,col=3,title=unsupported-rating::"
        "x%0D%0A::stop-commands::y"
    )


def test_without_findings_nothing_is_said():
    assert annotations(()) == ""
