# `make demo` and `make test` set up all they need, on a fresh machine, from any folder.
HERE := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd)
BIN := .venv/bin
RUN := cd "$(HERE)" && PATH="$(HERE)/$(BIN):$$PATH"

.PHONY: demo test lint bench clean

demo:
	@cd "$(HERE)" && tools/setup.sh demo
	@$(RUN) python sample_data/make.py
	@$(RUN) picensus scan sample_data/out/files sqlite:///sample_data/out/shop.db \
		--inventory inventory.db --export inventory.xlsx || [ $$? -eq 4 ]
	@echo "Open inventory.xlsx, or look closer: $(BIN)/picensus show"

test: lint
	@cd "$(HERE)" && tools/servers.sh
	@$(RUN) python -m pytest

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
