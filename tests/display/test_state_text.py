"""A visit as text: it is read back as it was written, and nothing that somebody made up does harm or is taken for this case."""

from __future__ import annotations

import base64
import json
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.display.history_moves import acted
from partnership_model.display.history_panel import MOST_LISTED, Panel, panel_of
from partnership_model.display.pages import page_of
from partnership_model.display.state_text import (
    MOST_IN_LINK,
    MOST_INFLATED,
    MOST_TEXT,
    NO_TEXT,
    OTHER_CASE,
    OTHER_VERSION,
    read,
    written,
)
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.editions import case_key
from tests.display.exploring import DID_NOT_WORK, JUDGE, START, swing
from tests.display.test_blocks import HOSTILE
from tests.display.test_history import BEGUN, CASE, same, some_moves, visited
from tests.display.test_notebook import EMBER
from tests.making import pure

if TYPE_CHECKING:
    from partnership_model.display.history import Visit

KEY = case_key(START.case)
CHOSEN = visited(CASE, JUDGE, {"do": "go", "step": "how_sure"})
TEXT = written(CHOSEN, KEY)


def packed(data: Any, version: str = "1.") -> str:  # noqa: ANN401 - anything that somebody makes up
    plain = data if isinstance(data, bytes) else json.dumps(data).encode()
    return version + base64.urlsafe_b64encode(zlib.compress(plain)).decode().rstrip("=")


def opening(text: object, visit: Visit = BEGUN, source: str = "sent") -> Visit:
    return acted(visit, {"do": "open", "source": source, "text": text}, KEY)


# To and fro


@pure(30)
@given(some_moves)
def test_what_was_written_is_read_back(moves: list[object]) -> None:
    visit = visited(*moves)
    text = written(visit, KEY)
    if visit.log:
        assert read(text, KEY).log == visit.log
        assert same(opening(text), visit)
    else:
        assert text == ""


def test_a_reason_in_any_language_is_read_back() -> None:
    visit = visited(JUDGE | {"note": "Ni chafwyd ateb: ŵ, 学校, 🙂 “so”"})
    assert read(written(visit, KEY), KEY).log == visit.log


@pytest.mark.parametrize("around", ["{}", "http://127.0.0.1:8866/governors#state={}", " {}\n", "https://a.example/x?y=1#state={} "])
def test_a_whole_link_or_the_code_alone_can_be_pasted_with_line_breaks_in_it(around: str) -> None:
    broken = TEXT[:30] + "\r\n " + TEXT[30:]
    assert read(around.format(broken), KEY).log == CHOSEN.log


def test_a_text_holds_nothing_that_an_address_could_not() -> None:
    assert set(TEXT) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


# Which case


def test_another_case_and_this_one_with_other_figures_have_other_names() -> None:
    other = EMBER.__class__(EMBER.folder, EMBER.name, EMBER.file.model_copy(update={"title": "Other schools"}), EMBER.judgements)
    fewer = EMBER.__class__(EMBER.folder, EMBER.name, EMBER.file, EMBER.judgements[1:])
    elsewhere = EMBER.__class__(EMBER.folder / "copy", "copy", EMBER.file, EMBER.judgements)
    assert len({KEY, case_key(other), case_key(fewer)}) == 3
    assert case_key(elsewhere) == KEY


def test_a_link_of_another_case_is_refused_with_words() -> None:
    mine = visited(swing("3"))
    found = opening(written(CHOSEN, "0" * 16), mine)
    assert found.now.problems == {"open": OTHER_CASE}
    assert same(found, mine)


def test_another_day_is_said() -> None:
    found = opening(packed({"case": KEY, "day": "2015-01-02", "log": [CASE]}))
    assert found.log == [CASE]
    assert found.told == "Opened, with 1 change. It was made with the facts of 2 January 2015; here they are of 15 April 2016."


def test_what_cannot_be_made_any_more_is_counted_aloud() -> None:
    log = [CASE, JUDGE | {"option": "gone"}, {"do": "no"}]
    assert opening(packed({"case": KEY, "day": "2016-04-15", "log": log})).told == (
        "Opened, with 1 change. 2 moves could not be made any more and are left out."
    )
    assert opening(packed({"case": KEY, "day": "2016-04-15", "log": [*log[:2]]}), source="kept").told == (
        "What you had chosen is back. 1 move could not be made any more and is left out."
    )


# Hostile texts

