"""The operator's file: read whole, or refused with a sentence that says what to mend."""

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from waypost.eligibility.core_mime import CoreMime
from waypost.eligibility.core_soap import CoreSoap
from waypost.eligibility.live import source_of
from waypost.eligibility.live_settings import Adapter, BadLiveSettings, Secrets, read_live_settings
from waypost.eligibility.stedi import Stedi

GOOD = """
adapter = "core-soap"
address = "https://clearinghouse.example/core"
sender = "WAYPOST"
receiver = "CLEARINGHOUSE"
originator = "9WAYPOST00"

[payers]
"60054" = "AETNA"
"00001" = "EXAMPLE PLAN"

[[programs]]
site = "site_one"
name = "EXAMPLE RECOVERY CENTER"
npi = "1234567893"
opted_in = 2026-03-01
associate_agreement = 2026-03-05
taxonomy = "261QR0405X"
"""
SECRETS = Secrets("user", "hunter2secret")


@pytest.fixture
def read(tmp_path):
    def of(text: str, secrets: Secrets = SECRETS):
        path = tmp_path / "live.toml"
        path.write_text(text, "utf-8")
        return read_live_settings(path, secrets)

    return of


def test_a_good_file_is_read_whole(read):
    settings = read(GOOD)
    assert settings.adapter is Adapter.CORE_SOAP
    assert [(one.id, one.name) for one in settings.payers] == [
        ("60054", "AETNA"),
        ("00001", "EXAMPLE PLAN"),
    ]
    program = settings.programs["site_one"]
    assert (program.npi, program.taxonomy) == ("1234567893", "261QR0405X")
    assert settings.test is False


def test_a_program_has_opted_in_when_both_papers_are_there(read):
    program = read(GOOD).programs["site_one"]
    assert program.opted_in_at == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("adapter", "kind"), [("core-soap", CoreSoap), ("core-mime", CoreMime), ("stedi", Stedi)]
)
def test_each_adapter_is_made_and_serves_the_payers_named(read, adapter, kind):
    source = source_of(read(GOOD.replace("core-soap", adapter)))
    assert isinstance(source, kind)
    assert source.serves("60054")
    assert not source.serves("60055")


def test_no_secret_is_ever_shown(read):
    settings = read(GOOD)
    assert "hunter2secret" not in f"{settings!r} {settings} {source_of(settings)!r}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"core-soap"', '"telepathy"', "adapter is not one of core-soap, core-mime, stedi"),
        ("https://", "http://", "must begin with https://"),
        ("https://", "https://user:pass@", "without user or query"),
        ('adapter = "core-soap"', "adapter = 5", "adapter is missing"),
        ('sender = "WAYPOST"\n', "", "sender is missing"),
        ('"9WAYPOST00"', '"9WAYPOST"', "originator is missing or wrong"),
        ('"1234567893"', '"1234567890"', "provider_npi is missing or wrong"),
        ("EXAMPLE RECOVERY CENTER", "EXAMPLE*CENTER", "provider_name is missing or wrong"),
        ('"EXAMPLE PLAN"', '"PLAN~SE"', "payer_name is missing or wrong (payer '00001'"),
        ('"EXAMPLE PLAN"', "7", "the name of payer '00001' is not a text"),
        ("2026-03-01", '"soon"', "opted_in of site_one must be a day"),
        ("associate_agreement = 2026-03-05\n", "", "associate_agreement of site_one must be"),
        ("npi =", "nqi =", "a program has 'nqi'"),
        ("[payers]", "[players]", "the file has 'players'"),
        ("[[programs]]", "[programs]", "[[programs]] must name at least one"),
        ("adapter", "adapter =", "is not TOML"),
        ("receiver", "test = 1\nreceiver", "test is neither true nor false"),
        ("taxonomy", "[[programs]]\nsite = 'site_two'\ntaxonomy", "opted_in of site_two"),
    ],
)
def test_what_is_wrong_is_said(read, old, new, words):
    assert old in GOOD
    with pytest.raises(BadLiveSettings) as caught:
        read(GOOD.replace(old, new, 1))
    assert words in str(caught.value)
    assert "live.toml" in str(caught.value)
    assert "hunter2secret" not in str(caught.value)


def test_a_program_stands_in_the_file_once(read):
    program = GOOD[GOOD.index("[[programs]]") :]
    with pytest.raises(BadLiveSettings, match="site_one is in the file twice"):
        read(GOOD + program)


@pytest.mark.parametrize(
    ("adapter", "secrets", "name"),
    [
        ("core-soap", Secrets("", "x"), "WAYPOST_ELIGIBILITY_USER"),
        ("core-mime", Secrets("x", ""), "WAYPOST_ELIGIBILITY_SECRET"),
        ("stedi", Secrets("x", ""), "WAYPOST_ELIGIBILITY_SECRET"),
    ],
)
def test_a_missing_secret_is_named(read, adapter, secrets, name):
    with pytest.raises(BadLiveSettings, match=name):
        read(GOOD.replace("core-soap", adapter), secrets)


def test_a_file_that_is_not_there_ends_the_program_with_a_sentence(tmp_path):
    from waypost.config.environment import BadSetting
    from waypost.config.live import live_settings
    from waypost.config.private_environment import read_private_environment

    def read_environment(env):
        return read_private_environment(tmp_path, env)

    env = {"WAYPOST_PRIVATE_DIR": str(tmp_path)}
    assert live_settings(read_environment(env)) is None
    env["WAYPOST_ELIGIBILITY_FILE"] = str(tmp_path / "none.toml")
    with pytest.raises(BadSetting, match=r"WAYPOST_ELIGIBILITY_FILE: .* cannot be read"):
        live_settings(read_environment(env))
    with pytest.raises(BadSetting, match="full path"):
        read_environment(env | {"WAYPOST_ELIGIBILITY_FILE": "live.toml"})
    read = read_environment(env | {"WAYPOST_ELIGIBILITY_SECRET": " spaces count "})
    assert read.eligibility_secret == " spaces count " and "spaces" not in repr(read)


def test_the_how_to_shows_a_file_that_can_be_used(read):
    page = Path(__file__).parents[2] / "docs" / "how-to" / "live-eligibility.md"
    block = page.read_text("utf-8").partition("       adapter =")[2].partition("3. Set")[0]
    settings = read("adapter =" + textwrap.dedent(block))
    assert settings.test is True
    assert list(settings.programs) == ["site_0123456789"]
