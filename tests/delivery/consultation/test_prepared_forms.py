"""A form that somebody prepares for somebody else: what the one who prepared it can do with it, and what nobody can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS = {"group": "Staff", "place.cost": "1", "comment": "Typed for ten minutes"}
ELSEWHERE = ("http://evil.example", "http://192.168.1.77", "null", "http://127.0.0.1", "http://127.0.0.1:1", "")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An evening at which everybody may answer."""
    with hall(tmp_path_factory.mktemp("evening"), languages=("en", "pl")) as opened:
        yield opened


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_at_another_address_hands_nobody_a_form_that_it_prepared(evening: Hall, origin: str) -> None:
    """It would post its own form as the switch of a language does; the victim would answer in it, under a receipt that it can know."""
    mine = evening.ask(evening.form).fields
    shown = evening.ask(evening.form, {**mine, "switch": "en"}, Origin=origin)
    assert shown.status == 403
    assert "participant" not in shown.fields
    assert f'href="{evening.form}?lang=en"' in shown.text
    assert "Open the form" in shown.text
    before = len(evening.store.ballots(evening.consultation.id))
    for path in (evening.form, f"{evening.form}/change", f"{evening.form}/next", "/"):
        assert evening.ask(path, {**mine, **ANSWERS, "typed": evening.session.code}, Origin=origin).status == 403
    assert len(evening.store.ballots(evening.consultation.id)) == before


def test_our_own_page_and_a_telephone_that_does_not_say_where_it_comes_from_are_served(evening: Hall) -> None:
    for headers in ({"Origin": evening.address.removesuffix(evening.form)}, {}):
        fields = {**evening.ask(evening.form).fields, **ANSWERS}
        assert evening.ask(evening.form, {**fields, "switch": "pl"}, **headers).fields["participant"] == fields["participant"]
        assert "Your receipt" in evening.ask(evening.form, fields, **headers).text


def test_whoever_saw_the_hidden_fields_of_a_form_reads_nothing_of_its_ballot(evening: Hall) -> None:
    fields = evening.ask(evening.form).fields
    sent = evening.ask(evening.form, {**fields, **ANSWERS})
    for seen in (fields["participant"], fields["sitting"], fields["proof"]):
        opened = evening.ask(f"{evening.form}/change", {"typed": seen})
        assert opened.status == 404
        assert ANSWERS["comment"] not in opened.text
    assert evening.ask(f"{evening.form}/change", {"typed": sent.receipt}).fields["comment"] == ANSWERS["comment"]


def test_a_form_that_a_receipt_opened_changes_that_ballot_and_nothing_else_does(evening: Hall) -> None:
    blank = evening.ask(evening.form).fields
    sent = evening.ask(evening.form, {**blank, **ANSWERS})
    opened = evening.ask(f"{evening.form}/change", {"typed": sent.receipt}).fields
    before = len(evening.store.ballots(evening.consultation.id))
    changed = evening.ask(evening.form, {**opened, "place.cost": "2"})
    assert changed.receipt == sent.receipt
    ties = {name: opened[name] for name in ("participant", "sitting", "proof")}
    for name in ties:
        mixed = evening.ask(evening.form, {**opened, **ties, name: blank[name]})
        assert mixed.status == 403, f"{name} of another form"
    assert len(evening.store.ballots(evening.consultation.id)) == before


def test_nobody_ends_the_sitting_of_somebody_who_is_typing(evening: Hall) -> None:
    victim = evening.ask(evening.form).fields
    own = evening.ask(evening.form, {**evening.ask(evening.form).fields, **ANSWERS}).fields  # what ends the attacker's own sitting
    for proof in ("", "0" * 128, victim["proof"], own["proof"], "\u00e9" * 128):
        assert evening.ask(f"{evening.form}/next", {"sitting": victim["sitting"], "proof": proof}).status == 303
    sent = evening.ask(evening.form, {**victim, **ANSWERS})
    assert sent.status == 200
    assert evening.ask(f"{evening.form}/next", sent.fields).status == 303
    assert evening.ask(evening.form, {**victim, **ANSWERS}).status == 410, "whoever sent it ends it"


def test_forged_next_persons_push_no_real_sitting_out(evening: Hall) -> None:
    fields = {**evening.ask(evening.form).fields, **ANSWERS}
    evening.ask(f"{evening.form}/next", evening.ask(evening.form, fields).fields)
    known = len(evening.desk.sittings._over)  # noqa: SLF001 - what it remembers is its own affair, but for this test
    for _ in range(30):
        unsent = evening.ask(evening.form).fields
        evening.ask(f"{evening.form}/next", {"sitting": unsent["sitting"], "proof": unsent["proof"]})
    assert len(evening.desk.sittings._over) == known  # noqa: SLF001 - the same
    assert evening.ask(evening.form, fields).status == 410


def test_after_the_closing_what_came_too_late_leaves_a_device_with_the_next_person(tmp_path: Path) -> None:
    """No form from before can be known again then, since the secret is gone; there is none left that anybody could be typing in."""
    from partnership_model.delivery.consultation.freezing import close_frozen  # noqa: PLC0415 - one test closes

    with hall(tmp_path) as opened:
        late = {**opened.ask(opened.form).fields, **ANSWERS}
        close_frozen(opened.store, opened.consultation.id, opened.session.opened)
        opened.desk.consultation = opened.store.consultation(opened.consultation.id)
        shown = opened.ask(opened.form, late)
        assert ANSWERS["comment"] in shown.text
        assert opened.ask(f"{opened.form}/next", shown.fields).status == 303
        assert ANSWERS["comment"] not in opened.ask(opened.form, late).text
