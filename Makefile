# One entry for everything. `make help` lists what there is. Needs only Python 3.11+ and make.
.DEFAULT_GOAL := help
.PHONY: help baseline setup run test check check-long bench evaluate lock docs clean
SHELL := /bin/bash
PYTHON ?= python3
UV := .tools/bin/uv
UV_VERSION := 0.13.9
export UV_PYTHON_DOWNLOADS = never
export UV_PROJECT_ENVIRONMENT = .venv
EVAL ?= eval

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fourcorners needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .tools && .tools/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: $(UV) pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@

setup: .venv/.ready ## Make .venv with everything, pinned

run: setup ## Start the service with demonstration accounts and cases, and print where to look
	@.venv/bin/fourcorners serve --demo

# The pages are tested in Chromium, which pip cannot bring: Debian's package does, where we may install it.
.venv/.browser: .venv/.ready
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1; fi; \
	command -v chromium >/dev/null || echo "There is no Chromium: the tests of pages in a browser are left out."
	@touch $@

test: setup .venv/.browser ## Run the tests, on all cores
	@.venv/bin/python -m pytest -q -rsR -n auto

check: setup ## Style, types, import contracts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

check-long: setup ## The long property tests (about ten minutes)
	@FOURCORNERS_LONG=1 .venv/bin/python -m pytest -q -n auto --timeout=3600

bench: setup ## Time a 12-megapixel case, stage by stage, beside its peers
	@.venv/bin/python -m bench
	@.venv/bin/python -m bench.help_search

evaluate: setup ## Measure accuracy on the labelled pictures in EVAL=folder
	@.venv/bin/fourcorners evaluate $(EVAL)

lock: $(UV) ## Resolve the dependencies again
	@$(UV) lock --python $(PYTHON)

baseline: setup ## Write the first migration again from the models (only before the first release)
	@.venv/bin/python -m fourcorners.migrations.baseline && .venv/bin/ruff check -q --fix src/fourcorners/migrations && .venv/bin/ruff format -q src/fourcorners/migrations

docs: setup ## Write the generated pages of docs/reference again
	@.venv/bin/fourcorners docs docs/reference

clean: ## Remove what make made
	@rm -rf .venv .tools out .mypy_cache .ruff_cache .hypothesis
