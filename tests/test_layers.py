"""The five stages: imports go only to the right, and `model` and `analysis` touch nothing outside themselves."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[1] / "partnership_model"
ORDER = ("errors", "knowledge", "model", "analysis", "display", "delivery")
PURE = ("model", "analysis")
PURE_IMPORTS = {
    *("__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "fractions", "functools", "hashlib", "heapq"),
    *("itertools", "math", "operator", "statistics", "string", "textwrap", "typing"),
    *("numpy", PACKAGE.name),
    *("pymcdm", "scipy"),  # each loaded by its one loader alone, below
}
LOADERS = {
    "analysis/method_scores.py": "pymcdm",  # an extra
    "analysis/consultation/intervals.py": "scipy",  # most of a second and 60 MiB that only the intervals need
}
HEAVY = ("pymcdm", "matplotlib", "scipy", "PIL")
A_DASHBOARD = """
import importlib, pkgutil, sys
import partnership_model
for found in pkgutil.walk_packages(partnership_model.__path__, "partnership_model."):
    if not found.name.endswith("migrations.env"):  # a script that Alembic runs
        importlib.import_module(found.name)
from partnership_model.display.widgets import governors_dashboard
dashboard = governors_dashboard("ember-2016")
dashboard.move({"do": "weights", "of": "case"})
for step in ("what_follows", "how_sure"):
    dashboard.move({"do": "go", "step": step})
    assert "<h1" in dashboard.html
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
READING = {f"{PACKAGE.name}.knowledge.{name}" for name in ("case_files", "csv_file", "files", "reading", "shipped", "yaml_file")}
OUTSIDE = {"__import__", "breakpoint", "eval", "exec", "input", "open", "print"}
CLOCK = {"now", "today", "utcnow"}
NUMPY_FILES = {"fromfile", "genfromtxt", "load", "loadtxt", "memmap", "save", "savetxt", "savez", "savez_compressed"}
SEEDED = {"Generator", "PCG64", "PCG64DXSM", "Philox", "SeedSequence", "default_rng"}


def faults(package: Path) -> list[str]:
    """List each breach of the rules as `file:line: what`."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[0] in ("_shipped", "__init__"):
            continue
        where = path.relative_to(package.parent)
        if parts[0] not in ORDER:
            found.append(f"{where}:1: {parts[0]} is none of the stages {', '.join(ORDER)}")
            continue
        module = (PACKAGE.name, *parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        breaches = {*against_the_order(tree, module), *(impure(tree, module) if parts[0] in PURE else ())}
        found += [f"{where}:{line}: {says}" for line, says in sorted(breaches)]
    return found


def against_the_order(tree: ast.AST, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Find the imports of a stage further to the right."""
    own = ORDER.index(module[1])
    for line, imported in imports(tree, module):
        first, _, rest = imported.partition(".")
        stage = rest.partition(".")[0]
        if first == PACKAGE.name and stage in ORDER[own + 1 :]:
            yield line, f"{module[1]} imports {stage}, which is to its right"


