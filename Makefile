.PHONY: help run test bench lint setup setup-dev

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: setup ## the whole portal with demo data at http://127.0.0.1:8000/ (another port: make run PORT=8001)
	@exec .venv/bin/python -m config.run

test: setup-dev ## linters and all tests (some of them: make test ARGS="tests/config -k redis")
	@exec bin/test $(ARGS)

lint: setup-dev ## linters only
	@exec bin/lint

bench: ## time and size measurements
	@bin/setup bench
	@exec .venv/bin/python -m config.with_services -- .venv/bin/python -m bench

setup: ## installs what `make run` needs
	@bin/setup run

setup-dev: ## installs what `make test` needs
	@bin/setup test
