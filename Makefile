# Practicum: every command a newcomer needs. See README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
HOST ?= 127.0.0.1
PRACTICUM_HOME ?= var
STORE ?= $(PRACTICUM_HOME)/practicum.duckdb
DEMO := $(PRACTICUM_HOME)/demonstration.duckdb

.PHONY: help setup run serve test test-fast check bench texts clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/app.stamp: requirements.txt
	@sh tools/need-venv.sh $(PYTHON)
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Installing Practicum's pinned packages into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/app.stamp requirements-dev.txt
	@echo "Installing the packages for tests ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(VENV)/dev.stamp ## Install everything pinned, and the browser for the tests
	@sh tools/need-browser.sh

run: $(VENV)/app.stamp ## Try it: a demonstration with invented people (PORT=8501)
	@sh tools/run-demonstration.sh $(BIN) $(DEMO) $(PORT)

serve: $(VENV)/app.stamp ## Run a real store (STORE= HOST= PORT=)
	@sh tools/serve.sh $(BIN) $(STORE) $(HOST) $(PORT)

QUICK := tests/curriculum tests/people tests/assessments tests/analytics/statistics tests/test_architecture.py tests/test_docs.py

# Compiled tests are kept, whatever the shell says: compiling them anew takes each worker longer than finding them.
test test-fast: export PYTHONDONTWRITEBYTECODE =

test: setup ## All tests, the browser's included
	@$(BIN)/python -m pytest -n 3 --dist loadgroup

test-fast: $(VENV)/dev.stamp ## The quick tests: rules and figures, without pages and large stores
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow" $(QUICK)

check: $(VENV)/dev.stamp ## Format, lint, types, import contracts, programmes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@$(BIN)/python -m curriculum check

bench: $(VENV)/dev.stamp ## Measure; prints ratios
	@$(BIN)/python -m benchmarks --large

texts: $(VENV)/dev.stamp ## Collect the interface's texts for translators
	@$(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg -o web/texts/practicum.pot --project=Practicum --no-location --sort-output .

clean: ## Remove the environment and the demonstration store
	rm -rf $(VENV) $(DEMO) $(DEMO).wal
