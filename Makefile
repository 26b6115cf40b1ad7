# Waypost. `make help` lists what can be made.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .venv/bin/uv
RUN := .venv/bin/python -m

.PHONY: help run test coverage fuzz check bench standards attack docs points teach messages sbom audit format clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: .venv/ready ## start Waypost with its data on http://127.0.0.1:8000
	@.venv/bin/waypost serve

# Two sessions, for the private process has settings of its own; the same examples of the property
# tests every time. Either session's failure is the run's.
SESSION := pytest -n auto --dist loadgroup --hypothesis-profile=steady
PRIVATE := DJANGO_SETTINGS_MODULE=waypost.config.private_settings

test: .venv/ready ## run all tests, the browser's included
	@bash tests/set_up.sh
	@$(RUN) $(SESSION); public=$$?; $(PRIVATE) $(RUN) $(SESSION) tests/private; private=$$?; \
	exit $$((public > private ? public : private))

# Measuring branches doubles the processor's work on Python 3.11, so it is a run of its own, in which
# a test has more time: one that ran out of it would end its worker, and the run with it.
MEASURED := $(SESSION) --timeout 3600
coverage: .venv/ready ## run all tests, and print the lines and branches that they ran of each room
	@bash tests/set_up.sh
	@$(RUN) coverage erase
	@$(RUN) coverage run -m $(MEASURED); public=$$?; \
	$(PRIVATE) $(RUN) coverage run -m $(MEASURED) tests/private; private=$$?; \
	$(RUN) coverage combine --quiet && .venv/bin/python tests/coverage_by_room.py; \
	exit $$((public > private ? public : private))

fuzz: .venv/ready ## run the property tests with many new examples, for an hour or a night
	@$(RUN) pytest -n auto -m hypothesis --hypothesis-profile=fuzz --timeout 14400

check: .venv/ready ## format, lint, types, import rules, docs in step
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@.venv/bin/lint-imports --config .importlinter
	@$(RUN) pytest -q -m "not slow" tests/architecture

bench: .venv/bench ## measure our engines beside their rivals
	@.venv/bin/waypost --version
	@.venv/bin/python tests/bench/run.py

standards: .venv/ready ## check every record of the directory against HSDS and FHIR
	@.venv/bin/python tests/standards/run.py $(FACE)

attack: .venv/ready ## attack fresh servers and print what held
	@.venv/bin/python tests/attacks/run.py $(WORDS)

docs: .venv/ready ## write the references of the command line and the API
	@$(RUN) waypost.config.reference docs/reference

points: .venv/ready ## work out again where the people of each ZIP live
	@$(RUN) waypost.editions.zip_points

teach: .venv/bench ## teach the reader of danger anew, and print what it misses of untaught texts
	@$(RUN) tools.teach_danger

messages: .venv/ready ## bring the Spanish catalogue up to date and compile it
	@$(RUN) tools.catalogue

sbom: .venv/ready ## list the locked run-time libraries (CycloneDX) and their digests in dist/
	@mkdir -p dist
	@$(UV) export --quiet --frozen --no-dev --preview --format cyclonedx1.5 --output-file dist/waypost.cdx.json >/dev/null
	@$(UV) export --quiet --frozen --no-dev --no-emit-project --no-header --format requirements.txt \
		--output-file dist/requirements.txt >/dev/null
	@echo "dist/waypost.cdx.json: $$(grep -c '"purl"' dist/waypost.cdx.json) libraries; dist/requirements.txt: their digests"

# It ends with 1 where something is overdue (SECURITY.md, Libraries), with 2 where nobody could be asked.
audit: .venv/ready ## ask which locked libraries have known weaknesses, and which are overdue
	@$(RUN) tools.audit_libraries $(WORDS)

format: .venv/ready ## put the code in its one format
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

clean: ## remove what was made, the data folder included
	rm -rf .venv var .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.*

# The environment: uv from PyPI into a private folder, then everything the lock file names.
$(UV):
	@echo "Setting up Python's environment (once, about a minute) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Waypost needs Python 3.11 or later; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/ready: $(UV) pyproject.toml uv.lock
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --frozen --quiet --inexact --python .venv/bin/python
	@touch $@

.venv/bench: .venv/ready
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --frozen --quiet --inexact --group bench --python .venv/bin/python
	@touch $@
