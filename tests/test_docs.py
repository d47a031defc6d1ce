"""The documents are true: links lead somewhere, snippets run, commands work and every command is described."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

from partnership_model.delivery.cli import commands
from partnership_model.delivery.reference_pages import as_pages
from partnership_model.knowledge.reading import read_knowledge
from tests.browser import method_pictures
from tests.display.test_notebook import ember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "data/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
EACH_PAGE = pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
METHOD_PAGES = sorted((ROOT / "docs" / "method").glob("*.md"))
TESTED = ("partnership", "papermill")
SERVERS = ("partnership explore", "partnership consult")
NOT_RUN = "# not run"
PNG = b"\x89PNG\r\n\x1a\n"
WITHIN = 300
LEFT_OUT = (".*", "__pycache__", "build", "dist", "results", "tests", "benchmarks", "partnership_model")


def tokens(page: Path) -> list[Token]:
    """Read a page as GitHub does, tables included."""
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def targets(page: Path) -> Iterator[str]:
    """Give the address of every link and image, written in Markdown or in HTML."""
    for block in tokens(page):
        for token in [block, *(block.children or [])]:
            yield from (str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)
            if token.type in ("html_block", "html_inline"):
                yield from re.findall(r'\b(?:href|src)="([^"]+)"', token.content)


def anchors(page: Path) -> set[str]:
    """Give the names by which GitHub lets a link lead to a heading."""
    found: set[str] = set()
    blocks = tokens(page)
    for opening, inline in itertools.pairwise(blocks):
        if opening.type == "heading_open":
            text = "".join(part.content for part in inline.children or [] if part.type in ("text", "code_inline"))
            name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            again = 0
            while (numbered := f"{name}-{again}" if again else name) in found:
                again += 1
            found.add(numbered)
    return found


def broken(page: Path, root: Path) -> list[str]:
    """List the relative links that lead to no file under `root`, or to no heading in it."""
    faults = []
    for target in targets(page):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not (file.is_relative_to(root) and file.exists()):
            faults.append(f"{target}: no such file")
        elif parts.fragment and file.suffix == ".md" and parts.fragment not in anchors(file):
            faults.append(f"{target}: no such heading")
    return faults


def fenced(page: Path, language: str) -> Iterator[tuple[int, str]]:
    """Give the first line and the text of every block in a language."""
    for token in tokens(page):
        if token.type == "fence" and token.info.split()[:1] == [language]:
            yield (token.map or [0])[0] + 2, token.content


def commands_of(page: Path) -> list[str]:
    """List the commands of the `console` blocks that can be tried, continued lines joined."""
    found = []
    for _, block in fenced(page, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            command = line.removeprefix("$ ")
            tried = line.startswith("$ ") and command.startswith(TESTED) and not command.startswith(SERVERS)
            if tried and not command.rstrip().endswith(NOT_RUN):
                found.append(command)
    return found


@EACH_PAGE
def test_relative_links_and_images_lead_somewhere(page: Path) -> None:
    """Each points to a file of the repository and, after a #, to one of its headings."""
    assert not broken(page, ROOT)


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """The test above can fail."""
    page = tmp_path / "page.md"
    page.write_text(
        "# One `two`, three\n\n## Same\n\n## Same\n\n[a](#one-two-three) [b](page.md#same-1) [c](https://example.org/x)\n"
        '[d](missing.md) [e](#same-2) ![f](no.png) <img src="../out.png">\n',
        encoding="utf-8",
    )
    assert broken(page, tmp_path) == [
        "missing.md: no such file",
        "#same-2: no such heading",
        "no.png: no such file",
        "../out.png: no such file",
    ]


def test_of_a_console_block_the_programs_own_commands_are_tried(tmp_path: Path) -> None:
    """Output, other programs, servers and what says so are left out; a continued line is one command."""
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ partnership check\nNo faults found.\n$ make test\n$ partnership explore my-case\n"
        "$ partnership appraise a \\\n    --to json  # why\n$ partnership new b  # not run\n```\n"
        "```text\n$ partnership facts\n```\n",
        encoding="utf-8",
    )
    assert [shlex.split(command, comments=True) for command in commands_of(page)] == [
        ["partnership", "check"],
        ["partnership", "appraise", "a", "--to", "json"],
    ]


@EACH_PAGE
def test_python_snippets_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each runs by itself, from the top of the repository."""
    monkeypatch.chdir(ROOT)
    for line, snippet in fenced(page, "python"):
        # Blank lines before it, so that a traceback names the line of the page.
        program = compile("\n" * (line - 1) + snippet, str(page), "exec")
        exec(program, {"__name__": "__main__"})  # noqa: S102 - our own documents


@pytest.mark.slow
@EACH_PAGE
def test_commands_work(page: Path, tmp_path: Path) -> None:
    """The commands of a page, one after the other, in a copy of the repository's files, end well."""
    folder = tmp_path / "copy"
    tried = commands_of(page)
    if tried:
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    for command in tried:
        done = subprocess.run(
            shlex.split(command, comments=True),
            cwd=folder,
            env=environment,
            timeout=WITHIN,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"


def test_every_command_is_described() -> None:
    """README or docs/ name each subcommand, so that none is a secret."""
    described = [page for page in PAGES if page.relative_to(ROOT).parts[0] in ("README.md", "docs")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in described)
    assert not [name for name in commands.commands if not re.search(rf"\bpartnership {re.escape(name)}\b", text)]


def test_the_reference_pages_are_those_of_the_data() -> None:
    """After a change of `data/`: `partnership facts --pages docs/reference`."""
    folder = ROOT / "docs" / "reference"
    pages = as_pages(read_knowledge())
    assert sorted(path.name for path in folder.iterdir()) == sorted(pages)
    stale = [name for name, text in pages.items() if (folder / name).read_text(encoding="utf-8") != text]
    assert stale == []


def test_the_readme_counts_questions_as_the_knowledge_base_does() -> None:
    base = read_knowledge()
    said = re.search(r"(\d+) questions for (\w+) options, (\w+) categories of school", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert said is not None
    assert said.groups() == (str(len(base.attributes)), "eight", "fourteen")
    assert (len(base.options), len(base.categories)) == (8, 14)


@pytest.mark.parametrize("page", [pytest.param(page, id=page.stem) for page in METHOD_PAGES])
def test_a_page_of_the_method_shows_its_picture_and_names_the_modules_that_show_it(page: Path) -> None:
    """So that a reader finds on screen or in the report what the page explains."""
    assert f"../img/method/{page.stem}.png" in list(targets(page))
    assert (ROOT / "docs" / "img" / "method" / f"{page.stem}.png").read_bytes().startswith(PNG)
    named = re.findall(r"`((?:model|analysis|display)/\w+\.py)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / "partnership_model" / name).is_file()] == []
    assert any(name.startswith("display/") for name in named)


def test_every_page_of_the_method_has_a_picture_that_can_be_drawn_again() -> None:
    """After a change of a chart: `python tests/browser/method_pictures.py`."""
    topics = [page.stem for page in METHOD_PAGES]
    assert topics
    taken = ["elicitation"]  # from the dashboard: `python tests/browser/pictures.py`
    assert sorted([*method_pictures.PARTS, *taken]) == topics == sorted(path.stem for path in method_pictures.PICTURES.iterdir())
    appraisal = ember().appraisal
    for topic in method_pictures.PARTS:
        assert method_pictures.png(method_pictures.figure(topic, appraisal)).startswith(PNG)
