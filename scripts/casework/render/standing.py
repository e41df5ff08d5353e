"""How a case stands, in a few words: where many are listed together."""

from casework.model.case import Kind
from casework.model.growth import KnownCase
from casework.model.report import CaseReport
from casework.render.advice import missing_next
from casework.render.words import VERDICTS


def aim(case: CaseReport) -> str:
    """What a case asks for, without saying for whom: "promotion to IC3"."""
    if case.kind == Kind.IN_BAND_INCREASE:
        return "in-band increase"
    return f"promotion to {case.to_level or 'an unnamed level'}"


def standing(case: KnownCase) -> str:
    """How far it has come and what it lacks: "draft, not ready; missing next: values"."""
    report = case.report
    missing = missing_next(report, case.errors)
    verdict = VERDICTS[report.verdict].lower()
    status = (report.status or "no valid status").replace("-", " ")
    return f"{status}, {verdict}" + (f"; missing next: {missing}" if missing else "")
