"""The attacks on what the running program answers by HTTP, page by page: they find nobody, and they do where the engine is switched off."""

from __future__ import annotations

import html
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from tests.analysis.consultation import attacks
from tests.consulting import CASE, CRITERIA, NEIGHBOURS, PARENTS, STAFF
from tests.delivery.consultation.test_live_attacks import printed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_ONCE = """
import functools, sys
from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.delivery.consultation import live
live.next_pictures = functools.partial(live.next_pictures, protection=Protection(batch=1, held_back=0))
from partnership_model.delivery.cli import main
main(sys.argv[1:])
"""
AS_IT_IS = "import sys; from partnership_model.delivery.cli import main; main(sys.argv[1:])"
WAITS = 60
SCRIPT = '=HYPERLINK("http://x") </textarea><script>alert(1)</script>'
PICTURES = ("/consultation/pictures", "/consultation", "/consultation/projector")
WALLS = ("/consultation/projector", "/consultation/pictures?on=projector")
OURS, HERS = "Keep <b>our</b> governors", "Mrs Oak of the corner shop says no"
SAID = {0: OURS, 1: SCRIPT, 35: HERS}  # the last is one of three neighbours
PEOPLE = [STAFF if at % 3 else PARENTS for at in range(33)] + [NEIGHBOURS] * 3


