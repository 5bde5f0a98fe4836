# Every target works on a machine with Go alone; what more it would use is said in one line when it is missing.
GO      ?= go
ZONES   ?= Asia/Shanghai America/Chicago
GOLANGCI ?= $(shell command -v golangci-lint || echo .cache/bin/golangci-lint)
LINTVER := v2.6.0
# Tests of one package at once: a story waits for its Redis as often as it computes, so two a core keep the cores busy.
PARALLEL ?= $(shell expr 2 '*' $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))
# The race detector needs a C compiler.
comma  := ,
CC_HERE = $(shell command -v $$($(GO) env CC | cut -d' ' -f1))
RACING  = $(if $(CC_HERE),CGO_ENABLED=1 $(GO) test -race,$(GO) test)

.PHONY: help run test year race lint golden bench cover build

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Show the whole program in the browser: no token, no network, nothing kept.
	$(GO) run ./bot demo

test: ## Run every test with the race detector, and again in another time zone.
	@set -- $(ZONES); \
	echo "TZ=$$1$(if $(CC_HERE),$(comma) with the race detector)"; TZ=$$1 $(RACING) -timeout 20m -parallel $(PARALLEL) -shuffle=on ./... || exit 1; \
	echo "TZ=$$2, with the kill test and a quarter of the simulated year"; TZ=$$2 $(GO) test -timeout 20m -parallel $(PARALLEL) -shuffle=on ./... || exit 1
	@left=""; [ -n "$(CC_HERE)" ] || left="$$left a C compiler (no race detector),"; command -v redis-server >/dev/null || left="$$left a real Redis (the tests ran on miniredis; kill test not run),"; \
	command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || left="$$left a headless Chromium (page tests not run),"; \
	command -v python3 >/dev/null || left="$$left Python (verify.py of bundles not run),"; \
	[ -z "$$left" ] || echo "left out for want of:$${left%,}"

year: ## Live through a whole simulated year of the district; some minutes.
	$(GO) test -timeout 30m -count=1 -v -run TestAYearOfTheDistrict ./bot -year.days 365

race: ## Run every test once with the race detector, here.
	$(RACING) -timeout 20m -parallel $(PARALLEL) -shuffle=on ./...

lint: $(GOLANGCI) ## Check style and house rules.
	$(GOLANGCI) run ./...

.cache/bin/golangci-lint:
	GOBIN=$(CURDIR)/.cache/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINTVER)

golden: ## Rewrite golden files from what the program says now; read the diff.
	$(GO) test ./bot ./grid/casework -update

bench: ## Print the goals as ratios against bare baselines (docs/performance.md).
	$(GO) run ./bot/bench

cover: ## Show coverage by package.
	$(GO) test -coverprofile=coverage.out -coverpkg=./... ./... && $(GO) tool cover -func=coverage.out | tail -n 1

build: ## Build the static binary.
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o gridwarden ./bot
