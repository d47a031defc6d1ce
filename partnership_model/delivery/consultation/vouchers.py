"""Prints one-use codes for those who were invited; the file is the only place in which they stand."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from partnership_model.delivery.consultation.serving import HALL_PORT, opened
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.voucher_store import VoucherRun, drawn_codes, keep_vouchers
from partnership_model.delivery.consultation.wall import Wall
from partnership_model.delivery.typesetting import NOT_SHOWN, compiled, shown_data, template
from partnership_model.display.consultation.voucher_sheet import voucher_data, voucher_page, voucher_sheet
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.delivery.consultation.serving import Places
    from partnership_model.knowledge.base import KnowledgeBase

FORM = "A form with printed codes"
KINDS = (".html", ".pdf")
NO_LETTERS = "The PDF's fonts do not have all letters of the form's languages; give --out a name that ends in .html."


def print_for_case(  # noqa: PLR0913 - what the command line gives
    store: str, folder: Path, base: KnowledgeBase, number: int, *, group: str, until: dt.date | None, places: Places, out: Path
) -> str:
    """Print codes for a case's consultation, which is opened where there is none; give what to say of it.

    Raises:
        PartnershipError: see `print_codes`; or the store cannot be used.
    """
    kept = Store(store)
    try:
        run = VoucherRun(group, number, dt.datetime.now(dt.UTC).date(), until)
        host = f"[{places.hall}]" if ":" in places.hall else places.hall
        address = places.forms_at or f"http://{host}:{places.hall_port or HALL_PORT}"
        return print_codes(kept, opened(kept, folder, read_case(folder, base), base), run, address, out)
    finally:
        kept.close()


def print_codes(store: Store, consultation: Consultation, run: VoucherRun, address: str, out: Path) -> str:
    """Draw codes, write the sheets and keep the marks of the codes; give what to say of it.

    Raises:
        PartnershipError: no codes are asked for here, the group is unknown, the address is none that others reach, or the file is there.
    """
    questions = consultation.questions
    _refuse(consultation, run, address, out)
    session = _session(store, consultation, run.day)
    form = f"{address}/{session.code}"
    sheet = voucher_sheet(questions, run.group, form, run.until, Wall(address).join_code(session))
    from_right = any(one["direction"] == "rtl" for one in sheet["said"])
    if out.suffix == ".pdf" and (from_right or NOT_SHOWN in shown_data(voucher_data(sheet, []))):
        raise PartnershipError(NO_LETTERS)
    codes = drawn_codes(run.printed)
    printed = _pdf(sheet, codes) if out.suffix == ".pdf" else voucher_page(sheet, codes).encode()
    try:
        _write(out, printed, lambda: keep_vouchers(store, consultation, run, codes))
    except FileExistsError:
        message = f"{out} is there already, and the codes in it stand nowhere else. Give another name."
        raise PartnershipError(message) from None
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}."
        raise PartnershipError(message) from None
    said = f"{out}: {run.printed} codes for {run.group or 'anybody'}, for the form at {form} (session “{session.title}”)."
    return f"{said} They are kept nowhere else: print the file, give the codes out without a list of who got which, and delete it."


def _write(out: Path, printed: bytes, keep: Callable[[], None]) -> None:
    """Write the file, and only then let its codes count; where either fails there is no file, and no code of it counts."""
    file = out.open("xb")  # a file that was there before is not ours to delete
    try:
        with file:
            out.chmod(0o600)
            file.write(printed)
            file.flush()
            os.fsync(file.fileno())
        keep()
    except BaseException:
        out.unlink()
        raise


def _pdf(sheet: dict[str, Any], codes: list[str]) -> bytes:
    return compiled(template("vouchers.typ"), sheet=voucher_data(sheet, codes))


def _refuse(consultation: Consultation, run: VoucherRun, address: str, out: Path) -> None:
    questions = consultation.questions
    if questions.once != "voucher":
        message = (
            "This consultation asks for no printed codes. Write `once: voucher` under `consultation` in the case before it is first opened."
        )
        raise PartnershipError(message)
    if run.group and run.group not in [one.group for one in questions.adults]:
        known = ", ".join(f'"{one.group}"' for one in questions.adults)
        message = f'--for: "{run.group}" is none of the groups of adults, which are {known}.'
        raise PartnershipError(message)
    if run.until is not None and run.until < dt.datetime.now(dt.UTC).date():
        message = f"--until: {run.until} is over."
        raise PartnershipError(message)
    if out.suffix not in KINDS:
        message = f'--out: found "{out.name}"; a name that ends in .html or .pdf was expected.'
        raise PartnershipError(message)
    if not _reached_by_others(address):
        message = (
            f'The codes would lead to "{address}", which only this computer reaches. Give --hall, or --address such as '
            "https://consult.example.org."
        )
        raise PartnershipError(message)


def _reached_by_others(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host != "localhost"


def _session(store: Store, consultation: Consultation, today: dt.date) -> Session:
    """Give the form that the codes are for: the one that is open for weeks, or an evening; else open one."""
    open_ = [one for one in store.sessions(consultation.id) if one.closed is None and one.channel in ("open_form", "session")]
    found = sorted(open_, key=lambda one: one.channel)
    return found[0] if found else store.open_session(consultation.id, FORM, "open_form", today)
