# Everything a fresh Debian machine with Swift needs: `make demo` runs the shop, `make test` proves it.
.PHONY: setup build demo test check bench mutations fuzz format clean
SWIFT  ?= swift
STAMP  := .venv/.setup
BIN    := .build/release
# Suites that need a PostgreSQL server, and those that run on either engine: Tests/Peers/postgresql starts one for them.
SERVER := PostgreSQLTests|DifferentialTests
ENGINE := PostgreSQLTests|StatementTests|TransactionTests|MigrationTests|FulfilmentTests
# Suites that look into SQLite's files.
FILES  := SecrecyTests
# The log of every daemon that those suites start, and what must not be in it.
LOGS   := .build/test-logs
# Suites that start programs of ours and browsers: one test at a time.
WHOLE  := ScenarioTests|GatewayTests|SecurityTests

demo: build                     ## builds the demo shop, sells in it, stays up until Ctrl-C
	@$(BIN)/keyfront demo

build: $(STAMP)                 ## the two binaries, optimised
	$(SWIFT) build -c release --product keyfront
	$(SWIFT) build -c release --product keyfront-webhook

test: $(STAMP)                  ## the whole suite: real SQLite, SMTP, HTTP, Chromium; then all its logs, for secrets
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --skip '$(WHOLE)|$(SERVER)'
	Tests/Peers/postgresql $(SWIFT) test --skip-build --filter '$(ENGINE)' --skip '$(FILES)'
	KEYFRONT_TEST_FAULTS=1 Tests/Peers/postgresql $(SWIFT) test --skip-build --filter 'FulfilmentTests' --skip '$(FILES)|DifferentialTests'
	@rm -rf $(LOGS) && mkdir -p $(LOGS)
	KEYFRONT_TEST_LOGS=$(CURDIR)/$(LOGS) $(SWIFT) test --skip-build --filter '$(WHOLE)' --no-parallel
	@.venv/bin/python3 Tests/Peers/log_scan.py $(LOGS)

check: $(STAMP)                 ## what CI runs: format, layers, tests, demo, same bytes twice
	@bash .ci/check

bench: build                    ## speed beside a peer or a physical limit, medians of one run
	@.venv/bin/python3 Benchmarks/run.py

COUNT   ?= 1000000
SECONDS ?= 60
mutations:                      ## a million mutated notices, none of them accepted; COUNT, KEYFRONT_SEED
	@$(SWIFT) build -c release --package-path Tests/Fuzz --scratch-path .build/mutate --product mutate
	@.build/mutate/release/mutate $(COUNT) $(KEYFRONT_SEED)

fuzz:                           ## libFuzzer over every judge and reader, SECONDS for each; stops at a crash
	@SWIFT=$(SWIFT) bash Tests/Fuzz/run $(SECONDS)

setup: ; @rm -f $(STAMP); $(MAKE) --no-print-directory $(STAMP)
$(STAMP): .ci/setup Tests/Peers/requirements.txt
	@bash .ci/setup

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .venv
