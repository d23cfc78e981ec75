#!/usr/bin/env bash
# Prepare .venv from requirements.lock (versions and hashes). Usage: setup.sh PYTHON run|test
# Does nothing when .venv already fits the two files it is made from.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}
purpose=${2:-run}
extras=server
[ "$purpose" = test ] && extras=server,duckdb,postgres,test
[ "$purpose" = test ] && command -v java >/dev/null 2>&1 && extras=$extras,spark
stamp=.venv/.ready-$(echo "$extras" | tr , -)
wanted=$(cat pyproject.toml requirements.lock scripts/uv.requirements | cksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "需要 Python 3.11 或更新的版本。请安装后再试，或用 make PYTHON=/路径/python3.11 指定。" >&2
  exit 2
fi
if [ ! -x .venv/bin/python ]; then
  echo "· 建立 .venv"
  if ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
      "$python" -m venv .venv
    else
      echo "这台机器的 Python 缺 venv。请执行：sudo apt-get install python3-venv" >&2
      exit 2
    fi
  fi
fi
# A mirror set for pip serves uv as well.
index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
[ -n "$index" ] && export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}
export VIRTUAL_ENV=$PWD/.venv
echo "· 取安装工具"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/uv.requirements 2>&1 | grep -v '^WARNING' || true
echo "· 安装依赖（$extras）"
.venv/bin/uv pip install --quiet --editable ".[$extras]" --constraint requirements.lock
echo "$wanted" > "$stamp"
