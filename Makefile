# SPDX-License-Identifier: AGPL-3.0-or-later
# Vocero's commands. Each says what it does and ends non-zero when something failed.

SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
# Installs what is missing; `make build SETUP=true` does without, for packagers.
SETUP ?= dev/setup
# Where `make run` keeps its city, and where it listens.
DATA ?= vocero-data
LISTEN ?= 127.0.0.1:8080
# How long each fuzzer runs in `make fuzz`.
FUZZ_SECONDS ?= 60

CLANG ?= clang-14
SOURCES = $$(git ls-files 'src/*.c' 'src/*.h')

.PHONY: help run build test trials bench fuzz install clean words docs format

help: ## what can be made
	@echo "Vocero: make TARGET"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: build ## set up, build, make an invented city and serve it
	@DATA="$(DATA)" LISTEN="$(LISTEN)" dev/run

build: ## the release binary, build/vocero
	@$(SETUP) build
	@dev/configure build --buildtype=release
	@echo "build: compiles build/vocero"
	@ninja -C build src/app/vocero src/media/worker/vocero-pictures
	@test -e build/vocero || ln -s src/app/vocero build/vocero

# The release too: its optimizer warns of what the other builds do not see.
test: build ## all tests, under the address and undefined behaviour sanitizers
	@$(SETUP) test
	@dev/configure build-debug --buildtype=debug -Db_sanitize=address,undefined
	@dev/test build-debug

trials: build ## the whole program with real peers and a browser
	@$(SETUP) trials
	@ninja -C build trials/scenes src/paper/paper_sample
	@echo "trials: the whole program with real peers"
	@trials/run build/vocero

bench: build ## measures, and prints a table
	@$(SETUP) bench
	@echo "bench: measures build/vocero"
	@bench/run build/vocero

fuzz: ## foreign bytes into every parser, FUZZ_SECONDS each
	@$(SETUP) test
	@CC=$(CLANG) dev/configure build-fuzz --buildtype=debugoptimized \
	    -Dfuzzers=true -Dc_args=-fsanitize=fuzzer-no-link -Db_sanitize=address,undefined -Db_lundef=false
	@echo "fuzz: compiles the fuzzers"
	@ninja -C build-fuzz
	@dev/fuzz build-fuzz $(FUZZ_SECONDS)

install: build ## into DESTDIR and PREFIX
	@echo "install: into $(DESTDIR)$(PREFIX)"
	@meson configure build -Dprefix=$(PREFIX)
	@ninja -C build build.ninja src/app/vocero src/media/worker/vocero-pictures
	@DESTDIR=$(DESTDIR) meson install -C build --no-rebuild --quiet

clean: ## throws away what was built; a city's data stays
	@echo "clean: removes what was built"
	@rm -rf build build-debug build-fuzz ui/dist

words: ## brings locale/ up to date and lists what is not translated
	@$(SETUP) build
	@dev/words

docs: ## makes docs/data-model.md from the steps
	@echo "docs: writes docs/data-model.md"
	@mkdir -p docs
	@dev/datamodel.py src/store/steps -o docs/data-model.md

format: ## lays out the C as .clang-format says
	@$(SETUP) test
	@echo "format: lays out the C"
	@clang-format-14 -i $(SOURCES)
