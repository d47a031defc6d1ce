"""Writes values from a workbook as the text of `case.yaml`, each on a line of its own, and remembers whose cell that was."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

_PLAIN_KEY = re.compile("[a-z][a-z_]*")


@dataclass(frozen=True)
class Leaf:
    """A value, and the cell in which it stands, such as `Schools!B4`."""

    value: object
    place: str


Tree = dict[str, "Node"]
Node = Leaf | Tree | list["Node"]


@dataclass
class PlacedYaml:
    """The text, and the cell and the path of each line that holds a value or is the first of a part.

    Attributes:
        lines: without their ends; the first is line 1.
        cells: by line, the cell and the path of keys to it.
    """

    lines: list[str] = field(default_factory=list)
    cells: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Give the whole text."""
        return "\n".join(self.lines) + "\n"

    def write(self, tree: Tree) -> None:
        """Write keys and values."""
        self._keys(tree, 0, "")

    def _keys(self, tree: Tree, depth: int, path: str) -> None:
        for key, node in tree.items():
            here = f"{path}.{key}" if path else key
            name = key if _PLAIN_KEY.fullmatch(key) else written(key)
            self._node(f"{' ' * depth}{name}:", node, depth, here)

    def _node(self, begins: str, node: Node, depth: int, path: str) -> None:
        if isinstance(node, Leaf):
            self.lines.append(f"{begins} {written(node.value)}")
            self.cells[len(self.lines)] = (node.place, path)
        elif not node:
            self.lines.append(f"{begins} []")
        else:
            self.lines.append(begins)
            self.cells[len(self.lines)] = (first_place(node), path)
            if isinstance(node, dict):
                self._keys(node, depth + 2, path)
            else:
                for number, one in enumerate(node):
                    self._node(f"{' ' * (depth + 2)}-", one, depth + 2, f"{path}.{number}")


def first_place(node: Node) -> str:
    """Give the first cell of a part; "" where it has none."""
    while not isinstance(node, Leaf):
        if not node:
            return ""
        node = next(iter(node.values() if isinstance(node, dict) else node))
    return node.place


def written(value: object) -> str:
    r"""Write a value so that the workbook's own reader of YAML gives it back.

    >>> print(written("St Anne's: \"us\""), written(270.0), written(True), written(dt.datetime(2016, 4, 15)), written("no"))
    "St Anne's: \"us\"" 270 true "2016-04-15" "no"
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else format(value, "f") if "e" in repr(value) else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    escaped = {'"': '\\"', "\\": "\\\\"}
    letters = (escaped.get(letter, letter if letter.isprintable() else f"\\U{ord(letter):08x}") for letter in str(value))
    return f'"{"".join(letters)}"'
