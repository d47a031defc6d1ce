"""Printed codes: one counts once, is kept nowhere, and shows nobody what was said with it."""

from __future__ import annotations

import datetime as dt
import errno
import re
import stat
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pdfua
import pypdf
import pytest
from sqlalchemy import insert, text

from partnership_model.delivery.consultation.codes import LETTERS, VOUCHER_LENGTH
from partnership_model.delivery.consultation.kept_rows import StoreDownError, VoucherError
from partnership_model.delivery.consultation.schema import vouchers
from partnership_model.delivery.consultation.voucher_store import VoucherRun, drawn_codes, keep_vouchers, voucher_runs_of, vouchers_used
from partnership_model.delivery.consultation.vouchers import print_codes
from partnership_model.delivery.consultation.wrong_codes import MOST
from partnership_model.errors import PartnershipError
from tests.delivery.consultation.hall_serving import TODAY, Hall, hall
from tests.delivery.consultation.voting import ballot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation

ADDRESS = "http://192.168.1.20:8080"
CODE = re.compile(rf"\b[{LETTERS}]{{4}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\b")


@pytest.fixture
def invited(tmp_path: Path) -> Iterator[Hall]:
    """A consultation that asks for printed codes."""
    with hall(tmp_path, once="voucher", languages=("en",)) as opened:
        yield opened


def printed(invited: Hall, number: int = 1, until: dt.date | None = None, group: str = "") -> list[str]:
    """Print codes."""
    return kept_codes(invited, invited.consultation, VoucherRun(group, number, TODAY, until))


def kept_codes(invited: Hall, consultation: Consultation, run: VoucherRun) -> list[str]:
    codes = drawn_codes(run.printed)
    keep_vouchers(invited.store, consultation, run, codes)
    return codes


def test_a_code_counts_once_however_often_it_is_used_and_by_however_many(invited: Hall) -> None:
    [code] = printed(invited)
    first = invited.send(group="Staff", place__cost="1", voucher=code)
    second = invited.send(group="Staff", place__staff="1", voucher=f" {code[:4].lower()} - {code[4:8]}-{code[8:]} ")
    assert "Your answers are kept" in first.text
    assert "the earlier ones are not counted any more" in second.text
    [kept] = invited.store.ballots(invited.consultation.id)
    assert dict(kept.ballot.places) == {"staff": 1}
    assert vouchers_used(invited.store, invited.consultation.id) == 1


def test_whoever_only_holds_the_code_sees_nothing_of_what_was_said_with_it(invited: Hall) -> None:
    """A code lies on a kitchen table: it changes the answers, and shows none."""
    [code] = printed(invited)
    sent = invited.send(group="Staff", place__cost="1", comment="For the governors alone", voucher=code)
    assert "Your receipt" not in sent.text
    change = invited.ask(f"{invited.form}/change")
    assert "Those are shown to nobody who only holds the code" in change.text
    for typed in (code, f"{code}{code}"):
        tried = invited.ask(f"{invited.form}/change", {"typed": typed})
        assert "For the governors alone" not in tried.text
    missed = invited.send(group="Staff", voucher=code)
    assert missed.status == 422
    assert "For the governors alone" not in missed.text


def test_a_form_for_printed_codes_is_never_full(invited: Hall) -> None:
    invited.desk.most = 1
    for code in printed(invited, 3):
        assert invited.send(group="Staff", place__cost="1", voucher=code).status == 200


def test_a_code_that_is_unknown_or_missing_is_said_and_what_was_typed_stays(invited: Hall) -> None:
    for wrong in ("", "ABCD", "ABCDEFGH", "ABCDEFGHJK", "ABCDEFGHJKLM", "ABCDEFGHJKLMN", "<b>", "0OI10OI10OI1"):
        sent = invited.send(group="Staff", comment="Typed with care", voucher=wrong)
        assert sent.status == 422
        assert "This printed code is not known" in sent.text
        assert "Typed with care" in sent.text
    assert not invited.store.ballots(invited.consultation.id)


