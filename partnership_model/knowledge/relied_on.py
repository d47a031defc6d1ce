"""The questions and answers of the knowledge base on which the model relies by name; the reader holds them against `data/`."""

from __future__ import annotations

STAFF_TRANSFER = "staff_transfer"
MOVES_STAFF = ("tupe", "to_federation_body")  # staff pass to another employer, of which there is more than one
