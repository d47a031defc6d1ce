"""Codes that people read out, type and scan: of sessions, receipts and printed vouchers."""

from __future__ import annotations

import re
import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1, which are taken for each other
CODE_LENGTH = 6
VOUCHER_LENGTH = 12  # nobody finds one by trying, however fast and for however many weeks (docs/consultation-server.md)
OLD_VOUCHER_LENGTH = 8  # of those that were printed before, which go on being good
RECEIPT_LENGTH = 16
IN_ONE = 4  # letters of a long code that stand together
CODE = re.compile(f"[{LETTERS}]{{{CODE_LENGTH}}}")
VOUCHER = re.compile(f"[{LETTERS}]{{{VOUCHER_LENGTH}}}|[{LETTERS}]{{{OLD_VOUCHER_LENGTH}}}")
RECEIPT = re.compile(f"[{LETTERS}]{{{RECEIPT_LENGTH}}}")


def _drawn(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def session_code() -> str:
    """Draw the code under which a hall joins."""
    return _drawn(CODE_LENGTH)


def voucher_code() -> str:
    """Draw a printed code for one invited person."""
    return _drawn(VOUCHER_LENGTH)


def receipt_code() -> str:
    """Draw what stands for a participant or a sitting, as long as a receipt."""
    return _drawn(RECEIPT_LENGTH)


def letters_of(digest: bytes) -> str:
    """Write what was worked out from a participant as a receipt: of 32 letters, so that a byte of chance is a letter of chance.

    >>> letters_of(bytes(range(32)))
    'ABCDEFGHJKLMNPQR'
    """
    return "".join(LETTERS[one % len(LETTERS)] for one in digest[:RECEIPT_LENGTH])


def read_code(typed: str) -> str:
    """Take a code as people type it: in small letters, with blanks or hyphens.

    >>> read_code(" abcd-efgh 2345 ")
    'ABCDEFGH2345'
    """
    return re.sub(r"[\s\-–—.]+", "", typed[:100]).upper()


def spaced(code: str) -> str:
    """Write a long code in groups that can be read out.

    >>> spaced("ABCDEFGH23456789")
    'ABCD-EFGH-2345-6789'
    """
    return "-".join(code[at : at + IN_ONE] for at in range(0, len(code), IN_ONE))
