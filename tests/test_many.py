"""Many reports at once: the same results however they are made, and nothing that stops the rest."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

import govreport
from govreport import Report, parse_many
from govreport.many import Given
from govreport.pool import NoWorkers, _Chunk, _Crew, _sent, _settled, context, cores

PAGES = [f"第{k}页\n\n一、工作回顾\n\n修路{k}公里，架桥\n\n{k}座。" for k in range(30)]
METHODS = multiprocessing.get_all_start_methods()
PATIENCE = 120  # seconds; reached only where something hangs


# ---- what workers are told to do; found by name, so they stand here


def kill_seven(report: Report) -> str:
    """Dies of one page, as of too little memory."""
    if report.source.text == PAGES[7]:
        os.kill(os.getpid(), signal.SIGKILL)
    return report.to_text()


def kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail_seven(report: Report) -> str:
    if report.source.text == PAGES[7]:
        raise TwoWordsError("no", "luck")
    return report.to_text()


def unpicklable(report: Report) -> object:
    return iter(report.walk())


def first_is_slow(gate: Path, report: Report) -> int:
    """Waits with the first page until the gate is open, which a later one's result opens."""
    end = time.monotonic() + PATIENCE
    while report.source.text == PAGES[0] and not gate.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return os.getpid()


class TwoWords:
    """Cannot be made again from what it keeps either."""

    def __init__(self, report: Report) -> None:
        self.words = report.to_text().split()

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return TwoWords, ()


