# `make run` starts the site, `make test` tests it; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONSTARTUP FLASK_APP FLASK_ENV FLASK_DEBUG FLASK_RUN_FROM_CLI

SYSTEM = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY := .venv/bin/python

.PHONY: help run environment dev test test-quick check journey statistics bench crash load fresh lock format

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

environment: # .venv with the locked packages of the site
	@test -n "$(SYSTEM)" || { echo "Python 3.11 or newer is needed: sudo apt-get update && sudo apt-get install -y python3"; exit 1; }
	@$(SYSTEM) tools/environment.py requirements.txt

dev: # .venv with the tools for tests and checks, too
	@test -n "$(SYSTEM)" || { echo "Python 3.11 or newer is needed: sudo apt-get update && sudo apt-get install -y python3"; exit 1; }
	@$(SYSTEM) tools/environment.py requirements-dev.txt

run: environment ## start the site on http://127.0.0.1:5000 (PORT=..., DEMO_PASSWORD=...)
	@exec $(PY) -m tools.run

test: dev ## all tests: unit, property, web (SQLite and PostgreSQL), browser
	@$(PY) -m tools.run_tests --browser --postgresql tests --ignore=tests/journey --ignore=tests/benchmark --ignore=tests/statistics

test-quick: dev ## tests without a browser and without PostgreSQL
	@$(PY) -m tools.run_tests tests --ignore=tests/browser --ignore=tests/journey --ignore=tests/benchmark --ignore=tests/statistics

journey: dev ## the way of every role through the site, in a real browser
	@$(PY) -m tools.run_tests --browser --serial tests/journey

check: dev ## formatting, lint, types, import contracts, templates, translations, migrations, files
	@$(PY) -m tools.check

statistics: dev ## compare the item analysis with R (installs r-base-core)
	@$(PY) -m tools.run_tests --r --serial tests/statistics

bench: dev ## response times with a filled database
	@$(PY) -m tools.run_tests --serial tests/benchmark

crash: dev ## kill the server 200 times while people answer: nothing acknowledged is lost (ROUNDS, SEED, DB=postgresql)
	@$(PY) -m tests.storm.crash

load: dev ## 500 people in attempts at once for about 90 seconds (PEOPLE, SECONDS, DB=postgresql)
	@$(PY) -m tests.storm.load

fresh: ## clone the last commit into an empty folder, start it there, sign in, run its tests
	@$(SYSTEM) tools/fresh.py

lock: dev ## write requirements.txt and requirements-dev.txt anew from the .in files
	@$(PY) -m tools.lock

format: dev ## format Python and sort imports
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .
