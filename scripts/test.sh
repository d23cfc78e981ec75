#!/usr/bin/env bash
# What continuous integration runs: checks, then the ledger's tests on PostgreSQL, then the whole suite on SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/check.sh
echo "· pytest (PostgreSQL)"
.venv/bin/python scripts/with_postgres.py .venv/bin/python -m pytest tests/ledger -q -m "not soak and not browser" --no-header -p no:cacheprovider
echo "· pytest"
exec .venv/bin/python -m pytest -m "not soak" -n 2 --dist loadfile --no-header -p no:cacheprovider
