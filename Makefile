# Thin: everything happens in akademie/launch.py. `make` alone shows the commands.
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 /usr/bin/python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo "$$name" && break; done)
LAUNCH := $(if $(PYTHON),$(PYTHON) akademie/launch.py,@echo "Fehler: Es fehlt Python 3.12 oder neuer." >&2; exit 1;)

.PHONY: help run test lint bench
help:
	@$(LAUNCH) help $(ARGS)

run:
	@$(LAUNCH) run $(ARGS)

test:
	@$(LAUNCH) test $(ARGS)

lint:
	@$(LAUNCH) lint $(ARGS)

bench:
	@$(LAUNCH) bench $(ARGS)
