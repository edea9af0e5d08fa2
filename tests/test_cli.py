"""The command: in-process where that shows enough, as a process where streams and signals count."""

import csv
import importlib
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from lxml import etree

import govreport
from govreport.cli import BROKEN_PIPE, entry, main

Capture: TypeAlias = pytest.CaptureFixture[str]
Patch: TypeAlias = pytest.MonkeyPatch

PAGE = """\
各位代表：

现在， 我代表市人民政府， 向大会

报告工作， 请予审议， 并请列席会议的

同志提出意见。

一、2031年工作回顾

一年来， 全市新建学校

12

所， 改造

老旧小区36个， 新增车位8500个， 群众

的日子越过越好。

下一步， 我们要继续把好事办好。

（下转第4版）
"""


class Stdin(io.TextIOWrapper):
    """Standard input that holds what a test gives it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a process; ``env`` adds to the environment."""
    env = {**os.environ, **options.pop("env", {})}
    command = [sys.executable, "-m", "govreport", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=env, **options)


# ---- what it gives


@pytest.mark.parametrize("to", govreport.formats())
def test_parse_gives_every_format(to: str, page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page), "--to", to]) == 0
    expected = govreport.parse_file(page).to(to)
    assert capsys.readouterr().out.rstrip("\n") == expected.rstrip("\n")


def test_parse_gives_xml_unless_told_otherwise(page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page)]) == 0
    assert capsys.readouterr().out == govreport.parse_file(page).to_xml()


@pytest.mark.parametrize("arguments", [["-"], []])
def test_parse_reads_standard_input(
    arguments: list[str], page: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(page.read_bytes()))
    assert main(["parse", *arguments, "--to", "text"]) == 0
    assert "全市新建学校12所，改造老旧小区36个" in capsys.readouterr().out


def test_repair_gives_one_paragraph_a_line(page: Path, capsys: Capture) -> None:
    assert main(["repair", str(page)]) == 0
    out = capsys.readouterr().out
    assert (
        "一年来，全市新建学校12所，改造老旧小区36个，新增车位8500个，群众的日子越过越好。\n" in out
    )
    assert out == govreport.repair(PAGE).text.rstrip("\n") + "\n"


