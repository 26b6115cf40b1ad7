"""A PostgreSQL server of our own: a temporary folder, a free port, an unprivileged user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from running import held_port

PROGRAMS = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiling a statement takes longer than answering it here
    "fsync": "off",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
}


SMALL = {"fsync": "off", "listen_addresses": "127.0.0.1"}
"""For tests, which hold next to nothing."""


def installed() -> bool:
    """Whether PostgreSQL's server is installed, by Debian's packages."""
    return _bin() is not None


def _bin() -> Path | None:
    """The programs of the newest version, of those with PostGIS if there is one."""
    versions = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda p: (_has_postgis(p), p))
    return versions[-1].parent if versions else None


def _has_postgis(program: Path) -> bool:
    version = program.relative_to(PROGRAMS).parts[0]
    return (EXTENSIONS / version / "extension" / "postgis.control").exists()


def available() -> bool:
    """Whether PostgreSQL with PostGIS is installed."""
    programs = _bin()
    return programs is not None and _has_postgis(programs)


def _unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root: its Debian user, or nobody, runs it then."""
    if os.getuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return ["setpriv", f"--reuid={user}", "--clear-groups", f"--regid={pwd.getpwnam(user).pw_gid}"]


@contextmanager
def running(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """A running server; gives its connection string and removes everything at the end."""
    programs = _bin()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="waypost-postgres-"))
    prefix = _unprivileged()
    if prefix:
        entry = pwd.getpwnam(prefix[1].partition("=")[2])
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    data = folder / "data"

    def call(*words: str) -> None:
        subprocess.run(
            [*prefix, *words], stdout=subprocess.DEVNULL, check=True, cwd=folder, timeout=300
        )

    init = ["-D", str(data), "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale"]
    call(str(programs / "initdb"), *init)
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    with held_port() as port:
        options += f" -c port={port} -c unix_socket_directories={folder}"
        call(*control, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"host=127.0.0.1 port={port} user=bench dbname=postgres"
        finally:
            call(*control, "-m", "immediate", "stop")
            shutil.rmtree(folder, ignore_errors=True)
