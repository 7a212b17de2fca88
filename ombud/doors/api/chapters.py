"""The OpenAPI document as something to read: chapters of operations, each with fields in plain words."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One line of a table: what is sent or answered."""

    name: str
    kind: str
    about: str = ""
    needed: bool = False


@dataclass
class Operation:
    key: str
    method: str
    path: str
    about: str
    asks: list = field(default_factory=list)
    sends: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    status: str = "200"
    errors: list = field(default_factory=list)
    example: str = ""


def chapters(document, host):
    """Pairs of a title and its operations, in the order of the document."""
    found = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append(_operation(document, path, method, said, host))
    return list(found.items())


def _operation(document, path, method, said, host):
    status = next(str(code) for code in said["responses"] if str(code).startswith("2"))
    answer = next(iter(said["responses"][_code(said["responses"], status)].get("content", {}).values()), {})
    kind, body = next(iter(said.get("requestBody", {}).get("content", {}).items()), ("", {}))
    return Operation(
        key=said["operationId"],
        method=method.upper(),
        path=path,
        about=said.get("description", ""),
        asks=[
            Field(p["name"], _kind(document, p["schema"]), p.get("description", ""), p["required"])
            for p in said.get("parameters", ())
        ],
        sends=_fields(document, body.get("schema")),
        answers=_fields(document, answer.get("schema")),
        status=status,
        errors=sorted(str(code) for code in said["responses"] if not str(code).startswith("2")),
        example=_example(document, path, method, kind, body.get("schema"), host),
    )


def _code(responses, status):
    return next(code for code in responses if str(code) == status)


def _resolved(document, schema):
    while schema and "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema or {}


def _fields(document, schema):
    schema = _resolved(document, schema)
    needed = schema.get("required", ())
    return [
        Field(name, _kind(document, part), _about(document, part), name in needed)
        for name, part in schema.get("properties", {}).items()
    ]


def _about(document, part):
    words = [part.get("description", "")]
    values = part.get("enum")
    if values:
        words.append(" · ".join(map(str, values)))
    inner = _resolved(document, part.get("items") or part)
    if inner.get("properties") and ("$ref" in part or "$ref" in part.get("items", {})):
        words.append("{" + ", ".join(inner["properties"]) + "}")
    return " ".join(word for word in words if word)


def _kind(document, part):
    if "anyOf" in part:
        return " | ".join(_kind(document, one) for one in part["anyOf"])
    part = _resolved(document, part)
    if part.get("type") == "array":
        return f"[{_kind(document, part['items'])}]"
    return part.get("format") or part.get("type", "")


def _example(document, path, method, kind, schema, host):
    number = "101" if path.startswith("/api/v1/escalations/") else "1001"
    words = [f"curl {host}{path.replace('{number}', number)}"]
    if method != "get":
        words[0] += f" -X {method.upper()}"
    words.append('  -H "Authorization: Bearer $TOKEN"')
    if kind.startswith("multipart"):
        words.append("  -F file=@invoice.pdf")
    elif kind:
        words.append('  -H "Content-Type: application/json"')
        words.append(f"  -d '{json.dumps(_sample(document, schema), ensure_ascii=False)}'")
    return " \\\n".join(words)


SAMPLES = {
    "subject": "The label printer is silent",
    "text": "Since this morning nothing prints.",
    "email": "carla@acme-outdoor.example",
    "name": "Carla Benítez",
    "status": "resolved",
    "severity": "high",
    "reason": "impact",
    "process": "The fix is in review; the workaround holds.",
    "why": "The customer found it: a setting of their own.",
}


def _sample(document, schema):
    """What most people would send: the needed fields, else the first ones that we know words for."""
    schema = _resolved(document, schema)
    wanted = [
        name for name in schema.get("properties", {}) if name in SAMPLES or name in schema.get("required", ())
    ]
    if "required" not in schema and "status" in wanted and "text" not in wanted:
        wanted = ["status", "severity"]
    elif "status" in wanted:
        wanted = ["text"]
    elif "customer" in wanted:
        wanted = ["subject", "text", "customer"]
    return {name: SAMPLES.get(name) or _sample(document, schema["properties"][name]) for name in wanted}
