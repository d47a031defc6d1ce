"""Reads what people told us out of any output, as anybody could who has the file, in the shape that the attacks take."""

from __future__ import annotations

import html
import json
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf

from tests.consulting import NEIGHBOURS, PARENTS, SCHOOLS, STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LABELS = {"school_improvement": "Help to teach better", "staff": "Staff", "community_voice": "Community voice"}
LABELS |= {"autonomy": "Autonomy", "cost": "Cost"}
EVERYBODY = "Everybody"
NAMES = (PARENTS, STAFF, NEIGHBOURS, EVERYBODY)
RANK = r"(\d+\.\d) \(median [\d.]+\)"
OPTIONS = {"stay": "Stay as we are", "federation": "Council-maintained federation"}


@cache
def words_of(path: Path) -> str:
    """Give the words of an output in the order in which they are read."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path, read_only=True)
        said = " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    elif path.suffix == ".pdf":
        said = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            said = _without_tags(parts.read("word/document.xml").decode())
    elif path.suffix == ".ipynb":
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        shown = [one["data"].get("text/html", "") for cell in cells for one in cell.get("outputs", ()) if "data" in one]
        said = _without_tags(" ".join("".join(one) for one in shown))
    else:
        said = _without_tags(path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", said)


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)))


def tables_in(path: Path) -> list[dict[str, Any]]:
    """Give the tables of what matters, of every group and of everybody; `result.json` and the board's paper have numbers alone."""
    if path.suffix == ".json":
        return _numbers(json.loads(path.read_text(encoding="utf-8"))["consultation"])
    words = words_of(path)
    part = words.rpartition("Mean rank and median rank")[2].partition("First places")[0]
    head = part.partition("Criterion")[2].partition(" 1.")[0]
    means = {name: dict[str, float]() for name in sorted((one for one in NAMES if one in _columns(head)), key=head.index)}
    for key, label in LABELS.items():
        said = re.search(rf"{label} ((?:{RANK} ?)+)", part)
        for name, mean in zip(means, re.findall(RANK, said[1]) if said else (), strict=True):
            means[name][key] = float(mean)
    counted = {name: int(re.search(rf"{name} \((\d+) (?:people|answers)(?: only)?\): ", words)[1]) for name in means}  # type: ignore[index]
    takes_in = re.search(r"named another group, or none, are counted with ([A-Z][\w ]+?), so", words)
    return [{**_who(name, means, takes_in[1] if takes_in else ""), "n": counted[name], "means": means[name]} for name in means]


def _columns(head: str) -> set[str]:
    """Give who has a column; a criterion may be called as a group is, and stands after the columns."""
    return {name for name in NAMES if name in head.partition(EVERYBODY)[0] + EVERYBODY}


def _who(name: str, shown: Mapping[str, object], takes_in: str) -> dict[str, list[str]]:
    if name == EVERYBODY:
        return {}
    hidden = [*(one for one in NAMES[:3] if one not in shown), ""]
    return {"groups": [name, *hidden] if name == takes_in else [name]}


def _numbers(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    groups = [one for one in said["groups"] if one["answered"] is not None]
    return [{"n": said["answered"], "means": {}}, *({"groups": [one["group"]], "n": one["answered"], "means": {}} for one in groups)]


def schools_in(path: Path) -> list[dict[str, Any]]:
    """Give how many answered at each school, and of which groups they are."""
    part = words_of(path).rpartition("How many answered, by school")[2][:600]
    found = []
    for school in SCHOOLS:
        said = re.search(rf"{school} (all|(?:{PARENTS}|{STAFF}|{NEIGHBOURS}| and |, )+) (\d+) ", part)
        if said:
            groups = [one for one in NAMES[:3] if said[1] == "all" or one in said[1]]
            found.append({"groups": groups, "schools": [school], "n": int(said[2]), "means": {}})
    return found


def support_in(path: Path) -> dict[str, Any]:
    """Give the counts of support by group, as `attacks.counts_of_support` reads them."""
    words, found = words_of(path), []
    for key, label in OPTIONS.items():
        part = words.rpartition(f"{label}: support by group")[2][:400]
        rows = {name: said for name in NAMES if (said := re.search(rf"{name} ((?:\d+ ?)+)", part))}
        if EVERYBODY in rows:
            counts = {name: [int(one) for one in said[1].split()] for name, said in rows.items()}
            cells = [[str(at)] for at in range(len(counts[EVERYBODY]))]
            own = {name: row for name, row in counts.items() if name != EVERYBODY}
            found.append({"option": key, "cells": cells, "together": counts[EVERYBODY], "group_cells": cells, "by_group": own})
    return {"support": found}
