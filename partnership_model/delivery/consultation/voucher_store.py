"""Printed codes: the store keeps their marks alone, apart from the ballots, and how many were printed for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from partnership_model.delivery.consultation.acts import note, refuse_closed
from partnership_model.delivery.consultation.codes import voucher_code
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.marks import mark_of, new_id
from partnership_model.delivery.consultation.schema import voucher_runs, vouchers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store


@dataclass(frozen=True)
class VoucherRun:
    """One printing of codes.

    Attributes:
        group: whom they are for, or "" for anybody.
        until: the last day on which they can be used; None until the closing.
    """

    group: str
    printed: int
    day: dt.date
    until: dt.date | None


def drawn_codes(number: int) -> list[str]:
    """Draw codes; none of them counts before its mark is kept."""
    codes: set[str] = set()
    while len(codes) < number:
        codes.add(voucher_code())
    return sorted(codes)


def keep_vouchers(store: Store, consultation: Consultation, run: VoucherRun, codes: Sequence[str]) -> None:
    """Keep the marks of codes, which count from now on; the codes themselves are kept nowhere.

    Raises:
        ClosedError: the consultation is closed.
    """
    if consultation.secret is None:
        message = "This consultation is closed."
        raise ClosedError(message)
    marks = sorted(mark_of(consultation.secret, f"voucher {code}") for code in codes)
    with store.transaction() as connection:
        refuse_closed(connection, consultation.id)
        rows = [{"mark": mark, "consultation": consultation.id, "used": False, "until": run.until} for mark in marks]
        connection.execute(insert(vouchers), rows)
        values = {"stakeholders": run.group, "printed": run.printed, "day": run.day, "until": run.until}
        connection.execute(insert(voucher_runs).values(id=new_id(), consultation=consultation.id, **values))
        note(connection, consultation.id, "codes printed", f"{run.printed} for {run.group or 'anybody'}")


def voucher_runs_of(store: Store, consultation: str) -> tuple[VoucherRun, ...]:
    """Give what was printed, the first first."""
    wanted = select(voucher_runs).where(voucher_runs.c.consultation == consultation).order_by(voucher_runs.c.day, voucher_runs.c.id)
    with store.transaction() as connection:
        return tuple(VoucherRun(row.stakeholders, row.printed, row.day, row.until) for row in connection.execute(wanted))


def vouchers_used(store: Store, consultation: str) -> int:
    """Count the codes that were used, of all groups together."""
    wanted = select(func.count()).where(vouchers.c.consultation == consultation, vouchers.c.used.is_(True))
    with store.transaction() as connection:
        return int(connection.execute(wanted).scalar_one())
