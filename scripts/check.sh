#!/usr/bin/env bash
# Style, types, floors.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
echo "· ruff"; $bin/ruff check src tests benchmarks scripts; $bin/ruff format --check --quiet src tests benchmarks scripts
echo "· mypy"; $bin/mypy
echo "· import-linter"; $bin/lint-imports --no-cache | tail -n 12
echo "· packs"; $bin/jixiao packs check