GOOD = {"case": KEY, "day": "2016-04-15", "log": [CASE]}
BOMB = packed(b" " * 100_000_000)


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        "",
        "#state=",
        "1.",
        "1.!!!!",
        "1.AAAA",
        TEXT[:-5],
        TEXT + "AAAA",
        TEXT[2:],
        "x" * 3_000_000,
        "1." + "A" * (MOST_TEXT - 2),
        packed(b""),
        packed(b"null"),
        packed(b"[" * 500_000),
        packed(b'{"case":' * 50_000),
        packed(b"\xff\xfe"),
        packed([GOOD]),
        packed(GOOD | {"case": "../../etc"}),
        packed(GOOD | {"case": KEY + "\n"}),
        packed(GOOD | {"case": None}),
        packed(GOOD | {"day": "yesterday"}),
        packed(GOOD | {"day": 20160415}),
        packed(GOOD | {"log": {"do": "go"}}),
        packed(GOOD | {"log": [1] * 5001}),
        packed(GOOD | {"then": "more"}),
        packed({name: part for name, part in GOOD.items() if name != "day"}),
        packed(b'{"case":"%s","day":"2016-04-15","log":[NaN]} x' % KEY.encode()),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_a_text_that_no_workbook_wrote_is_refused_and_changes_nothing(text: str) -> None:
    mine = visited(swing("3"))
    found = opening(text, mine)
    assert found.now.problems in ({"open": NO_TEXT}, DID_NOT_WORK)
    assert same(found, mine)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert len(BOMB) < MOST_TEXT
    begun = time.process_time()
    with pytest.raises(PartnershipError, match="This is no link or code"):
        read(BOMB, KEY)
    assert time.process_time() - begun < 1
    most = json.dumps(GOOD).encode()
    assert read(packed(most + b" " * (MOST_INFLATED - len(most))), KEY).log == [CASE]
    with pytest.raises(PartnershipError, match="This is no link or code"):
        read(packed(most + b" " * (MOST_INFLATED - len(most) + 1)), KEY)


@pytest.mark.parametrize("version", ["0.", "2.", "10."])
def test_another_version_is_named_as_that(version: str) -> None:
    with pytest.raises(PartnershipError, match="another version"):
        read(packed(GOOD, version), KEY)
    assert opening(packed(GOOD, version)).now.problems == {"open": OTHER_VERSION}


@pure(60)
@given(st.one_of(st.text(max_size=50), st.binary(max_size=60).map(packed), st.text("01.-_Aa=", max_size=30)))
def test_no_text_raises(text: str) -> None:
    assert opening(text).log == []


@pytest.mark.parametrize(
    "message",
    [
        {"do": "open"},
        {"do": "open", "text": TEXT},
        {"do": "open", "text": [TEXT], "source": "sent"},
        {"do": "open", "text": TEXT, "source": "me"},
        {"do": "open", "text": TEXT, "source": "sent", "step": "why"},
        {"do": "undo", "times": 5},
        {"do": "undo "},
        {"do": ["undo"]},
        {"do": "bring_back", "value": 1},
        {"do": "start_again", "sure": True},
    ],
)
def test_what_no_page_asks_changes_nothing_and_is_answered(message: object) -> None:
    found = acted(CHOSEN, message, KEY)
    assert found.now.problems == DID_NOT_WORK
    assert same(found, CHOSEN)


def test_a_page_can_undo_bring_back_start_again_and_make_any_move() -> None:
    assert same(acted(CHOSEN, {"do": "undo"}, KEY), CHOSEN.undone())
    assert same(acted(CHOSEN.undone(), {"do": "bring_back"}, KEY), CHOSEN)
    assert same(acted(CHOSEN, {"do": "start_again"}, KEY), CHOSEN.started_again())
    assert same(acted(CHOSEN, swing("3"), KEY), CHOSEN.made(swing("3")))


# What a page says of it


def test_the_panel_lists_the_newest_changes_first_and_says_what_undoing_takes_back() -> None:
    panel = panel_of(CHOSEN, KEY)
    assert panel.count == 2
    assert panel.changes == (CHOSEN.to_undo, "The weights of the case taken over")
    assert (panel.undo, panel.bring_back, panel.told) == (CHOSEN.to_undo, "", "")
    assert panel.text == TEXT
    assert panel_of(BEGUN, KEY) == Panel()


def test_long_lists_are_cut_and_what_is_too_long_for_a_link_says_so() -> None:
    visit = BEGUN
    for count in range(MOST_LISTED + 5):
        note = "".join(chr(0x4E00 + (count * 499 + place) * 7919 % 20_000) for place in range(300))
        visit = visited(swing(str(count)), JUDGE | {"note": note}, visit=visit)
    panel = panel_of(visit, KEY)
    assert (panel.count, len(panel.changes)) == (2 * (MOST_LISTED + 5), MOST_LISTED)
    assert len(panel.text) > MOST_IN_LINK
    assert not panel.fits_link
    assert same(opening(panel.text), visit)
    html = page_of(visit.now, panel).html
    assert "There is more here than a link can carry. Save it as a file instead." in html
    assert "Copy a link to this state" not in html
    assert f"And {panel.count - MOST_LISTED} before these." in html
