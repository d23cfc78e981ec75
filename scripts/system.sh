#!/usr/bin/env bash
# The system packages the project needs, named in this one place. Usage: system.sh demo|test
# Installs what is missing when it may (root on Debian); otherwise prints the one command and exits 1.
set -uo pipefail
purpose=${1:-demo}
missing=()

has_file() { compgen -G "$1" >/dev/null; }
need_font() { # package, file pattern
  has_file "$2" || missing+=("$1")
}
need_command() { # package, commands any of which will do
  local package=$1; shift
  for command in "$@"; do command -v "$command" >/dev/null 2>&1 && return; done
  missing+=("$package")
}

need_font fonts-noto-cjk "/usr/share/fonts/*/noto*/*CJK*"
need_font texlive-lang-chinese "/usr/share/tex*/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
if [ "$purpose" = test ]; then
  need_command chromium chromium chromium-browser google-chrome
  need_command libreoffice-writer-nogui soffice libreoffice
  need_command poppler-utils pdftotext
  need_command default-jre-headless java
fi
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "· 安装系统软件包：${missing[*]}（首次约需几分钟）"
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/tmp/jixiao-apt.log 2>&1; then
    exit 0
  fi
  tail -n 5 /tmp/jixiao-apt.log >&2
fi
echo "缺少系统软件包：${missing[*]}。请执行：sudo $install" >&2
exit 1
