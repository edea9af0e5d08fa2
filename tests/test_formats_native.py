"""Native XML and JSON: equal trees back, valid by the shipped schemas, hostile documents refused."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
from functools import cache
from importlib.resources import files
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from govreport import nodes
from govreport.edits import Edit
from govreport.errors import FormatError
from govreport.formats import json as native_json
from govreport.formats import xml as native_xml
from govreport.formats.elements import writer
from govreport.formats.escaping import escape, unescape
from govreport.formats.limits import Limits
from govreport.formats.model import models
from govreport.formats.schema import KINDS, schema
from govreport.formats.schema_maker import made
from govreport.nodes import Credit, Gap, Number, Paragraph, Section, Text
from govreport.registry import UnknownFormat
from govreport.report import Report
from govreport.source import Source, Span
from shared import needed
from tree_strategies import of_class, printed_reports, reports
from work import calls

WORST = Report(
    body=(Paragraph(content=(Text(text="\x00\ud83d\ude00\\{0}\r\n\t ]]>&<\"'\ufffe"), Gap())),),
    furniture=(Credit(text="", names=("", "a b", "\\", "\u3000")),),
    source=Source("\\\ud83d\ude00\x00\x0c\ufffe\r", name="\n"),
)


@cache
def relax_ng() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(schema("xml").encode()))


@cache
def json_validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema("json")))


def utf8(text: str) -> bytes:
    """As it comes out of a file; fails where a surrogate is left."""
    return text.encode("utf-8")


@given(reports | printed_reports())
@example(WORST)
def test_json_reads_back_equal(report: Report) -> None:
    data = utf8(report.to_json())
    assert Report.from_json(data) == report
    json_validator().validate(json.loads(data))


@given(reports | printed_reports())
@example(WORST)
def test_xml_reads_back_equal(report: Report) -> None:
    data = utf8(report.to_xml())
    assert Report.from_xml(data) == report
    tree = etree.fromstring(data)
    relax_ng().assertValid(tree)


@given(reports | printed_reports())
@example(WORST)
def test_each_edit_is_written_as_its_class_is(report: Report) -> None:
    """Writers write an edit once for all that do the same; the class's own writer does not."""
    tree = etree.fromstring(utf8(report.to_xml()))
    told = [etree.tostring(edit, with_tail=False) for edit in tree.iter("edit")]
    lines = [etree.tostring(etree.fromstring(utf8(writer(Edit)(edit)))) for edit in report.edits]
    assert told == lines
    assert json.loads(report.to_json())["edits"] == [
        json.loads(native_json.node(edit)) for edit in report.edits
    ]


@given(reports)
@example(WORST)
def test_indented_json_reads_back_equal(report: Report) -> None:
    text = report.to_json(indent=2, edits=False)
    assert Report.from_json(text) == report


@given(st.text(st.characters(exclude_categories=())))
@example("\\{0}\\\\ \ud800\udc00")
def test_the_escape_is_reversible(text: str) -> None:
    assert unescape(escape(text)) == text
    assert unescape(escape(text, json=True)) == text
    utf8(escape(text, json=True))


def test_the_parts_are_written_one_by_one() -> None:
    """No piece holds more than a block or some edits: a long report is never in memory twice."""
    words = [Text(text="工作" * 50, spans=(Span(at, at + 150),)) for at in range(0, 75_500, 151)]
    body = tuple(Paragraph(content=(each,)) for each in words)
    report = Report(body=body, source=Source(("工 作" * 50 + "\n") * 500))
    for module in (native_json, native_xml):
        pieces = list(module.iter_write(report))
        source = max(pieces, key=len)
        assert len(source) < 80_000
        assert all(len(piece) < 20_000 for piece in pieces if piece is not source)
        assert all(
            len(piece) < 400 for piece in pieces if "作工作" in piece and piece is not source
        )
        assert "".join(pieces) == module.write(report)


@attrs.frozen
class Decision:
    """As a stage may make them."""

    line: int
    soft: bool
    evidence: dict[str, float]
    note: str | None = None


class Evidence:
    """What a report keeps of its making."""

    def decisions(self) -> tuple[Decision, ...]:
        """One decision."""
        return (Decision(3, soft=True, evidence={"slack": 1.5}),)


