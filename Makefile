# How WealthWise is built, run and tested. Two commands are enough: `make run` and `make test`; `make help` lists all.
#
# `scripts/setup` finds or installs what is needed and writes its choices to .tools/env, which every step reads.
# Compiled things go to target/, or to CARGO_TARGET_DIR if that is set.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CARGO_TARGET_DIR := $(TARGET)
ENV := . .tools/env;
# Always the same selection of crates: cargo then picks the same features, and what one step compiled serves the next.
NATIVE := --workspace --exclude frontend --exclude xtask
XTASK := $(ENV) "$$CARGO" run -q -p xtask --profile tool --
DEV_SITE := $(TARGET)/site-dev
SITE := $(TARGET)/site

.PHONY: help setup run dev test check release bench fmt site lint unit fuzz browser clean-setup

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: ## find or install what building and testing needs (done by the others when it must be)
	scripts/setup test && touch .tools/build .tools/test

run: .tools/build ## build quickly and start on http://localhost:3000
	$(XTASK) site
	$(ENV) "$$CARGO" build $(NATIVE)
	WEALTHWISE_SITE_DIR=$(DEV_SITE) exec $(TARGET)/debug/wealthwise serve

dev: .tools/build ## like run, and rebuild on every change
	$(XTASK) dev

check: .tools/build lint ## format, lints, documentation and architecture, as CI checks them

test: .tools/test ## everything that CI runs
	$(MAKE) lint
	$(MAKE) site
	$(MAKE) unit
	$(XTASK) sizes
	$(MAKE) fuzz
	$(MAKE) browser

release: .tools/build site ## one binary for users, everything inside: target/release/wealthwise
	$(ENV) WEALTHWISE_EMBED=$(SITE)/embed.rs "$$CARGO" build --release --features embed
	@ls -l $(TARGET)/release/wealthwise

bench: release ## measure the release binary: start-up, memory, speed, first load
	$(ENV) bench/run $(TARGET)/release/wealthwise

fmt: .tools/build ## lay out all code
	$(ENV) "$$CARGO" fmt --all

# --- parts of the above, each also of use alone ---

site: .tools/build ## the browser's files as users get them
	$(XTASK) site --profile wasm

lint: .tools/build ## the parts of check
	$(ENV) "$$CARGO" fmt --all --check
	$(XTASK) check
	$(ENV) "$$CARGO" clippy $(NATIVE) --all-targets -- -D warnings
	$(ENV) "$$CARGO" clippy -p xtask --profile tool --all-targets -- -D warnings
	$(ENV) "$$CARGO" clippy -p frontend -p app --features app/hydrate --target wasm32-unknown-unknown -- -D warnings
	$(ENV) RUSTDOCFLAGS='-D warnings' "$$CARGO" doc $(NATIVE) --no-deps

unit: .tools/test ## tests of the crates and of the build tool
	$(ENV) "$$CARGO" test -q -p xtask --profile tool
	$(ENV) WEALTHWISE_SITE_DIR=$(SITE) scripts/with-services scripts/test-both-stores $(NATIVE)

fuzz: .tools/test ## the REST API against its own description (after unit)
	$(ENV) scripts/fuzz-api $(TARGET)/debug/wealthwise

browser: .tools/test ## what a person does, in Chromium, with and without JavaScript (after site and unit)
	$(ENV) export WEALTHWISE_BIN=$(TARGET)/debug/wealthwise WEALTHWISE_SITE_DIR=$(SITE); scripts/with-services scripts/browser-test

.tools/build: scripts/setup tools/package-lock.json
	scripts/setup build && touch $@

.tools/test: scripts/setup tools/package-lock.json $(wildcard end2end/package-lock.json)
	scripts/setup test && touch .tools/build $@

clean-setup: ## forget what setup chose
	rm -rf .tools
