# What one does with this project. `make help` lists it; docs/operations.md explains the settings.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

BIN := .venv/bin
PORT ?= 5000
WORKERS ?= 2
TESTS ?=

.PHONY: help install browser run test lint format check bench pictures lock translations

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 20

install: ## create .venv with everything for use and tests
	@scripts/install.sh environment

browser: ## install Chromium for the browser journeys where it is missing
	@scripts/install.sh browser

run: install ## install, migrate, load the demonstration, serve on 127.0.0.1 (PORT=5000)
	@PORT=$(PORT) scripts/run.sh

test: install browser lint check ## everything: lint, types, layers, translations, tests on both databases, journeys
	@$(BIN)/pytest -n $(WORKERS) $(TESTS)

lint: install ## style, types, and the order of the layers
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Run: make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary pioneers
	@found=$$($(BIN)/lint-imports --no-logo) || { echo "$$found"; exit 1; }

format: install ## put the code in shape
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

check: install ## translations are complete; migrations and models agree on both databases
	@$(BIN)/python scripts/translations.py --check
	@$(BIN)/python scripts/check_migrations.py

bench: install ## measure speed at a thousand and at a million companies (docs/performance.md)
	@$(BIN)/python scripts/bench.py

pictures: install browser ## take the pictures of the guide anew (docs/gebruik/beeld)
	@$(BIN)/python scripts/pictures.py

lock: install ## pin the dependencies of setup.cfg anew (needs uv)
	@$(BIN)/python scripts/lock.py

translations: install ## collect new texts and compile the Dutch catalogue
	@$(BIN)/python scripts/translations.py
