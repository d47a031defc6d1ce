"""Writes a case's files anew with some of what they say changed, and leaves the rest as it stands, comments included."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from partnership_model.knowledge.case_archive import CASE, JUDGEMENTS
from partnership_model.knowledge.cases import FOR, JUDGEMENT_COLUMNS
from partnership_model.knowledge.csv_file import parse_csv
from partnership_model.knowledge.spreads import SPREAD
from partnership_model.knowledge.yaml_file import UnreadableError, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.files import Document

Rows = dict[tuple[str, str], dict[str, str]]
WIDEST = 110  # letters of a line
_LINE = re.compile("(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")  # where lines begin for YAML
_FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would run
_UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\s\ufeff\ufffe\uffff]+")


class _Plain(yaml.SafeDumper):
    """Writes YAML that the workbook's own reader reads as it was."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - anything
        """Write a value out as often as it stands."""
        del data
        return True

    def serialize(self, node: yaml.Node) -> None:
        """Give each outermost key a line of its own."""
        if isinstance(node, yaml.MappingNode):
            node.flow_style = False
        super().serialize(node)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    text = figure(value)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Plain.add_representer(float, _number)


def figure(value: float) -> str:
    """Write a figure in plain digits, so that it is read as the very same.

    >>> figure(60.0), figure(0.1), figure(1e-07)
    ('60', '0.1', '0.0000001')
    """
    text = format(Decimal(repr(value + 0.0)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_yaml(values: Mapping[str, Any]) -> str:
    """Write keys and values in the plain YAML of a case."""
    return yaml.dump(dict(values), Dumper=_Plain, default_flow_style=None, sort_keys=False, allow_unicode=True, width=WIDEST)


def with_keys(text: str, values: Mapping[str, Any]) -> str:
    """Write `case.yaml` with other values for some of its outermost keys.

    Whatever does not belong to these keys stays as it is; a file in which they cannot be told apart is written anew, without its
    comments.
    """
    if not values:
        return text
    before = parse_yaml(text, CASE)
    wanted = {**before.value, **parse_yaml(as_yaml(values), CASE).value}
    edited = _edited(text, before, values)
    try:
        kept = parse_yaml(edited, CASE).value == wanted
    except UnreadableError:
        kept = False
    return edited if kept else as_yaml(wanted)


def _edited(text: str, before: Document, values: Mapping[str, Any]) -> str:
    """Put the new values in the places of the old ones, and what is new at the end."""
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = [line for line in _LINE.split(text) if line]
    starts = sorted(before.lines[(key,)] - 1 for key in before.value)
    for key in sorted((key for key in values if key in before.value), key=lambda key: -before.lines[(key,)]):
        start = before.lines[(key,)] - 1
        end = next((one for one in starts if one > start), len(lines))
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1  # what stands above the next key belongs to that
        lines[start:end] = [as_yaml({key: values[key]}).replace("\n", ends)]
    new = {key: value for key, value in values.items() if key not in before.value}
    body = "".join(lines)
    if not new:
        return body
    return f"{body}{'' if body.endswith(ends) else ends}{ends}{as_yaml(new).replace(chr(10), ends)}"


def judgement_rows(text: str) -> Rows:
    """Give the cells of `judgements.csv` by option and criterion, in their order."""
    return {
        (row.cells["option"], row.cells["criterion"]): row.cells for row in parse_csv(text, JUDGEMENTS, JUDGEMENT_COLUMNS, (SPREAD, FOR))
    }


def with_rows(text: str | None, rows: Rows) -> str | None:
    """Write `judgements.csv` with some rows changed or added; the others stay as they are."""
    if not rows:
        return text
    every = {**(judgement_rows(text) if text else {}), **rows}
    columns = [*JUDGEMENT_COLUMNS, *(one for one in (SPREAD, FOR) if any(row.get(one) for row in every.values()))]
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, columns, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(every.values())
    return made.getvalue()


def plain(text: str) -> str:
    r"""Write what somebody said in one line that holds no control character.

    >>> plain("  We\n counted\x1b[31m. ")
    'We counted [31m.'
    """
    return _UNWRITTEN.sub(" ", text).strip()


def cell(text: str) -> str:
    """Write what somebody said for a cell of a table; what a spreadsheet would run as a formula gets an apostrophe before it.

    >>> cell("=1+1"), cell("We counted.")
    ("'=1+1", 'We counted.')
    """
    said = plain(text)
    return f"'{said}" if said.startswith(_FORMULA) else said
