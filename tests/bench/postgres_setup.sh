#!/bin/sh
# Sets up PostgreSQL 15 with PostGIS from Debian's packages, as a rival in `make bench`.
# Does nothing where it is there already; says so and stops where it cannot be installed.
set -eu

if [ -f /usr/share/postgresql/15/extension/postgis.control ]; then
    echo "PostgreSQL 15 with PostGIS is installed."
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "PostGIS is not installed. As root on Debian 12: apt-get install postgresql-15-postgis-3" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends postgresql-15-postgis-3
echo "PostgreSQL 15 with PostGIS is installed; the benchmark starts a server of its own."
