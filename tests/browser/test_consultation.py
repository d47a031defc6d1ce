"""A whole consultation: a facilitator, the wall, phones with and without scripts, and what the case has of it in the end."""

from __future__ import annotations

import json
import re
import shutil
import socket
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from tests.browser.conftest import CASE, explored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import SimpleNamespace

    from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 320, "height": 640}
CRITERIA = ["autonomy", "cost", "reversibility", "school_improvement", "staff", "community_voice", "resilience", "effort_of_change"]
SMOOTH = 1000  # milliseconds within which the number of answers moves; a person sees it
STAFF = [{"staff": 1, "cost": 2}, {"staff": 1, "resilience": 2, "cost": 3}]
PARENTS = [{"school_improvement": 1, "community_voice": 2}, {"school_improvement": 1, "community_voice": 1}]


@pytest.fixture
def consulted(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """Run `partnership consult` on a copy of the example, with a store of its own."""
    case = tmp_path / "ember"
    shutil.copytree(CASE, case)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = f"sqlite:///{tmp_path / 'ballots.db'}"
    with explored(case, "--hall-port", str(port), command="consult", PARTNERSHIP_STORE=store) as running:
        running.case = case
        yield running


@pytest.fixture
def facilitator(browser: Browser, consulted: SimpleNamespace) -> Iterator[BrowserContext]:
    """Give the facilitator's browser, which has been let in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([consulted.cookie])
    yield context
    context.close()


def opened(facilitator: BrowserContext, address: str) -> tuple[Page, str]:
    page = facilitator.new_page()
    page.goto(address)
    page.get_by_label("What it is called").fill("Evening at Infant A")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", name="Evening at Infant A")).to_be_visible()
    return page, page.locator(".code").first.inner_text()


def fill(page: Page, address: str, group: str, places: dict[str, int], comment: str = "") -> None:
    page.goto(address)
    page.get_by_role("radio", name=group, exact=True).check()
    page.get_by_label("Your school").select_option("Infant A")
    for name, place in places.items():
        page.locator(f"select[name='place.{name}']").select_option(str(place))
    if comment:
        page.locator("textarea").fill(comment)
    page.get_by_role("button", name="Send my answers").click()


def kept(page: Page) -> None:
    expect(page.get_by_role("status")).to_contain_text("Your answers are kept")


def answers(page: Page, count: int) -> None:
    expect(page.locator("[data-answers]")).to_have_text(str(count), timeout=SMOOTH)


def by_hand(places: dict[str, int]) -> dict[str, Fraction]:
    """Work out the rank order centroid: those in one place, and those left out after all others, share what their places are worth."""
    count = len(CRITERIA)
    worth = [sum(Fraction(1, place) for place in range(rank, count + 1)) / count for rank in range(1, count + 1)]
    levels = [[name for name in CRITERIA if places.get(name) == place] for place in sorted(set(places.values()))]
    levels.append([name for name in CRITERIA if name not in places])
    shares: dict[str, Fraction] = {}
    for level in levels:
        taken = worth[len(shares) : len(shares) + len(level)]
        shares |= {name: sum(taken) / len(level) for name in level}
    return shares


def points_by_hand(ballots: list[dict[str, int]]) -> dict[str, float]:
    each = [by_hand(one) for one in ballots]
    return {name: float(100 * sum(one[name] for one in each) / len(each)) for name in CRITERIA}


def test_a_whole_session_from_the_first_form_to_the_weights_in_the_case(  # noqa: PLR0915 - an evening is long
    browser: Browser, facilitator: BrowserContext, consulted: SimpleNamespace
) -> None:
    page, form = opened(facilitator, consulted.address)
    wall = facilitator.new_page()
    wall.goto(f"{consulted.address}consultation/projector")
    assert form.removeprefix("http://").split("/")[0] in wall.inner_text("main")
    assert wall.locator("svg.qr").is_visible()

    # A phone with scripts puts things in order by buttons; the number moves on the wall while it is watched.
    with_scripts = browser.new_context(viewport=PHONE)
    phone = with_scripts.new_page()
    phone.goto(form)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("radio", name="Staff", exact=True).check()
    phone.get_by_role("button", name="Up: Cost").click()
    phone.get_by_role("button", name="Up: Staff").click()
    phone.get_by_role("button", name="Up: Staff").click()
    assert phone.locator("select[name='place.staff']").input_value() == "1"
    assert phone.locator("select[name='place.cost']").input_value() == "2"
    phone.get_by_role("button", name="Send my answers").click()
    kept(phone)
    answers(wall, 1)
    answers(page, 1)
    with_scripts.close()

    # Phones without scripts.
    plain = browser.new_context(viewport=PHONE, java_script_enabled=False)
    phone = plain.new_page()
    fill(phone, form, "Parents and carers", PARENTS[1])
    assert "you gave place 1 to all of these" in phone.inner_text(".errors")
    phone.get_by_role("checkbox", name="They matter the same to me").check()
    phone.get_by_role("button", name="Send my answers").click()
    kept(phone)
    for at in range(13):
        fill(phone, form, "Staff", STAFF[(at + 1) % 2], comment="The head, Mrs Oak, must stay" if at == 0 else "")
        kept(phone)
    answers(wall, 15)
    expect(page.locator(".pictures th[scope=col]").nth(1)).to_contain_text("Staff")
    expect(page.locator(".finding")).to_have_text("First for staff: Staff")
    expect(page.locator("[data-school='0']")).to_have_text(re.compile("^Infant A: at least 1"))
    assert not wall.locator(".pictures").count()  # hidden until the facilitator shows it
    assert "Infant A" not in wall.locator("#pictures").inner_text()

    page.get_by_role("button", name="Show the hall").click()
    expect(wall.locator(".finding")).to_have_text("First for staff: Staff")
    for _ in range(9):
        fill(phone, form, "Parents and carers", PARENTS[0])
        kept(phone)
    expect(wall.locator(".finding")).to_have_text(
        "First for parents and carers: Help to teach better; for staff: Staff"
    )  # the chart on the wall has changed by itself
    expect(wall.get_by_role("listitem").filter(has_text="Governors")).to_contain_text("fewer than 5")
    plain.close()

    # Nobody sees a comment before it was read.
    assert "Mrs Oak" not in wall.content()
    page.get_by_role("link", name="Comments").click()
    page.get_by_role("button", name="Show it as it is").click()
    expect(page.get_by_role("alert")).to_contain_text("“Mrs Oak” looks like a name. Take it out, or tick that you mean it.")
    page.get_by_label("What is left of it").fill("The head must stay")
    page.get_by_label("Why").fill("it named a person")
    page.get_by_role("checkbox", name="The head and the leaders").check()
    page.get_by_role("button", name="Show what is left").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No comment waits for you")

    # What was approved comes on the wall when the facilitator says so; all that people need to join stays in sight beside it.
    page.get_by_role("link", name="Overview").click()
    page.get_by_text("Show the hall's Wi-Fi on the wall").click()
    page.get_by_label("Its name").fill("Ember Hall guests")
    page.get_by_role("button", name="Show it").click()
    assert not wall.locator("blockquote").count()
    page.get_by_role("button", name="Show comments to the hall").click()
    expect(wall.locator("blockquote")).to_have_text("The head must stay")
    page.get_by_role("button", name="Take comments off the wall").click()
    expect(wall.locator(".pictures")).to_be_visible()
    wall.reload()
    for size in ((1280, 720), (1920, 1080)):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        wall.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
        assert wall.locator("svg.qr").count() == 2
        for one in (*wall.locator("svg.qr").all(), wall.get_by_text("Ember Hall guests"), wall.locator(".finding")):
            expect(one).to_be_in_viewport(ratio=1)

    # Closing puts the weights into the case, and the record's figures on the wall.
    page.get_by_role("button", name="Show comments to the hall").click()
    expect(wall.locator("blockquote")).to_be_visible()
    page.get_by_role("link", name="Close the consultation").click()
    page.get_by_role("button", name="Close it for good").click()  # while a session is open
    expect(page.get_by_role("alert")).to_contain_text("Something is not done yet")
    page.get_by_label("Close it all the same").check()
    page.get_by_role("button", name="Close it for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The consultation is closed")
    expect(wall.locator(".finding")).to_have_text("What matters most to parents and carers: Help to teach better; to staff: Staff")
    expect(wall.locator("main")).to_contain_text("This consultation is closed: 24 answers.")
    phone = browser.new_context(java_script_enabled=False).new_page()
    assert phone.goto(form).status == 410
    phone.context.close()

    record = json.loads((consulted.case / "consultation.json").read_text(encoding="utf-8"))
    assert "Mrs Oak" not in json.dumps(record)
    assert "The head must stay" in json.dumps(record)
    case = read_case(consulted.case, read_knowledge())
    told = {one["criterion"]: one["weight"] for one in record["by_group"]["Staff"]["points"]}
    typed = {"Staff": [STAFF[0]] + [STAFF[(at + 1) % 2] for at in range(13)], "Parents and carers": [PARENTS[1]] + [PARENTS[0]] * 9}
    expected = {group: points_by_hand(ballots) for group, ballots in typed.items()}
    assert told == pytest.approx(expected["Staff"], abs=1)  # whole points that sum to 100
    weights = {one.group: one.values for one in case.file.weights if one.group in expected}
    assert weights["Parents and carers"] == pytest.approx(expected["Parents and carers"], abs=1)
