"""Valid documents with a few faults: what a reader of JSON or XML meets past the syntax."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import atheris
from lxml import etree

#: What may stand where something else was expected.
STRANGE: Final = (
    None, True, -1, 0, 10**20, 1e300, 0.5, "", "□", "一", "2018-13-40", "to", "NaN", [], {}, [[]],
    ["a"], {"type": "paragraph"}, {"type": "text", "text": "一"}, "\ud800", "\x00",
)  # fmt: skip
#: What may stand in XML.
WORDS: Final = (
    "",
    "-1",
    "0",
    "1" + "0" * 20,
    "0.5",
    "NaN",
    "□",
    "一",
    "2018-13-40",
    "to",
    "0 5",
    "9-2",
)
#: As many edits as a document gets at most.
MOST: Final = 4


def json_document(data: bytes, documents: tuple[str, ...]) -> bytes:
    """A document with values replaced, dropped and doubled, as the bytes say."""
    choose = atheris.FuzzedDataProvider(data)
    tree = json.loads(documents[choose.ConsumeIntInRange(0, len(documents) - 1)])
    for _ in range(choose.ConsumeIntInRange(1, MOST)):
        places = list(_places(tree))
        if not places:
            break
        holder, key = places[choose.ConsumeIntInRange(0, len(places) - 1)]
        other, there = places[choose.ConsumeIntInRange(0, len(places) - 1)]
        match choose.ConsumeIntInRange(0, 4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, holder[key])
            case 1:
                holder[f"{key}x"] = holder[key]
            case 2:
                holder[key] = json.loads(json.dumps(other[there]))
            case _:
                strange = STRANGE[choose.ConsumeIntInRange(0, len(STRANGE) - 1)]
                holder[key] = json.loads(json.dumps(strange))
    return json.dumps(tree).encode()


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each value with what holds it."""
    stack = [tree]
    while stack:
        top = stack.pop()
        pairs = top.items() if isinstance(top, dict) else enumerate(top)
        for key, value in pairs:
            yield top, key
            if isinstance(value, dict | list):
                stack.append(value)


def xml_document(data: bytes, documents: tuple[str, ...]) -> bytes:
    """A document with elements and attributes changed, dropped and moved, as the bytes say."""
    choose = atheris.FuzzedDataProvider(data)
    root = etree.fromstring(documents[choose.ConsumeIntInRange(0, len(documents) - 1)].encode())
    for _ in range(choose.ConsumeIntInRange(1, MOST)):
        elements = list(root.iter("*"))
        one = elements[choose.ConsumeIntInRange(0, len(elements) - 1)]
        other = elements[choose.ConsumeIntInRange(0, len(elements) - 1)]
        word = WORDS[choose.ConsumeIntInRange(0, len(WORDS) - 1)]
        names = [*one.attrib, "strange"]
        name = names[choose.ConsumeIntInRange(0, len(names) - 1)]
        parent = one.getparent()
        match choose.ConsumeIntInRange(0, 5):
            case 0 if parent is not None:
                parent.remove(one)
            case 1:
                one.set(name, word)
            case 2 if name in one.attrib:
                del one.attrib[name]
            case 3:
                one.text = word
            case 4:
                one.tag = other.tag
            case _ if one is not other and one not in list(other.iterancestors()):
                other.append(one)
    return bytes(etree.tostring(root))
