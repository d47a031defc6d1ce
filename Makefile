# Needs Python 3.11 or newer and make; each command does all of its own set-up, in .venv.

PYTHON ?= python3
# Only from the command line: a variable of these names in the environment means something else.
CASE =
ARGS =

BIN := .venv/bin
EXPLORE_READY := .venv/.ready-to-explore
TEST_READY := .venv/.ready-to-test

# Both names, because pip from 25.3 no longer reads the first one for build back ends; relative, because pip splits
# the value at spaces, which the path of this folder may have.
INSTALL := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check

# Two at once, each with whole files; those that take long begin first (tests/conftest.py).
WORKERS := -n 2 --dist loadfile --no-loadscope-reorder

# The environment is made anew unless it works and belongs to this very folder: it may have been half made, copied
# along with the folder, or left behind when the system's Python was replaced.
WORKS := $(shell $(BIN)/python -I -c 'import os, pip, partnership_model; \
	print(os.path.samefile(os.path.join(os.path.dirname(partnership_model.__file__), os.pardir), "."))' 2>/dev/null)
ANEW := $(if $(filter True,$(WORKS)),,anew)

CHECK := import sys; version = sys.version_info; \
	version >= (3, 11) or sys.exit("Python 3.11 or newer is needed, and $(PYTHON) is %d.%d. Name a newer one: make PYTHON=python3.13 explore" % version[:2]); \
	import importlib.util as util; \
	util.find_spec("ensurepip") and util.find_spec("venv") or sys.exit("This Python cannot make environments. On Debian and Ubuntu: apt-get install python%d.%d-venv" % version[:2])

.NOTPARALLEL:
.PHONY: help explore test clean anew

help:
	@echo 'make explore    open the governors'"'"' dashboard on the Ember schools; CASE=folder opens another case'
	@echo 'make test       run every check and test, the browser'"'"'s included'

explore: $(EXPLORE_READY)
	@$(BIN)/partnership explore $(ARGS) $(if $(CASE),"$(CASE)")

test: $(TEST_READY)
	@$(BIN)/python tests/browser/chromium.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q $(WORKERS) $(ARGS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

$(EXPLORE_READY): pyproject.toml constraints.txt $(ANEW)
	@echo 'Installing the workbook; the first time takes a minute or two.'
	@$(INSTALL) -e .
	@touch $@

$(TEST_READY): pyproject.toml constraints.txt $(ANEW)
	@echo 'Installing the workbook and what its tests need; the first time takes a minute or two.'
	@$(INSTALL) -e '.[test]'
	@touch $@ $(EXPLORE_READY)

anew:
	@command -v "$(PYTHON)" >/dev/null || { echo '$(PYTHON) was not found. Please install Python 3.11 or newer.' >&2; exit 1; }
	@"$(PYTHON)" -c '$(CHECK)'
	@"$(PYTHON)" -m venv --clear .venv
