"""Writes a new case: a folder that can be opened at once, with notes that say what to put where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
from pydantic import Field

from partnership_model.delivery.writing import write_folder
from partnership_model.errors import FaultsError, PartnershipError, printable
from partnership_model.knowledge.case_names import MOST_READ, Names, case_faults
from partnership_model.knowledge.cases import JUDGEMENT_COLUMNS, School
from partnership_model.knowledge.csv_file import read_csv
from partnership_model.knowledge.files import Document, read_text
from partnership_model.knowledge.schema import Strict, parse
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from typing import Any

    from partnership_model.knowledge.base import KnowledgeBase

LONGEST = 60  # letters of a name; no disk refuses it, whatever the letters
COLUMNS = ("name", "category", "phase", "pupils", "budget")
MORE_COLUMNS = ("form", "role", "balance", "diocese_policy")
WHOLE = ("pupils", "budget", "balance")
_AMOUNT = re.compile(r"(-?)£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})")  # as people write it, and as a spreadsheet does
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_ ]*[A-Za-z0-9]")
_MEANS_SOMETHING = ("true", "false", "null")
_REFUSED = '/\\:*?"<>|'  # by some disk or other
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)  # of Windows, whatever follows the dot


class _Schools(Strict):
    """The schools of a file, as a case would hold them."""

    schools: tuple[School, ...] = Field(min_length=1, max_length=MOST_READ)


def write_case(name: str, into: Path, base: KnowledgeBase, day: dt.date, schools: Path | None = None) -> tuple[Path, ...]:
    """Write the folder of a new case, whole or not at all, and never over anything.

    Args:
        name: what the group calls itself; the folder's name and the case's title.
        into: the folder in which it is made.
        base: names the options, criteria and categories of school.
        day: today; options that do not exist on it are left out.
        schools: a table of the group's schools; without one the case begins with made-up ones, and is stamped.

    Returns:
        The files.

    Raises:
        PartnershipError: a name that no folder should have, one that is taken, or a disk that refuses.
        FaultsError: what is wrong with the table of schools.
    """
    found = first_schools(name, schools, base)
    text = _template().render(
        title=name,
        day=day,
        made_up=schools is None,
        schools=found,
        categories=list(base.categories),
        forms=[key for key in base.forms if key != "alone"],
        options={key: one.label for key, one in base.on(day).options.items()},
        ranked=[key for key, one in base.options.items() if one.ranked],
        criteria={key: one.label for key, one in base.criteria.items() if one.default},
    )
    return write_folder(into / name, {"case.yaml": text, "judgements.csv": ",".join(JUDGEMENT_COLUMNS) + "\n"})


def first_schools(name: str, schools: Path | None, base: KnowledgeBase) -> list[dict[str, str | int]]:
    """Give the schools with which a case of this name begins: those of a table, or made-up ones.

    Raises:
        PartnershipError: a name that no file or folder should have.
        FaultsError: what is wrong with the table.
    """
    refuse_name(name)
    return read_schools(schools or shipped("data", "new_case", "schools.csv"), base)


def refuse_name(name: str) -> None:
    """Refuse a name that is none, leads elsewhere, or that some computer could not open.

    Raises:
        PartnershipError: what is wrong with it.
    """
    examples = sorted(one.name for one in shipped("data", "cases").iterdir())
    wrong = sorted({letter for letter in name if letter in _REFUSED})
    if not name.strip() or name.strip(".") == "":
        says = "this is no name for a folder"
    elif any(not letter.isprintable() for letter in name):
        says = "it has a letter that cannot be seen"
    elif wrong:
        says = f"a folder's name cannot have {' or '.join(wrong)}. To make the case in another folder, use --into"
    elif name != name.strip() or name[-1] == "." or name[0] in ".-":
        says = "it begins or ends with a space, a full stop or a hyphen, which some computers drop or read as something else"
    elif _DEVICES.fullmatch(name):
        says = "Windows keeps this name for a device, and could not open the folder"
    elif len(name) > LONGEST:
        says = f"it has {len(name)} letters; {LONGEST} are the most"
    elif name.lower() in examples:
        says = "an example has this name, and the two would be taken for each other"
    else:
        return
    message = f'"{printable(name[:LONGEST])}" cannot be the name of a case: {says}. Give another name, such as "Hilltop schools".'
    raise PartnershipError(message)


def read_schools(path: Path, base: KnowledgeBase) -> list[dict[str, str | int]]:
    """Read a table of schools, one a row; cells of columns that may be missing may be empty.

    Raises:
        FaultsError: everything that is wrong with it, each with its line.
    """
    name, rows = read_csv(path, COLUMNS, optional=MORE_COLUMNS)
    schools = [{key: _value(key, cell) for key, cell in row.cells.items() if cell or key in COLUMNS} for row in rows]
    document = Document(name, {"schools": schools}, {("schools", index): row.line for index, row in enumerate(rows)} | {(): 1})
    faults = list(case_faults(document, Names.of(document, base), base))
    try:
        parse(_Schools, document)
    except FaultsError as error:
        faults += error.faults
    if faults:
        raise FaultsError(faults)
    return schools


def _value(column: str, cell: str) -> str | int:
    amount = _AMOUNT.fullmatch(cell) if column in WHOLE else None
    return int(amount[1] + amount[2].replace(",", "")) if amount else cell


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=False,  # noqa: S701 - YAML, not HTML; `yaml` escapes
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _as_yaml
    return environment.from_string(read_text(shipped("data", "new_case", "case.yaml.j2")))


def _as_yaml(value: Any) -> str:  # noqa: ANN401 - a text or a number
    r"""Write a value so that YAML reads the same again.

    >>> print(_as_yaml("Infant A"), _as_yaml("St Anne's: \"us\""), _as_yaml(270))
    Infant A "St Anne's: \"us\"" 270
    """
    text = str(value)
    if not isinstance(value, str) or (_PLAIN.fullmatch(text) and text not in _MEANS_SOMETHING):
        return text
    escaped = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escaped.get(letter, letter if letter.isprintable() else f"\\U{ord(letter):08x}") for letter in text) + '"'