class TwoWordsError(Exception):
    """Cannot be made again from what it keeps, like many."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def gone(pid: int) -> bool:
    """Whether a process has ended, be it waited for or not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def all_gone(pids: list[int]) -> bool:
    end = time.monotonic() + PATIENCE
    while not all(map(gone, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return all(map(gone, pids))


# ---- the same results


@pytest.mark.parametrize("start", METHODS)
def test_processes_give_what_one_gives(start: str) -> None:
    alone = list(parse_many(PAGES, jobs=1))
    together = list(parse_many(PAGES, jobs=2, chunksize=3, start=start))
    assert together == alone
    assert [each.get() for each in alone] == [govreport.parse(page) for page in PAGES]
    assert [each.index for each in alone] == list(range(len(PAGES)))


def test_as_they_are_done(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    done = []
    for each in parse_many(
        PAGES, then=partial(first_is_slow, gate), jobs=2, chunksize=1, ordered=False
    ):
        done.append(each)
        gate.touch()
    assert done[0].index != 0
    assert sorted(each.index for each in done) == list(range(len(PAGES)))


def test_names_and_kinds_of_sources(tmp_path: Path) -> None:
    path = tmp_path / "页.txt"
    path.write_bytes(PAGES[0].encode("gb18030"))
    sources: list[Given] = [
        PAGES[0],
        PAGES[0].encode(),
        path,
        ("a", PAGES[0]),
        ("b", PAGES[0].encode("gbk")),
    ]
    for jobs in (1, 2):
        done = list(parse_many(sources, jobs=jobs))
        assert [each.name for each in done] == ["", "", str(path), "a", "b"]
        assert [each.get().source.name for each in done] == [None, None, str(path), "a", "b"]
        assert len({each.get().to_text() for each in done}) == 1


def test_evidence_comes_when_asked_for() -> None:
    for jobs in (1, 2):
        assert next(parse_many(PAGES, jobs=jobs)).get().decisions == ()
        (kept,) = parse_many(PAGES[:1], jobs=jobs, evidence=True)
        assert kept.get().decisions == govreport.parse(PAGES[0]).decisions


def test_profile_reaches_the_workers() -> None:
    page = "全市新建学校\n\n所，改造老旧小区36个。"
    profiles = (govreport.NEWSPAPER, govreport.WEB)
    gaps = [
        len(list(next(parse_many([page], jobs=2, profile=each)).get().find(govreport.Gap)))
        for each in profiles
    ]
    assert gaps == [
        len(list(govreport.parse(page, profile=each).find(govreport.Gap))) for each in profiles
    ]


# ---- what goes wrong with one


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_stay_with_their_source(jobs: int, tmp_path: Path) -> None:
    sources = [PAGES[0], tmp_path / "nowhere", PAGES[1], 12, tmp_path]
    done = list(parse_many(sources, jobs=jobs))  # type: ignore[arg-type]
    kinds = [type(each.error).__name__ for each in done]
    assert kinds == ["NoneType", "FileNotFoundError", "NoneType", "TypeError", "IsADirectoryError"]
    assert [each.value is None for each in done] == [False, True, False, True, True]
    with pytest.raises(FileNotFoundError):
        done[1].get()
    (wrong,) = parse_many([b"abc"], jobs=jobs, encoding="klingon")
    assert isinstance(wrong.error, govreport.GovreportError)


def test_an_error_comes_home_with_its_traceback() -> None:
    done = list(parse_many(PAGES, then=fail_seven, jobs=2))
    assert [each.index for each in done if each.error] == [7]
    error = done[7].error
    assert isinstance(error, govreport.GovreportError)
    assert str(error) == "TwoWordsError: no luck"
    (missing,) = parse_many([Path("nowhere")], jobs=2)
    assert missing.error
    assert "in _report" in missing.error.__notes__[0]


def test_a_value_that_cannot_be_sent_is_an_error() -> None:
    done = list(parse_many(PAGES[:3], then=unpicklable, jobs=2))
    assert all("pickle" in str(each.error) for each in done)


def test_a_value_that_cannot_be_made_again_is_an_error() -> None:
    done = list(parse_many(PAGES[:3], then=TwoWords, jobs=2))
    assert [type(each.error) for each in done] == [TypeError] * 3


def test_a_killed_worker_costs_one_source() -> None:
    done = list(parse_many(PAGES, then=kill_seven, jobs=2))
    assert [each.index for each in done] == list(range(len(PAGES)))
    assert [each.index for each in done if each.error] == [7]
    assert isinstance(done[7].error, govreport.WorkerDied)
    assert done[8].get() == govreport.parse(PAGES[8]).to_text()


def test_worker_died_can_be_pickled() -> None:
    died = pickle.loads(pickle.dumps(govreport.WorkerDied("a.txt")))
    assert (died.name, str(died)) == ("a.txt", "the process that read a.txt died")


# ---- wrong calls


def test_wrong_calls_are_told_at_once() -> None:
    for wrong in ({"jobs": 0}, {"chunksize": 0}):
        with pytest.raises(ValueError, match="at least 1"):
            parse_many(PAGES, **wrong)  # type: ignore[call-overload]
    with pytest.raises((AttributeError, pickle.PicklingError), match="pickle"):
        parse_many(PAGES, then=lambda report: report, jobs=2)


# ---- bounded, and ended early


@pytest.mark.parametrize("ordered", [True, False])
def test_takes_no_more_than_a_window(ordered: bool) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield PAGES[taken % len(PAGES)]

    results = parse_many(endless(), then=Report.to_text, jobs=2, chunksize=2, ordered=ordered)
    for count, _ in enumerate(islice(results, 40), 1):
        assert taken - count <= 2 * 2 * 4
    results.close()
    assert multiprocessing.active_children() == []


def test_an_error_of_the_iterable_is_the_callers() -> None:
    def broken() -> Iterator[str]:
        yield from PAGES[:2]
        raise LookupError("the shelf is empty")

    with pytest.raises(LookupError, match="shelf"):
        list(parse_many(broken(), jobs=2))
    assert multiprocessing.active_children() == []


# ---- scripts, notebooks, signals

CALL = """
import sys, govreport
done = govreport.parse_many(["提高质\\n量。"] * 9, then=govreport.Report.to_text, jobs=2, start={start!r})
print(sum(each.get() == "提高质量。\\n" for each in done))
"""
LONG = """
import os, signal, govreport
from itertools import repeat
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
for each in govreport.parse_many(repeat("提高质\\n量。" * 50), jobs=2):
    if each.index == 3:
        children = open(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read()
        print(children, flush=True)
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)


def test_a_script_without_a_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(CALL.format(start="fork"), encoding="utf-8")
    assert python(str(script)).stdout == "9\n"
    script.write_text(CALL.format(start="spawn"), encoding="utf-8")
    result = python(str(script))
    assert result.returncode == 1
    assert NoWorkers.__name__ in result.stderr
    assert "__name__ == '__main__'" in result.stderr


@pytest.mark.parametrize("start", METHODS)
def test_without_a_script_as_in_a_notebook(start: str) -> None:
    assert python("-c", CALL.format(start=start)).stdout == "9\n"


def test_where_threads_run_nothing_is_forked() -> None:
    code = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from govreport.pool import context; print(context().get_start_method())"
    )
    assert python("-c", code).stdout != "fork\n"
    assert context("spawn").get_start_method() == "spawn"


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="tells processes apart by /proc"
)


def test_a_pool_that_broke_unseen_is_told_as_a_result() -> None:
    """A worker may die between the last look at a result and the next piece of work."""
    with ProcessPoolExecutor(1, mp_context=context("fork")) as executor:
        assert isinstance(executor.submit(kill, "a").exception(), BrokenProcessPool)
        assert isinstance(_sent(executor, len, ("a",)).exception(), BrokenProcessPool)  # type: ignore[arg-type]


def shouted(item: str) -> bytes:
    return item.upper().encode()


def test_what_was_done_when_a_process_died_is_not_done_again() -> None:
    done = _Chunk(items=("a",), future=_settled([b"as it was"]))
    torn = _Chunk(items=("b", "c"), future=_settled(error=BrokenProcessPool()))
    crew = _Crew(jobs=1, context=context("fork"))
    found = [chunk.future.result() for chunk in crew.retried(shouted, (done, torn))]
    assert found == [[b"as it was"], [b"B", b"C"]]


def test_cores_where_the_system_gives_no_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert cores() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


@needs_proc
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_their_parent(sign: signal.Signals) -> None:
    command = [sys.executable, "-c", LONG]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        workers = [int(each) for each in process.stdout.readline().split()]
        if sign == signal.SIGINT:
            os.killpg(process.pid, sign)  # as a terminal does
        else:
            process.kill()
        try:
            _, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert len(workers) == 2
    assert process.returncode == -sign
    assert errors.count("Traceback") == (sign == signal.SIGINT)
    assert all_gone(workers)
