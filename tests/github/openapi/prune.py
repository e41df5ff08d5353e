"""Keeps of GitHub's description of its API what the tests use: the shapes of some operations.

python tests/github/openapi/prune.py generated/api.github.com.json

The argument is the file of the npm package that README.md names.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = "/repos/{owner}/{repo}"
OPERATIONS = {
    "/app": ["get"],
    "/app/installations/{installation_id}": ["get"],
    "/app/installations/{installation_id}/access_tokens": ["post"],
    "/user": ["get"],
    REPOSITORY: ["get"],
    f"{REPOSITORY}/installation": ["get"],
    f"{REPOSITORY}/pulls": ["get"],
    f"{REPOSITORY}/pulls/{{pull_number}}": ["get"],
    f"{REPOSITORY}/pulls/{{pull_number}}/reviews": ["get"],
    f"{REPOSITORY}/commits/{{commit_sha}}/pulls": ["get"],
    f"{REPOSITORY}/activity": ["get"],
    f"{REPOSITORY}/issues": ["get", "post"],
    f"{REPOSITORY}/issues/{{issue_number}}": ["get", "patch"],
    f"{REPOSITORY}/issues/{{issue_number}}/comments": ["get", "post"],
    f"{REPOSITORY}/issues/comments/{{comment_id}}": ["get", "patch", "delete"],
    f"{REPOSITORY}/check-runs": ["post"],
    f"{REPOSITORY}/check-runs/{{check_run_id}}": ["get", "patch"],
    f"{REPOSITORY}/check-runs/{{check_run_id}}/annotations": ["get"],
    f"{REPOSITORY}/commits/{{ref}}/check-runs": ["get"],
    f"{REPOSITORY}/rules/branches/{{branch}}": ["get"],
    f"{REPOSITORY}/rulesets": ["get"],
    f"{REPOSITORY}/rulesets/{{ruleset_id}}": ["get"],
    f"{REPOSITORY}/branches/{{branch}}": ["get"],
    f"{REPOSITORY}/branches/{{branch}}/protection": ["get"],
    f"{REPOSITORY}/branches/{{branch}}/protection/required_status_checks": ["get"],
    f"{REPOSITORY}/environments": ["get"],
    f"{REPOSITORY}/environments/{{environment_name}}": ["get"],
    f"{REPOSITORY}/environments/{{environment_name}}/deployment-branch-policies": ["get"],
    f"{REPOSITORY}/environments/{{environment_name}}/secrets": ["get"],
    f"{REPOSITORY}/environments/{{environment_name}}/variables": ["get"],
    f"{REPOSITORY}/actions/permissions": ["get"],
    f"{REPOSITORY}/actions/permissions/workflow": ["get"],
    f"{REPOSITORY}/actions/secrets": ["get"],
    f"{REPOSITORY}/actions/workflows": ["get"],
    f"{REPOSITORY}/codeowners/errors": ["get"],
    f"{REPOSITORY}/contents/{{path}}": ["get"],
    f"{REPOSITORY}/collaborators/{{username}}/permission": ["get"],
}

PROSE = {"description", "summary", "title", "example", "examples", "externalDocs", "tags"}
NAMED = {"properties", "schemas", "parameters", "responses", "paths", "content", "mapping"}
"""Below these the keys are names that GitHub chose, not words of OpenAPI."""


def shapes(node: Any, named: bool = False) -> Any:
    """The same node without prose and extensions; a response must have a description, so ""."""
    if isinstance(node, list):
        return [shapes(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: value if key in ("enum", "default") else shapes(value, not named and key in NAMED)
        for key, value in node.items()
        if named or not (key in PROSE or key.startswith("x-"))
    }
    if not named and kept.get("nullable") and None not in kept.get("enum", [None]):
        kept["enum"] = [*kept["enum"], None]  # GitHub says so by `nullable` alone
    return kept


def only_json(operation: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """An operation whose answers and requests are spoken of in JSON alone, without its prose."""
    answers = {}
    for status, answer in operation["responses"].items():
        resolved = look_up(whole, answer["$ref"]) if "$ref" in answer else answer
        bodies = {k: v for k, v in resolved.get("content", {}).items() if k.endswith("json")}
        answers[status] = {
            "description": "",
            **({"content": shapes(bodies, True)} if bodies else {}),
        }
    kept = {
        "operationId": operation["operationId"],
        "parameters": shapes(operation.get("parameters", [])),
        "responses": answers,
    }
    if "requestBody" in operation:
        kept["requestBody"] = shapes(operation["requestBody"])
    return kept


def references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from references(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from references(value)


def look_up(whole: dict[str, Any], reference: str) -> Any:
    node: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node


def closed(whole: dict[str, Any], paths: dict[str, Any]) -> dict[str, Any]:
    """The components that the paths refer to, and those that these refer to, and so on."""
    components: dict[str, Any] = {}
    waiting = sorted(set(references(paths)))
    while waiting:
        reference = waiting.pop()
        _, _, kind, name = reference.split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = shapes(look_up(whole, reference))
            waiting.extend(references(components[kind][name]))
    return components


def pruned(whole: dict[str, Any]) -> dict[str, Any]:
    paths = {
        path: {method: only_json(whole["paths"][path][method], whole) for method in methods}
        for path, methods in OPERATIONS.items()
    }
    info = {"title": "GitHub", "version": whole["info"]["version"]}
    return {
        "openapi": whole["openapi"],
        "info": info,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": closed(whole, paths),
    }


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    text = json.dumps(pruned(source), separators=(",", ":"), sort_keys=True)
    Path(__file__).with_name("github.json").write_text(text + "\n", "utf-8", newline="\n")
