#!/usr/bin/env bash
# What the tests drive: a browser (Debian's Chromium where apt may, else Playwright's own), and
# PostgreSQL with PostGIS from Debian's packages; and the rivals that the search is compared with.
# What cannot be installed is said, and its tests skip; under CI=true it ends the run.
set -u
missing=0

debian() { # what it is for, and the packages
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  echo "Installing $1 ..."
  shift
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@") >/dev/null 2>&1
}

lacks() { # what is missing
  echo "NOT TESTED: $1 could not be installed; its tests are skipped." >&2
  missing=1
}

command -v chromium >/dev/null || debian "Chromium for the browser tests" chromium ||
  .venv/bin/python -m playwright install chromium >/dev/null 2>&1 ||
  lacks "A browser"

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian "PostgreSQL for its tests" postgresql ||
  lacks "PostgreSQL"

ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 ||
  debian "PostGIS, a rival of the search" postgresql-postgis || lacks "PostGIS"

[ -d "$(npm root -g 2>/dev/null)/fhir-kit-client" ] || npm install -g fhir-kit-client >/dev/null 2>&1 ||
  lacks "node's fhir-kit-client"

make -s .venv/bench >/dev/null 2>&1 || lacks "DuckDB"

[ "$missing" = 0 ] || [ "${CI:-}" != true ] || exit 1
command -v nginx >/dev/null || debian "nginx for the test of its configuration" nginx-light ||
  echo "nginx could not be installed: its test will be skipped." >&2
command -v caddy >/dev/null || debian "Caddy for the test of its configuration" caddy ||
  echo "Caddy could not be installed: its test will be skipped." >&2
exit 0
