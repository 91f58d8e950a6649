# bight: the two commands a newcomer needs are `make run` and `make test`.
SHELL := /bin/bash
SWIFT ?= swift
# No target may import a module that it does not declare: https://github.com/swiftlang/swift-package-manager
FLAGS := --explicit-target-dependency-import-check error
RELEASE := $(FLAGS) -c release --static-swift-stdlib
BIGHT = $(shell $(SWIFT) build $(RELEASE) --show-bin-path)/bight
DEBIAN := libedit-dev zlib1g-dev libopenblas-pthread-dev
SOURCES := Sources Tests Package.swift

.PHONY: deps build run test check lint format bench clean help

help: ## This list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

deps: ## Install the C libraries that are missing
	@missing=""; for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "bight needs these Debian packages:$$missing"; exit 1; }; \
	  echo "Installing$$missing (line editing, gzip, linear algebra)"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "bight needs Swift 6.2 or newer: https://www.swift.org/install/linux"; exit 1; }

build: deps ## The optimised program
	$(SWIFT) build $(RELEASE) --product bight

run: build ## Build and replay a first session
	@cd $(CURDIR) && $(BIGHT) run sessions/first-model.bight

lint: ## Format and style
	$(SWIFT) format lint --strict -r -p $(SOURCES)

format: ## Rewrite sources in the house format
	$(SWIFT) format -i -r -p $(SOURCES)

test: deps lint ## Everything that must be green
	$(SWIFT) build $(FLAGS) --build-tests
	$(SWIFT) test $(FLAGS) --skip-build --disable-xctest
	$(MAKE) --no-print-directory check

check: build ## Replay every session and compare
	$(BIGHT) fmt --check sessions/*.bight
	$(BIGHT) verify sessions/*.bight

bench: build ## Side by side with other tools, where the benchmark script is at hand
	@test -x ../shared/bench/peers.py && ../shared/bench/peers.py --bight $(BIGHT) || \
	  echo "no benchmark script at ../shared/bench/peers.py"

clean: ## Remove what was built
	rm -rf .build
