"""Ids and marks from which nobody gets back to a person: drawn at random, or made with a consultation's secret."""

from __future__ import annotations

import hmac
import secrets

ID_BYTES = 16
SECRET_BYTES = 32


def new_id() -> str:
    """Draw an id, which says nothing of the order in which rows came."""
    return secrets.token_hex(ID_BYTES)


def new_secret() -> bytes:
    """Draw what the marks of a consultation are made from."""
    return secrets.token_bytes(SECRET_BYTES)


def mark_of(secret: bytes, about: str) -> str:
    """Make the mark of a participant, a voucher or a form, from which nobody gets back without the secret."""
    return hmac.new(secret, about.encode(), "sha256").hexdigest()
