"""One device, several people: nothing of one is left for the next, and every ballot counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An evening at which everybody may answer."""
    with hall(tmp_path_factory.mktemp("evening"), languages=("en",)) as opened:
        yield opened


def test_five_people_on_one_tablet_are_five_ballots(evening: Hall) -> None:
    """Each leads on to an empty form by the button under the receipt."""
    before = len(evening.store.ballots(evening.consultation.id))
    path = evening.form
    for number in range(5):
        form = evening.ask(path)
        assert (form.fields["place.cost"], form.fields["comment"]) == ("", "")
        sent = evening.ask(evening.form, {**form.fields, "group": "Staff", "place.cost": "1", "comment": f"Words of person {number}"})
        assert "Your receipt" in sent.text
        assert "Words of" not in sent.text
        onward = evening.ask(f"{evening.form}/next", sent.fields)
        assert onward.status == 303
        path = onward.headers["Location"]
    assert len(evening.store.ballots(evening.consultation.id)) == before + 5


def test_nobody_is_said_to_have_chosen_no_group_and_who_chooses_nothing_has_not_said_it(evening: Hall) -> None:
    before = {one.id for one in evening.store.ballots(evening.consultation.id)}
    form = evening.ask(evening.form)
    assert "group" not in form.fields  # no circle is filled in
    wrong = evening.ask(evening.form, {**form.fields, "place.cost": "99"})
    assert "group" not in wrong.fields
    assert evening.ask(evening.form, {**wrong.fields, "group": "", "place.cost": "99"}).fields["group"] == ""  # unless somebody did
    assert "Your receipt" in evening.ask(evening.form, {**wrong.fields, "place.cost": "1"}).text
    assert [one.ballot.group for one in evening.store.ballots(evening.consultation.id) if one.id not in before] == [""]


def test_what_a_browser_sends_again_after_the_next_person_began_shows_no_receipt_and_no_answers(evening: Hall) -> None:
    """The back button offers to send the form again: the next person must not get the receipt of the one before by it."""
    fields = {**evening.ask(evening.form).fields, "group": "Staff", "place.cost": "1", "comment": "Mine alone"}
    first = evening.ask(evening.form, fields)
    again = evening.ask(evening.form, fields)
    receipt = first.receipt
    assert receipt in again.text  # as long as the same person sits there, a retry gives the receipt again
    evening.ask(f"{evening.form}/next", first.fields)
    later = evening.ask(evening.form, fields)
    assert later.status == 410
    assert receipt not in later.text
    assert "Mine alone" not in later.text


def test_a_receipt_typed_by_the_person_before_opens_nothing_when_it_is_sent_again(evening: Hall) -> None:
    """Whoever changed an answer on a tablet leaves it as clean as whoever gave one."""
    sent = evening.send(group="Staff", comment="Mine to change")
    receipt = sent.receipt
    typed = {**evening.ask(f"{evening.form}/change").fields, "typed": receipt}
    opened = evening.ask(f"{evening.form}/change", typed)
    assert "Mine to change" in opened.text
    kept = evening.ask(evening.form, {**opened.fields, "comment": "Changed", "place.cost": "1"})
    assert "changed answers are kept" in kept.text
    evening.ask(f"{evening.form}/next", kept.fields)
    assert evening.ask(f"{evening.form}/change", typed).status == 410
    fresh = {**evening.ask(f"{evening.form}/change").fields, "typed": receipt}
    assert "Changed" in evening.ask(f"{evening.form}/change", fresh).text  # its owner still can, at home


def test_a_made_up_sitting_does_nothing(evening: Hall) -> None:
    """Only one of ours is remembered, and a form that lost its own gets another."""
    assert evening.ask(f"{evening.form}/next", {"sitting": "'; DROP TABLE ballot; --" * 100}).status == 303
    for made_up in ("x", "AAAABBBBCCCCDDDD", ""):
        refused = evening.send(group="Staff", place__cost="1", sitting=made_up)
        assert refused.status == 403
        assert "Your receipt" in evening.ask(evening.form, refused.fields).text


def test_the_notice_stands_where_the_form_says(evening: Hall) -> None:
    """Who decides, what is kept, until when, and that nobody can delete one ballot after the closing."""
    assert f'href="{evening.form}/privacy?lang=en"' in evening.ask(evening.form).text
    notice = evening.ask(f"{evening.form}/privacy?lang=en")
    assert notice.status == 200
    decides, until = "The governing bodies decide", "22 November 2027"
    for says in (decides, "No name, no e-mail", until, "nobody can look up, change or delete", "Infant A"):
        assert says in notice.text
    assert evening.ask("/AAAAAA/privacy").status == 404


def test_a_form_that_waits_for_the_network_hears_that_it_is_there(evening: Hall) -> None:
    """Without asking the store, and without saying whether there is such a session."""
    import http.client  # noqa: PLC0415 - one request that no other test makes

    line = http.client.HTTPConnection("127.0.0.1", evening.port, timeout=30)
    line.request("HEAD", "/AAAAAA")
    assert line.getresponse().status == 204
    line.close()


def test_after_the_closing_the_notice_stays_and_no_form_is_shown(tmp_path: Path) -> None:
    """Somebody may want to read it then most of all."""
    with hall(tmp_path) as opened:
        opened.store.close_session(opened.session.id, opened.session.opened)
        assert opened.ask(f"{opened.form}/privacy").status == 200
        for path in (opened.form, f"{opened.form}/change"):
            assert opened.ask(path).status == 410


def test_what_is_sent_by_the_code_on_a_paper_ballot_came_by_a_form(tmp_path: Path) -> None:
    with hall(tmp_path) as opened:
        pile = opened.store.open_session(opened.consultation.id, "Paper", "paper", opened.session.opened)
        fields = {**opened.ask(f"/{pile.code}").fields, "place.cost": "1"}
        assert opened.ask(f"/{pile.code}", fields).status == 200
        assert [one.ballot.channel for one in opened.store.ballots(opened.consultation.id)] == ["open_form"]
