"""What GitHub tells of a branch's protection, rulesets and the classic kind, in one form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casework.model.setup import Guard, RequiredCheck

_Wire = Mapping[str, Any]


def rule_guards(rules: Iterable[_Wire]) -> Iterator[tuple[Guard, int | None]]:
    """A guard for each ruleset that has rules for the branch, with the ruleset's number."""
    by_ruleset: dict[tuple[str, int | None], list[_Wire]] = {}
    for each in rules:
        source = str(each.get("ruleset_source") or "the repository")
        by_ruleset.setdefault((source, each.get("ruleset_id")), []).append(each)
    for (source, number), members in by_ruleset.items():
        yield _of_rules(f"ruleset {number} of {source}", members), number


def closed_paths(rules: Iterable[_Wire]) -> tuple[str, ...]:
    """The patterns of files that a ruleset lets nobody push."""
    return tuple(
        str(path)
        for each in rules
        if each.get("type") == "file_path_restriction"
        for path in (each.get("parameters") or {}).get("restricted_file_paths", ())
    )


def classic_guard(whole: _Wire | None, summary: _Wire) -> Guard:
    """The classic protection; `whole` is None for who is no administrator."""
    if whole is None:
        checks = summary.get("required_status_checks")
        found = None if checks is None else _classic_checks(checks)
        return Guard("branch protection", None, None, found, None, None)
    reviews = whole.get("required_pull_request_reviews")
    return Guard(
        "branch protection",
        pull_request=reviews is not None,
        code_owners=bool(reviews and reviews.get("require_code_owner_reviews")),
        checks=_classic_checks(whole.get("required_status_checks") or {}),
        blocks_force_pushes=not _is_on(whole, "allow_force_pushes"),
        blocks_deletion=not _is_on(whole, "allow_deletions"),
        bypass=_classic_bypass(whole),
    )


def _of_rules(name: str, rules: Iterable[_Wire]) -> Guard:
    by_type: dict[str, list[_Wire]] = {}
    for each in rules:
        by_type.setdefault(str(each.get("type")), []).append(each.get("parameters") or {})
    reviews = by_type.get("pull_request", [])
    return Guard(
        name,
        pull_request=bool(reviews),
        code_owners=any(each.get("require_code_owner_review") for each in reviews),
        checks=tuple(
            RequiredCheck(str(check["context"]), check.get("integration_id"))
            for each in by_type.get("required_status_checks", [])
            for check in each.get("required_status_checks", ())
        ),
        blocks_force_pushes="non_fast_forward" in by_type,
        blocks_deletion="deletion" in by_type,
    )


def _classic_checks(found: _Wire) -> tuple[RequiredCheck, ...]:
    checks = found.get("checks")
    if checks is None:
        return tuple(RequiredCheck(str(each), None) for each in found.get("contexts", ()))
    # -1 is GitHub's word for any app.
    return tuple(
        RequiredCheck(str(each["context"]), None if each["app_id"] == -1 else each["app_id"])
        for each in checks
    )


def _classic_bypass(whole: _Wire) -> tuple[str, ...]:
    reviews = whole.get("required_pull_request_reviews") or {}
    allowed = reviews.get("bypass_pull_request_allowances") or {}
    people = [f"`{each['login']}`" for each in allowed.get("users", ())]
    others = [f"`{each['slug']}`" for kind in ("teams", "apps") for each in allowed.get(kind, ())]
    admins = () if _is_on(whole, "enforce_admins") else ("administrators",)
    return (*admins, *people, *others)


def _is_on(whole: _Wire, field: str) -> bool:
    return bool((whole.get(field) or {}).get("enabled"))
