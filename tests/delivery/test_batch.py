"""Many appraisals in one call: what is checked before any starts, what is skipped, and what the lists say."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import fcntl
import os
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import openpyxl
import pytest

from partnership_model import __version__
from partnership_model.delivery import batch, batch_cluster, batch_pool, run_key
from partnership_model.delivery.appraise import FAILED, Order, Outcome, done_already
from partnership_model.delivery.batch_cluster import checked_address
from partnership_model.delivery.outputs import Wanted
from partnership_model.delivery.result_folder import put, with_hashes, work_folder
from partnership_model.delivery.run_record import BatchRecord, RunRecord, read_record, read_run
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.editions import EDITIONS
from partnership_model.knowledge.reading import read_knowledge
from tests.delivery.appraising import PARAMETERS, contents
from tests.display.test_blocks import Reader
from tests.display.test_notebook import copied, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from partnership_model.knowledge.editions import Edition

BASE = read_knowledge()
TODAY = dt.date(2026, 11, 22)
HOSTILE = '=HYPERLINK("http:x") <b>&\'"é'


def orders(
    cases: Sequence[Path],
    out: Path,
    formats: Sequence[str] = ("json",),
    edition: Edition = "governors",
    **parameters: Any,  # noqa: ANN401 - of the notebook
) -> list[Order]:
    """Ask for appraisals as the command does."""
    read = [read_case(case, BASE) for case in cases]
    return batch.orders_of(read, BASE, out, wanted=Wanted(formats, edition), parameters=PARAMETERS | parameters, today=TODAY)


class Runs:
    """Stands in for runs: writes a result and its record at once, or fails."""

    def __init__(self, *failing: str, why: str = "=so it is", finding: str = "=What follows for {}") -> None:
        """Say which cases fail, and why, and what is found for the others."""
        self.failing, self.why, self.finding, self.ran = failing, why, finding, []

    def __call__(self, asked: Sequence[Order]) -> Iterator[Outcome]:
        """Run."""
        for order in asked:
            self.ran.append(order.name)
            yield self.one(order)

    def one(self, order: Order) -> Outcome:
        """Run one."""
        about: dict[str, Any] = {
            "case": order.name,
            "edition": order.wanted.edition,
            "key": order.key,
            "ended": "2026-11-22T10:00:00+00:00",
            "seconds": 2,
        }
        says = self.why if order.name in self.failing else ""
        with work_folder(order.target.parent) as work:
            file = FAILED[order.wanted.edition][1] if says else order.wanted.names["json"]
            (work / file).write_text(f"{order.name} {__version__}", encoding="utf-8")
            if says:
                record = RunRecord(state="failed", says=says, **about)
            else:
                leads = {"b": ("Stay as we are",), "c": ("@A", "B")}.get(order.name, ())
                finding = self.finding.format(order.name)
                record = RunRecord(
                    state="done", formats={"json": file}, as_of="2016-04-15", finding=finding, leads=leads, warnings=("w",), **about
                )
            put(work, order.target, with_hashes(work, record))
        return Outcome(order, "failed" if says else "done", 2, says)


@pytest.fixture
def cases(tmp_path: Path) -> list[Path]:
    """Make three cases, given in no order."""
    (tmp_path / "cases").mkdir()
    return [copied(tmp_path / "cases", name) for name in ("c", "a", "b")]


def run(asked: list[Order], runs: Runs, *, again: bool = False) -> dict[str, str]:
    """Run a batch and give the state of each."""
    told: list[Outcome] = []
    outcomes = batch.run_batch(asked, runs, told.append, again=again)
    assert outcomes == told
    return {one.order.name: one.state for one in outcomes}


# What is checked before any starts


def test_two_cases_of_one_name_are_refused_also_where_only_capitals_differ(cases: list[Path], tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    with pytest.raises(
        FaultsError, match=r"Two cases have the same name, and one would be written over: .*/cases/a, .*/more/A\. Rename one"
    ):
        orders([*cases, copied(tmp_path / "more", "A")], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["index.html", "Summary.xlsx", "failures.csv", "batch.json", ".partnership-x"])
def test_a_case_that_is_called_like_a_file_of_ours_is_refused(cases: list[Path], tmp_path: Path, name: str) -> None:
    with pytest.raises(FaultsError, match="no case can have this name"):
        orders([*cases, copied(tmp_path, name)], tmp_path / "out")


def test_every_folder_that_is_not_ours_is_named_before_anything_runs(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "a").mkdir(parents=True)
    (out / "a" / "thesis.txt").write_text("mine", encoding="utf-8")
    (out / "b").write_text("a file", encoding="utf-8")
    (out / "c").symlink_to(tmp_path)
    with pytest.raises(FaultsError, match="3 faults found") as caught:
        orders(cases, out)
    first, second, third = (fault.says for fault in caught.value.faults)
    assert first.startswith("this folder holds files and no run.json of this command, so nothing is written into it. Move it away")
    assert second.startswith("this is a file")
    assert third.startswith("this is a link")
    assert sorted(name for name in contents(out) if not name.startswith("c/")) == ["a/thesis.txt", "b"]


def test_a_case_is_never_taken_for_its_own_folder_of_results(cases: list[Path], tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"this folder holds files and no run\.json of this command"):
        orders(cases, tmp_path / "cases")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"made_by": "somebody"}', "x" * 2_000_000, '{"made_by":"partnership appraise"}'])
def test_a_record_that_is_none_makes_no_folder_ours(cases: list[Path], tmp_path: Path, text: str) -> None:
    (tmp_path / "out" / "a").mkdir(parents=True)
    (tmp_path / "out" / "a" / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=r"no run\.json of this command"):
        orders(cases, tmp_path / "out")


@pytest.mark.parametrize("name", ["../cases/a/case.yaml", "/etc/passwd", "..", ".hidden", "a/b", "C:x", "a\\b", ""])
def test_a_record_that_names_a_file_elsewhere_is_none(tmp_path: Path, name: str) -> None:
    """A folder of results may come from anybody; what its record names is removed when it no longer belongs."""
    record = RunRecord(state="done", files={"x.html": ("0" * 64,)}, case="a", edition="governors", key="0" * 64, ended="", seconds=1)
    text = record.model_dump_json()
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    assert read_run(tmp_path, "governors") == record
    (tmp_path / "run.json").write_text(text.replace("x.html", name.replace("\\", "\\\\")), encoding="utf-8")
    assert read_run(tmp_path, "governors") is None


def test_lists_that_somebody_changed_are_not_written_over(cases: list[Path], tmp_path: Path) -> None:
    run(orders(cases, tmp_path / "out"), Runs())
    (tmp_path / "out" / "summary.xlsx").write_bytes(b"with my notes")
    with pytest.raises(FaultsError, match=r"summary\.xlsx would be written over, and somebody changed or made it by hand"):
        orders(cases, tmp_path / "out")


# What is skipped


def test_what_is_done_is_skipped_what_failed_is_tried_again_and_all_on_demand(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second, third = Runs("b"), Runs(), Runs()
    assert run(orders(cases, out), first) == {"a": "done", "b": "failed", "c": "done"}
    assert run(orders(cases, out), second) == {"a": "already", "b": "done", "c": "already"}
    assert run(orders(cases, out), third, again=True) == dict.fromkeys("abc", "done")
    assert (first.ran, second.ran, third.ran) == (["a", "b", "c"], ["b"], ["a", "b", "c"])


def test_what_was_to_run_again_and_was_stopped_is_not_taken_for_done(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(orders(cases, out), Runs())

    def stopped(_: Sequence[Order]) -> Iterator[Outcome]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        batch.run_batch(orders(cases, out), stopped, lambda _: None, again=True)
    assert run(orders(cases, out), Runs()) == dict.fromkeys("abc", "done")


@pytest.mark.parametrize("change", ["case", "judgements", "samples", "as_of", "name", "workbook", "missing", "format"])
def test_a_case_is_run_again_when_anything_changes_on_which_its_results_depend(
    cases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    case, out = cases[1], tmp_path / "out"
    run(orders([case], out), Runs())
    assert done_already(orders([case], out)[0])
    before = orders([case], out)[0].key
    parameters: dict[str, Any] = {}
    if change == "case":
        swapped(case / "case.yaml", "as_of: 2016-04-15", "as_of: 2016-04-16")
    elif change == "judgements":
        (case / "judgements.csv").write_text("option,criterion,low,likely,high,evidence,note\n", encoding="utf-8")
    elif change in ("samples", "as_of"):
        parameters = {"samples": 2} if change == "samples" else {"as_of": "2016-04-16"}
    elif change == "name":
        case = case.rename(case.with_name("renamed"))
    elif change == "workbook":
        monkeypatch.setattr(run_key, "workbook_hash", lambda: "another")
    elif change == "missing":
        (out / "a" / "result.json").unlink()
    (order,) = orders([case], out, ["json", "html"] if change == "format" else ["json"], **parameters)
    assert done_already(order) is None
    assert (order.key == before) == (change in ("missing", "format"))


def test_a_case_without_a_day_of_its_own_is_run_again_the_next_day(cases: list[Path]) -> None:
    """Its law and facts are those of today."""
    swapped(cases[0] / "case.yaml", "as_of: 2016-04-15\n", "")
    case, other = read_case(cases[0], BASE), read_case(cases[1], BASE)
    days = [TODAY, TODAY + dt.timedelta(1)]
    assert len({run_key.run_key(case, BASE, Wanted(), PARAMETERS, day) for day in days}) == 2
    assert len({run_key.run_key(other, BASE, Wanted(), PARAMETERS, day) for day in days}) == 1


def test_a_case_whose_dated_facts_went_stale_is_run_again(cases: list[Path]) -> None:
    """Its reader is told what has not been checked since."""
    case = read_case(cases[0], BASE)
    assert run_key.run_key(case, BASE, Wanted(), PARAMETERS, TODAY) != run_key.run_key(
        case, BASE, Wanted(), PARAMETERS, dt.date(2060, 1, 1)
    )


def test_the_two_editions_lie_beside_each_other_and_each_is_skipped_by_itself(cases: list[Path], tmp_path: Path) -> None:
    case, out = cases[1], tmp_path / "out"
    assert run(orders([case], out), Runs()) == {"a": "done"}
    assert run(orders([case], out, edition="public"), Runs()) == {"a": "done"}
    assert sorted(contents(out / "a")) == ["result-public.json", "result.json", "run-public.json", "run.json"]
    assert run(orders([case], out), Runs()) == run(orders([case], out, edition="public"), Runs()) == {"a": "already"}


def test_what_is_for_governors_only_does_not_change_the_key_of_the_public_edition(cases: list[Path]) -> None:
    """Or whoever gets it could try out guesses at it."""
    before = [run_key.run_key(read_case(cases[0], BASE), BASE, Wanted((), one), PARAMETERS, TODAY) for one in EDITIONS]
    swapped(cases[0] / "case.yaml", "why:\n", "why:\n  - says: The deficit is 12345 pounds.\n    for: governors\n")
    after = [run_key.run_key(read_case(cases[0], BASE), BASE, Wanted((), one), PARAMETERS, TODAY) for one in EDITIONS]
    assert [one == other for one, other in zip(before, after, strict=True)] == [edition == "public" for edition in EDITIONS]


# What happens at once


def test_a_second_command_into_the_same_folder_is_told_to_wait(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    handle = os.open(out, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(
            PartnershipError, match=r"out: another command is writing its results there\. Wait for it, or use another --out\."
        ):
            run(orders(cases, out), Runs())
    finally:
        os.close(handle)
    assert run(orders(cases, out), Runs()) == dict.fromkeys("abc", "done")


def test_what_a_killed_command_left_is_cleared_away_and_nothing_else(cases: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / ".partnership-left").mkdir(parents=True)
    (out / ".partnership-left" / "half").write_text("half", encoding="utf-8")
    (out / "mine").mkdir()
    (out / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    run(orders(cases, out), Runs())
    assert not (out / ".partnership-left").exists()
    assert (out / "mine" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_two_runs_of_one_case_that_end_together_leave_one_whole_set(cases: list[Path], tmp_path: Path) -> None:
    """As when a cluster takes a worker for dead that is not."""
    out = tmp_path / "out"
    out.mkdir()
    (order,) = orders(cases[:1], out)
    for _ in range(2):
        assert Runs().one(order).state == "done"
    assert sorted(contents(out)) == ["c/result.json", "c/run.json"]


class Pool:
    """Stands in for a pool of processes that ends as soon as it is given one of some cases."""

    def __init__(self, *deadly: str) -> None:
        """Say which cases end the process that runs them."""
        self.deadly, self.broken = deadly, False

    def submit(self, _: object, order: Order) -> Future[Outcome]:
        """Run at once."""
        if self.broken:
            raise BrokenProcessPool
        self.broken = order.name in self.deadly
        future: Future[Outcome] = Future()
        if self.broken:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(Outcome(order, "done"))
        return future


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_case_that_ends_its_process_again_and_again_stops_no_other(
    cases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(batch_pool, "_pool", lambda *_: contextlib.nullcontext(Pool("b")))
    found = {one.order.name: one for one in batch_pool.run_in_pool(orders(cases, tmp_path / "out"), jobs)}
    assert {name: one.state for name, one in found.items()} == {"a": "done", "b": "failed", "c": "done"}
    assert "the process that ran it ended in the middle, twice. Was there enough memory? Try a smaller --jobs." in found["b"].says


def test_where_no_process_can_even_begin_every_case_fails_and_it_ends(
    cases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_pool, "_pool", lambda *_: contextlib.nullcontext(Pool("a", "b", "c")))
    assert [one.state for one in batch_pool.run_in_pool(orders(cases, tmp_path / "out"), 2)] == ["failed"] * 3


# The lists


@pytest.fixture
def listed(cases: list[Path], tmp_path: Path) -> Path:
    """Run a batch in which one fails, beside one of an earlier call, and give its folder."""
    out = tmp_path / "out"
    cases.append(copied(tmp_path / "cases", HOSTILE.replace("/", "")))
    run(orders([copied(tmp_path / "cases", "earlier")], out), Runs())
    run(orders(cases, out), Runs("a", HOSTILE.replace("/", "")))
    return out


def test_one_case_alone_makes_no_lists(cases: list[Path], tmp_path: Path) -> None:
    run(orders(cases[:1], tmp_path / "out"), Runs())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["c"]


def test_the_page_says_how_many_are_done_what_follows_and_what_failed(listed: Path) -> None:
    page = Reader((listed / "index.html").read_text(encoding="utf-8"))
    assert page.texts("h1") == ["5 option appraisals: 3 done, 2 failed"]
    assert page.texts("h2") == ["What failed", "What was done"]
    text = (listed / "index.html").read_text(encoding="utf-8")
    assert (
        "In 1 one option comes first alone; in 1 the first options cannot be separated by what is known; in 1 nothing is put in order."
        in text
    )
    assert "1 of them was not asked for this time; it lies here from an earlier call." in text
    assert text.index("=What follows for b") < text.index("=What follows for c")
    assert "=What follows for a" not in text
    assert "=HYPERLINK(&#34;http:x&#34;) &lt;b&gt;" in text.replace("&quot;", "&#34;")
    assert "<b>" not in text
    assert 'href="a/failed.txt"' in text
    assert 'href="b/result.json"' in text


def test_every_address_on_the_page_leads_to_a_file_below_it(listed: Path) -> None:
    text = (listed / "index.html").read_text(encoding="utf-8")
    links = [part.split('"', 1)[0] for part in text.split('href="')[1:]]
    assert len(links) == 3 + 5
    assert all((listed / unquote(link)).is_file() for link in links if not link.startswith("#"))


def test_no_text_of_the_table_is_a_formula_and_counts_are_numbers(listed: Path) -> None:
    sheet = openpyxl.load_workbook(listed / "summary.xlsx").active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == [HOSTILE.replace("/", ""), "a", "b", "c", "earlier"]
    assert [row[2].value for row in rows] == ["failed", "failed", "done", "done", "done"]
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}
    assert rows[3][4].value == "@A and B"
    assert (rows[2][6].value, rows[2][9].value) == (1, 2)
    assert rows[1][7].value == "=so it is"


def test_what_failed_stands_in_the_csv_and_nothing_in_it_is_a_formula(listed: Path) -> None:
    with (listed / "failures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["case", "edition", "why it failed", "files"]
    assert [row[:3:2] for row in rows[1:]] == [["'" + HOSTILE.replace("/", ""), "'=so it is"], ["a", "'=so it is"]]


def test_when_nothing_failed_the_csv_has_its_head_alone(cases: list[Path], tmp_path: Path) -> None:
    run(orders(cases, tmp_path / "out"), Runs())
    assert (tmp_path / "out" / "failures.csv").read_text(encoding="utf-8").splitlines() == ["case,edition,why it failed,files"]
    assert read_record(tmp_path / "out" / "batch.json", BatchRecord)


# Where they run


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:8786", "tls://dask.example.org:8786"])
def test_a_cluster_is_reached_on_this_computer_or_by_tls(address: str) -> None:
    assert checked_address(address) == address


REFUSED = (
    *("tcp://dask.example.org:8786", "tcp://192.168.0.2:8786", "tcp://0.0.0.0:8786", "tcp://localhost.example.org:1", "127.0.0.1:8786"),
    *("tls://me:secret@h:1", "tls://h", "tls://h:99999", "tls://[h:1", "ucx://127.0.0.1:1", "tcp://127.0.0.1:1/x", "tcp://127.0.0.1:1 "),
)


@pytest.mark.parametrize("address", REFUSED)
def test_any_other_cluster_is_refused_since_a_scheduler_runs_anybodys_programs(address: str) -> None:
    with pytest.raises(PartnershipError, match=r"expected tls://HOST:PORT, or tcp://127\.0\.0\.1:PORT"):
        checked_address(address)


def test_without_certificates_a_cluster_is_not_even_called() -> None:
    with pytest.raises(PartnershipError, match="Give --tls-ca, --tls-cert and --tls-key, or configure Dask"):
        next(batch_cluster.run_on_cluster([], "tls://dask.example.org:8786", {}))


def test_without_the_extra_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(PartnershipError, match=r"python -m pip install 'partnership-model\[cluster\]'"):
        next(batch_cluster.run_on_cluster([], "tcp://127.0.0.1:1", {}))
