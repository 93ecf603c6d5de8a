# Needs git, make and Python 3.11 or newer with venv. `make` alone lists what there is to do.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := .venv/.peers

.PHONY: help setup demo test lint types audit lock schemas treaties docs wheel bench eval fuzz fuzzapi clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(READY) ## make the virtual environment, pinned by requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "inforce needs Python 3.11 or newer; $(PYTHON) is older: say make PYTHON=python3.11" >&2; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv || { \
	  echo "cannot make .venv: install Python's venv (Debian: apt install python3-venv)" >&2; exit 2; }
	@echo "Setting up .venv (once; about a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## check the example articles, write the pages to out/
	@$(BIN)/python examples/demo.py

test: $(READY) ## run the tests
	@$(BIN)/pytest --numprocesses auto --dist worksteal

eval: $(READY) ## score the annotated articles (GOLD=FOLDER for others, PIN=yes, JSON=yes)
	@$(BIN)/python tests/gold/evaluate.py $(if $(GOLD),--gold '$(GOLD)') $(if $(PIN),--pin) $(if $(JSON),--json)

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY) ## mypy --strict
	@$(BIN)/mypy --strict

audit: $(READY) ## audit the record
	@$(BIN)/inforce record audit

wheel: $(READY) ## build the wheel; try it alone in an empty environment
	@PYTHON="$(PYTHON)" .ci/wheel-alone

schemas: $(READY) ## write the JSON Schemas of answers and record anew
	@$(BIN)/python -m inforce.reports.schemas docs/answers
	@$(BIN)/python -m inforce.reports.record_schema docs/record.schema.json

treaties: $(READY) ## write the pages of the treaties anew
	@mkdir -p docs/treaties
	@$(BIN)/python -m inforce.reports.treaty_page docs/treaties

docs: $(READY) treaties ## write the outputs shown in the docs anew
	@$(BIN)/python tests/cli/consoles.py

fuzz: $(READY) ## pass 10,000 hostile files through reader and checker (some minutes)
	@$(BIN)/python tests/fuzz/run.py

fuzzapi: $(READY) ## ask the API all that its document allows and does not (about four minutes)
	@INFORCE_EXAMPLES=$${INFORCE_EXAMPLES:-20} $(BIN)/pytest tests/web/test_schemathesis.py

bench: $(READY) $(PEERS) ## measure speed, memory and start-up, the world beside its peers
	@$(BIN)/python bench/check_speed.py
	@$(BIN)/python bench/gate_speed.py --megabytes 4
	@$(BIN)/python bench/times_amounts_peers.py
	@$(BIN)/python bench/crawl.py --megabytes 100
	@$(BIN)/python bench/hostile.py --largest 64
	@$(BIN)/python bench/startup.py
	@$(BIN)/python bench/world_speed.py

$(PEERS): bench/requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	@touch $@

lock: $(READY) ## resolve the dependencies anew (needs uv)
	@uv pip compile --universal --generate-hashes --extra dev pyproject.toml -o requirements.lock --quiet
	@uv pip compile --universal --generate-hashes --extra bench pyproject.toml -c requirements.lock \
	  -o bench/requirements.lock --quiet

clean: ## remove what the other targets made
	rm -rf .venv out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
