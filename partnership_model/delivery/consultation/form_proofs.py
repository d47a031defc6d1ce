"""What a form carries to show that it is ours: whose it is, at which sitting, and what its receipt will be."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from partnership_model.delivery.consultation.codes import RECEIPT, letters_of
from partnership_model.delivery.consultation.marks import mark_of

OPENED = "opened"  # by a receipt
BLANK = "form"


@dataclass(frozen=True)
class FormTies:
    """The hidden fields of a form.

    Attributes:
        participant: drawn for whoever was handed the form; in one that a receipt opened, that receipt.
        sitting: this person's time at the device.
        proof: of both, and of the way in which the form came about.
    """

    participant: str
    sitting: str
    proof: str


@dataclass(frozen=True)
class Proven:
    """A form that is one of ours.

    Attributes:
        ties: its hidden fields.
        receipt: what leads to its ballot. It follows from the participant by the secret alone, so nobody reads it off a form.
    """

    ties: FormTies
    receipt: str


class FormProofs:
    """Signs with a secret, and knows again what was signed so."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret."""
        self._secret = secret

    def blank(self, code: str, participant: str, sitting: str) -> Proven:
        """Sign a form for somebody who has no ballot yet."""
        receipt = letters_of(bytes.fromhex(self._mark(f"receipt {participant}")))
        return Proven(FormTies(participant, sitting, self._mark(f"{BLANK} {code} {participant} {sitting}")), receipt)

    def opened(self, code: str, receipt: str, sitting: str) -> Proven:
        """Sign a form that a receipt opened."""
        return Proven(FormTies(receipt, sitting, self._mark(f"{OPENED} {code} {receipt} {sitting}")), receipt)

    def proven(self, code: str, sent: FormTies) -> Proven | None:
        """Give what a form stands for, if it is one of ours."""
        if not (RECEIPT.fullmatch(sent.participant) and RECEIPT.fullmatch(sent.sitting)):
            return None
        made = (self.blank(code, sent.participant, sent.sitting), self.opened(code, sent.participant, sent.sitting))
        return next((one for one in made if hmac.compare_digest(one.ties.proof.encode(), sent.proof.encode())), None)

    def leaving(self, code: str, sitting: str, about: str) -> str:
        """Sign the end of a sitting in which something was sent, and about what; of that nothing can be read."""
        of = self._mark(f"leaving {about}")
        return f"{of}{self._mark(f'left {code} {sitting} {of}')}"

    def leaves(self, code: str, sitting: str, proof: str) -> str:
        """Give the mark of what was sent in a sitting that ends; nothing where we did not sign it."""
        of = proof[: len(proof) // 2]
        return of if hmac.compare_digest(proof.encode(), f"{of}{self._mark(f'left {code} {sitting} {of}')}".encode()) else ""

    def _mark(self, about: str) -> str:
        return mark_of(self._secret, about)