def test_repair_lists_its_edits(page: Path, capsys: Capture) -> None:
    assert main(["repair", str(page), "--edits"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == len(govreport.repair(PAGE).edits) > 0
    assert all(re.fullmatch(r"\d+:\d+: [\w-]+ '.*' -> '.*'", row) for row in rows)


def test_explain_gives_a_line_for_each_decision(page: Path, capsys: Capture) -> None:
    assert main(["explain", str(page)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["line", "end", "p"]
    decisions = govreport.parse(PAGE).decisions
    assert [int(row.split()[0]) for row in rows] == [each.line for each in decisions]
    assert any("，向大会|报告工作" in row for row in rows)
    assert any("提出意见。¶一、" in row for row in rows)


def test_explain_can_be_asked_for_one_line_or_for_the_less_certain(
    page: Path, capsys: Capture
) -> None:
    assert main(["explain", str(page), "--line", "3"]) == 0
    assert [row.split()[0] for row in capsys.readouterr().out.splitlines()[1:]] == ["3"]
    assert main(["explain", str(page), "--below", "0"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_figures_for_a_spreadsheet(page: Path, capsys: Capture) -> None:
    assert main(["figures", str(page), "--bom"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufeffkind,text,value,")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    numbers = [row for row in rows if row["kind"] == "number"]
    assert [(row["text"], row["value"], row["unit"]) for row in numbers] == [
        ("12所", "12", "所"),
        ("36个", "36", "个"),
        ("8500个", "8500", "个"),
    ]
    assert numbers[0]["section"] == "一、2031年工作回顾"
    assert numbers[0]["line"] == str(PAGE[: PAGE.index("12")].count("\n") + 1)


def test_figures_as_json_lines(page: Path, capsys: Capture) -> None:
    assert main(["figures", str(page), "--to", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    numbers = [row for row in rows if row["kind"] == "number"]
    assert [(row["text"], row["value"], row["unit"]) for row in numbers] == [
        ("12所", "12", "所"),
        ("36个", "36", "个"),
        ("8500个", "8500", "个"),
    ]
    assert numbers[0]["section"] == ["一、2031年工作回顾"]
    assert "群众的日子越过越好" in numbers[0]["sentence"]


def test_figures_are_written_out(capsys: Capture, monkeypatch: Patch) -> None:
    """No exponent, no rounding: 1200亿 is 120000000000."""
    monkeypatch.setattr(sys, "stdin", Stdin("全年完成投资1200亿元，增长28.20%。".encode()))
    assert main(["figures", "--to", "jsonl", "-q"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["value"] for row in rows] == ["120000000000", "28.20"]


def test_convert_there_and_back(page: Path, tmp_path: Path) -> None:
    first, second, third = (str(tmp_path / name) for name in ("a.xml", "b.json", "c.xml"))
    assert main(["parse", str(page), "-q", "-o", first]) == 0
    assert main(["convert", first, second]) == 0
    assert main(["convert", second, third]) == 0
    assert Path(first).read_bytes() == Path(third).read_bytes()
    assert govreport.read(second) == govreport.read(first)


def test_convert_to_standard_output(page: Path, tmp_path: Path, capsys: Capture) -> None:
    native = str(tmp_path / "a.json")
    assert main(["parse", str(page), "-q", "-o", native, "--to", "json"]) == 0
    assert main(["convert", native, "-", "--to", "markdown"]) == 0
    assert capsys.readouterr().out == govreport.parse(PAGE).to("markdown").rstrip("\n") + "\n"


def test_schemas(capsys: Capture) -> None:
    assert main(["schema", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")
    assert main(["schema", "--xml"]) == 0
    root = etree.fromstring(capsys.readouterr().out.encode())
    assert root.tag == "{http://relaxng.org/ns/structure/1.0}grammar"


# ---- diagnostics and exit status


def test_diagnostics_name_file_line_and_column(page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page), "-o", os.devnull]) == 0
    errors = capsys.readouterr().err.splitlines()
    pattern = re.escape(str(page)) + r":\d+:\d+: (info|warning|error) [a-z-]+: .+"
    assert errors
    assert all(re.fullmatch(pattern, line) for line in errors)
    last = len(PAGE.splitlines())
    assert any(line.startswith(f"{page}:{last}:1: info page-jump: ") for line in errors)


def test_quiet_prints_none(page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page), "-q", "-o", os.devnull]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("threshold", "status"), [("info", 1), ("warning", 1), ("error", 0), ("never", 0)]
)
def test_fail_on(threshold: str, status: int, tmp_path: Path, capsys: Capture) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert main(["parse", str(empty), "--fail-on", threshold]) == status
    assert f"{empty}:1:1: warning empty: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["parse", "--to", "papyrus"],
        ["parse", "--fail-on", "tuesday"],
        ["parse", "{page}", "--encoding", "base64"],
        ["parse", "{page}", "--encoding", "klingon"],
        ["parse", "{tmp}/nowhere.txt"],
        ["parse", "{tmp}"],
        ["parse", "nul\0"],
        ["parse", "{page}", "-o", "{tmp}"],
        ["parse", "{page}", "-o", "{tmp}/no/where.xml"],
        ["convert", "{page}", "{tmp}/out.papyrus"],
        ["convert", "{page}", "{tmp}/out.json"],
        ["convert", "{tmp}/nowhere.xml", "{tmp}/out.json"],
        ["schema"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_exits_with_2(
    arguments: list[str], page: Path, tmp_path: Path, capsys: Capture
) -> None:
    before = sorted(tmp_path.iterdir())
    given = [each.format(page=page, tmp=tmp_path) for each in arguments]
    assert main(given) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err
    assert sorted(tmp_path.iterdir()) == before


def test_a_document_that_cannot_be_read_says_where(tmp_path: Path, capsys: Capture) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"type": "Nonsense"}', encoding="utf-8")
    assert main(["convert", str(broken), "-", "--to", "text"]) == 2
    assert f"{broken}: " in capsys.readouterr().err


def test_interrupted(page: Path, monkeypatch: Patch, capsys: Capture) -> None:
    def interrupt(name: str) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("govreport.cli.read_bytes", interrupt)
    assert main(["parse", str(page)]) == 130
    assert capsys.readouterr() == ("", "")


# ---- files


def test_output_equals_standard_output(page: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out.xml"
    assert main(["parse", str(page), "-o", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["parse", str(page), "-o", "-"]) == 0
    assert out.read_bytes() == capsys.readouterr().out.encode()


@pytest.mark.parametrize("way", ["itself", "dotted", "symlink", "hardlink"])
@pytest.mark.parametrize("command", ["parse", "repair", "explain", "figures"])
def test_never_reads_and_writes_one_file(
    command: str, way: str, page: Path, capsys: Capture
) -> None:
    other = page.with_name("other.txt")
    match way:
        case "itself":
            other = page
        case "dotted":
            other = page.parent / ".." / page.parent.name / page.name
        case "symlink":
            other.symlink_to(page)
        case "hardlink":
            other.hardlink_to(page)
    assert main([command, str(page), "-o", str(other)]) == 2
    assert "same file" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == PAGE


def test_convert_never_reads_and_writes_one_file(page: Path, tmp_path: Path) -> None:
    native = tmp_path / "a.xml"
    assert main(["parse", str(page), "-q", "-o", str(native)]) == 0
    assert main(["convert", str(native), str(native), "--to", "json"]) == 2


def test_redirections_to_one_file_are_refused(page: Path) -> None:
    with page.open("rb") as stdin:
        result = process("repair", "-", "-o", str(page), stdin=stdin)
    assert result.returncode == 2
    with page.open("ab") as stdout:
        result = subprocess.run(
            [sys.executable, "-m", "govreport", "repair", str(page)], check=False, stdout=stdout,
            stderr=subprocess.PIPE,
        )  # fmt: skip
    assert result.returncode == 2
    assert page.read_text(encoding="utf-8") == PAGE


def test_a_terminal_may_be_both_ends() -> None:
    result = process("parse", "-", "-o", os.devnull, stdin=subprocess.DEVNULL)
    assert result.returncode == 0


def test_a_failed_write_leaves_the_old_file(page: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    out = tmp_path / "out.xml"
    out.write_text("old", encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["parse", str(page), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == before


def test_output_keeps_mode_and_link(page: Path, tmp_path: Path) -> None:
    out, link = tmp_path / "out.xml", tmp_path / "link.xml"
    out.touch()
    out.chmod(0o640)
    link.symlink_to(out)
    assert main(["parse", str(page), "-q", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert out.stat().st_size > 0


def test_new_output_follows_the_umask(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xml"
    old = os.umask(0o027)
    try:
        assert main(["parse", str(page), "-q", "-o", str(out)]) == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


# ---- as a process


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030"},
    ],
    ids=str,
)
def test_utf8_whatever_the_locale(env: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "某市.txt"
    page.write_text(PAGE, encoding="utf-8")
    with page.open("rb") as stdin:
        piped = process("parse", "--to", "text", env=env, stdin=stdin)
    named = process("parse", page.name, "--to", "text", env=env, cwd=tmp_path)
    assert (piped.returncode, named.returncode) == (0, 0)
    assert "全市新建学校12所" in piped.stdout.decode("utf-8")
    assert named.stdout == piped.stdout
    assert b"page-jump" in named.stderr


def test_encoding_is_found_out_or_given(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(PAGE.encode("gb18030"))
    expected = process("parse", "-q", "--to", "text", input=PAGE.encode())
    found = process("parse", "-q", "--to", "text", str(page))
    given = process("parse", "-q", "--to", "text", str(page), "--encoding", "gb18030")
    assert expected.stdout == found.stdout == given.stdout


def test_a_broken_pipe_is_no_traceback() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "govreport", "parse"]
    result = subprocess.run(
        command, input=PAGE.encode(), stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (result.returncode, result.stderr) == (141, b"")


def test_a_broken_pipe_for_diagnostics_is_none_either() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "govreport", "parse"]
    result = subprocess.run(
        command, input=PAGE.encode(), stderr=write, stdout=subprocess.DEVNULL, check=False
    )
    os.close(write)
    assert result.returncode == 141


@pytest.mark.parametrize(
    ("closed", "status"), [("<&-", 2), (">&-", 2), ("2>&-", 0), ("<&- >&- 2>&-", 2)]
)
def test_closed_streams(closed: str, status: int, page: Path) -> None:
    source = "-" if "<" in closed else str(page)
    line = f"'{sys.executable}' -m govreport parse --to text '{source}' {closed}"
    result = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert result.returncode == status
    assert b"Traceback" not in result.stderr
    assert b"page-jump" not in result.stdout


def test_a_pipe_that_nobody_reads_any_more(page: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    long = tmp_path / "long.txt"
    long.write_text(PAGE * 400, encoding="utf-8")  # more than a pipe holds
    with subprocess.Popen(["head", "-c", "1", str(pipe)], stdout=subprocess.DEVNULL):
        assert main(["parse", str(long), "-q", "--to", "text", "-o", str(pipe)]) == BROKEN_PIPE


def test_the_module_runs_only_as_a_command() -> None:
    assert importlib.import_module("govreport.__main__").entry is entry


def test_version() -> None:
    result = process("--version")
    assert result.returncode == 0
    assert result.stdout.decode() == f"govreport {govreport.__version__}\n"


def test_streams_without_files_are_no_trouble(monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(PAGE.encode()))
    monkeypatch.setattr(sys, "stdout", out := io.StringIO())
    assert main(["parse", "-q", "--to", "text"]) == 0
    assert "全市新建学校12所" in out.getvalue()


# ---- options of formats, and many reports


def test_formats_are_listed_with_their_options(capsys: Capture) -> None:
    assert main(["formats"]) == 0
    rows = {row.split()[0]: row for row in capsys.readouterr().out.splitlines()}
    assert set(rows) == set(govreport.formats())
    assert "lines=false pages=false repairs=false" in rows["tei"]
    assert ".jsonl" in rows["json"]


@pytest.mark.parametrize(
    ("to", "words", "options"),
    [
        ("tei", ["lines", "pages=true"], {"lines": True, "pages": True}),
        ("xml", ["edits=false", "decisions"], {"edits": False, "decisions": True}),
        ("json", ["indent=2", "edits=false"], {"indent": 2, "edits": False}),
        ("html", ["edits"], {"edits": True}),
        ("akn", ["country=cn-43"], {"country": "cn-43"}),
        ("pandoc", ["api=1.22.1"], {"api": (1, 22, 1)}),
        ("markdown", ["front=false"], {"front": False}),
    ],
)
def test_options_of_formats(
    to: str, words: list[str], options: dict[str, Any], page: Path, capsys: Capture
) -> None:
    given = [argument for word in words for argument in ("-O", word)]
    assert main(["parse", str(page), "-q", "--to", to, *given]) == 0
    assert capsys.readouterr().out == govreport.parse_file(page).to(to, **options).rstrip() + "\n"


@pytest.mark.parametrize("word", ["indent", "indent=two"])
def test_an_option_that_takes_a_value_wants_one(word: str, page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page), "--to", "json", "-O", word]) == 2
    assert f"not {word!r}" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["linez", "lines=no", "lines="])
def test_an_option_that_a_format_has_not_is_refused(word: str, page: Path, capsys: Capture) -> None:
    assert main(["parse", str(page), "--to", "tei", "-O", word]) == 2
    assert "lines" in capsys.readouterr().err


def test_convert_many(page: Path, tmp_path: Path) -> None:
    one, two, lines, many, back = (
        str(tmp_path / name) for name in ("a.xml", "b.json", "all.jsonl", "all.xml", "back.jsonl")
    )
    assert main(["parse", str(page), "-q", "-o", one]) == 0
    assert main(["convert", one, two]) == 0
    assert main(["convert", one, two, lines]) == 0
    report = govreport.read(one)
    assert list(govreport.read_many(lines)) == [report, report]
    assert main(["convert", lines, many]) == 0
    assert list(govreport.read_many(many)) == [report, report]
    assert main(["convert", many, one, back]) == 0
    assert len(Path(back).read_text(encoding="utf-8").splitlines()) == 3


def test_convert_one_report_to_a_line(page: Path, tmp_path: Path, capsys: Capture) -> None:
    one, line = str(tmp_path / "a.xml"), str(tmp_path / "a.jsonl")
    assert main(["parse", str(page), "-q", "-o", one]) == 0
    assert main(["convert", one, line]) == 0
    assert len(Path(line).read_text(encoding="utf-8").splitlines()) == 1
    assert main(["convert", line, "-", "--to", "xml"]) == 0
    assert capsys.readouterr().out == Path(one).read_text(encoding="utf-8")


def test_convert_reads_standard_input(
    page: Path, tmp_path: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    report = govreport.parse_file(page)
    monkeypatch.setattr(sys, "stdin", Stdin(report.to_json().encode()))
    assert main(["convert", "-", "-", "--to", "xml"]) == 0
    assert govreport.Report.from_xml(capsys.readouterr().out) == report
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["convert", "-", str(tmp_path / "a.xml")]) == 2
    assert "standard input is closed" in capsys.readouterr().err


def test_convert_refuses_many_where_a_format_holds_one(page: Path, tmp_path: Path) -> None:
    one, out = str(tmp_path / "a.xml"), tmp_path / "a.html"
    assert main(["parse", str(page), "-q", "-o", one]) == 0
    assert main(["convert", one, one, str(out)]) == 2
    assert not out.exists()
    assert main(["convert", one, str(tmp_path / "a.unknown")]) == 2


def test_a_fault_behind_good_reports_leaves_no_file(page: Path, tmp_path: Path) -> None:
    lines, out = tmp_path / "a.jsonl", tmp_path / "out.md"
    report = govreport.parse_file(page)
    govreport.write_many([report, report], lines)
    lines.write_text(lines.read_text(encoding="utf-8") + '{"type": 1}\n', encoding="utf-8")
    assert main(["convert", str(lines), str(out)]) == 2
    assert not out.exists()


# ---- formats of other packages

FOREIGN = """
def write(report, *, loud: bool = False, times=1):
    title = report.to_text().splitlines()[0] * times
    return title + "!" * loud + "\\n"
"""


@pytest.fixture
def other(tmp_path: Path) -> dict[str, str]:
    """An installed distribution that brings a format; the environment that finds it."""
    site = tmp_path / "site"
    info = site / "shouting-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "shouting.py").write_text(FOREIGN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[govreport.formats]\nshout = shouting:write\n")
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    return {"PYTHONPATH": path.rstrip(os.pathsep)}


def test_another_package_adds_a_format(page: Path, other: dict[str, str]) -> None:
    given = ("parse", "-q", str(page), "--to", "shout")
    title = govreport.parse_file(page).to_text().splitlines()[0]
    assert process(*given, env=other).stdout.decode() == title + "\n"
    loud = process(*given, "-O", "loud", "-O", "times=2", env=other)
    assert loud.stdout.decode() == title * 2 + "!\n"
    listed = process("formats", env=other).stdout.decode().splitlines()
    assert listed[-1].split() == ["shout", "loud=false", "times=1"]
    native = page.with_name("a.xml")
    assert main(["parse", str(page), "-q", "-o", str(native)]) == 0
    converted = process("convert", str(native), "-", "--to", "shout", env=other)
    assert converted.stdout.decode() == title + "\n"
