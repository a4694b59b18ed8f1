# The commands the README promises. All are idempotent and need no root.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
OUT ?= out

.PHONY: help setup setup-hf setup-ray demo test check lint types floors docs eval eval-drafts bench clean

help:
	@echo "make setup     .venv with everything for development"
	@echo "make setup-hf  adds transformers and a CPU torch (models in Hugging Face format)"
	@echo "make demo      drafts both examples with the local model into $(OUT)/"
	@echo "make test      the tests; skips, with a reason, what this machine has not"
	@echo "make check     ruff, mypy, import floors, generated docs"
	@echo "make eval      writes eval/REPORT.md        make bench  the benchmarks"
	@echo "make eval-drafts  the same for drafts, asking the local models"

$(VENV)/.stamp: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11 或更新版本"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本，现为 $$($(PYTHON) -V)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -e '.[local,openai,pdf,postgres,learn,test,lint]'
	@touch $@

setup: $(VENV)/.stamp

$(VENV)/.stamp-hf: $(VENV)/.stamp
	$(PIP) install torch==2.13.0
	$(PIP) install -e '.[hf]'
	@touch $@

# Apart, because it weighs 250 MB and few batches need it.
setup-ray: $(VENV)/.stamp
	$(PIP) install -e '.[ray]'

# Apart, because on many machines torch brings gigabytes of GPU libraries.
setup-hf: $(VENV)/.stamp-hf

demo: setup
	@$(BIN)/report-writer models pull || echo "模型没有取到，改由规则撰写；取到后再运行 make demo 即可"
	@for example in examples/laocheng-2023 examples/qinghe-2024; do \
	  echo "== $$example"; \
	  $(BIN)/report-writer draft $$example/report.json -o $(OUT) --to docx,html,md || exit $$?; \
	done

test: setup
	@$(BIN)/python -m pytest -q; code=$$?; \
	  if [ $$code -eq 5 ]; then echo "没有找到测试"; exit 1; fi; exit $$code

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

floors: setup
	$(BIN)/lint-imports

docs: setup
	$(BIN)/python docs/generate.py

check: lint types floors
	$(BIN)/python docs/generate.py --check

eval: setup
	$(BIN)/python -m eval
	$(BIN)/python -m eval.drafts --cached

# Asks the local models what no run asked before: about two minutes a report on two cores.
eval-drafts: setup
	$(BIN)/python -m eval.drafts --prune

bench: setup
	$(BIN)/python -m pytest -q eval/bench --benchmark-only -p no:timeout

clean:
	rm -rf $(OUT) .mypy_cache .ruff_cache .import_linter_cache build dist
