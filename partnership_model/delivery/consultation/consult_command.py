"""The command `partnership consult`."""

from __future__ import annotations

import ipaddress

import click

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
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
@click.argument("case")
@click.option(
    "--hall",
    type=_Address(),
    default="127.0.0.1",
    show_default=True,
    help="This computer's address in the hall's network, such as 192.168.1.20: the forms, and nothing else, are served there.",
)
@click.option("--hall-port", type=click.IntRange(1, 65535), default=None, help="The port of the forms; else 8080 or the next free one.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="The port of the facilitator's pages; else 8866 or the next one.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the printed address.")
@click.option("--store", default="", help="The database of the ballots, as postgresql://…; else a file of yours, or PARTNERSHIP_STORE.")
@click.option("--new", "anew", is_flag=True, help="Open another consultation, where the case's last one is closed.")
def consult(  # noqa: PLR0913 - click gives one argument for each option
    case: str, hall: str, hall_port: int | None, port: int | None, store: str, *, browser: bool, anew: bool
) -> None:
    """Open a consultation on CASE: forms for the hall, and the facilitator's pages on this computer alone."""
    from partnership_model.delivery.consultation.database import default_address  # noqa: PLC0415 - the database's library
    from partnership_model.delivery.consultation.serving import consult as serve_consultation  # noqa: PLC0415 - the server's libraries

    folder, base = find_case(case), read_knowledge()
    serve_consultation(
        folder,
        read_case(folder, base),
        base,
        store or default_address(),
        hall=hall,
        hall_port=hall_port,
        port=port,
        open_browser=browser,
        anew=anew,
    )