def test_decisions_are_written_on_request() -> None:
    report = Report(evidence=Evidence())
    assert report.decisions[0].line == 3
    assert "decisions" not in report.to_json()
    written = json.loads(report.to_json(decisions=True))
    json_validator().validate(written)
    assert written["decisions"] == [
        {"line": 3, "soft": True, "evidence": {"slack": 1.5}, "note": None}
    ]
    tree = etree.fromstring(utf8(report.to_xml(decisions=True)))
    relax_ng().assertValid(tree)
    [decision] = tree.iterfind("decisions/decision")
    assert dict(decision.attrib) == {"line": "3", "soft": "true", "note": ""}
    assert Report.from_xml(report.to_xml(decisions=True)) == report
    assert Report.from_json(report.to_json(decisions=True)) == report


@given(reports)
def test_the_string_value_of_a_paragraph_is_its_text(report: Report) -> None:
    tree = etree.fromstring(utf8(report.to_xml()))
    want = [escape(node.plain) for node in report.find(Paragraph)]
    assert [str(x.xpath("string()")) for x in tree.iter("paragraph")] == want


# ---- schemas


def test_the_shipped_schemas_are_the_generated_ones() -> None:
    shipped = {name: schema(kind) for kind, name in KINDS.items()}
    assert shipped == made()
    assert {path.name for path in (files("govreport.formats") / "schemas").iterdir()} == {*shipped}


def test_an_unknown_schema_is_told() -> None:
    with pytest.raises(UnknownFormat, match="json, xml, compact"):
        schema("dtd")


def test_every_node_class_is_in_the_schemas() -> None:
    abstract = {nodes.Node, nodes.Leaf}
    classes = {
        cls
        for cls in vars(nodes).values()
        if isinstance(cls, type) and issubclass(cls, nodes.Node) and cls not in abstract
    }
    assert classes <= {shape.cls for shape in models()}


def test_tags_and_children_tell_fields_apart() -> None:
    """XML has no wrapper elements: a child's name alone must say which field it belongs to."""
    assert len({shape.tag for shape in models()}) == len(models())
    for shape in models():
        held = [cls for field in shape.fields for cls in field.classes]
        assert len(held) == len(set(held))


def test_the_compact_schema_is_the_same_schema() -> None:
    rnc2rng = needed("rnc2rng")
    made = rnc2rng.dumps(rnc2rng.loads(schema("compact")))
    grammar = etree.RelaxNG(etree.fromstring(made.encode()))
    report = Report(body=(Section(level=1, children=(Paragraph(content=(Gap(),)),)),))
    grammar.assertValid(etree.fromstring(utf8(report.to_xml())))
    assert not grammar.validate(etree.fromstring("<report schema-version='1.0'/>"))


@given(of_class(Number))
def test_schema_and_reader_refuse_the_same_numbers(number: Number) -> None:
    written = native_json.node(number)
    assert native_json.node(Number(**plain_fields(number))) == written


def plain_fields(node: Any) -> dict[str, Any]:
    return {field.name: getattr(node, field.name) for field in attrs.fields(type(node))}


# ---- faults


def faults(read: Any, data: Any) -> tuple[str, ...]:
    with pytest.raises(FormatError) as caught:
        read(data)
    return caught.value.problems


def document(**parts: Any) -> str:
    whole: dict[str, Any] = {
        "schema_version": "1.0",
        "type": "Report",
        "front": {"type": "Front"},
        "body": [],
        "source": {"type": "Source", "text": ""},
    }
    return json.dumps({**whole, **parts})


def test_json_faults_come_all_at_once_with_their_paths() -> None:
    section = {"type": "Section", "level": "1", "children": [{"type": "Paragraf"}, 3]}
    gap = {"type": "Gap", "kind": "digit", "probability": 1.5, "spans": [[2, 1]], "hint": 0}
    data = document(body=[section, {"type": "Paragraph", "content": [gap]}], extra=1)
    known = "Section, Paragraph, Item, Salutation, Closing, Note, Contents"
    assert faults(Report.from_json, data) == (
        '$: unknown field "extra"',
        '$.body[0].level: expected an integer, got "1"',
        f'$.body[0].children[0].type: unknown: "Paragraf"; expected {known}',
        "$.body[0].children[1]: expected an object, got 3",
        "$.body[1].content[0].spans[0]: expected a span [start, end], 0 ≤ start ≤ end",
        '$.body[1].content[0].kind: expected number or character or unknown, got "digit"',
        "$.body[1].content[0].probability: expected from 0 to 1, got 1.5",
        "$.body[1].content[0].hint: unknown field of Gap",
    )


