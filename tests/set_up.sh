#!/usr/bin/env bash
# What the tests drive: a browser (Debian's Chromium where apt may, else Playwright's own), and
# PostgreSQL from Debian's packages. What cannot be installed is said, and its tests skip.
set -u

debian() { # what it is for, and the packages
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  echo "Installing $1 ..."
  shift
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@") >/dev/null 2>&1
}

command -v chromium >/dev/null || debian "Chromium for the browser tests" chromium ||
  .venv/bin/python -m playwright install chromium >/dev/null 2>&1 ||
  echo "No browser could be installed: the browser tests will be skipped." >&2

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian "PostgreSQL for its tests" postgresql ||
  echo "PostgreSQL could not be installed: its tests will be skipped." >&2
exit 0
