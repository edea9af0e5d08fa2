"""Collections: whatever is read and whenever it is stopped, the folder ends up the same."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest

import govreport
from govreport import arrow, rows
from govreport.cli import main
from govreport.corpus.folder import opened
from govreport.corpus.inputs import Reading, inputs, total
from govreport.corpus.manifest import MANIFEST
from govreport.corpus.outputs import Rendering, kinds, output_name
from shared import needed

Capture: TypeAlias = pytest.CaptureFixture[str]
PATIENCE = 240  # seconds; reached only where something hangs


def page(number: int) -> str:
    return f"一、第{number}项工作\n\n修路{number}公里，架桥\n\n{number}座。\n\n（下转第4版）\n"


def fill(folder: Path, count: int) -> Path:
    for number in range(count):
        path = folder / f"{number % 3}" / f"{number:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number), encoding="utf-8")
    return folder


def corpus(source: Path | str, out: Path, *more: str) -> int:
    return main(["corpus", str(source), "-o", str(out), "--jobs", "1", *more])


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def manifest(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / MANIFEST).read_bytes().splitlines()]


def counts(capsys: Capture) -> tuple[int, ...]:
    said = capsys.readouterr().err.splitlines()[-1].split(";")[0]
    return tuple(int(word) for word in said.split() if word.isdigit())


# ---- what is written


@pytest.mark.parametrize("to", govreport.formats())
def test_a_file_for_each_report(to: str, tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 4), tmp_path / "out"
    assert corpus(source, out, "--to", to) == 0
    for entry in manifest(out):
        report = govreport.parse_bytes((source / entry["name"]).read_bytes())
        named = next(govreport.parse_many([(entry["name"], report.source.text)], jobs=1)).get()
        text = (out / entry["output"]).read_text(encoding="utf-8")
        assert text.rstrip("\n") == _encoded(named).to(to).rstrip("\n")
        assert list((out / entry["output"]).parent.iterdir())
    assert len(tree(out)) == 5


def _encoded(report: govreport.Report) -> govreport.Report:
    data = govreport.parse_bytes(report.source.text.encode())
    return govreport.Report(
        front=data.front,
        body=data.body,
        furniture=data.furniture,
        diagnostics=data.diagnostics,
        source=govreport.Source(
            data.source.text, name=report.source.name, encoding=data.source.encoding
        ),
    )


def test_lines_of_json_read_back(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 7), tmp_path / "out"
    assert corpus(source, out, "--shard", "3") == 0
    names = [f"part-0000{k}.jsonl" for k in range(3)]
    assert sorted(tree(out)) == [MANIFEST, *names]
    lines = [line for name in names for line in (out / name).read_bytes().splitlines()]
    reports = [govreport.Report.from_json(line) for line in lines]
    assert [each.source.name for each in reports] == [each["name"] for each in manifest(out)]
    assert all(each == govreport.Report.from_json(each.to_json()) for each in reports)


def test_parquet_has_a_row_for_each_block(tmp_path: Path) -> None:
    parquet = needed("pyarrow.parquet")
    source, out = fill(tmp_path / "in", 5), tmp_path / "out"
    assert corpus(source, out, "--to", "parquet") == 0
    table = parquet.read_table(out / "part-00000.parquet")
    assert table.schema == arrow.schema()
    expected = [
        row
        for entry in manifest(out)
        for row in rows.block_rows(govreport.parse_file(source / entry["name"]), id=entry["name"])
    ]
    assert table.num_rows == len(expected)
    assert table.column("text").to_pylist() == [row.text for row in expected]
    assert table.column("path").to_pylist() == [row.path for row in expected]


def test_the_manifest_says_what_is_what(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 3), tmp_path / "out"
    assert corpus(source, out, "--to", "markdown", "--profile", "newspaper") == 0
    for entry in manifest(out):
        data = (source / entry["name"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        written = (out / entry["output"]).read_bytes()
        assert entry["output_sha256"] == hashlib.sha256(written).hexdigest()
        codes = [
            each.code
            for each in govreport.parse_bytes(data, profile=govreport.NEWSPAPER).diagnostics
        ]
        assert entry["diagnostics"] == {code: codes.count(code) for code in sorted(set(codes))}
        assert entry["diagnostics"]["page-jump"] == 1
        assert (entry["version"], entry["to"], entry["profile"]) == (
            govreport.__version__,
            "markdown",
            "newspaper",
        )


def test_two_jobs_write_what_one_does(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 20)
    assert corpus(source, tmp_path / "one") == 0
    assert corpus(source, tmp_path / "two", "--jobs", "2") == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


# ---- what is read


def tarred(path: Path, mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for number in range(3):
            data = page(number).encode()
            member = tarfile.TarInfo(f"页/{number}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        archive.addfile(tarfile.TarInfo("readme.md"))


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(3):
            archive.writestr(f"页/{number}.txt", page(number))
        archive.writestr("readme.md", "")


def lines(path: Path) -> None:
    records = "".join(
        json.dumps({"text": page(number), "no": number}, ensure_ascii=False) + "\n\n"
        for number in range(3)
    )
    data = records.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


MAKERS: dict[str, Callable[[Path], None]] = {
    "a.tar": lambda path: tarred(path, "w"),
    "a.tgz": lambda path: tarred(path, "w:gz"),
    "a.tar.xz": lambda path: tarred(path, "w:xz"),
    "a.zip": zipped,
    "a.jsonl": lines,
    "a.jsonl.gz": lines,
}


@pytest.mark.parametrize("name", MAKERS)
def test_files_that_hold_many(name: str, tmp_path: Path) -> None:
    MAKERS[name](tmp_path / name)
    found = list(inputs([str(tmp_path / name)], Reading()))
    data = [each.data.encode() if isinstance(each.data, str) else each.data for each in found]
    assert data == [page(number).encode() for number in range(3)]
    ends = [f"00000000{1 + 2 * n}" if "jsonl" in name else f"页/{n}.txt" for n in range(3)]
    assert [each.name for each in found] == [f"{name}/{end}" for end in ends]
    assert total([str(tmp_path / name)], Reading()) is None
    assert corpus(tmp_path / name, tmp_path / "out", "--to", "text") == 0
    assert len(tree(tmp_path / "out")) == 4


def test_fields_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": 7, "body": "甲。"}\n{"id": 8}\n[]\n{"id":9,"body":1}\n{', encoding="utf-8"
    )
    found = list(inputs([str(path)], Reading(text="body", id="id")))
    assert [(each.name, each.data) for each in found[:1]] == [("a.jsonl/7", "甲。")]
    assert [bool(each.error) for each in found] == [False, True, True, True, True]


def test_names_of_zips_from_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XXXX.txt", "甲")
    path.write_bytes(path.read_bytes().replace(b"XXXX", "报告".encode("gbk")))
    assert [each.name for each in inputs([str(path)], Reading())] == ["a.zip/报告.txt"]


@pytest.mark.parametrize("name", [b"\x81.txt", b"\xff\xff.txt"])
def test_names_of_zips_in_no_known_encoding_stay_as_they_are(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("X" * len(name), "甲")
    path.write_bytes(path.read_bytes().replace(b"X" * len(name), name))
    (found,) = inputs([str(path)], Reading())
    assert (found.name, found.data) == (f"a.zip/{name.decode('cp437')}", "甲".encode())


def test_a_file_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (found,) = inputs([str(tmp_path / "a.txt")], Reading())
    assert (found.name, found.data) == ("a.txt", "甲".encode())


def test_a_name_that_is_no_unicode_is_entered_all_the_same(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 1), tmp_path / "out"
    odd = os.fsdecode(b"\xff.txt")
    (source / odd).write_text(page(9), encoding="utf-8")
    assert corpus(source, out) == 0
    assert {each["name"] for each in manifest(out)} == {"0/0000.txt", odd}


def test_patterns_several_places_and_names_that_come_twice(tmp_path: Path) -> None:
    fill(tmp_path / "x" / "in", 3)
    fill(tmp_path / "y" / "in", 3)
    found = list(inputs([str(tmp_path / "*" / "in")], Reading()))
    names = [f"in/{k}/{k:04}.txt" for k in range(3)]
    assert [each.name for each in found] == [*names, *(f"{name}#2" for name in names)]
    assert total([str(tmp_path / "*" / "in")], Reading()) == 6
    assert corpus(tmp_path / "*" / "in", tmp_path / "out", "--to", "text") == 0
    assert len(tree(tmp_path / "out")) == 7


@pytest.mark.parametrize(
    "name", ["../../a", "/a", "a/../b", "..", "", "a\\b", "nul\0", "好" * 300, "\udcff", "a\ud800"]
)
def test_outputs_stay_in_their_folder(name: str, tmp_path: Path) -> None:
    output = output_name(name, "xml")
    inside = (tmp_path / output).resolve()
    assert inside.is_relative_to(tmp_path)
    assert inside != tmp_path
    assert all(0 < len(os.fsencode(part)) < 255 for part in output.split("/"))


def test_the_output_is_not_read(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 3)
    for _ in range(2):
        assert corpus(source, source / "out", "--to", "text") == 0
        assert len(tree(source / "out")) == 4


# ---- again


def test_what_is_done_is_not_done_again(tmp_path: Path, capsys: Capture) -> None:
    source, out = fill(tmp_path / "in", 9), tmp_path / "out"
    for to in ("jsonl", "markdown"):
        assert corpus(source, out / to, "--to", to, "--shard", "4") == 0
        assert counts(capsys) == (9, 0, 0)
        before = {path: path.stat().st_ino for path in (out / to).rglob("[0-9p]*.*")}
        whole = tree(out / to)
        assert corpus(source, out / to, "--to", to, "--shard", "4") == 0
        assert counts(capsys) == (0, 9, 0)
        assert tree(out / to) == whole
        assert {path: path.stat().st_ino for path in before} == before


@pytest.mark.parametrize("to", ["jsonl", "markdown"])
@pytest.mark.parametrize("change", ["changed", "added", "removed", "damaged", "deleted", "torn"])
def test_what_changed_is_done_again(change: str, to: str, tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 9), tmp_path / "out"
    more = ("--to", to, "--shard", "4")
    assert corpus(source, out, *more) == 0
    output = out / manifest(out)[0]["output"]
    match change:
        case "changed":
            (source / "1" / "0001.txt").write_text("另一篇报告。", encoding="utf-8")
        case "added":
            (source / "0" / "9999.txt").write_text("另一篇报告。", encoding="utf-8")
        case "removed":
            (source / "2" / "0008.txt").unlink()
        case "damaged":
            output.write_bytes(output.read_bytes()[:-20])
        case "deleted":
            output.unlink()
        case "torn":
            data = (out / MANIFEST).read_bytes()
            (out / MANIFEST).write_bytes(data[: len(data) // 2])
    assert corpus(source, out, *more) == 0
    assert corpus(source, tmp_path / "fresh", *more) == 0
    assert tree(out) == tree(tmp_path / "fresh")


def test_shards_that_are_no_more_are_removed_but_not_what_somebody_changed(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 9), tmp_path / "out"
    assert corpus(source, out, "--shard", "3") == 0
    (out / "part-00002.jsonl").write_text("mine", encoding="utf-8")
    assert corpus(source, out, "--shard", "9") == 0
    assert sorted(tree(out)) == [MANIFEST, "part-00000.jsonl", "part-00002.jsonl"]


def test_what_cannot_be_read_is_entered_and_tried_again(tmp_path: Path, capsys: Capture) -> None:
    source, out = fill(tmp_path / "in", 3), tmp_path / "out"
    (source / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert corpus(source, out) == 1
    assert counts(capsys) == (3, 0, 1)
    (failed,) = [each for each in manifest(out) if each["error"]]
    assert (failed["name"], failed["output"]) == ("broken.txt", None)
    assert failed["error"].startswith("FileNotFoundError")
    (tmp_path / "nowhere").write_text(page(9), encoding="utf-8")
    assert corpus(source, out) == 0
    assert corpus(source, tmp_path / "fresh") == 0
    assert tree(out) == tree(tmp_path / "fresh")


class Fussy(Rendering):
    """Fails of some pages, as a writer of another package may."""

    def __call__(self, report: govreport.Report) -> Any:
        """The report as the format has it."""
        if "第1项" in report.source.text:
            raise ValueError("no")
        return super().__call__(report)


@pytest.mark.parametrize(("shard", "files"), [("1", [0, 2]), ("3", [0])])
def test_what_cannot_be_written_is_entered_and_the_rest_stands(
    shard: str, files: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govreport.corpus.running.Rendering", Fussy)
    source, out = fill(tmp_path / "in", 3), tmp_path / "out"
    assert corpus(source, out, "--shard", shard) == 1
    errors = {each["name"]: each["error"] for each in manifest(out)}
    assert errors == {"0/0000.txt": None, "1/0001.txt": "ValueError: no", "2/0002.txt": None}
    assert sorted(tree(out)) == [MANIFEST, *(f"part-{k:05}.jsonl" for k in files)]
    assert sum(len(data.splitlines()) for name, data in tree(out).items() if name != MANIFEST) == 2


def test_a_broken_pipe_is_the_pipes_and_not_the_folders(tmp_path: Path) -> None:
    """Who reads what is said of a run has gone: the command ends as any does in a pipe."""
    with (
        pytest.raises(BrokenPipeError),
        opened(tmp_path / "out", to="json", profile="general"),
    ):
        raise BrokenPipeError


def test_parquet_without_its_extra_is_refused_at_once(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "govreport.arrow")
    monkeypatch.delattr(govreport, "arrow")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert corpus(fill(tmp_path / "in", 1), tmp_path / "out", "--to", "parquet") == 2
    assert "govreport[arrow]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("to", kinds())
def test_no_input_and_empty_input(to: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert corpus(tmp_path / "in", tmp_path / "none", "--to", to) == 0
    assert tree(tmp_path / "none") == {MANIFEST: b""}
    (tmp_path / "in" / "a.txt").touch()
    assert corpus(tmp_path / "in", tmp_path / "one", "--to", to) == 0
    assert [each["diagnostics"] for each in manifest(tmp_path / "one")] == [{"empty": 1}]


# ---- refusals


def test_folders_of_others_are_left_alone(tmp_path: Path, capsys: Capture) -> None:
    source, out = fill(tmp_path / "in", 3), tmp_path / "out"
    before = tree(source)
    assert corpus(source, source) == 2
    assert "holds other files" in capsys.readouterr().err
    assert tree(source) == before
    assert sorted(path.name for path in source.iterdir()) == ["0", "1", "2"]
    assert corpus(source, out) == 0
    whole = tree(out)
    assert corpus(source, out, "--to", "xml") == 2
    assert "made with --to jsonl" in capsys.readouterr().err
    assert tree(out) == whole
    (out / MANIFEST).write_bytes(b"{}\n")
    assert corpus(source, out) == 2
    assert "no manifest of govreport" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["{tmp}/nowhere", "-o", "{tmp}/out"],
        ["{tmp}/nothing*", "-o", "{tmp}/out"],
        ["{tmp}/in"],
        ["{tmp}/in", "-o", "{tmp}/in/0/0000.txt"],
        ["{tmp}/in", "-o", "{tmp}/out", "--jobs", "0"],
        ["{tmp}/in", "-o", "{tmp}/out", "--to", "papyrus"],
        ["{tmp}/no.zip", "-o", "{tmp}/out"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], tmp_path: Path, capsys: Capture) -> None:
    fill(tmp_path / "in", 1)
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert main(["corpus", *(each.format(tmp=tmp_path) for each in arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_a_full_disk_ends_the_run_and_a_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = fill(tmp_path / "in", 9), tmp_path / "out"
    left = [4]

    def replace(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(target))
        os.replace(self, target)  # noqa: PTH105 - it is what is replaced here
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        assert corpus(source, out, "--to", "text") == 2
    assert len(manifest(out)) == 4
    assert corpus(source, out, "--to", "text") == 0
    assert corpus(source, tmp_path / "fresh", "--to", "text") == 0
    assert tree(out) == tree(tmp_path / "fresh")


# ---- killed


def started(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "govreport", "corpus", str(source), "-o", str(out)]
    return subprocess.Popen([*command, "--jobs", "2", "-q", *more])


@pytest.mark.parametrize("to", ["jsonl", "markdown", "parquet"])
def test_killed_again_and_again_nothing_is_lost_or_doubled(to: str, tmp_path: Path) -> None:
    """Each run is killed when it has done some more; when it cannot be killed in time, it is done."""
    source, out = fill(tmp_path / "in", 60), tmp_path / "out"
    more = ("--to", to, "--shard", "5")
    rng, end, kills = Random(to), time.monotonic() + PATIENCE, 0
    for _ in range(2):
        goal = entered(out) + rng.randint(1, 12)
        with started(source, out, *more) as process:
            while process.poll() is None and entered(out) < goal and time.monotonic() < end:
                time.sleep(0.002)
            process.kill()
        kills += process.returncode < 0
    assert kills
    with started(source, out, *more) as process:
        assert process.wait(PATIENCE) == 0
    assert corpus(source, tmp_path / "fresh", *more) == 0
    assert tree(out) == tree(tmp_path / "fresh")
    assert len({each["name"] for each in manifest(out)}) == len(manifest(out)) == 60


def entered(out: Path) -> int:
    path = out / MANIFEST
    return path.read_bytes().count(b"\n") if path.exists() else 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_one_run_at_a_time(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    os.mkfifo(source / "a.txt")  # whoever reads it waits
    with started(source, out) as process:
        end = time.monotonic() + PATIENCE
        while not (out / MANIFEST).exists() and time.monotonic() < end:
            time.sleep(0.01)
        command = [sys.executable, "-m", "govreport", "corpus", str(source), "-o", str(out)]
        second = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
        (source / "a.txt").write_text(page(1), encoding="utf-8")
        assert process.wait(PATIENCE) == 0
    assert second.returncode == 2
    assert b"another run" in second.stderr
    assert len(manifest(out)) == 1


# ---- the bar


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_on_a_terminal_only(tmp_path: Path) -> None:
    import pty
    import termios

    source = fill(tmp_path / "in", 3)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "-m", "govreport", "corpus", str(source), "--jobs", "1"]
    shown = subprocess.run([*command, "-o", str(tmp_path / "a")], stderr=theirs, check=False)
    os.close(theirs)
    text = os.read(ours, 100_000).decode()
    os.close(ours)
    plain = subprocess.run(
        [*command, "-o", str(tmp_path / "b")], stderr=subprocess.PIPE, check=False
    )
    assert (shown.returncode, plain.returncode) == (0, 0)
    assert "3/3" in text
    assert plain.stderr.decode().splitlines() == [
        f"3 made, 0 as they were, 0 failed; {tmp_path / 'b' / MANIFEST}"
    ]
