"""The forms in a real browser: a shared tablet, a lost network, the keyboard alone, several languages, and what axe finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser.test_accessibility import axe, broken_rules
from tests.browser.visiting import PATIENCE
from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

__all__ = ["axe"]  # a fixture
A_MOMENT = 200  # milliseconds
TABLET = {"width": 768, "height": 1024}
TYPED = "Words of the person before"


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An evening in English and Urdu, with everything that can be asked."""
    with hall(tmp_path_factory.mktemp("evening"), languages=("en", "ur")) as opened:
        yield opened


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def tablet(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A tablet that many people use, with and without scripts."""
    context = browser.new_context(viewport=TABLET, java_script_enabled=request.param)
    yield context
    context.close()


def sent(page: Page, comment: str) -> str:
    """Fill in the form that is shown, send it, and give the receipt."""
    page.get_by_role("radio", name="Staff", exact=True).check()
    page.locator("select[name='place.cost']").select_option("1")
    page.locator("textarea").fill(comment)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("status").first).to_contain_text("Your answers are kept")
    return page.locator(".code").inner_text()


def held_by(page: Page) -> str:
    """Give all that the page holds, fields included, once it has come to rest."""
    for _ in range(PATIENCE // A_MOMENT):
        try:
            return page.content() + " ".join(one.input_value() for one in page.locator("textarea, select").all())
        except Error as error:  # it is on its way to another page
            last = error
        page.wait_for_timeout(A_MOMENT)
    raise last


def shows_nothing_of(page: Page, *secrets: str) -> None:
    """Look for what somebody else typed or was given."""
    held = held_by(page)
    assert not [one for one in secrets if one in held]


def test_five_people_on_one_tablet_are_five_ballots_and_see_nothing_of_one_another(tablet: BrowserContext, evening: Hall) -> None:
    before = len(evening.store.ballots(evening.consultation.id))
    page = tablet.new_page()
    page.goto(evening.address)
    seen: list[str] = []
    for number in range(5):
        shows_nothing_of(page, *seen)
        assert page.locator("input[name=group]:checked").count() == 0  # nothing is chosen for anybody
        assert page.locator("select[name='place.cost']").input_value() == ""
        comment = f"{TYPED} {number}"
        seen += [comment, sent(page, comment)]
        page.get_by_role("button", name="The next person on this device").click()
        expect(page.locator("textarea")).to_have_value("")
    kept = evening.store.ballots(evening.consultation.id)
    assert len(kept) == before + 5
    assert all(one.revision == 1 for one in kept)


def test_going_back_and_sending_again_shows_the_next_person_nothing(tablet: BrowserContext, evening: Hall) -> None:
    """Back leads to a page that was sent: the browser offers to send it again, and gets no receipt for it."""
    page = tablet.new_page()
    page.goto(evening.address)
    receipt = sent(page, TYPED)
    page.get_by_role("button", name="The next person on this device").click()
    expect(page.locator("textarea")).to_have_value("")
    before = len(evening.store.ballots(evening.consultation.id))
    for _ in range(2):
        for leave in (page.go_back, page.reload):
            try:
                leave()
            except Error as error:
                assert "ERR_CACHE_MISS" in str(error) or "ERR_ABORTED" in str(error)  # noqa: PT017 - not every browser asks
            page.wait_for_load_state()
            shows_nothing_of(page, TYPED, receipt)
    assert len(evening.store.ballots(evening.consultation.id)) == before


def test_a_lost_network_loses_nothing_and_leaves_nothing_behind(browser: Browser, evening: Hall) -> None:
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    page.goto(evening.address)
    page.get_by_role("radio", name="Governors", exact=True).check()
    page.locator("textarea").fill(TYPED)
    page.get_by_role("button", name="Up: Cost").click()
    later = page.get_by_role("button", name="Up: Coping with trouble")
    later.scroll_into_view_if_needed()
    stood = later.bounding_box()
    later.click()  # its row goes up to the second place, and stays under the thumb
    assert page.locator(".order label").all_inner_texts()[:2] == ["Cost", "Coping with trouble"]
    assert later.bounding_box() == pytest.approx(stood, abs=1)
    page.reload()
    assert page.locator(".order label").all_inner_texts()[:2] == ["Cost", "Coping with trouble"]
    expect(page.locator("textarea")).to_have_value(TYPED)
    assert page.locator("select[name='place.cost']").input_value() == "1"
    expect(page.get_by_text("Send it again: it counts once")).to_be_visible()
    context.set_offline(offline=True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Not sent yet, because this device has no connection")).to_be_visible()
    assert page.locator("textarea").input_value() == TYPED
    context.set_offline(offline=False)
    expect(page.get_by_text("Your receipt")).to_be_visible()  # it tries again by itself
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(evening.address)
    shows_nothing_of(page, TYPED)
    context.close()


def lost(page: Page, evening: Hall, how: str) -> int:
    """Fill in the form and send it so that it is kept and the answer never comes back; give how many ballots there are then."""
    page.goto(evening.address)
    before = len(evening.store.ballots(evening.consultation.id))
    page.locator("select[name='place.cost']").select_option("1")
    page.locator("textarea").fill(TYPED)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort(how)

    page.route(lambda _: True, lambda route: lose(route) if route.request.method == "POST" else route.continue_())
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.get_by_role("button", name="Send my answers").click()
    page.unroute_all()
    assert len(evening.store.ballots(evening.consultation.id)) == before + 1
    return before + 1


def test_an_answer_whose_receipt_was_lost_counts_once_when_it_is_loaded_and_sent_again(tablet: BrowserContext, evening: Hall) -> None:
    """By the browser's own page that says so: loaded again, it sends the same form again."""
    page = tablet.new_page()
    ballots = lost(page, evening, "connectionreset")
    page.reload()
    expect(page.get_by_text("Your receipt")).to_be_visible()
    assert len(evening.store.ballots(evening.consultation.id)) == ballots


def test_an_answer_whose_receipt_was_lost_comes_back_by_itself_or_when_asked_for_and_counts_once(browser: Browser, evening: Hall) -> None:
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    ballots = lost(page, evening, "aborted")  # the form is still there
    page.reload()
    expect(page.get_by_text("Send it again: it counts once")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(TYPED)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Your receipt")).to_be_visible()
    assert len(evening.store.ballots(evening.consultation.id)) == ballots
    ballots = lost(page, evening, "connectionreset")  # the browser says that there is no answer
    page.goto(evening.address)
    shows_nothing_of(page, TYPED)
    page.get_by_role("button", name="Yes, bring them back").click()
    expect(page.locator("textarea")).to_have_value(TYPED)
    assert len(evening.store.ballots(evening.consultation.id)) == ballots
    page.locator("textarea").fill(f"{TYPED}, changed")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Your receipt")).to_be_visible()
    assert len(evening.store.ballots(evening.consultation.id)) == ballots
    ballots = lost(page, evening, "connectionreset")
    page.goto(evening.address)  # somebody else comes to the tablet
    page.reload()
    shows_nothing_of(page, TYPED)
    page.get_by_role("button", name="No, somebody else's").click()
    shows_nothing_of(page, TYPED)
    sent(page, "Words of the next person")
    assert len(evening.store.ballots(evening.consultation.id)) == ballots + 1
    context.close()


def test_a_page_of_another_site_hands_nobody_its_own_form(tablet: BrowserContext, evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    page = tablet.new_page()
    hidden = "".join(f'<input type="hidden" name="{name}" value="{fields[name]}">' for name in ("participant", "proof", "sitting"))
    form = f'<form method="post" action="{evening.address}">{hidden}<button name="switch" value="ur">Answer here</button></form>'
    for policy in ("unsafe-url", "no-referrer"):
        head = {"Referrer-Policy": policy, "Content-Type": "text/html"}
        page.route("http://another.test/", lambda route, _request, head=head: route.fulfill(body=form, headers=head))
        page.goto("http://another.test/")
        page.get_by_role("button", name="Answer here").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This was not sent from our form")
        page.get_by_role("link", name="Open the form").click()
        expect(page.locator("textarea")).to_have_value("")
        assert page.locator("[name=participant]").get_attribute("value") != fields["participant"]
    sent(page, "In a form of my own")


def test_what_was_typed_into_a_form_that_was_over_stands_in_a_new_one_if_it_was_theirs(browser: Browser, evening: Hall) -> None:
    """Such as one that somebody had prepared on this device, sent, and left."""
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    page.goto(evening.address)
    ties = {name: page.locator(f"[name={name}]").get_attribute("value") for name in ("participant", "proof", "sitting")}
    over = evening.ask(evening.form, {**ties, "place.cost": "1"})
    evening.ask(f"{evening.form}/next", over.fields)
    before = len(evening.store.ballots(evening.consultation.id))
    page.locator("select[name='place.cost']").select_option("2")
    page.locator("textarea").fill(TYPED)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("These answers are kept")
    page.get_by_role("link", name="The form for the next person").click()
    shows_nothing_of(page, TYPED)
    page.get_by_role("button", name="Yes, bring them back").click()
    expect(page.locator("textarea")).to_have_value(TYPED)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Your receipt")).to_be_visible()
    assert len(evening.store.ballots(evening.consultation.id)) == before + 1
    context.close()


def test_a_phone_that_is_too_old_for_a_part_of_the_script_still_sends(browser: Browser, evening: Hall) -> None:
    context = browser.new_context(viewport=TABLET)
    context.add_init_script("delete AbortSignal.timeout; delete HTMLFormElement.prototype.requestSubmit")
    page = context.new_page()
    page.goto(evening.address)
    assert page.evaluate("[AbortSignal.timeout, HTMLFormElement.prototype.requestSubmit].every((one) => one === undefined)")
    sent(page, "From an old phone")
    context.close()


def test_somebody_who_leaves_without_sending_leaves_nothing_for_whoever_opens_an_empty_form(browser: Browser, evening: Hall) -> None:
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    page.goto(evening.address)
    page.locator("textarea").fill(TYPED)
    page.get_by_role("link", name="Start with an empty form").click()
    page.wait_for_load_state()
    shows_nothing_of(page, TYPED)
    page.reload()
    shows_nothing_of(page, TYPED)
    context.close()


def test_the_keyboard_alone_orders_sends_and_changes_the_language(browser: Browser, evening: Hall) -> None:
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    page.goto(evening.address)

    def tab_to(name: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if name in page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"):
                return
        pytest.fail(f"The keyboard does not reach “{name}”.")

    tab_to("اردو")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    tab_to("English")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tab_to("Up: Cost")
    page.keyboard.press("Space")
    tab_to("Up: Staff")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the row moves, and the focus stays
    assert page.locator("select[name='place.staff']").input_value() == "1"
    assert page.locator("select[name='place.cost']").input_value() == "2"
    assert page.locator(".order label").all_inner_texts()[:3] == ["Staff", "Cost", "Autonomy"]
    expect(page.get_by_role("button", name="Up: Staff")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Place of Staff: 1")).to_have_count(1)
    tab_to("Send my answers")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your receipt")).to_be_visible()
    context.close()


def test_a_place_that_two_share_stays_shared_when_another_row_moves(browser: Browser, evening: Hall) -> None:
    page = browser.new_page(viewport=TABLET)
    page.goto(evening.address)
    for name, place in (("autonomy", "1"), ("cost", "1"), ("staff", "2")):
        page.locator(f"select[name='place.{name}']").select_option(place)
    assert page.locator(".order label").all_inner_texts()[:3] == ["Autonomy", "Cost", "Staff"]  # and below them what has no place

    def places() -> list[str]:
        return [page.locator(f"select[name='place.{name}']").input_value() for name in ("autonomy", "cost", "staff")]

    for button, then in (
        ("Up: Staff", ["2", "2", "1"]),
        ("Up: Staff", ["2", "2", "1"]),  # there is nothing above
        ("Down: Cost", ["2", "3", "1"]),  # it leaves the place that it shared
        ("Up: Autonomy", ["1", "3", "2"]),
    ):
        page.get_by_role("button", name=button).click()
        assert places() == then
    page.close()


def test_what_is_wrong_is_said_at_the_top_with_the_focus_there_and_leads_to_its_field(tablet: BrowserContext, evening: Hall) -> None:
    page = tablet.new_page()
    page.goto(evening.address)
    page.locator("textarea").fill("Kept")
    page.get_by_text("Share out 100 points").click()
    page.locator("input[name='points.cost']").fill("60")
    page.locator("input[name='points.staff']").press_sequentially("30.5")
    page.get_by_role("button", name="Send my answers").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("Please look at this again")
    summary.get_by_role("link").click()
    assert page.url.endswith("#points.staff")
    expect(page.locator("input[name='points.staff']")).to_have_value("30.5")
    expect(page.locator("input[name='points.cost']")).to_have_value("60")
    expect(page.locator("textarea")).to_have_value("Kept")


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_page_of_the_hall(browser: Browser, evening: Hall, axe: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()

    def looked_at(what: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert broken_rules(page, axe) == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    root = evening.address.removesuffix(evening.form)
    for path in ("/", evening.form, f"{evening.form}?lang=ur", f"{evening.form}/privacy", f"{evening.form}/change", "/nowhere"):
        page.goto(root + path)
        looked_at(path)
    page.goto(evening.address)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("alert").wait_for()
    looked_at("faults")
    sent(page, "A comment")
    looked_at("receipt")
    context.close()
