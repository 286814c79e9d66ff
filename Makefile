# What a person types. Everything runs in .venv, which scripts/bootstrap.py makes with the standard library alone.

PYTHON ?= python3
BIN := .venv/bin
TESTFLAGS ?= -n auto --dist worksteal
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
UV ?= uv

.DEFAULT_GOAL := help
.PHONY: help set-up set-up-dev run test campaigns check bench lock wheelhouse

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

set-up:
	@$(PYTHON) scripts/bootstrap.py

set-up-dev:
	@$(PYTHON) scripts/bootstrap.py --dev

run: set-up ## serve a demonstration on http://127.0.0.1:8000 (prints its accounts) · 启动演示
	@$(BIN)/gkapply demo

# Compiled modules are kept whatever the machine says otherwise: else every worker and every program under test compiles them anew.
test campaigns: export PYTHONDONTWRITEBYTECODE =

test: set-up-dev ## run all tests; services that are missing are named (TESTFLAGS="-n 2 -k word") · 测试
	@$(BIN)/python -m pytest $(TESTFLAGS)

campaigns: set-up-dev ## the repetitions of the long tests that "make test" leaves to this · 长时间重复测试
	@$(BIN)/python -m pytest $(TESTFLAGS) -m campaign --campaigns rest

check: set-up-dev ## lint, format, types and the dependency rule, changing nothing · 静态检查
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: set-up-dev ## measure against the yardsticks · 性能测量
	@$(BIN)/python -m benchmarks

lock: ## renew the lock files from pyproject.toml (needs uv) · 更新锁定文件
	$(LOCK) --extra server pyproject.toml --output-file requirements.lock
	$(LOCK) --extra dev pyproject.toml --output-file requirements-dev.lock
	$(LOCK) --group build --constraints requirements-dev.lock --no-annotate --output-file requirements-build.lock

wheelhouse: ## fetch every locked wheel for a machine without an index (bootstrap.py --offline wheelhouse) · 离线安装包
	$(PYTHON) -m pip download --quiet --dest wheelhouse --only-binary :all: -r requirements.lock -r requirements-build.lock
