# Each target sets up what it needs by itself, in .venv: Python 3.11 or later, git and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
RUN := PYTHONPATH=scripts $(BIN)/python
FUZZ_SECONDS ?= 300

.DEFAULT_GOAL := help
.PHONY: help review check test accept pictures lint bench fuzz docs lock clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

review: $(VENV)/run ## show what the open cases' pull requests would be told
	@# 1 means that a case is not ready yet: an answer, not a failure of the program.
	@$(RUN) -m casework review $(ARGS) || [ $$? -eq 1 ]

check: $(VENV)/run ## check the framework, the people and all cases
	@$(RUN) -m casework check $(ARGS)

test: $(VENV)/run $(VENV)/test ## run the tests
	@# One more than there are processors: many a test waits for git, for a server, for a workflow.
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)') $(ARGS)

accept: $(VENV)/run $(VENV)/test ## take the present output as the expected one, to be read in the diff
	@$(BIN)/python -m pytest -q --accept $(ARGS)

pictures: $(VENV)/run $(VENV)/test $(VENV)/pictures ## show the comments as GitHub would, in build/pictures
	@command -v npm >/dev/null || { echo "make pictures needs npm, for GitHub's style sheets." >&2; exit 1; }
	@test -d build/npm/node_modules/github-markdown-css || npm install --silent --prefix build/npm github-markdown-css@5
	@PYTHONPATH=scripts:. $(BIN)/python -m tests.render.pictures --css build/npm/node_modules/github-markdown-css $(ARGS)

lint: $(VENV)/run $(VENV)/lint ## check style, types and workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --persona auditor --quiet .github
	@# Without the programs that it would use if they happen to be there: it is to say the same everywhere.
	@$(BIN)/actionlint -shellcheck= -pyflakes= .github/workflows/*.yml

bench: $(VENV)/run $(VENV)/bench ## measure the speed, in ratios taken in one run
	@$(RUN) bench/bench.py $(ARGS)

fuzz: $(VENV)/run $(VENV)/fuzz ## feed the reader damaged cases for some minutes
	@$(RUN) tests/fuzz.py -max_total_time=$(FUZZ_SECONDS) $(ARGS)

docs: $(VENV)/run ## write anew the pages that are made from data and code
	@$(RUN) docs/generate.py

lock: $(VENV)/lock ## choose the newest versions and lock them with their hashes
	@for set in run test pictures lint bench fuzz lock; do \
	  source=requirements/$$set.in; [ $$set = run ] && source=pyproject.toml; \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
	    --python-version 3.11 --custom-compile-command "make lock" $$source -o requirements/$$set.txt || exit 1; \
	done

clean: ## remove what the other targets made
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Casework needs Python 3.11 or later: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments (on Debian: apt install python3-venv)." >&2; exit 1; }
	@touch $@

$(VENV)/%: requirements/%.txt $(VENV)/python
	@echo "Installing what make $(if $(filter run,$*),review,$*) needs …" >&2
	@$(PIP) -r $<
	@touch $@
