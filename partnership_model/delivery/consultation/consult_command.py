"""The command `partnership consult`."""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path

import click

from partnership_model.delivery.behind_proxy import public_origin
from partnership_model.errors import PartnershipError, printable
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.schema import plain_day
from partnership_model.knowledge.shipped import find_case


class _Address(click.ParamType):
    """An address of this computer in a network."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse names, and the address that stands for all of them: the hall has to type one."""
        try:
            found = ipaddress.ip_address(value)
        except ValueError:
            self.fail(f'found "{value}"; an address of this computer such as 192.168.1.20 was expected.', param, ctx)
        if found.is_unspecified:
            self.fail(
                f'"{value}" stands for every network at once; give the address of this computer that the hall is to type.', param, ctx
            )
        return str(found)


@click.command()
@click.argument("case", required=False)
@click.option(
    "--hall",
    type=_Address(),
    default="127.0.0.1",
    show_default=True,
    help="This computer's address in the hall's network, such as 192.168.1.20: the forms, and nothing else, are served there.",
)
@click.option(
    "--hall-port",
    type=click.IntRange(0, 65535),
    default=None,
    help="The port of the forms, 0 for any free one; else 8080 or the next free one.",
)
@click.option(
    "--forms-at", default="", metavar="https://NAME", help="The address that people type, where a proxy shows the forms by HTTPS."
)
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="The port of the facilitator's pages; else 8866 or the next one.")
@click.option(
    "--behind",
    metavar="https://NAME",
    default="",
    help="The address at which a proxy on this machine shows the facilitator's pages by HTTPS and after a login (see docs/hosting.md).",
)
@click.option("--browser/--no-browser", default=True, help="Whether to open the printed address.")
@click.option("--store", default="", help="The database of the ballots, as postgresql://…; else a file of yours, or PARTNERSHIP_STORE.")
@click.option("--new", "anew", is_flag=True, help="Open another consultation, where the case's last one is closed.")
@click.option("--vouchers", type=click.IntRange(1, 5000), default=None, help="Print so many one-use codes to --out instead of serving.")
@click.option("--for", "group", default="", help="The group whom the codes are for, as the case names it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The last day on which the codes can be used.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Where the codes go: FILE.html or FILE.pdf.")
@click.option("--delete", "deletes", is_flag=True, help="Delete all ballots and comments of CASE, after a question, and do nothing else.")
@click.option(
    "--delete-overdue",
    is_flag=True,
    help="Delete what is to be gone by today, of any case and without a question, and do nothing else: for a scheduler, once a day.",
)
def consult(  # noqa: PLR0913, PLR0917 - click gives one argument for each option
    case: str | None,
    hall: str,
    hall_port: int | None,
    forms_at: str,
    port: int | None,
    behind: str,
    store: str,
    *,
    browser: bool,
    anew: bool,
    deletes: bool,
    delete_overdue: bool,
    vouchers: int | None,
    group: str,
    until: dt.datetime | None,
    out: Path | None,
) -> None:
    """Open a consultation on CASE: forms for the hall, and the facilitator's pages on this computer alone."""
    from partnership_model.delivery.consultation.database import default_address  # noqa: PLC0415 - the database's library
    from partnership_model.delivery.consultation.serving import Places  # noqa: PLC0415 - the server's libraries
    from partnership_model.delivery.consultation.serving import consult as serve_consultation  # noqa: PLC0415 - the server's libraries

    if (vouchers is None) != (out is None):
        message = "--vouchers N and --out FILE go together."
        raise click.UsageError(message)
    address = store or default_address()
    if delete_overdue:
        _delete_overdue(address)
        return
    if case is None:
        message = "Missing argument 'CASE'."
        raise click.UsageError(message)
    if deletes:
        _delete(case, address)
        return
    folder, base = find_case(case), read_knowledge()
    if forms_at:
        public_origin(forms_at, "--forms-at")
    places = Places(hall, hall_port, forms_at.rstrip("/"), port, behind)
    if vouchers is not None and out is not None:
        from partnership_model.delivery.consultation.vouchers import print_for_case  # noqa: PLC0415 - the same libraries

        last = until.date() if until else None
        click.echo(print_for_case(address, folder, base, vouchers, group=group, until=last, places=places, out=out))
        return
    serve_consultation(folder, read_case(folder, base), base, address, places, open_browser=browser, anew=anew)


def _delete_overdue(address: str) -> None:
    """Delete what is to be gone by today, and say so."""
    from partnership_model.delivery.consultation.store import Store  # noqa: PLC0415 - the database's library
    from partnership_model.delivery.consultation.upkeep import looked_after  # noqa: PLC0415 - the database's library

    database = Store(address)
    try:
        found = looked_after(database, dt.datetime.now(dt.UTC))
    finally:
        database.close()
    click.echo("\n".join(found.says) or "Nothing is to be deleted today.")
    if found.failed:
        raise PartnershipError("\n".join(found.failed))


def _delete(case: str, address: str) -> None:
    """Delete what is kept of a case, also of one whose folder is gone."""
    from partnership_model.delivery.consultation.erasing import BUSY, CANNOT_PROMISE  # noqa: PLC0415 - the database's library
    from partnership_model.delivery.consultation.retention import delete_consultation, kept  # noqa: PLC0415 - the database's library
    from partnership_model.delivery.consultation.store import Store  # noqa: PLC0415 - the database's library

    try:
        folder = find_case(case)
    except PartnershipError:
        folder = Path(case)
    database = Store(address)
    try:
        found = kept(database, str(folder.resolve()))
        if not found:
            known = ", ".join(sorted({printable(one.place) for one in kept(database)})) or "no case at all"
            message = f"Nothing is kept of {printable(str(folder.resolve()))}. The store has ballots of: {known}."
            raise PartnershipError(message)
        for one in found:
            click.echo(f"{one.name}, opened on {plain_day(one.opened)}: {one.said}.")
        click.confirm("Delete all of them? They cannot be brought back", abort=True)
        erased = [delete_consultation(database, one.id) for one in found][-1]
    finally:
        database.close()
    if not erased:
        click.echo(BUSY)
    click.echo(f"They are deleted. What was taken into the case itself is still there. {CANNOT_PROMISE}")