def test_a_code_that_is_out_of_date_says_until_when_it_could_be_used(invited: Hall) -> None:
    [code] = printed(invited, until=dt.date(2020, 1, 31))
    sent = invited.send(group="Staff", place__cost="1", voucher=code)
    assert sent.status == 422
    assert "could be used until 31 January 2020" in sent.text
    assert not invited.store.ballots(invited.consultation.id)


def test_a_clock_that_is_wrong_for_a_while_spoils_no_code(invited: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ahead(dt.datetime):
        """Years ahead."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Ahead:  # type: ignore[override]
            return cls(2040, 1, 1, tzinfo=tz)

    [code] = printed(invited, until=dt.datetime.now(dt.UTC).date())
    with monkeypatch.context() as jumped:
        jumped.setattr(dt, "datetime", Ahead)
        sent = invited.send(group="Staff", place__cost="1", comment="Typed with care", voucher=code)
        assert sent.status == 422
        assert "could be used until" in sent.text
    assert invited.ask(invited.form, {**sent.fields, "group": "Staff", "place.cost": "1", "voucher": code}).status == 200
    assert vouchers_used(invited.store, invited.consultation.id) == 1


def test_many_wrong_codes_are_answered_by_waiting_and_a_right_one_always_counts(invited: Hall) -> None:
    [code] = printed(invited)
    fields = {**invited.ask(invited.form).fields, "group": "Staff", "place.cost": "1"}
    found = [invited.ask(invited.form, {**fields, "voucher": "ABCDEFGHJKL" + letter}).status for letter in LETTERS[: MOST + 1]]
    assert found == [422] * MOST + [429]
    assert invited.ask(invited.form, {**fields, "voucher": code}).status == 200


def test_codes_of_eight_letters_that_were_printed_before_are_good_and_new_ones_are_too_long_to_be_guessed(invited: Hall) -> None:
    old = "ABCD2345"
    with invited.store.transaction() as connection:
        values = {"mark": invited.desk.voucher_mark(old), "consultation": invited.consultation.id, "used": False}
        connection.execute(insert(vouchers).values(values))
    assert "Your answers are kept" in invited.send(group="Staff", place__cost="1", voucher="abcd-2345").text
    assert vouchers_used(invited.store, invited.consultation.id) == 1
    codes = printed(invited, 500)
    # What docs/consultation-server.md says: 500 codes, 2000 guesses a second, through the three years that `keep_days` allows.
    guesses = 2000 * 86_400 * 1100
    assert {len(code) for code in codes} == {VOUCHER_LENGTH}
    assert len(codes) * guesses / len(LETTERS) ** VOUCHER_LENGTH < 1 / 10_000


def test_codes_stand_in_the_file_alone_and_their_marks_apart_from_ballots(invited: Hall, tmp_path: Path) -> None:
    out = tmp_path / "codes.html"
    run = VoucherRun("Parents and carers", 12, TODAY, dt.date(2999, 12, 24))
    said = print_codes(invited.store, invited.consultation, run, ADDRESS, out)
    page = out.read_text(encoding="utf-8")
    codes = CODE.findall(page)
    assert len(set(codes)) == len(codes) == 12
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    for says in ("one for each household", "To be used until 24 December 2999", f"{ADDRESS}/{invited.session.code}", "<svg"):
        assert says in page
    assert "12 codes for Parents and carers" in said
    assert [(one.group, one.printed) for one in voucher_runs_of(invited.store, invited.consultation.id)] == [("Parents and carers", 12)]
    assert "Your answers are kept" in invited.send(group="Staff", place__cost="1", voucher=codes[0]).text
    with invited.store.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        everything = " ".join(str(row) for name in tables for row in connection.execute(text(f'SELECT * FROM "{name}"')))  # noqa: S608 - its own names
        marks = set(connection.execute(text("SELECT mark FROM voucher")).scalars())
        participants = set(connection.execute(text("SELECT participant FROM ballot")).scalars())
    assert not [code for code in codes if code.replace("-", "") in everything or code in everything]
    assert len(marks) == 12
    assert not marks & participants


def test_codes_as_a_pdf_are_tagged_and_read_back(invited: Hall, tmp_path: Path) -> None:
    out = tmp_path / "codes.pdf"
    print_codes(invited.store, invited.consultation, VoucherRun("", 7, TODAY, None), "https://consult.example.org", out)
    said = "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert len(set(CODE.findall(said))) == 7
    assert pdfua.validate(str(out)).findings == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"address": "http://127.0.0.1:8080"}, "which only this computer reaches"),
        ({"address": "http://localhost:8080"}, "which only this computer reaches"),
        ({"address": "javascript:alert(1)"}, "which only this computer reaches"),
        ({"group": "Cats"}, '"Cats" is none of the groups of adults'),
        ({"group": "Learners"}, '"Learners" is none of the groups of adults'),
        ({"until": dt.date(2020, 1, 1)}, "2020-01-01 is over"),
        ({"name": "codes.docx"}, "a name that ends in .html or .pdf was expected"),
        ({"name": "there.html"}, "is there already, and the codes in it stand nowhere else"),
        ({"name": "no/folder.html"}, "cannot be written"),
    ],
)
def test_what_cannot_be_printed_says_why_and_draws_no_code(invited: Hall, tmp_path: Path, changed: dict[str, object], says: str) -> None:
    (tmp_path / "there.html").write_text("codes", encoding="utf-8")
    run = VoucherRun(str(changed.get("group", "")), 3, TODAY, changed.get("until"))
    with pytest.raises(PartnershipError, match=re.escape(says)):
        print_codes(
            invited.store, invited.consultation, run, str(changed.get("address", ADDRESS)), tmp_path / str(changed.get("name", "a.html"))
        )
    assert not voucher_runs_of(invited.store, invited.consultation.id)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (("vouchers.voucher_page", ValueError("a fault of ours")), "a fault of ours"),
        (("vouchers.keep_vouchers", StoreDownError("The store of ballots does not answer.")), "does not answer"),
        (("vouchers.keep_vouchers", KeyboardInterrupt("Ctrl-C")), "Ctrl-C"),
        (("vouchers.os.fsync", OSError(errno.ENOSPC, "No space left on device")), "cannot be written: No space left on device"),
    ],
)
def test_a_printing_that_fails_leaves_no_file_and_no_code_and_is_done_again(
    invited: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[str, BaseException], says: str
) -> None:
    (part, fault), out, run = broken, tmp_path / "codes.html", VoucherRun("", 3, TODAY, None)
    with monkeypatch.context() as now:
        now.setattr(f"partnership_model.delivery.consultation.{part}", Mock(side_effect=fault))
        with pytest.raises((PartnershipError, type(fault)), match=says):
            print_codes(invited.store, invited.consultation, run, ADDRESS, out)
    assert not [one.name for one in tmp_path.iterdir() if "codes" in one.name]
    assert not voucher_runs_of(invited.store, invited.consultation.id)
    assert "3 codes for anybody" in print_codes(invited.store, invited.consultation, run, ADDRESS, out)
    [code, *_] = CODE.findall(out.read_text(encoding="utf-8"))
    assert "Your answers are kept" in invited.send(group="Staff", place__cost="1", voucher=code).text


def test_a_consultation_that_asks_for_no_codes_prints_none(tmp_path: Path) -> None:
    with hall(tmp_path) as opened, pytest.raises(PartnershipError, match="asks for no printed codes"):
        print_codes(opened.store, opened.consultation, VoucherRun("", 3, TODAY, None), ADDRESS, tmp_path / "a.html")


def test_a_code_of_another_consultation_is_unknown_here(invited: Hall) -> None:
    other = invited.store.open_consultation("/elsewhere", invited.consultation.questions, TODAY)
    [code] = kept_codes(invited, other, VoucherRun("", 1, TODAY, None))
    assert invited.send(group="Staff", place__cost="1", voucher=code).status == 422
    said = ballot()
    with pytest.raises(VoucherError, match="not one of this consultation"):
        invited.store.cast(invited.session.id, "a" * 64, said, invited.desk.voucher_mark(code))
