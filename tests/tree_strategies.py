"""Trees for hypothesis: any tree that the classes allow, and trees that stand in a source.

``reports`` makes every class with every kind of value, texts of the worst signs among them; its
spans mean nothing. ``printed_reports`` sets blocks into a source with damage, so that spans are
true, and pieces may stand out of order.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from govreport.diagnostics import CODES, Diagnostic
from govreport.formats.model import Field, model, top
from govreport.nodes import Front, Gap, Node, PageJump, Paragraph, Section, Text
from govreport.report import Report
from govreport.source import Source, Span

#: Signs that reports are made of, signs of markup, signs that no file can hold.
SIGNS = (
    "工作报告市长年月日一二三十（）〔〕。，、；：？！“”《》—…·□〇%０9876543210.abC "
    "\u3000\u00a0\t\n\r\f\v\\*_#-+=~`|<>&\"'[](){}$^@:/!"
    "\x00\x01\x1b\x1f\x7f\x85\u200b\u2028\ufeff\ufffe\uffff\ud800\udc00⺠⸺\U0001f600\ue5e5"
)
texts = st.text(st.sampled_from(SIGNS), max_size=12) | st.text(
    st.characters(exclude_categories=()), max_size=6
)
isos = st.sampled_from(["2018", "2018-01", "2018-01-02", "2018-13-40", "", "1月"]) | st.none()
spans = st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda x: Span(x[0], sum(x)))
decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.just(Decimal("1E+5"))

_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "texts": st.lists(texts, max_size=3).map(tuple),
    "integer": st.integers(1, 9) | st.integers(1, 10**12),
    "number": st.floats(0, 1),
    "boolean": st.booleans(),
    "decimal": decimals,
    "span": spans,
    "spans": st.lists(spans, max_size=3).map(tuple),
}


def of_field(field: Field, depth: int) -> st.SearchStrategy[Any]:
    """Values of a field."""
    made: st.SearchStrategy[Any]
    if field.kind == "choice":
        made = st.sampled_from(field.values)
    elif field.kind == "node":
        made = st.one_of([of_class(cls, depth) for cls in field.classes])
    elif field.kind == "nodes":
        classes = [cls for cls in field.classes if depth > 0 or cls is not Section]
        one = st.one_of([of_class(cls, depth - 1) for cls in classes])
        made = st.lists(one, max_size=4).map(tuple)
    elif field.name == "iso":
        return isos
    else:
        made = _SCALARS[field.kind]
    return st.none() | made if field.optional else made


def of_class(cls: type, depth: int = 2) -> st.SearchStrategy[Any]:
    """Instances of a class of the tree, sections at most ``depth`` deep."""
    fields = {field.name: of_field(field, depth) for field in model(cls).fields}
    return st.builds(cls, **fields)


diagnostics = st.builds(
    Diagnostic.of, st.sampled_from(sorted(CODES)), texts, spans, probability=st.floats(0, 1)
)
sources = st.builds(Source, texts, name=st.none() | texts, encoding=st.none() | texts)


def _parts(part: str) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(st.one_of([of_class(cls) for cls in top(part)]), max_size=4).map(tuple)


#: Any report that the classes allow.
reports: st.SearchStrategy[Report] = st.builds(
    Report,
    front=of_class(Front),
    body=_parts("body"),
    furniture=_parts("furniture"),
    diagnostics=st.lists(diagnostics, max_size=2).map(tuple),
    source=sources,
)

# ---- trees that stand in a source

_WORDS = st.text(st.sampled_from("工作报告一二，。“”（）2018%a"), min_size=1, max_size=8)
#: What may stand inside a block and is taken out of it, and what may stand between blocks.
_INSIDE = st.sampled_from(["", "", "", " ", "\n", " \r\n\n　　", "\u200b", "\x00", "\f\n"])
_BETWEEN = st.sampled_from(["\n", "\n\n", "\r\n", "\n　　", "\f\n", "\n\ufeff", "", "  "])


@st.composite
def printed_reports(draw: st.DrawFn) -> Report:
    """A report whose leaves stand in its source, blanks and damage between them."""
    blocks = draw(st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
    places = [(b, k) for b, block in enumerate(blocks) for k in range(len(block))]
    if draw(st.booleans()):
        places = draw(st.permutations(places))
    out: list[str] = [draw(_BETWEEN)]
    found: dict[tuple[int, int], tuple[Span, ...]] = {}
    furniture: list[PageJump] = []
    last = -1
    for b, k in places:
        if draw(st.integers(0, 9)) == 0:
            text = "（下转第4版）"
            at = sum(map(len, out))
            where = (Span(at, at + len(text)),)
            furniture.append(PageJump(text=text, spans=where, direction="to", page="4"))
            out += [text, "\n"]
        if last >= 0:
            out.append(draw(_INSIDE if last == b else _BETWEEN))
        last = b
        at = sum(map(len, out))
        out.append(_damaged(draw, blocks[b][k]))
        found[b, k] = (Span(at, at + len(out[-1])),)
    body = []
    for b, block in enumerate(blocks):
        content: list[Any] = [Text(text=x, spans=found[b, k]) for k, x in enumerate(block)]
        if draw(st.integers(0, 4)) == 0:
            content.insert(draw(st.integers(0, len(content))), Gap())
        body.append(Paragraph(content=tuple(content)))
    return Report(
        body=tuple(body), furniture=tuple(furniture), source=Source("".join(out) + draw(_BETWEEN))
    )


def _damaged(draw: st.DrawFn, text: str) -> str:
    """A text as extraction leaves it."""
    out = [text[0]]
    for sign in text[1:]:
        out += [draw(_INSIDE), sign]
    return "".join(out)
