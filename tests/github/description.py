"""GitHub's own description of its API: holds requests and answers against it, and fills answers."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_schema_validator import OAS30ReadValidator

FILE = Path(__file__).parent / "openapi" / "github.json"
SAMPLES = {
    "date-time": "2026-11-22T09:00:00Z",
    "uri": "https://github.example/",
    "email": "nobody@github.example",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
COMMIT = re.compile("(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")


class Call(NamedTuple):
    """A request, with the operation's path as the description writes it."""

    method: str
    template: str
    values: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    kind: str


class Filled(dict[str, Any]):
    """An object that holds all that it must."""


class Description:
    """The pruned description, read once."""

    def __init__(self) -> None:
        self.data = json.loads(FILE.read_text("utf-8"))
        unread = Config(spec_validator_cls=None)  # that GitHub's description is one takes a second
        self._asked: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._judged: dict[tuple[str, str, int, bytes], tuple[str, ...]] = {}
        self._api = OpenAPI.from_dict(self.data, unread)

    def request_problems(self, call: Call) -> tuple[str, ...]:
        """What does not fit. The same request again is not looked at again."""
        # To the description, one commit's id is like another's.
        values = sorted(
            (name, COMMIT.sub("a commit", value)) for name, value in call.values.items()
        )
        query = sorted(call.query.items())
        body = sha256(call.body).digest()
        key = (call.method, call.template, tuple(values), tuple(query), body, call.kind)
        if key not in self._asked:
            self._asked[key] = tuple(self._request_problems(call))
        return self._asked[key]

    def _request_problems(self, call: Call) -> Iterator[str]:
        operation = self.data["paths"][call.template][call.method.lower()]
        yield from (str(_root(e)) for e in self._api.iter_request_errors(_request(call)))
        known = {p["name"] for p in map(self._resolved, operation["parameters"])}
        yield from (f"no such parameter: {name}" for name in call.query if name not in known)
        body = json.loads(call.body) if call.body else None
        ended = isinstance(body, dict) and body.get("status") == "completed"
        if ended and not body.get("conclusion"):  # the description lets this pass, GitHub does not
            yield "a completed check run must have a conclusion"

    def answer_problems(self, call: Call, status: int, body: bytes) -> tuple[str, ...]:
        """What does not fit. The same answer again is not looked at again."""
        key = (call.method, call.template, status, body)
        if key not in self._judged:
            self._judged[key] = tuple(self._answer_problems(call, status, body))
        return self._judged[key]

    def _answer_problems(self, call: Call, status: int, body: bytes) -> Iterator[str]:
        answers = self.data["paths"][call.template][call.method.lower()]["responses"]
        if str(status) not in answers:
            if status < 400:
                yield f"{status} is not an answer that is described"
            return  # refusals that hold everywhere are not listed with every operation
        kind = next(iter(answers[str(status)].get("content", {})), "application/json")
        response = MockResponse(body, status, content_type=kind)
        errors = self._api.iter_response_errors(_request(call), response)
        yield from (str(_root(error)) for error in errors)

    def filled(self, name: str, given: Any) -> Any:
        """What is given, with the rest that the schema of this name requires."""
        return self._fill({"$ref": f"#/components/schemas/{name}"}, given)

    def answer(self, call: Call, given: Any) -> Any:
        """What is given, as the whole body of this operation's good answer."""
        answers = self.data["paths"][call.template][call.method.lower()]["responses"]
        content = next(iter(answers["200"]["content"].values()))
        return self._fill(content["schema"], given)

    def _resolved(self, node: Any) -> Any:
        while "$ref" in node:
            reference = node["$ref"]
            node = self.data
            for step in reference.removeprefix("#/").split("/"):
                node = node[step]
        return node

    def _fill(self, schema: Any, given: Any) -> Any:
        if isinstance(given, Filled):
            return given
        schema = self._merged(self._resolved(schema))
        if given is ... and schema.get("nullable") and "type" in schema:
            return None
        options = schema.get("oneOf") or schema.get("anyOf")
        if options and "properties" not in schema:
            return self._fill_one_of(options, given)
        if isinstance(given, list):
            return [self._fill(schema.get("items", {}), one) for one in given]
        if isinstance(given, dict):
            return self._fill_object(schema, given)
        return self._sample(schema) if given is ... else given

    def _fill_object(self, schema: Any, given: dict[str, Any]) -> dict[str, Any]:
        properties = schema.get("properties", {})
        names = [*(n for n in schema.get("required", ()) if n not in given), *given]
        return Filled((n, self._fill(properties.get(n, {}), given.get(n, ...))) for n in names)

    def _fill_one_of(self, options: list[Any], given: Any) -> Any:
        for option in options:
            value = self._fill(option, given)
            if self._validator(option).is_valid(value):
                return value
        return given

    def _merged(self, schema: Any) -> Any:
        parts = [self._merged(self._resolved(part)) for part in schema.get("allOf", ())]
        if not parts:
            return schema
        alone = {k: v for k, v in schema.items() if k != "allOf"}
        whole: dict[str, Any] = {"properties": {}, "required": []}
        for part in [*parts, alone]:
            whole["properties"].update(part.get("properties", {}))
            whole["required"] += part.get("required", [])
            rest = ("properties", "required")
            whole.update({k: v for k, v in part.items() if k not in rest})
        return whole

    def _sample(self, schema: Any) -> Any:
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "string":
                return SAMPLES.get(schema.get("format", ""), "x" * schema.get("minLength", 0))
            case "integer" | "number":
                return max(1, schema.get("minimum", 1))
            case "boolean":
                return False
            case "array":
                return [self._fill(schema["items"], ...) for _ in range(schema.get("minItems", 0))]
            case _:
                return self._fill_object(schema, {})

    def _validator(self, schema: Any) -> Any:
        return OAS30ReadValidator({**schema, "components": self.data["components"]})


def _request(call: Call) -> MockRequest:
    # a path within a path: the description's matcher knows no slashes in a value
    path = call.template
    for name, value in call.values.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    return MockRequest(
        "http://github.example",
        call.method,
        path,
        args=dict(call.query),
        data=call.body or None,
        content_type=call.kind,
    )


def _root(error: BaseException) -> str:
    """The innermost reason, with the places within the body that do not fit."""
    while error.__cause__ is not None:
        error = error.__cause__
    inner = getattr(error, "schema_errors", ())
    places = "; ".join(f"{'/'.join(map(str, one.path))}: {one.message}" for one in inner)
    return f"{type(error).__name__}: {error} {places}".strip()[:2000]


@cache
def description() -> Description:
    return Description()