def test_xml_faults_come_all_at_once_with_xpath_and_line() -> None:
    data = """<report schema-version="1.0"><front/><body>
      <paragraph><text spans="1-">a</text><gap kind="digit"/>words</paragraph>
      <paragraph/>
      <paragraf/>
      <section><paragraph probability="2" page="3"/></section>
    </body><source/></report>"""
    known = "section, paragraph, item, salutation, closing, note, contents"
    assert set(faults(Report.from_xml, data)) == {
        "/report/body/paragraph[1]/text/@spans (line 2): cannot read '1-'",
        '/report/body/paragraph[1]/gap/@kind (line 2): expected number or character or unknown, got "digit"',
        "/report/body/paragraph[1] (line 2): text stands where only elements may",
        f"/report/body/paragraf (line 4): unknown element; expected {known}",
        "/report/body/section (line 5): the field level is missing",
        "/report/body/section/paragraph/@probability (line 5): expected from 0 to 1, got 2.0",
        "/report/body/section/paragraph/@page (line 5): unknown attribute of paragraph",
    }


def test_json_numbers_that_are_none() -> None:
    gap = {"type": "Gap", "kind": "digit", "probability": 10**400}
    number = {"type": "Number", "text": "1", "value": "one"}
    data = document(body=[{"type": "Paragraph", "content": [gap, number]}])
    assert faults(Report.from_json, data) == (
        '$.body[0].content[0].kind: expected number or character or unknown, got "digit"',
        f"$.body[0].content[0].probability: expected a number, got 1{'0' * 36}…",
        '$.body[0].content[1].value: expected a decimal number as a text, got "one"',
    )


def test_a_null_is_what_an_optional_field_is_without() -> None:
    paragraph: dict[str, Any] = {"type": "Paragraph", "content": [], "label": None, "lead": None}
    assert Report.from_json(document(body=[paragraph])).body == (Paragraph(content=()),)


def test_more_xml_faults() -> None:
    data = """<report schema-version="1.0"><front/><bodies/><body>
      <section level="one"><heading/><heading/></section>
      <paragraph><text spans="1-２">a</text></paragraph>
    </body><source/><diagnostics><diagnostic code="a" severity="info" message="b" span="5"/></diagnostics></report>"""
    assert set(faults(Report.from_xml, data)) == {
        "/report/bodies (line 1): unknown element",
        "/report/body/section/@level (line 2): cannot read 'one'",
        "/report/body/section/heading[2] (line 2): stands twice",
        "/report/body/paragraph/text/@spans (line 3): cannot read '1-２'",
        "/report/diagnostics/diagnostic/@span (line 4): cannot read '5'",
    }


def test_a_flood_of_faults_is_cut_short() -> None:
    told = faults(Report.from_json, document(body=[1] * 1000))
    assert len(told) == 51
    assert told[-1] == "and 950 more"


@pytest.mark.parametrize("version", ["2.0", "", "x", 1, None])
def test_another_schema_version_is_refused(version: object) -> None:
    assert "schema_version" in faults(Report.from_json, document(schema_version=version))[0]


