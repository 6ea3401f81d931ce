# `make` alone lists the verbs. PYTHON names the Python (3.11 or newer) that the installation is made from.
PYTHON ?= python3
BOOTSTRAP := @$(PYTHON) scripts/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test check audit coverage fmt reset generate migration client screenshots fuzz test-faults mutants \
        bench-exports bench-lists bench-load bench-outages bench-pages bench-requests bench-rotation bench-storm \
        seed-load

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing and run everything on this machine (PORT, CAPECONTROL_HOME, DATABASE_URL, … )
	$(BOOTSTRAP) run -m capecontrol.local.run

test: ## Test the back end, the front end, and both together in a browser
	$(BOOTSTRAP) test scripts/test.py

check: ## Lint, check types, layers and generated files
	$(BOOTSTRAP) check scripts/check.py

audit: ## Ask advisory sources about every dependency, and write what there is into sbom/ (CycloneDX)
	$(BOOTSTRAP) check scripts/audit.py

coverage: ## Measure what the tests of both sides run, beside the floors (TESTS="tests/features/billing" for a part)
	$(BOOTSTRAP) test scripts/measure_coverage.py $(TESTS)

fmt: ## Format the Python sources and mend what the linters can mend
	$(BOOTSTRAP) check scripts/fmt.py

reset: export CAPECONTROL_ENV ?= local
reset: ## Delete the local database and all other local data, after naming them and asking (CONFIRM=1 does not ask)
	$(BOOTSTRAP) nothing -m capecontrol.local.reset

generate: ## Write again what is made from other sources: the schema, the API's description and client, the route tree
	$(BOOTSTRAP) check scripts/generate.py

migration: ## Write the migration that the changed models need (NAME="add notes")
	$(BOOTSTRAP) check -m capecontrol.local.new_migration "$(NAME)"

client: generate ## Write the API's client for the front end again, with all else that `make generate` writes

screenshots: ## Take pictures of the pages into docs/screens/
	$(BOOTSTRAP) test scripts/frontend.py run screenshots

fuzz: ## Send generated requests to every operation
	$(BOOTSTRAP) test scripts/backend.py tests.fuzz

test-faults: ## Kill every part while it works and count what was lost
	$(BOOTSTRAP) test bench/faults/run.py

mutants: ## Break the product in one place at a time and see that a test notices (BENCH="refund" for some)
	$(BOOTSTRAP) test scripts/mutants.py $(BENCH)

bench-rotation: ## Turn every ring of keys under load and count who noticed
	$(BOOTSTRAP) check -m bench.rotation.run $(BENCH)

bench-storm: ## Let one address storm the sign-in, and see whether others notice
	$(BOOTSTRAP) check -m bench.storm.storm $(BENCH)

seed-load: ## Make a large installation below BENCH_HOME or .bench (BENCH="--organizations 100" for a small, even one)
	$(BOOTSTRAP) check -m bench.load.seed $(BENCH)

bench-load: ## Send a working day's traffic to the large installation (BENCH="--search --record 'issue 6'")
	$(BOOTSTRAP) check -m bench.load.load $(BENCH)

bench-lists: ## Compare what lists cost with 100 and with 10,000 organizations (seed-load both first)
	$(BOOTSTRAP) check -m bench.load.lists $(BENCH)

bench-exports: ## Write every list of the large installation as CSV, and watch speed and memory (seed-load first)
	$(BOOTSTRAP) check -m bench.load.exports $(BENCH)

bench-outages: ## Kill, freeze and restart PostgreSQL and Redis under load, and count what that costs (seed-load a small one first)
	$(BOOTSTRAP) check -m bench.load.outages $(BENCH)

bench-pages: ## Open the pages of a product that runs (CAPECONTROL_URL) and count what is sent (BENCH="--record 'issue 7'")
	$(BOOTSTRAP) test scripts/frontend.py run bench-pages -- $(BENCH)

bench-requests: ## Compare what a request costs with a bare app (BENCH="--root ../other --json figures.json")
	$(BOOTSTRAP) check -m bench.load.requests $(BENCH)
