"""The schemas of the native formats, made from the node classes.

``schemas/`` holds what these functions return; a test sees to it. ``tools/make_schemas.py`` writes
the files anew.
"""

from __future__ import annotations

import json
from typing import Any, Final

from govreport.formats.model import SCHEMA_VERSION, Field, Model, models, top
from govreport.formats.relaxng import Pattern, compact, xml
from govreport.formats.schema import KINDS

__all__ = ["json_schema", "made", "relax_ng", "relax_ng_compact"]

_DECIMAL: Final = r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+\-]?[0-9]+)?"
_SPAN: Final = "[0-9]+-[0-9]+"
_VERSION: Final = rf"{SCHEMA_VERSION.partition('.')[0]}\.[0-9]+"


def made() -> dict[str, str]:
    """Every schema by its file name.

    >>> list(made())
    ['report.schema.json', 'report.rng', 'report.rnc']
    """
    texts = {"json": json_schema(), "xml": relax_ng(), "compact": relax_ng_compact()}
    return {KINDS[kind]: text for kind, text in texts.items()}


# ---- JSON Schema

_JSON_KINDS: Final[dict[str, dict[str, Any]]] = {
    "text": {"$ref": "#/$defs/text"},
    "texts": {"type": "array", "items": {"$ref": "#/$defs/text"}},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "decimal": {"type": "string", "pattern": f"^{_DECIMAL}$"},
    "span": {"$ref": "#/$defs/span"},
    "spans": {"type": "array", "items": {"$ref": "#/$defs/span"}},
}
_JSON_DEFS: Final[dict[str, Any]] = {
    "text": {
        "description": "A text; escaped (\\{hex}, \\\\) where it holds lone surrogates.",
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {"escaped": {"type": "string"}},
                "required": ["escaped"],
                "additionalProperties": False,
            },
        ],
    },
    "span": {
        "description": "Start and end in code points of the source, end exclusive.",
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
        "items": False,
        "minItems": 2,
    },
}


def json_schema() -> str:
    """The JSON Schema (2020-12) of native JSON."""
    parts: dict[str, Any] = {
        "schema_version": {"type": "string", "pattern": f"^{_VERSION}$"},
        "type": {"const": "Report"},
        "front": {"$ref": "#/$defs/Front"},
        "body": _json_list(top("body")),
        "furniture": _json_list(top("furniture")),
        "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/Diagnostic"}},
        "edits": {"type": "array", "items": {"$ref": "#/$defs/Edit"}},
        "decisions": {"type": "array"},
        "source": {"$ref": "#/$defs/Source"},
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govreport:report:{SCHEMA_VERSION}",
        "title": "govreport native JSON",
        "type": "object",
        "properties": parts,
        "required": ["schema_version", "type", "front", "body", "source"],
        "additionalProperties": False,
        "$defs": {**_JSON_DEFS, **{shape.name: _json_class(shape) for shape in models()}},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _json_class(shape: Model) -> dict[str, Any]:
    properties: dict[str, Any] = {"type": {"const": shape.name}}
    for field in shape.fields:
        properties[field.name] = _json_field(field)
    return {
        "description": shape.doc,
        "type": "object",
        "properties": properties,
        "required": ["type", *(field.name for field in shape.fields if field.required)],
        "additionalProperties": False,
    }


def _json_field(field: Field) -> dict[str, Any]:
    if field.kind == "choice":
        return {"enum": list(field.values)}
    if field.kind == "nodes":
        return _json_list(field.classes)
    out = _json_one(field.classes) if field.kind == "node" else dict(_JSON_KINDS[field.kind])
    if field.least is not None:
        out["minimum"] = field.least
    if field.most is not None:
        out["maximum"] = field.most
    return {"anyOf": [out, {"type": "null"}]} if field.optional else out


def _json_one(classes: tuple[type, ...]) -> dict[str, Any]:
    refs = [{"$ref": f"#/$defs/{cls.__name__}"} for cls in classes]
    return dict(refs[0]) if len(refs) == 1 else {"anyOf": refs}


