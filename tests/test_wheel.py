"""The wheel works for somebody who has nothing else: no checkout, and an empty folder to work in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from partnership_model.delivery.outputs import Wanted

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("data", "notebooks", "dashboards")
WITHIN = 300


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to end well, with nothing of the checkout in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(list(command), cwd=cwd, env=environment, timeout=WITHIN, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel.

    The back end comes from this environment, at its pinned version, so that the test needs no network; a build in
    isolation is what installed this environment.
    """
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own and give the folder of its programs."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment.parent)
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    run(sys.executable, "-m", "pip", "--python", folder / "python", *install, cwd=environment.parent)
    # The other packages are borrowed from this environment, which spares half a gigabyte. A .pth file that is reached
    # through another one is not read, so that the editable install of the checkout does not come along.
    paths = sysconfig.get_paths(vars={"base": str(environment), "platbase": str(environment)})
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(paths["purelib"], "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    return folder


def test_the_wheel_holds_all_that_the_package_reads(wheel: Path) -> None:
    """Knowledge base, example cases, notebooks, dashboards, templates, style sheets and licences."""
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = set()
    for folder in (*SHIPPED, "partnership_model"):
        for path in (ROOT / folder).rglob("*"):
            place = path.relative_to(ROOT)
            kept_out = any(part.startswith((".", "_shipped", "__pycache__")) for part in place.parts)
            if path.is_file() and not kept_out:
                wanted.add(f"partnership_model/_shipped/{place.as_posix()}" if folder in SHIPPED else place.as_posix())
    assert wanted <= held, sorted(wanted - held)
    for name in (
        "data/options.yaml",
        "data/cases/ember-2016/case.yaml",
        "notebooks/option_appraisal.ipynb",
        "dashboards/governors.ipynb",
        "dashboards/templates/partnership/index.html.j2",
    ):
        assert f"partnership_model/_shipped/{name}" in held
    for name in ("LICENSE", "NOTICE", "data/LICENSE"):
        assert any(path.endswith(f".dist-info/licenses/{name}") for path in held)


def test_the_wheel_appraises_the_example_from_an_empty_folder(programs: Path, tmp_path: Path) -> None:
    """Outside the checkout it checks its own data and writes every file."""
    where = "import partnership_model; print(partnership_model.__file__)"
    assert Path(run(programs / "python", "-c", where, cwd=tmp_path).strip()).is_relative_to(programs.parent)
    assert "No faults" in run(programs / "partnership", "check", cwd=tmp_path)
    assert not list(tmp_path.iterdir())
    run(programs / "partnership", "appraise", "ember-2016", "--out", "out", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    results = tmp_path / "out" / "ember-2016"
    assert {path.name for path in results.iterdir()} == {*Wanted().names.values(), "run.json"}
    assert json.loads((results / "result.json").read_text(encoding="utf-8"))["case"]
    assert "</html>" in (results / "report-governors.html").read_text(encoding="utf-8")
    assert json.loads((results / "option_appraisal-governors.ipynb").read_text(encoding="utf-8"))["nbformat"] == 4
