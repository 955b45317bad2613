# `make run` and `make test` are all a fresh machine needs; `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
FLAGSHIP := scenarios/flagship-shared-machines.yaml
READY := .venv/.ready
DEVELOPED := .venv/.ready-to-develop
STUDY := PYTHONPATH=tests:docs $(BIN)/python -m

.DEFAULT_GOAL := help
.PHONY: help run test check validate bench pages docs reports clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 16

run: $(READY) ## run the flagship scenario and say where its report lies
	$(BIN)/simulator run $(FLAGSHIP)

test: $(DEVELOPED) ## run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(DEVELOPED) ## run all that CI runs: linter, formatter, types, imports, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal

validate: $(DEVELOPED) ## run the long studies, print their tables, write docs/validity-results.json
	@failed=; \
	$(STUDY) theory.catalogue || failed="$$failed catalogue"; \
	$(STUDY) theory.second_opinion || failed="$$failed second_opinion"; \
	$(STUDY) theory.pairing || failed="$$failed pairing"; \
	$(STUDY) theory.sizing || failed="$$failed sizing"; \
	$(STUDY) theory.coverage || failed="$$failed coverage"; \
	$(STUDY) theory.stopping || failed="$$failed stopping"; \
	$(BIN)/python -m pytest -m validate -n auto --dist worksteal || failed="$$failed pytest"; \
	$(BIN)/python docs/generate.py; \
	[ -z "$$failed" ] || { echo "Not shown:$$failed" >&2; exit 1; }

bench: $(DEVELOPED) ## time the simulator beside SimPy and Ciw, and large estates; some 25 minutes
	$(BIN)/python -m benchmarks $(WITH)

pages: $(DEVELOPED) ## write the generated pages and the published schema again
	$(BIN)/python docs/generate.py
	$(BIN)/simulator schema > scenarios/scenario.schema.json

docs: $(DEVELOPED) ## build the site of the documentation in build/docs
	$(BIN)/python -m sphinx -W --keep-going -n -q docs build/docs
	@echo "Site: build/docs/index.html"

reports: $(DEVELOPED) ## write the sample report in reports/sample again, and its picture
	$(BIN)/python docs/sample_report.py reports/sample --picture

clean: ## remove the environment and every cache
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Both are built again when pyproject.toml or constraints.txt changes; otherwise nothing is fetched.
# A run needs no more than the package; tests and checks need their tools too.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; choose one by make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEVELOPED): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
