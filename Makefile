# Everything a person does with this project by hand, and everything CI does.
# `make` alone lists the targets.

GO      ?= go
ARGS    ?=
DIST    ?= dist

# The version a build carries: the nearest tag, or the commit, or "dev" where
# there is no git history to ask (a source archive).
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
PKG     := github.com/throughgate/throughgate
LDFLAGS := -s -w -X $(PKG)/cmd/internal/version.stamped=$(VERSION)
PROGRAMS := throughgate throughgate-hub

# How much the bounded targets do. CI keeps the defaults. Fuzzing is bounded by
# a count: bounded by time, Go 1.26's own coordinator now and then reports the
# end of that time as a failure (go.dev/issue/75804, mended in 1.27).
BENCHTIME ?= 1s
FUZZRUNS  ?= 100000

# The linter is built for this machine first, since the second run looks at
# the sources as Windows sees them.
STATICCHECK := bin/staticcheck

.DEFAULT_GOAL := help
.PHONY: help demo programs test check format format-check vet lint layers race e2e bench fuzz golden build docs docs-check clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: programs ## build the program and open it on invented people (ARGS="--people 50")
	@exec bin/throughgate demo $(ARGS)

programs: ## build both programs for this machine into bin/
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ $(PROGRAMS:%=./cmd/%)

test: ## run every test; needs git and Go, nothing else
	$(GO) test ./...

check: format-check vet lint layers race ## everything a change must pass: format, vet, lint, layers, race

format: ## rewrite the sources as gofmt has them
	gofmt -w $$(git ls-files '*.go')

format-check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then \
		echo "Not as gofmt has them (run make format):"; echo "$$unformatted"; exit 1; \
	fi

vet:
	$(GO) vet -tags e2e ./...
	GOOS=windows GOARCH=amd64 $(GO) vet ./...

lint:
	@$(GO) build -modfile=.tools/go.mod -o $(STATICCHECK) honnef.co/go/tools/cmd/staticcheck
	$(STATICCHECK) -tags e2e ./...
	GOOS=windows GOARCH=amd64 $(STATICCHECK) ./...

layers: ## hold who may import whom (the table in cmd/layers_test.go)
	$(GO) test -count=1 -run '^TestLayers' ./cmd

race: ## every test under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout 20m ./...

e2e: ## both programs as they are shipped: a hub and two desks on terminals, whole releases (THROUGHGATE_DATA for real files, THROUGHGATE_KEEP for a folder to keep the papers in)
	$(GO) test -count=1 -tags e2e -timeout 10m ./cmd/e2e

bench: ## every benchmark, one package at a time so that none slows another
	$(GO) test -p 1 -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 30m ./...

# go test takes one fuzz target of one package at a time, so they are listed
# from the sources: package folder and name, one pair a line.
fuzz: ## FUZZRUNS inputs (100000) to each fuzz target
	@git grep -E '^func Fuzz[A-Z]' -- '*_test.go' \
	| sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*).*|\1 \2|' \
	| while read -r folder target; do \
		echo "$$folder $$target"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZRUNS)x "./$$folder" </dev/null || exit 1; \
	done

# A test that keeps goldens takes -update; go test refuses the flag elsewhere,
# so the packages that know it are found first.
golden: ## rewrite the golden files, then show what changed
	@folders=$$(git grep -lE '"update"|x/exp/(golden|teatest)' -- '*_test.go' | sed 's|/[^/]*$$||' | sort -u); \
	for folder in $$folders; do $(GO) test "./$$folder" -update || exit 1; done
	@git diff --stat

build: ## both programs for linux and windows (amd64, static) into dist/
	@mkdir -p $(DIST)
	@for system in linux windows; do \
		suffix=; if [ $$system = windows ]; then suffix=.exe; fi; \
		for program in $(PROGRAMS); do \
			CGO_ENABLED=0 GOOS=$$system GOARCH=amd64 $(GO) build -trimpath -ldflags '$(LDFLAGS)' \
				-o $(DIST)/$$program-$$system-amd64$$suffix ./cmd/$$program || exit 1; \
		done; \
	done
	@cd $(DIST) && sha256sum throughgate* > SHA256SUMS && cat SHA256SUMS

docs: programs ## write the page of every command into docs/cli/
	@rm -rf docs/cli
	@for program in $(PROGRAMS); do bin/$$program docs docs/cli || exit 1; done

docs-check: programs ## fail when docs/cli/ is not what the programs say now
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
	for program in $(PROGRAMS); do bin/$$program docs "$$fresh" || exit 1; done && \
	diff -ru docs/cli "$$fresh" || { echo "docs/cli is stale: run make docs"; exit 1; }

clean: ## remove what the targets above built
	rm -rf bin $(DIST)
