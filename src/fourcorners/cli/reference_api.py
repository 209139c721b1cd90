"""The page of docs/reference that describes the API, written from its OpenAPI description."""

from collections.abc import Mapping
from typing import Any

__all__ = ["api_parts"]

METHODS = ("get", "post", "patch", "delete")


def api_parts() -> list[str]:
    """Every operation by tag, every event, every shape."""
    from fourcorners.web.api.openapi import described

    told = described()
    parts = [told["info"]["description"].strip()]
    for tag in told["tags"]:
        parts.append(f"## {tag['name']}\n\n{tag['description']}")
        for path, methods in told["paths"].items():
            parts += [
                _operation(method, path, methods[method])
                for method in METHODS
                if method in methods and methods[method]["tags"][-1] == tag["name"]
            ]
    events = [f"| `{kind}` | {hook['post']['summary']} |" for kind, hook in told["webhooks"].items()]
    parts.append("## Messages of webhooks\n\n" + "\n".join(["| event | meaning |", "|---|---|", *events]))
    parts.append("## Shapes")
    parts += [_shape(name, shape) for name, shape in sorted(told["components"]["schemas"].items())]
    return parts


def _operation(method: str, path: str, said: Mapping[str, Any]) -> str:
    scopes = [scope for entry in said.get("security", []) for listed in entry.values() for scope in listed]
    lines = [f"### `{method.upper()} {path}`", said["description"].strip()]
    facts = [f"- Scope: {', '.join(f'`{scope}`' for scope in scopes) or 'any key'}"]
    facts += [
        f"- `{p['name']}` ({p['in']}): {' '.join(p.get('description', '').split())}".rstrip(": ")
        for p in said.get("parameters", [])
    ]
    for kind, body in said.get("requestBody", {}).get("content", {}).items():
        facts.append(f"- Takes `{kind}`{_named(body.get('schema', {}))}")
    for status, answer in sorted(said["responses"].items()):
        shapes = [_named(c.get("schema", {})) for c in answer.get("content", {}).values()]
        about = "" if answer["description"] == "Successful Response" else f": {answer['description']}"
        facts.append(f"- {status}{about if int(status) >= 300 else ''.join(shapes[:1]) or about}")
    return "\n\n".join([*lines, "\n".join(facts)])


def _shape(name: str, shape: Mapping[str, Any]) -> str:
    rows = [
        f"| `{field}` | {_kind(entry)} | {' '.join(entry.get('description', '').split())} |"
        for field, entry in shape.get("properties", {}).items()
    ]
    about = " ".join(shape.get("description", "").split())
    table = "\n".join(["| field | kind | meaning |", "|---|---|---|", *rows])
    return f"### {name}\n\n{about}\n\n{table}" if rows else f"### {name}\n\n{about} {_kind(shape)}".rstrip()


def _kind(entry: Mapping[str, Any]) -> str:
    if "$ref" in entry:
        return _last(entry["$ref"])
    if "anyOf" in entry:
        return " or ".join(_kind(each) for each in entry["anyOf"])
    if "const" in entry:
        return f"`{entry['const']}`".replace("True", "true")
    if "enum" in entry:
        return ", ".join(f"`{value}`" for value in entry["enum"])
    if entry.get("type") == "array":
        return f"list of {_kind(entry.get('items', {}))}"
    return str(entry.get("format", entry.get("type", "any")))


def _named(schema: Mapping[str, Any]) -> str:
    return f": {_last(schema['$ref'])}" if "$ref" in schema else ""


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]
