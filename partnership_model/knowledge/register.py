"""The register Get Information about Schools: which category and present form its codes stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import PartnershipError, nearest

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Form

IN_MAT = "supported by a multi-academy trust"
WITH_TRUST = "supported by a trust"


@dataclass(frozen=True)
class Registered:
    """What the register's codes say of a school.

    Attributes:
        category: None for a school that the workbook does not cover.
        why_outside: why it does not; "" where it does.
    """

    category: str | None
    form: Form = "alone"
    why_outside: str = ""


def registered(
    base: KnowledgeBase, type_code: str, further_education: str = "", trust_flag: str = "", *, federated: bool = False
) -> Registered:
    """Find the category and the present form of a school.

    Args:
        base: the knowledge base, which maps the codes.
        type_code: `TypeOfEstablishment (code)`.
        further_education: `FurtherEducationType (name)`, which tells a sixth-form college from other colleges.
        trust_flag: `TrustSchoolFlag (name)`.
        federated: whether `FederationFlag (name)` says so.

    Raises:
        PartnershipError: the code is neither mapped nor named as outside.
    """
    for code in (f"{type_code}/{further_education}", type_code):
        for category, about in base.categories.items():
            if code in about.gias:
                return Registered(category, _form(about.forms, trust_flag.strip().lower(), federated=federated))
    if type_code in base.outside:
        return Registered(None, why_outside=base.outside[type_code])
    known = [code for about in base.categories.values() for code in about.gias] + [*base.outside]
    message = f'"{type_code}" is not a type code of the register that the workbook knows. {nearest(type_code, known)}'
    raise PartnershipError(message)


def _form(allowed: tuple[Form, ...], trust_flag: str, *, federated: bool) -> Form:
    if trust_flag == IN_MAT and "in_mat" in allowed:
        return "in_mat"
    if federated and "federated" in allowed:
        return "federated"
    return "with_trust" if trust_flag == WITH_TRUST and "with_trust" in allowed else "alone"