def impure(tree: ast.AST, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Find what reaches files, the clock, the screen or unseeded randomness."""
    for line, imported in imports(tree, module):
        if imported.partition(".")[0] not in PURE_IMPORTS:
            yield line, f"a pure stage imports {imported}"
        if any(imported == name or imported.startswith(f"{name}.") for name in READING):
            yield line, f"a pure stage imports {imported}, which reads files"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            *owner, last = name.split(".")
            if name in OUTSIDE or (owner and last in CLOCK) or (owner in (["np"], ["numpy"]) and last in NUMPY_FILES):
                yield node.lineno, f"a pure stage calls {name}()"
            if "random" in owner and (last not in SEEDED or not (node.args or node.keywords)):
                yield node.lineno, f"a pure stage draws unseeded numbers with {name}()"


def imports(tree: ast.AST, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Give the line and the full name of everything that is imported, relative or not, for types only or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # `from . import x` in a package's __init__ counts from the package, as in a module beside it.
            base = ".".join(module[: -node.level]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """Write `np.random.default_rng` as it was written; what is called on anything else keeps its last name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def test_imports_go_to_the_right_and_the_middle_is_pure() -> None:
    """The package keeps its own rules."""
    assert not (found := faults(PACKAGE)), "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("place", "line", "says"),
    [
        ("knowledge/bad.py", "from partnership_model.model.money import total", "knowledge imports model"),
        ("knowledge/bad.py", "from partnership_model import analysis", "knowledge imports analysis"),
        ("model/bad.py", "from ..display import charts", "model imports display"),
        ("errors.py", "import partnership_model.knowledge.files", "errors imports knowledge"),
        ("display/bad.py", "def f():\n    import partnership_model.delivery", "display imports delivery"),
        ("helpers.py", "x = 1", "helpers is none of the stages"),
        ("model/bad.py", "from pathlib import Path", "a pure stage imports pathlib.Path"),
        ("analysis/bad.py", "import random", "a pure stage imports random"),
        ("analysis/bad.py", "import ipywidgets as w", "a pure stage imports ipywidgets"),
        ("analysis/bad.py", "from partnership_model.knowledge.yaml_file import read_yaml", "which reads files"),
        ("analysis/bad.py", "x = open('a')", "a pure stage calls open()"),
        ("model/bad.py", "import datetime as dt\nx = dt.datetime.now()", "a pure stage calls dt.datetime.now()"),
        ("model/bad.py", "import datetime as dt\nx = dt.date.today()", "a pure stage calls dt.date.today()"),
        ("model/bad.py", "import numpy as np\nx = np.load('a')", "a pure stage calls np.load()"),
        ("analysis/bad.py", "import numpy as np\nx = np.random.default_rng()", "a pure stage draws unseeded numbers"),
        ("analysis/bad.py", "import numpy as np\nx = np.random.rand(3)", "a pure stage draws unseeded numbers"),
        ("model/bad.py", "print('x')", "a pure stage calls print()"),
    ],
)
def test_a_planted_breach_is_found_with_its_line(tmp_path: Path, place: str, line: str, says: str) -> None:
    """Each rule catches a module that breaks it, and says where."""
    bad = tmp_path / PACKAGE.name / place
    bad.parent.mkdir(parents=True, exist_ok=True)
    bad.write_text(f"import math\n{line}\n", encoding="utf-8")
    (found,) = faults(tmp_path / PACKAGE.name)
    assert found.startswith(f"{PACKAGE.name}/{place}:{1 if place == 'helpers.py' else 2 + line.count(chr(10))}: ")
    assert says in found


def test_what_the_rules_allow_is_not_reported(tmp_path: Path) -> None:
    """Imports to the left, seeded numbers and dates that were handed in are fine."""
    good = tmp_path / PACKAGE.name / "analysis" / "good.py"
    good.parent.mkdir(parents=True)
    good.write_text(
        "import datetime as dt\nimport numpy as np\nfrom partnership_model.errors import PartnershipError\n"
        "from partnership_model.model.money import total\nfrom .overall import ranking\n"
        "x = np.random.default_rng(7).random(3)\nday = dt.date(2016, 4, 15)\n",
        encoding="utf-8",
    )
    assert not faults(tmp_path / PACKAGE.name)


def test_one_module_loads_each_heavy_package_and_only_inside_a_function() -> None:
    """One is an extra, and all are slow to load: whatever else imported them would fail or wait."""
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)}
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        named = [(node, imported.partition(".")[0]) for node in names for _, imported in imports(node, (PACKAGE.name, "x"))]
        heavy = [(node, name) for node, name in named if name in HEAVY]
        assert {name for _, name in heavy} <= {LOADERS.get(path.relative_to(PACKAGE).as_posix())}
        assert all(id(node) in inside for node, _ in heavy)


def test_no_import_and_no_dashboard_loads_what_only_other_methods_need() -> None:
    """Every module imported, and the steps with results drawn: the kernel of a dashboard has none of the heavy packages."""
    done = subprocess.run([sys.executable, "-c", A_DASHBOARD], cwd=PACKAGE.parent, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert {"partnership_model", "numpy", "altair"} <= loaded
    assert loaded.isdisjoint(HEAVY)
