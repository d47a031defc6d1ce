"""What tests of all stages share: the order in which two workers take files, and `partnership check` in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery import cli
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from tests.checking import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from tests.checking import Check


# Folders whose files take long: browsers and servers, then whole runs, then pages.
LONG_FIRST = ("browser", "delivery", "tests", "display")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several workers share the files, put those first that take long, so that all end at about the same time."""
    if hasattr(config, "workerinput"):
        places = {name: place for place, name in enumerate(LONG_FIRST)}
        items.sort(key=lambda item: places.get(item.path.parent.name, len(places)))


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """Check the knowledge base that ships, once, and read it."""
    check_knowledge()
    return read_knowledge()


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, base: KnowledgeBase) -> Check:
    """Run `partnership check` in this process, on a knowledge base that was checked before and does not change meanwhile."""
    monkeypatch.setattr(cli, "check_knowledge", lambda: None)
    monkeypatch.setattr(cli, "read_knowledge", lambda: base)

    def run(*cases: Path | str) -> Answer:
        with pytest.raises(SystemExit, match=r"^[02]$") as end:
            cli.main(["check", *map(str, cases)])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Answer(end.value.code, out, err)

    return run
