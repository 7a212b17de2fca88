"""Whether an answer is what the OpenAPI document promises: the few words of JSON Schema that it uses."""

from datetime import datetime

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "null": type(None),
}


def breaches(document, schema, value, where="answer"):
    """Every way in which a value is not as described, as sentences."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        tries = [breaches(document, one, value, where) for one in schema["anyOf"]]
        return [] if not all(tries) else tries[0]
    found = []
    kind = schema.get("type")
    if kind == "integer":
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = kind is None or isinstance(value, KINDS[kind])
    if not fits:
        return [f"{where} is no {kind}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is none of {schema['enum']}: {value!r}")
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).utcoffset() is None:
        found.append(f"{where} has no offset: {value!r}")
    if kind == "object":
        known = schema.get("properties", {})
        found += [f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value]
        rest = schema.get("additionalProperties")
        for name, part in value.items():
            if name in known:
                found += breaches(document, known[name], part, f"{where}.{name}")
            elif isinstance(rest, dict):
                found += breaches(document, rest, part, f"{where}.{name}")
            elif rest is not True:
                found.append(f"{where}.{name} is not described")
    if kind == "array":
        for at, part in enumerate(value):
            found += breaches(document, schema["items"], part, f"{where}[{at}]")
    return found


def operation(document, method, path):
    """The described operation that a request belongs to, or None."""
    for pattern, methods in document["paths"].items():
        words, asked = pattern.strip("/").split("/"), path.partition("?")[0].strip("/").split("/")
        if len(words) == len(asked) and all(
            w.startswith("{") or w == a for w, a in zip(words, asked, strict=True)
        ):
            return methods.get(method.lower())
    return None