def _json_list(classes: tuple[type, ...]) -> dict[str, Any]:
    return {"type": "array", "items": _json_one(classes)}


# ---- RELAX NG

_ANY: Final = Pattern(
    "zeroOrMore",
    parts=(
        Pattern(
            "choice",
            parts=(
                Pattern("anyAttribute"),
                Pattern("text"),
                Pattern("anyElement", parts=(Pattern("ref", name="Anything"),)),
            ),
        ),
    ),
)


def relax_ng() -> str:
    """The RELAX NG schema of native XML, in XML."""
    return xml(_definitions(), "Report", f"govreport native XML {SCHEMA_VERSION}")


def relax_ng_compact() -> str:
    """The RELAX NG schema of native XML, in the compact syntax."""
    return compact(_definitions(), "Report", f"govreport native XML {SCHEMA_VERSION}")


def _definitions() -> dict[str, Pattern]:
    version = Pattern("data", name="string", facets=(("pattern", _VERSION),))
    decision = Pattern("element", name="decision", parts=(Pattern("ref", name="Anything"),))
    report = (
        Pattern("attribute", name="schema-version", parts=(version,)),
        Pattern("ref", name="Front"),
        _listed("body", top("body")),
        _optional(_listed("furniture", top("furniture"))),
        _optional(_listed("diagnostics", (_named("Diagnostic"),))),
        _optional(_listed("edits", (_named("Edit"),))),
        _optional(
            Pattern("element", name="decisions", parts=(Pattern("zeroOrMore", parts=(decision,)),))
        ),
        Pattern("ref", name="Source"),
    )
    return {
        "Report": Pattern("element", name="report", parts=report),
        **{shape.name: _element(shape) for shape in models()},
        "Anything": _ANY,
    }


def _named(name: str) -> type:
    return next(shape.cls for shape in models() if shape.name == name)


def _listed(tag: str, classes: tuple[type, ...]) -> Pattern:
    return Pattern("element", name=tag, parts=(_many(classes),))


def _optional(pattern: Pattern) -> Pattern:
    return Pattern("optional", parts=(pattern,))


def _one(classes: tuple[type, ...]) -> Pattern:
    refs = tuple(Pattern("ref", name=cls.__name__) for cls in classes)
    return refs[0] if len(refs) == 1 else Pattern("choice", parts=refs)


def _many(classes: tuple[type, ...]) -> Pattern:
    return Pattern("zeroOrMore", parts=(_one(classes),))


def _element(shape: Model) -> Pattern:
    attributes: list[Pattern] = []
    content: list[Pattern] = []
    for field in shape.fields:
        required = field.required
        if field.name == "text":
            content.append(Pattern("text"))
        elif field.kind == "nodes":
            content.append(_many(field.classes))
        elif field.kind == "node":
            one = _one(field.classes)
            content.append(one if required else _optional(one))
        else:
            attribute = Pattern("attribute", name=field.name, parts=(_data(field),))
            attributes.append(attribute if required else _optional(attribute))
    parts = (*attributes, *content) or (Pattern("empty"),)
    return Pattern("element", name=shape.tag, parts=parts, doc=shape.doc)


def _data(field: Field) -> Pattern:
    facets: list[tuple[str, str]] = []
    if field.least is not None:
        facets.append(("minInclusive", str(field.least)))
    if field.most is not None:
        facets.append(("maxInclusive", str(field.most)))
    span = Pattern("data", name="string", facets=(("pattern", _SPAN),))
    match field.kind:
        case "text":
            return Pattern("text")
        case "texts":
            return _list(Pattern("data", name="string"))
        case "choice":
            values = tuple(Pattern("value", name=value) for value in field.values)
            return Pattern("choice", parts=values)
        case "span":
            return span
        case "spans":
            return _list(span)
        case "decimal":
            return Pattern("data", name="string", facets=(("pattern", _DECIMAL),))
    name = {"integer": "integer", "number": "double", "boolean": "boolean"}[field.kind]
    return Pattern("data", name=name, facets=tuple(facets))


def _list(item: Pattern) -> Pattern:
    return Pattern("list", parts=(Pattern("zeroOrMore", parts=(item,)),))