def test_a_later_minor_version_is_read() -> None:
    assert Report.from_json(document(schema_version="1.7")) == Report()


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]><report>&h;</report>"
)
HOSTILE_XML: dict[str, str | bytes] = {
    "entity bomb": BOMB,
    "entity bomb in UTF-16": BOMB.encode("utf-16"),
    "external entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><report>&x;</report>',
    "external document type": '<!DOCTYPE r SYSTEM "http://example.invalid/x.dtd"><report/>',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://example.invalid/">%p;]><report/>',
    "undefined entity": "<report>&nbsp;</report>",
    "10,000 levels": "<report>" * 10_000,
    "10,000 sections": '<report schema-version="1.0"><body>' + "<section>" * 10_000,
    "an attribute of 100 MB": b'<report a="' + b"a" * 100_000_000 + b'"/>',
    "truncated": '<report schema-version="1.0"><body><para',
    "empty": "",
    "no XML": "各位代表",
    "unknown encoding": b'<?xml version="1.0" encoding="no-such"?><report/>',
    "wrong encoding": '<?xml version="1.0" encoding="UTF-8"?><report>报</report>'.encode("gb18030"),
    "NUL": "<report>\x00</report>",
    "lone surrogate": "<report>\ud800</report>",
    "two roots": "<report/><report/>",
    "attribute twice": '<report a="1" a="2"/>',
    "bad escape": '<report schema-version="1.0"><front/><body/><source>\\{110000}</source></report>',
    "duplicate ids": (
        '<report schema-version="1.0"><front/><body>'
        '<paragraph xml:id="a"/><paragraph xml:id="a"/></body><source/></report>'
    ),
    "an attribute within the limits": b'<report a="' + b"a" * 20_000_000 + b'"/>',
    "another vocabulary": '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
    "parts twice": '<report schema-version="1.0"><front/><body/><body/><source/></report>',
    "no parts": '<report schema-version="1.0"/>',
}
HOSTILE_JSON: dict[str, str | bytes] = {
    "10,000 levels": document(body=[]).replace("[]", "[" * 10_000 + "]" * 10_000),
    "1,000,000 levels": "[" * 1_000_000,
    "10,000 sections": document().replace(
        '"body": []',
        '"body": [' + '{"type":"Section","level":1,"children":[' * 200 + "]}" * 200 + "]",
    ),
    "100 MB": b" " * 100_000_000,
    "truncated": document()[:-9],
    "empty": "",
    "no JSON": "各位代表",
    "wrong encoding": document().replace('""', '"\\u62a5"').encode("utf-16"),
    "not UTF-8": b'{"a": "\xff"}',
    "NaN": document(body=[{"type": "Paragraph", "probability": float("nan")}]),
    "a key twice": document().replace('"body": []', '"body": [], "body": []'),
    "a long integer": "1" * 10_000,
    "another document": '{"schema_name": "DoclingDocument", "version": "1.10.0"}',
    "bad escape": document(source={"type": "Source", "text": {"escaped": "\\{x"}}),
    "missing parts": '{"type": "Report", "schema_version": "1.0"}',
    "body is an object": document(body={}),
    "true is no integer": document(body=[{"type": "Section", "level": True}]),
    "infinite decimal": document(
        body=[
            {"type": "Paragraph", "content": [{"type": "Number", "text": "1", "value": "Infinity"}]}
        ]
    ),
}


@pytest.mark.parametrize("name", HOSTILE_XML)
def test_hostile_xml_is_one_error_at_little_cost(name: str) -> None:
    refused(Report.from_xml, HOSTILE_XML[name])


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_one_error_at_little_cost(name: str) -> None:
    refused(Report.from_json, HOSTILE_JSON[name])


def refused(read: Any, data: str | bytes) -> None:
    """One error, in memory and work that the document's own size bounds."""
    assert calls(lambda: faults(read, data)) < 2_000 + 40 * min(len(data), 2**20)
    tracemalloc.start()
    told = faults(read, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(map(len, told)) < 3000
    assert peak < max(20 * min(len(data), 2**20), 6 * min(len(data), Limits().size)) + 2**22


def test_limits_can_be_set() -> None:
    report = Report(body=(Paragraph(content=(Text(text="a", spans=(Span(0, 1),)),)),))
    text = report.to_xml()
    for limits in (Limits(size=10), Limits(depth=3), Limits(nodes=5)):
        with pytest.raises(FormatError):
            native_xml.read(text, limits=limits)
    for limits in (Limits(size=10), Limits(depth=2), Limits(nodes=2)):
        with pytest.raises(FormatError):
            native_json.read(report.to_json(), limits=limits)


@given(st.text() | st.binary() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_any_document_is_a_report_or_one_error(data: str | bytes) -> None:
    for read in (Report.from_json, Report.from_xml):
        with contextlib.suppress(FormatError):
            read(data)
