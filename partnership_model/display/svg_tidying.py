"""Drawings made small: what Vega writes for programs and for nobody's eye is taken out, and the picture stays the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

SVG = "http://www.w3.org/2000/svg"
# A report gives every drawing a text alternative of its own; these would be read out beside it.
FOR_PROGRAMS = ("role", "class", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription")
SAID_ANYWAY = {"opacity": "1", "font-weight": "normal", "transform": "translate(0,0)"}
GEOMETRY = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2")

ET.register_namespace("", SVG)


def tidied(svg: str) -> str:
    """Give the same picture in about half the letters: no invisible parts, two decimals, and the font named once."""
    root = ET.fromstring(svg)  # noqa: S314 - as above
    named = [one for one in root.iter() if "font-family" in one.attrib]
    fonts = {one.attrib["font-family"] for one in named}
    if len(fonts) == 1:
        for one in named:
            del one.attrib["font-family"]
        root.set("font-family", fonts.pop())
    for parent in root.iter():
        for key in [*FOR_PROGRAMS, *(key for key, value in SAID_ANYWAY.items() if parent.get(key) == value)]:
            parent.attrib.pop(key, None)
        for key in GEOMETRY:
            if key in parent.attrib:
                parent.set(key, _two_decimals(parent.attrib[key]))
    _without_what_nobody_sees(root, {"fill": "none"})
    return ET.tostring(root, encoding="unicode")


def _two_decimals(geometry: str) -> str:
    return re.sub(r"-?\d+\.\d{3,}(?:e-?\d+)?", lambda found: f"{round(float(found[0]), 2):g}", geometry)


def _without_what_nobody_sees(parent: ET.Element, painted: Mapping[str, str]) -> None:
    """Take out shapes without paint and groups that only hold others."""
    kept: list[ET.Element] = []
    for child in parent:
        here = {**painted, **{key: child.attrib[key] for key in ("fill", "stroke", "display") if key in child.attrib}}
        _without_what_nobody_sees(child, here)
        shape = child.tag == f"{{{SVG}}}path"
        unpainted = here["fill"] in ("none", "transparent") and here.get("stroke", "none") in ("none", "transparent")
        if shape and parent.tag != f"{{{SVG}}}clipPath" and (unpainted or not child.get("d") or here.get("display") == "none"):
            continue
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            kept += list(child)
        elif child.tag != f"{{{SVG}}}g" or len(child):
            kept.append(child)
    parent[:] = kept