class Browser:
    """Somebody who asks one door, with the cookie where there is one."""

    def __init__(self, address: str, cookie: str = "") -> None:
        """Go there."""
        self.place, self.cookie = urlsplit(address).netloc, cookie

    def ask(self, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form."""
        line = http.client.HTTPConnection(self.place, timeout=WAITS)
        heads = {"Cookie": self.cookie, "Origin": f"http://{self.place}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request("GET" if typed is None else "POST", path, None if typed is None else urlencode(typed), heads)
            got = line.getresponse()
            kept = [one.split(";")[0] for one in got.headers.get_all("Set-Cookie") or ()]
            self.cookie = "; ".join([self.cookie, *kept]).strip("; ")
            return got.status, got.read().decode("utf-8-sig")
        finally:
            line.close()


@contextmanager
def running(tmp_path: Path, code: str) -> Iterator[tuple[Browser, Browser]]:
    """Run `partnership consult` on an example: the facilitator's browser and a phone."""
    folder = tmp_path / "elm-hill"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    started = subprocess.Popen(
        [sys.executable, "-c", code, "consult", str(folder), "--no-browser", "--port", "0", "--hall-port", "0"],
        env={**os.environ, "PARTNERSHIP_STORE": f"sqlite:///{tmp_path}/ballots.db"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with started as process:
        try:
            said = [next(process.stdout), next(process.stdout)]
            hall, here = (re.search(r"http://\S+", line)[0] for line in said)
            desk = Browser(here)
            desk.ask(f"/?{urlsplit(here).query}")
            yield desk, Browser(hall)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(WAITS)


def act(desk: Browser, path: str, **typed: str) -> int:
    """Press a button of the facilitator's."""
    token = re.search(r'name="_xsrf" value="([^"]+)"', desk.ask(path)[1])[1]
    return desk.ask(path, {"_xsrf": token, **typed})[0]


class _Pictures(HTMLParser):
    """Reads of the pictures what anybody can: each group's column, with the row of each cell, since another group can move the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.row, self.column = False, "", -1
        self.columns: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "table":
            self.inside = about.get("class") == "pictures"
        if not self.inside:
            return
        if tag == "tr":
            self.column = -1
        if tag in ("th", "td"):
            self.column += 1
            if len(self.columns) <= self.column:
                self.columns.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and self.column == 0 and data.strip():
            self.row = data.strip()
        elif self.inside and self.column > 0 and data.strip():
            self.columns[self.column].append(f"{self.row}: {data.strip()}")


def pictures_in(page: str) -> dict[str, tuple[str, ...]]:
    reader = _Pictures()
    reader.feed(page)
    return {column[0].partition(": ")[2]: tuple(sorted(column[1:])) for column in reader.columns[1:]}


def evening(desk: Browser, phone: Browser) -> list[dict[str, Any]]:
    """Let people answer one after the other, and read every page after each."""
    assert act(desk, "/consultation", act="open", title="An evening", channel="session") == 303
    assert act(desk, "/consultation", act="reveal") == 303
    form = "/" + re.search(r'class="code">[^<]*/([A-Z0-9]{6})<', desk.ask("/consultation")[1])[1]
    seen, done = [], dict.fromkeys((PARENTS, STAFF, NEIGHBOURS), 0)
    for at, group in enumerate(PEOPLE):
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', phone.ask(form)[1]))
        places = {f"place.{name}": str((place + at * at) % 5 + 1) for place, name in enumerate(CRITERIA)}
        said = {"comment": SAID[at]} if at in SAID else {}
        status, _ = phone.ask(form, {**fields, **places, **said, "group": group, "level": "yes"})
        assert status == 200
        done[group] += 1
        now = json.loads(desk.ask("/consultation/now")[1])
        pages = [desk.ask(path)[1] for path in PICTURES]
        shown = [pictures_in(page) for page in pages]
        assert shown[0] == shown[1] == shown[2]
        seen.append({"acts": dict(done), "pictures": shown[0], "answers": now["answers"]})
    return seen


def test_nobody_is_found_on_any_page_while_people_answer_nor_once_it_is_closed(tmp_path: Path) -> None:
    with running(tmp_path, AS_IT_IS) as (desk, phone):
        seen = evening(desk, phone)
        assert seen[-1]["answers"] == len(PEOPLE)
        assert len({str(one["pictures"]) for one in seen}) > 2  # they did move
        assert not attacks.successive_pictures(seen)
        assert NEIGHBOURS not in seen[-1]["pictures"]
        assert {desk.ask(f"/consultation/{name}")[0] for name in ("record", "rows", "results")} == {404}  # while it is open
        comments = desk.ask("/consultation/comments")[1]
        nobody_hears_what_was_not_approved(desk)
        paper = a_few_on_paper(desk)
        with sqlite3.connect(tmp_path / "ballots.db") as other:  # a backup, say, that takes its time
            other.execute("BEGIN")
            other.execute("SELECT * FROM ballot").fetchall()
            assert act(desk, "/consultation/close") == 422  # a session is open, and comments wait
            assert "Close the consultation?" in desk.ask("/consultation/close")[1]
            assert act(desk, "/consultation/close", sure="yes") == 303
            page = desk.ask("/consultation/close")[1]
            assert "The consultation is closed" in page
            assert "are not erased yet" in page
        other.close()
        assert "are not erased yet" not in desk.ask("/consultation/close")[1]
        closed = [desk.ask(path)[1] for path in PICTURES]
        record = json.loads(desk.ask("/consultation/record")[1])
        rows = printed(desk.ask("/consultation/rows")[1])
        page = desk.ask("/consultation/results")[1]
        told = [desk.ask(path)[1] for path in ("/consultation/channels", "/consultation/meetings")]
        after = [desk.ask(path)[1] for path in ("/consultation/comments", "/consultation/close", "/consultation/rows")]
    tables = attacks.record_tables(record)
    assert not [*attacks.small_tables(tables), *attacks.totals_minus_parts(tables), *attacks.counts_of_support(record)]
    assert not attacks.rows_against_tables(rows, tables)
    assert attacks.hidden_sizes(tables, [PARENTS, STAFF, NEIGHBOURS], len(PEOPLE) + paper) == {}
    assert record["response"]["channels"] == {"paper": None, "session": None}
    assert told[0].count("too few came this way, or another") == 2  # as in the record, and no more
    assert not [one for one in (*told, page, str(record)) if "3 ballots" in one or "Letter of the chair" in one]
    assert all("No trust" in one for one in (told[1], page))
    assert f"{NEIGHBOURS}: fewer than five answered" in page
    assert 'name="state"' in comments
    assert 'name="state"' not in after[0]  # nothing is decided any more
    assert f": {STAFF}</h2>" not in after[0]
    for text in (comments, page, *after):
        assert "<script>alert(1)" not in text
        assert not re.search(r"^=|,=|,\"=", text, re.MULTILINE), "no cell begins like a formula"
    assert SCRIPT in html.unescape(comments)
    assert SCRIPT in json.dumps(record, ensure_ascii=False).replace('\\"', '"')
    assert "“Keep &lt;b&gt;our&lt;/b&gt; governors”" in page
    assert not [one for one in (page, str(record), *closed) if "Mrs Oak" in one]
    # The last live picture went with the closing: what is shown is the record's, which was held against it.
    weights = {name: {str(one["weight"]) for one in said["points"]} for name, said in record["by_group"].items()}
    for shown in map(pictures_in, closed):
        assert set(shown) - {"Everybody"} == set(weights)
        assert not set(shown[STAFF]) & set(seen[-1]["pictures"][STAFF])
        for name, told in weights.items():
            assert {says.partition(": ")[2] for says in shown[name]} >= told


def a_few_on_paper(desk: Browser) -> int:
    """Enter three ballots of staff that came on paper, and the letter of one person."""
    assert act(desk, "/consultation", act="open", title="On paper", channel="paper") == 303
    session = re.findall(r'<option value="([0-9a-f]{32})"', desk.ask("/consultation/paper")[1])[-1]
    for number in (1, 2, 3):
        places = {f"place.{name}": str(place) for place, name in enumerate(CRITERIA, 1)}
        assert act(desk, "/consultation/paper", session=session, number=str(number), anyway="yes", group=STAFF, **places) == 303
    letter = {"kind": "letters", "title": "Letter of the chair", "group": STAFF, "number": "1", "unit": "letters", "held": "2026-01-20"}
    assert act(desk, "/consultation/meetings", **letter, themes="No trust", nobody="yes") == 303
    assert "3 ballots" in desk.ask("/consultation/channels")[1]
    return 3


def nobody_hears_what_was_not_approved(desk: Browser) -> None:
    """Approve two of three comments, show them to the hall and take them off again."""
    page = desk.ask("/consultation/comments")[1]
    assert all(text in html.unescape(page) for text in SAID.values())
    names = re.findall(r'<blockquote>([^<]*(?:<(?!/blockquote)[^<]*)*)</blockquote>.*?name="comment" value="([^"]+)"', page, re.DOTALL)
    for approved in (name for text, name in names if "Mrs Oak" not in text):
        assert act(desk, "/consultation/comments", comment=approved, state="approved") == 303
    assert not [one for one in map(desk.ask, WALLS) if "governors" in one[1].partition('id="pictures"')[2]]
    assert on_wall(desk, "show") == 303
    for path in WALLS:
        assert "Keep &lt;b&gt;our&lt;/b&gt; governors" in desk.ask(path)[1]
        assert "Mrs Oak" not in desk.ask(path)[1]
    assert on_wall(desk, "hide") == 303
    assert not [one for one in map(desk.ask, WALLS) if "&lt;b&gt;" in one[1]]


def on_wall(desk: Browser, wanted: str) -> int:
    """Press a button that shows comments, or takes them off the wall."""
    token = re.search(r'name="_xsrf" value="([^"]+)"', desk.ask("/consultation")[1])[1]
    return desk.ask("/consultation/said", {"_xsrf": token, "act": wanted})[0]


def test_pages_whose_pictures_move_at_once_give_single_people_away(tmp_path: Path) -> None:
    with running(tmp_path, AT_ONCE) as (desk, phone):
        found = attacks.successive_pictures(evening(desk, phone))
    assert [one.size for one in found].count(1) > 10
