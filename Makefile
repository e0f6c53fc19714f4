# `make run` starts the product; `make test` proves it. `make help` lists the rest.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# Everything that runs comes from here, Node included.
VENV := .venv
PYTHON := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
WITH_SERVERS := $(PYTHON) -m config.servers run
WITH_THROW_AWAY_SERVERS := $(WITH_SERVERS) --throw-away --

# The name carries the lock's checksum: a changed lock is a missing file.
INSTALLED := $(VENV)/locked-$(shell cksum < requirements-dev.lock | tr ' ' '-')
NODE_MODULES := node_modules/.package-lock.json
LIGHTHOUSE := tests/bench/lighthouse
LIGHTHOUSE_MODULES := $(LIGHTHOUSE)/node_modules/.package-lock.json
BIOME := node_modules/.bin/biome
ASSETS := static/built/patient.css
LOCALE ?= en
ASSET_SOURCES := $(shell find static/scss static/js static/icons static/app-icons)

.PHONY: help
help: ## List every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: $(INSTALLED) $(ASSETS) ## Start everything with the demo clinic (PORT=8000, DATA_DIR=var/)
	@$(WITH_SERVERS) -- $(PYTHON) -m config.start

.PHONY: test
test: $(INSTALLED) $(ASSETS) ## Everything that CI runs, on real servers and a real browser
	@$(PYTHON) -m tests.browser
	@$(WITH_THROW_AWAY_SERVERS) $(MAKE) --keep-going all-checks suite journeys faults

.PHONY: check
check: $(INSTALLED) $(ASSETS) ## Lint, types, templates, layers, migrations, deployment settings
	@$(WITH_THROW_AWAY_SERVERS) $(MAKE) all-checks

.PHONY: fix
fix: $(INSTALLED) $(NODE_MODULES) ## Format, and mend what can be mended by a program
	ruff check --fix-only --quiet
	ruff format
	$(BIOME) check --write

.PHONY: hooks
hooks: ## Let git format what you commit, by `make fix`
	git config core.hooksPath .githooks

.PHONY: bench
bench: $(INSTALLED) $(ASSETS) $(if $(filter pages monday servers,$(PART)),,$(LIGHTHOUSE_MODULES)) ## Measure servers and a phone; prints JSON (SIZE=full: a million patients, PART=pages, monday, servers or phone)
	@$(if $(filter pages monday servers,$(PART)),,$(PYTHON) -m tests.browser >&2)
	@SIZE=$(SIZE) PART=$(PART) SHARED_BUFFERS=2GB AUTOVACUUM=on $(WITH_THROW_AWAY_SERVERS) $(PYTHON) -m tests.bench

.PHONY: faults
faults: $(INSTALLED) ## Kill workers, servers and clocks under reminders; prints a table (LONG=1: 1,000 kills)
	@$(PYTHON) -m tests.faults $(if $(LONG),--long) $(if $(SEED),--seed $(SEED))

.PHONY: lock
lock: $(INSTALLED) ## With uv: write the lock files again from pyproject.toml and package.json
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.13 pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.13 pyproject.toml --group dev --output-file requirements-dev.lock
	npm install --package-lock-only
	npm install --package-lock-only --prefix $(LIGHTHOUSE)

.PHONY: messages
messages: $(INSTALLED) ## Collect what there is to translate in locale/ (LOCALE=de begins or renews German)
	@mkdir -p locale
	@$(PYTHON) manage.py makemessages --locale $(LOCALE) --add-location file --verbosity 0 \
		$(addprefix --ignore ,node_modules static staticfiles tests var)
	@msgfmt --statistics --output-file /dev/null locale/$(LOCALE)/LC_MESSAGES/django.po

.PHONY: assets
assets: $(ASSETS) ## Build the style sheets, scripts and icons if their sources changed

.PHONY: floor-plan
floor-plan: $(INSTALLED) ## Draw docs/floor-plan.svg again from what the apps import
	@$(PYTHON) -m tools.floor_plan

.PHONY: shell
shell: $(INSTALLED) ## A Python shell beside the data of `make run`
	@$(WITH_SERVERS) -- $(PYTHON) manage.py shell

.PHONY: clean
clean: ## Delete what was built and installed; the data in DATA_DIR stays
	rm -rf $(VENV) node_modules $(LIGHTHOUSE)/node_modules static/built staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- the parts of `make check` and `make test`; they expect servers ----------

.PHONY: all-checks
all-checks:
	ruff check
	ruff format --check
	mypy
	djlint --lint --quiet templates
	$(BIOME) check --error-on-warnings
	lint-imports
	$(PYTHON) -m tools.floor_plan --check
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

PRODUCTION = DJANGO_SETTINGS_MODULE=config.settings.prod SITE_URL=https://clinic.example \
	ALLOWED_HOSTS=clinic.example EMAIL_URL=smtp://mail.example \
	DEFAULT_FROM_EMAIL=no-reply@clinic.example \
	SECRET_KEY=$$($(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))")

.PHONY: suite
suite:
	pytest --numprocesses 2 --dist loadfile --ignore tests/journeys

.PHONY: journeys
journeys:
	pytest tests/journeys

# --- what the targets above stand on -----------------------------------------

$(INSTALLED):
	@sh config/install.sh $(VENV) requirements-dev.lock
	@rm -f $(VENV)/locked-* && touch $@

$(NODE_MODULES): package-lock.json $(INSTALLED)
	@npm ci --silent
	@touch $@

$(LIGHTHOUSE_MODULES): $(LIGHTHOUSE)/package-lock.json $(INSTALLED)
	@npm ci --silent --prefix $(LIGHTHOUSE)
	@touch $@

$(ASSETS): $(NODE_MODULES) static/build.mjs $(ASSET_SOURCES)
	@npm run build --silent
	@touch $@
