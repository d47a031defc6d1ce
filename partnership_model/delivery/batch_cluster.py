"""The same runs on a Dask cluster that is there already, reached in a way that no stranger can listen to or use."""

from __future__ import annotations

import ipaddress
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from partnership_model.delivery import warm_kernels
from partnership_model.delivery.appraise import Outcome, appraise_case, done_already, rehearsal_of
from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from partnership_model.delivery.appraise import Order

INSTALL = "--cluster needs the package distributed: python -m pip install 'partnership-model[cluster]'"
CERTIFICATES = "--cluster: by TLS both sides show certificates. Give --tls-ca, --tls-cert and --tls-key, or configure Dask with them."
EXPECTED = "expected tls://HOST:PORT, or tcp://127.0.0.1:PORT for a scheduler on this very computer"
WITHIN = 20  # seconds


def checked_address(address: str) -> str:
    """Give the address of a scheduler that may be used.

    A scheduler runs any program for whoever reaches it, and sends everything as plain text unless by TLS.

    Raises:
        PartnershipError: it is no such address.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    whole = f"{parts.scheme}://{parts.netloc}" == address and "@" not in parts.netloc and host and port
    if not whole or parts.scheme not in ("tls", "tcp"):
        message = f'--cluster: found "{address}"; {EXPECTED}.'
        raise PartnershipError(message)
    if parts.scheme == "tcp" and not _is_here(host):
        message = (
            f"--cluster: {address} would send the cases unencrypted to a scheduler that runs anybody's programs; {EXPECTED}. "
            "For another computer set up TLS (https://distributed.dask.org/en/stable/tls.html)."
        )
        raise PartnershipError(message)
    return address


def _is_here(host: str) -> bool:
    """Say whether a host is this computer by its number; a name could lead elsewhere."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run_on_cluster(orders: Sequence[Order], address: str, certificates: dict[str, Path]) -> Iterator[Outcome]:
    """Run each order on some worker of a cluster.

    Dask runs a task again when the worker that ran it is gone, even one that had come to its end. The key beside the
    results makes that harmless: what is there already is not written again.

    Args:
        orders: their folders must be the same for every worker, as on a disk that all of them share.
        address: as `checked_address` gave it.
        certificates: the files `ca`, `cert` and `key`; what is left out comes from Dask's own configuration.

    Raises:
        PartnershipError: the extra is missing, or nobody answers at the address.
    """
    try:
        from distributed import Client, Security, as_completed  # noqa: PLC0415 - an extra
    except ImportError:
        raise PartnershipError(INSTALL) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    names = {"ca": "tls_ca_file", "cert": "tls_client_cert", "key": "tls_client_key"}
    given = {names[name]: str(path) for name, path in certificates.items()}
    try:
        security = Security(require_encryption=address.startswith("tls:"), **given)
        if address.startswith("tls:") and not security.get_connection_args("client").get("ssl_context"):
            raise PartnershipError(CERTIFICATES)
        client = Client(address, security=security, timeout=WITHIN, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = f"--cluster: nobody who may be trusted answers at {address}: {error}"
        raise PartnershipError(message) from None
    try:
        tasks = {client.submit(run_once, order, pure=False): order for order in orders}
        for task in as_completed(tasks, loop=client.loop):
            yield _outcome(task, tasks[task])
    finally:
        client.close(timeout=WITHIN)


def run_once(order: Order) -> Outcome:
    """Run an order on a worker, unless an earlier task of the same order came to its end."""
    warm_kernels.warm_up(rehearsal_of(order))
    return done_already(order) or appraise_case(order)


def _outcome(task: Any, order: Order) -> Outcome:  # noqa: ANN401 - Dask has no types
    """Give how a task ended; Dask gives up on one whose workers died again and again."""
    try:
        outcome: Outcome = task.result(timeout=WITHIN)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
        says = f"the cluster did not run it: {type(error).__name__}: {str(error).partition(chr(10))[0]}"
        return Outcome(order, "failed", says=f"{order.target}: {says}")
    return outcome
