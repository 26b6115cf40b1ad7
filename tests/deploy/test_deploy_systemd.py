"""The documented unit of systemd: read by systemd itself, its settings and its command by Waypost."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from waypost.cli.main import app
from waypost.config.environment import read_environment

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "deploy.md"
SYSTEMD = shutil.which("systemd-analyze")


def documented() -> str:
    """The unit as the how-to has it."""
    text = DOCUMENT.read_text("utf-8")
    found = re.search(r"`/etc/systemd/system/waypost\.service`:\n\n((?: {4}.*\n|\n)+)", text)
    assert found
    return "\n".join(line[4:] for line in found[1].splitlines())


def verified(unit: str, folder: Path) -> str:
    """What systemd has to say of a unit, whose program need not be installed."""
    path = folder / "waypost.service"
    path.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit))
    done = subprocess.run(
        [str(SYSTEMD), "verify", "--man=no", str(path)],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    return "".join(line for line in done.stderr.splitlines() if "waypost.service" in line)


@pytest.mark.skipif(not SYSTEMD, reason="SYSTEMD is not installed")
def test_systemd_knows_every_line_of_it(tmp_path: Path) -> None:
    assert verified(documented(), tmp_path) == ""
    assert "Unknown key" in verified(
        documented().replace("ProtectSystem", "ProtectSytem"), tmp_path
    )


def test_its_settings_and_its_command_are_ours(tmp_path: Path) -> None:
    settings = dict(
        line.split("=", 2)[1:]
        for line in documented().splitlines()
        if line.startswith("Environment=")
    )
    assert settings["WAYPOST_DATA_DIR"] == "/var/lib/waypost"  # what StateDirectory=waypost makes
    found = read_environment(settings | {"WAYPOST_DATA_DIR": str(tmp_path)})
    assert found.base_url == f"https://{found.allowed_hosts[0]}"
    (command,) = re.findall(r"^ExecStart=(.+)$", documented(), re.M)
    words = shlex.split(command)[1:]
    serve = typer.main.get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    chosen = serve.make_context("serve", words[1:]).params
    assert (chosen["port"], chosen["workers"]) == (8000, 4)
    assert f"proxy_pass http://127.0.0.1:{chosen['port']};" in DOCUMENT.read_text("utf-8")
    assert f"reverse_proxy 127.0.0.1:{chosen['port']}" in DOCUMENT.read_text("utf-8")
