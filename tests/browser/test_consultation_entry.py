"""What does not come by a form is entered behind the facilitator's door: paper, meetings, letters, sheets of classes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pypdf
from playwright.sync_api import expect

from tests.browser.test_accessibility import axe, broken_rules
from tests.browser.test_consultation import consulted, facilitator, opened

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

    from playwright.sync_api import BrowserContext, Page

__all__ = ["axe", "consulted", "facilitator"]  # fixtures
PLACES = [(ballot, page) for ballot in (1, 2) for page in (1, 2, 3, 4)]  # two leaves each
PAGES = ("paper", "meetings", "sheets", "channels")


def keep(page: Page, number: int, **typed: str) -> None:
    """Type a ballot with the keyboard and keep it with Enter; two underscores stand for a full stop."""
    page.locator("#number").fill(str(number))
    for name, value in typed.items():
        field = page.locator(f"[name='{name.replace('__', '.')}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("#number").press("Enter")
    page.wait_for_load_state()


def test_an_afternoon_of_entering(  # noqa: PLR0915 - an afternoon is long
    facilitator: BrowserContext, consulted: SimpleNamespace, axe: str, tmp_path: Path
) -> None:
    """One long test, since a server takes long to start: every page, what is refused on it, and what axe finds at two widths."""
    page, _ = opened(facilitator, consulted.address)
    root = f"{consulted.address}consultation"

    # Paper: numbers are remembered as they are printed; an address that nobody else can open is asked about.
    page.goto(f"{root}/paper")
    page.locator("#last").fill("500")
    page.get_by_role("button", name="Ballots as PDF").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 60 ballots at a time")
    page.locator("#last").fill("3")
    page.get_by_role("button", name="Ballots as PDF").click()
    expect(page.get_by_role("alert")).to_contain_text("can be opened on this computer alone")
    page.get_by_label("Print them all the same").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Ballots as PDF").click()
    waiting.value.save_as(tmp_path / "ballots.pdf")
    assert (tmp_path / "ballots.pdf").read_bytes().startswith(b"%PDF")
    page.goto(f"{root}/paper")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots printed, 0 entered")
    page.locator("#first").fill("1")
    page.locator("#last").fill("2")
    page.get_by_role("button", name="As a web page").click()
    expect(page.get_by_role("alert")).to_contain_text("1 and 2 were printed before")
    page.get_by_label("Print them all the same").check()
    page.get_by_role("button", name="As a web page").click()
    expect(page.get_by_text("Ballot 2").first).to_be_visible()
    leaves = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert [(f"Ballot {at}" in leaf, f"{of} of 4" in leaf) for leaf, (at, of) in zip(leaves, PLACES, strict=True)] == [(True, True)] * 8
    page.goto(f"{root}/paper")

    # Ties and what nobody can read are kept as such, a number counts once, the last is taken back whole.
    expect(page.locator("#number")).to_be_focused()
    keep(page, 2, group="Staff", place__cost="1", place__staff="1", place__autonomy="?", support__federation="against")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots printed, 1 entered")
    expect(page.get_by_text("Printed and not entered: 1 and 3.")).to_be_visible()
    keep(page, 2, group="Governors", place__cost="2")
    expect(page.get_by_role("alert")).to_contain_text("Ballot 2 was entered already")
    assert page.locator("[name='place.cost']").input_value() == "2"
    keep(page, 3, place__cost="9", points__cost="50")
    expect(page.get_by_role("alert")).to_contain_text("Cost: give a place from 1 to 8")
    expect(page.get_by_role("alert")).to_contain_text("Your points make 50 together")
    keep(page, 3, place__cost="4", points__cost="", comment="The bus is late")
    page.get_by_role("button", name="Take ballot 3 back, to mend it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots printed, 1 entered")
    expect(page.locator("#number")).to_have_value("3")
    expect(page.locator("textarea")).to_have_value("The bus is late")
    keep(page, 3, place__cost="3")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots printed, 2 entered")

    page.locator("form:has([value=back]) [name=number]").evaluate("(one) => { one.value = '2'; }")  # as somebody curious would
    page.get_by_role("button", name="Take ballot 3 back, to mend it").click()
    expect(page.get_by_role("alert")).to_contain_text("Ballot 2 was not taken back")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots printed, 2 entered")
    assert page.locator("[name='place.cost']").input_value() == ""

    # The session is closed after a question; its paper is still entered, and a number that nobody printed is asked about.
    page.goto(root)
    page.get_by_role("link", name="Close this session").click()
    expect(page.get_by_text("No form is known to be open")).to_be_visible()
    assert broken_rules(page, axe) == []
    page.get_by_role("button", name="Close it in 2 minutes").click()
    expect(page.get_by_text("It closes at")).to_be_visible()
    wall = page.context.new_page()
    wall.goto(f"{root}/projector")
    expect(wall.get_by_text("Send your answers now.")).to_be_visible()
    expect(wall.locator("[data-left]")).to_have_text(re.compile(r"^1:5[0-8]$"))  # it moves
    page.get_by_role("button", name="Close it at once").click()
    expect(page.get_by_text("an evening, closed")).to_be_visible()
    expect(wall.get_by_text("The session is over. The governing bodies decide.")).to_be_visible()
    expect(wall.locator(".answers")).to_have_text("2 answers. Thank you.")
    wall.close()
    page.get_by_role("link", name="3 ballots printed, 2 entered").click()
    keep(page, 9, group="Staff", place__cost="1")
    expect(page.get_by_role("alert")).to_contain_text("Ballot 9 was never printed for this session; printed were 1 to 3")
    page.get_by_label("enter it all the same").check()
    keep(page, 9)
    expect(page.get_by_text("Entered, though not printed here: 9.")).to_be_visible()

    # A decision that lacks its reason keeps what was typed, at the top, with the way to what is missing.
    page.goto(f"{root}/comments")
    page.get_by_text("Shorten it, or keep it back").click()
    page.get_by_label("What is left of it").fill("The bus")
    page.get_by_role("checkbox", name="Getting there and admissions").check()
    page.get_by_role("button", name="Show what is left").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("What is left of it")).to_have_value("The bus")
    expect(page.get_by_role("checkbox", name="Getting there and admissions")).to_be_checked()
    assert broken_rules(page, axe) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("It is enough")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("No comment waits for you")

    # Meetings and letters.
    page.goto(f"{root}/meetings")
    page.get_by_label("What it is called").fill("<i>Union</i>")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Give how many there were")
    expect(page.get_by_label("What it is called")).to_have_value("<i>Union</i>")
    page.get_by_label("What it was").select_option("union")
    page.get_by_label("On which day").fill("2026-01-20")
    page.get_by_label("How many").fill("14")
    page.get_by_label("Of what").select_option("people")
    page.get_by_label("What was said").fill("Terms stay as they are\nMrs Oak is the employer?")
    page.get_by_role("checkbox", name="nobody can be recognised").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2: “Mrs Oak” names somebody")
    page.get_by_label("What was said").fill("Terms stay as they are\nWho is the employer?")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("tick that nobody can be recognised")
    page.get_by_role("checkbox", name="nobody can be recognised").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="<i>Union</i>")).to_be_visible()

    # Sheets of classes, with the sheet to print.
    page.goto(f"{root}/sheets")
    page.locator("#group").select_option("Learners")
    page.get_by_label("How many learners took part").fill("4")
    page.get_by_label("Yes").fill("4")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("put two classes on one sheet")
    page.get_by_label("How many learners took part").fill("28")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("What all sheets say together is shown once")).to_be_visible()
    page.locator("#group").select_option("Learners")
    page.get_by_label("How many learners took part").fill("20")
    page.get_by_label("No", exact=True).fill("7")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Take it back, to mend it: several schools, 20 learners").click()
    expect(page.get_by_label("No", exact=True)).to_have_value("7")
    page.get_by_role("button", name="Take it out, without its answers being shown").click()
    expect(page.get_by_role("status")).to_contain_text("enter it from the paper again")
    expect(page.get_by_label("Yes")).to_have_value("")
    page.locator("#group").select_option("Learners")
    page.get_by_label("How many learners took part").fill("28")
    page.get_by_label("Yes").fill("4")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Take it back, to mend it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Classes and school councils")
    expect(page.get_by_label("Yes")).to_have_value("4")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 sheet of 28 learners")
    page.get_by_role("link", name="The sheet to print").click()
    expect(page.get_by_text("How many learners took part")).to_be_visible()
    assert broken_rules(page, axe) == []

    # All channels side by side: ballots, people and learners are never added up.
    page.goto(f"{root}/channels")
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
    assert [row[:2] for row in rows] == [
        ["Paper", "3 ballots"],
        ["Meetings and letters", "14 people"],
        ["Classes and school councils", "1 sheet of 28 learners"],
    ]
    expect(page.get_by_role("heading", level=1)).to_have_text("3 ballots by 1 channel")

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for name in PAGES:
            page.goto(f"{root}/{name}")
            assert broken_rules(page, axe) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    # A stranger sees none of it.
    facilitator.clear_cookies()
    for name in PAGES:
        page.goto(f"{root}/{name}")
        assert page.get_by_text("ballots on paper").count() == 0
        assert "Union" not in page.content()
