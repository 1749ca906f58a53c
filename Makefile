# Everything a person types. Needs Python 3.11 or newer and make; the rest is fetched into .venv and web/client/node_modules.
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
# Not from the environment: some shells and toolchains keep something else in HOST.
HOST = $(or $(KRING_HOST),127.0.0.1)
PORT ?= 8000
ENVIRONMENT := KRING_HOST=$(HOST) PORT=$(PORT) PATH="$(CURDIR)/$(BIN):$$PATH"

.PHONY: help run start setup test check bench lint types client-tests build-client chromium clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: build-client  ## serve on this machine (HOST=0.0.0.0 for a hall, PORT=8000)
	@$(ENVIRONMENT) kring serve

start: build-client  ## what the Procfile says, through honcho: server and worker as processes of their own
	@$(ENVIRONMENT) honcho start --port $(PORT)

setup: .venv/tests build-client  ## the environment with everything the tests need

test: setup chromium lint types client-tests  ## everything; what breaks or times something comes last, and alone
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal -m "not fault and not long"
	$(BIN)/python -m pytest -m "fault or long"

check: setup lint types  ## the quick half: linters, types, fast tests
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal -m "not slow and not fault and not browser and not long"

bench: setup .venv/bench  ## figures beside its peers, in a table (WRITE=1: also docs/performance.md)
	$(BIN)/python -m tests.bench

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy
	$(BIN)/python web/build_hook.py npm run check

client-tests: setup
	$(BIN)/python web/build_hook.py npm test

chromium: setup
	@$(BIN)/python -m tests.browser.chromium

# No stamp of make's own here: the build compares what is in the sources with what it built from, which also sees a file that went.
build-client: .venv/kring  ## the browser's part, when its sources changed
	@$(BIN)/python web/build_hook.py

clean:  ## what make made; your data stays
	rm -rf .venv web/static web/client/node_modules dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- stamps: a changed pyproject.toml installs again ---------------------------------------------------------------------------

.venv/python:
	@$(make-environment)
	@touch $@

# The two packages that build Kring go into its own environment, so that they are fetched once.
.venv/kring: pyproject.toml .venv/python
	@echo "Installing Kring into .venv ..."
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > .venv/build.txt
	@$(BIN)/python -m pip install --quiet --requirement .venv/build.txt
	@$(BIN)/python web/build_hook.py
	@$(BIN)/python -m pip install --quiet --no-build-isolation --editable .
	@touch $@

.venv/tests: .venv/kring
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --no-build-isolation --editable '.[test]'
	@touch $@

.venv/bench: .venv/kring
	@echo "Installing the peers that Kring is measured beside ..."
	@$(BIN)/python -m pip install --quiet --no-build-isolation --editable '.[bench]'
	@touch $@

define make-environment
for python in "$$KRING_PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  found="$$python"; \
  "$$python" -m venv .venv >/dev/null 2>&1 && exit 0; \
  "$$python" -m venv --without-pip .venv >/dev/null 2>&1 && "$$python" -m pip --python .venv/bin/python install --quiet pip >/dev/null 2>&1 && exit 0; \
  rm -rf .venv; \
done; \
if [ -z "$$found" ]; then \
  echo "Kring needs Python 3.11 or newer, and there is none here. Install one (Debian, Ubuntu: sudo apt install python3 python3-venv), or say where it is: make KRING_PYTHON=/path/to/python3" >&2; \
else \
  echo "$$found cannot make an environment: it has no venv or no ensurepip. Install them (Debian, Ubuntu: sudo apt install python3-venv; Fedora: sudo dnf install python3-pip) and type make again." >&2; \
fi; \
exit 1
endef
