SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help
help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(VENV)/.dev ## Make .venv with everything to run, test and check

# Each candidate is run, not only looked up: a version manager's placeholder exists and fails.
$(VENV)/bin/python:
	@for python in $${PYTHON:-} python3.13 python3.12 python3.11 python3 python3.14 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "gendan needs Python 3.11 or newer; none was found (set PYTHON=/path/to/python)" >&2; exit 1

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what gendan runs on"
	@$(PIP) --only-binary :all: --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "installing what tests and checks need"
	@$(PIP) --only-binary :all: --require-hashes --requirement requirements-dev.lock
	@touch $@

.PHONY: demo
demo: $(VENV)/.runtime ## Open the demo company's chat page (ARGS="--port 9000")
	@exec $(BIN)/gendan demo $(ARGS)

.PHONY: test
test: setup ## Test everything on SQLite, PostgreSQL and Valkey (ARGS="-k stock")
	@rm -rf build/coverage
	@$(BIN)/pytest --cov --cov-report=term --cov-report=xml:build/coverage.xml $(ARGS)

.PHONY: test-browser
test-browser: setup ## Click through the chat page in a real Chromium; pictures in build/
	@chromium="$$(tests/browser/chromium.sh)"; \
	CHROMIUM="$$chromium" $(BIN)/pytest tests/browser $(ARGS)

# Tools that are no Python packages everywhere are used where they are.
.PHONY: check
check: setup ## Check format, lint, types, imports and the container's files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pip check
	@$(BIN)/yamllint --strict compose.yaml
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "no hadolint for this machine: Dockerfile not checked"; fi
	@bash -n .ci/run tests/browser/chromium.sh

.PHONY: manual
manual: $(VENV)/.runtime ## Write docs/commands.md anew from bot/manual
	@$(BIN)/python -m bot.manual > docs/commands.md

.PHONY: bench
bench: setup ## Measure throughput, latency and understanding; writes benchmarks/results.json
	@$(BIN)/python -m benchmarks $(ARGS)

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-strip-extras pyproject.toml

.PHONY: lock
lock: setup ## Write both lock files anew from pyproject.toml (ARGS="--upgrade")
	@$(COMPILE) $(ARGS) --group build --output-file requirements.lock
	@$(COMPILE) $(ARGS) --group dev --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: clean
clean: ## Remove what make made; data in gendan-data/ and gendan-demo/ stay
	@rm -rf $(VENV) build dist .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
