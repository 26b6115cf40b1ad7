"""Characters that steer a terminal, planted in every field of every source, come out nowhere."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from cli.country import carry, program, run
from cli.test_cli_fetch import listed
from waypost.cli.main import main
from waypost.directory.actions import report_listing
from waypost.editions.downloads.files import DownloadKind, download_path
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot
from waypost.values.plain import plain

pytestmark = pytest.mark.django_db
PLANTED = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\u202eA"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def planted(number: int, field: str) -> dict[str, str]:
    """A listing with the characters in one field, or in all that are words."""
    made = program(number)
    words = ("name1", "name2", "street1", "street2", "city", "phone")
    for name in words if field == "all" else (field,):
        made[name] = f"{made[name]} {PLANTED}"
    return made


ODD = frozenset({"name1", "name2", "street1", "street2", "city", "phone", "website", "intake1"})
EVERY = [planted(n, f) for n, f in enumerate((*program(1), "all"), start=1)] + [
    program(n) for n in range(20, 40)
]


@pytest.fixture
def data(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A snapshot of two planted sources, and a planted report on its first program."""
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    for command in ("publish_command", "claims_commands"):
        monkeypatch.setattr(f"waypost.cli.{command}.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2024=EVERY)
    rows = [
        {
            k: f"{v} {PLANTED}" if isinstance(v, str) and k in ODD else v
            for k, v in listed(n).items()
        }
        for n in range(1, 4)
    ]
    answer = tmp_path / f"locator {PLANTED.replace('/', '')}.json"
    answer.write_text(json.dumps({"rows": rows}))
    title = f"Locator {PLANTED}"
    added = run("sources", "add", str(answer), "--edition", "2024", "--title", title)
    assert added.exit_code == 0, added.output
    assert run("publish").exit_code == 0
    snapshot = Snapshot(settings.WAYPOST_DATA_DIR / FILE_NAME)
    report_listing(
        site_id=snapshot.current_ids()[0],
        kind="other",
        text=f"Wrong {PLANTED}",
        by="visitor",
        now=NOW,
    )
    return settings.WAYPOST_DATA_DIR


def printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> str:
    """What a command writes on both outputs, as `waypost` itself writes it."""
    monkeypatch.setattr(sys, "argv", ["waypost", *words])
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back afterwards
    with pytest.raises(SystemExit):
        main()
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_no_output_of_planted_sources_and_reports_steers(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = Snapshot(data / FILE_NAME)
    ids = snapshot.current_ids()
    named = next(i for i in ids if "owned" in (snapshot.site(i).name + snapshot.site(i).name2))
    commands = (
        ("sources", "list"), ("sources", "report"), ("claims", "list"), ("show", named),
        ("show", named, "--claims"), ("find", "78701", "--level", "any", "--within", "nearest"),
        ("find", PLANTED), ("show", PLANTED), ("sources", "add", PLANTED, "--edition", "2025"),
    )  # fmt: skip
    seen = ""
    for words in commands:
        text = printed(capsys, monkeypatch, *words)
        assert text and plain(text) == text, words
        seen += text
    assert seen.count("owned") > 5  # the letters between are there
    client = Client(headers={"host": "127.0.0.1"})
    for path in (f"/site/{named}", "/find?near=45402&level=any", "/browse/OH", "/about-the-data",
                 f"/find?near={PLANTED}", f"/api/v1/sites/{named}", "/api/v1/search?near=45402&level=any"):  # fmt: skip
        body = client.get(path).content.decode()
        assert plain(body) == body, path
    for kind in (DownloadKind.CSV, DownloadKind.NDJSON):
        text = download_path(data, snapshot.version, kind, packed=False).read_text("utf-8")
        assert "owned" in text and plain(text) == text


def test_no_price_or_provider_file_steers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    from plans.test_plans_import_prices import NPI, WANTED, in_network, item, stated

    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    monkeypatch.setattr("waypost.cli.coverage.import_commands._wanted", lambda: WANTED)
    monkeypatch.setattr(
        "waypost.plans.imports.taking.work_apart", lambda work, *given, bounds=None: work(*given)
    )
    price = stated(negotiated_type=PLANTED, billing_class=PLANTED, expiration_date=PLANTED)
    rows = in_network(item(price), item(), reporting_entity_name=PLANTED, plan_name=PLANTED)
    rows["provider_references"][0]["location"] = f"https://x/{PLANTED}"
    (tmp_path / "prices.json").write_text(json.dumps(rows))
    plan = {"plan_id": PLANTED, "network_tier": PLANTED, "years": [PLANTED]}
    (tmp_path / "providers.json").write_text(json.dumps([{"npi": NPI, "plans": [plan]}]))
    for name in ("prices.json", "providers.json"):
        text = printed(
            capsys, monkeypatch, "coverage", "import", str(tmp_path / name), "--issuer", PLANTED
        )
        assert "kept" in text and plain(text) == text
    written = tmp_path / "none.json"
    written.write_text(json.dumps({PLANTED: 1}))
    text = printed(capsys, monkeypatch, "coverage", "import", str(written))
    assert "owned" in text and plain(text) == text


def planted_answers() -> Iterator[str]:
    """Payers' answers with the characters in all that one segment, or a few fields of JSON, say: each
    kind of segment and each name of a field once."""
    seen: set[str] = set()
    for path in sorted((Path(__file__).parents[1] / "x12" / "samples").glob("*/*")):
        text = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".json":
            names = sorted(set(re.findall(r'"(\w+)":\s*"', text)) - seen)
            seen.update(names)
            for first in range(0, len(names), 6):
                some = "|".join(names[first : first + 6])
                yield re.sub(rf'("(?:{some})":\s*"[^"]*)"', lambda m: f'{m[1]}{ESCAPED}"', text)
            continue
        segments = text.split("~")
        for at, segment in enumerate(segments):
            parts = segment.strip().split("*")
            kind = "*".join(parts[:2] if parts[0] == "NM1" else parts[:1])  # whose name it is
            if kind in ("ISA", "GS", "ST", "SE", "GE", "IEA", "") or kind in seen:
                continue
            seen.add(kind)
            first, *elements = segment.split("*")
            words = "*".join([first, *(f"{e}{PLANTED}" if e.strip() else e for e in elements)])
            yield "~".join([*segments[:at], words, *segments[at + 1 :]])


ESCAPED = json.dumps(PLANTED)[1:-1]


def test_no_answer_of_a_payer_steers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = 0
    for number, text in enumerate(planted_answers()):
        file = tmp_path / f"{number}.edi"
        file.write_text(text, "utf-8")
        said = printed(capsys, monkeypatch, "x12", "show", str(file))
        assert said and plain(said) == said, text
        shown += "owned" in said
    assert number > 30 and shown > 10
