# `make demo` and `make test` set up all they need, on a fresh machine, from any folder.
HERE := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd)
BIN := .venv/bin
# On every core; the seed because all workers have to collect the tests in one order.
PYTEST := PYTHONHASHSEED=0 python -m pytest -n auto --dist loadfile
RUN := cd "$(HERE)" && PATH="$(HERE)/$(BIN):$$PATH"

.PHONY: demo test test-all test-lowest lint bench clean

demo:
	@cd "$(HERE)" && tools/setup.sh demo
	@$(RUN) python sample_data/make.py
	@$(RUN) picensus scan sample_data/out/files sqlite:///sample_data/out/shop.db \
		--inventory inventory.db --export inventory.xlsx || [ $$? -eq 4 ]
	@echo "Open inventory.xlsx, or look closer: $(BIN)/picensus show"

test: lint
	@cd "$(HERE)" && tools/servers.sh
	@$(RUN) $(PYTEST)

# With what takes minutes and gigabytes too: Spark and an object store.
test-all: lint
	@cd "$(HERE)" && tools/setup.sh all && tools/servers.sh all
	@$(RUN) $(PYTEST) -m "heavy or not heavy"

# The suite with the oldest versions that pyproject.toml admits.
test-lowest:
	@cd "$(HERE)" && tools/setup.sh lowest && tools/servers.sh
	@cd "$(HERE)" && .venv-lowest/bin/python -m pytest -p no:cacheprovider --deselect tests/test_docs.py

lint:
	@cd "$(HERE)" && tools/setup.sh dev
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports --no-logo

bench:
	@cd "$(HERE)" && tools/setup.sh dev
	@$(RUN) python -m bench.detectors

clean:
	@cd "$(HERE)" && rm -rf .venv build dist sample_data/out inventory.db inventory.xlsx
