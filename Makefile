# Each target has one line of help after ##. `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help run test test-fast check format bench dist clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, build, load data and demonstration, serve http://localhost:8080 (or PORT=…)
	@scripts/run

test: ## everything a fresh machine must pass: both databases, all pages in a browser
	@scripts/test

test-fast: ## the tests of one subject: make test-fast SUBJECT=Needs
	@scripts/test --fast "$(SUBJECT)"

check: ## format, warnings, scripts and data (before proposing a change)
	@scripts/check

format: ## put all Swift files into the common format
	swift format --in-place --recursive Sources Tests Package.swift

bench: ## measure against bare libraries on this machine; figures as ratios, JSON lines
	@scripts/bench

dist: ## program, data and licence in dist/wasl-<version>-linux-<arch>.tar.gz
	@scripts/dist

clean: ## remove what was built (not the database in var/)
	rm -rf .build dist
