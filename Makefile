# Everything starts from python3.11, git and make: each target makes .venv/ first where it is missing.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
.DEFAULT_GOAL := help
.PHONY: help ask chat serve test lint check eval bench bench-memory fuzz load train clean

# Q holds whatever a person types, so make must never expand it: it travels in the environment.
unexport Q
export ASKMOBILITY_QUESTION := $(value Q)

help: ## what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

ask: $(READY) ## ask the documents in corpus/: make ask Q="your question"
	@if [ -z "$$ASKMOBILITY_QUESTION" ]; then echo 'Usage: make ask Q="your question"' >&2; exit 2; fi
	@$(BIN)/askmobility ask -- "$$ASKMOBILITY_QUESTION" || [ $$? -eq 1 ]  # 1: they do not answer it

chat: $(READY) ## a conversation in the terminal
	@$(BIN)/askmobility chat

serve: $(READY) ## the server on http://127.0.0.1:8000
	@$(BIN)/askmobility serve

test: $(READY) ## the tests, warnings as errors; ARGS="-k floors" goes to pytest
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## format, lint and strict types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint test ## what CI runs

eval: $(READY) ## score the question set in tests/eval/; SET=path for another
	@$(BIN)/askmobility eval $(or $(SET),tests/eval/press_release.jsonl)

bench: $(READY) ## time and memory beside a naive script with the same model
	@$(BIN)/python -m tests.benchmarks $(ARGS)

bench-memory: $(READY) ## memory that an index of 10,000 pages takes; ARGS=1000 for fewer
	@$(BIN)/python -m tests.benchmarks.memory $(ARGS)

fuzz: $(READY) ## 20,000 files broken at random through every reader; ARGS="500 FOLDER" for others
	@$(BIN)/python -m tests.documents.fuzzing $(ARGS)

load: $(READY) ## the server under load from a second process, and what a request costs
	@$(BIN)/python -m tests.benchmarks.load $(ARGS)

train: $(READY) ## learn all that is learned, again; GENERAL=folder of squad-dev beside our own
	@$(BIN)/python -m askmobility.training $(if $(GENERAL),--general $(GENERAL)) tests/eval/train

clean: ## remove the environment and every built index
	rm -rf $(VENV) index/CURRENT index/snapshots

$(READY): pyproject.toml constraints.txt
	@echo "Setting up $(VENV): a few minutes, once ..." >&2
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing; name another with make PYTHON=..." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev,train]' >&2
	@touch $@
