"""Settings: what is meant is taken, what cannot be meant is refused with a sentence in both languages."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from web.catalogue import say
from web.settings import READERS, BadSetting, Settings, language, read


def test_nothing_set_serves_this_machine_only() -> None:
    found = read({})
    assert found == Settings(data=Path("var"), host="127.0.0.1", port=8000, lang="en")
    assert found.loopback
    assert not found.secure


def test_everything_set() -> None:
    found = read(
        {
            "KRING_DATA": "~/kring",
            "KRING_HOST": "[::]",
            "PORT": "80",
            "KRING_BASE_URL": "https://Kring.Example.org:443/",
            "KRING_SECRET": "s" * 32,
            "KRING_LANG": "NL",
            "KRING_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "KRING_METRICS_TOKEN": "t" * 16,
            "KRING_LOG": "warning",
            "KRING_GRACE_S": "1",
            "KRING_KEEP_TRANSCRIPTS_DAYS": "365",
            "KRING_CONVERSATIONS": "../shared/data",
        }
    )
    assert found.data == Path.home() / "kring"
    assert (found.host, found.port, found.lang, found.log) == ("::", 80, "nl", "warning")
    assert found.base_url == "https://kring.example.org"
    assert found.grace_s == 1
    assert found.keep_transcripts_days == 365
    assert Settings().keep_transcripts_days is None
    assert found.secure
    assert found.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))


def test_an_empty_value_is_not_set() -> None:
    assert read({"KRING_SECRET": " ", "REDIS_URL": "", "KRING_HOST": ""}) == read({})


def test_names_of_the_makefile_and_the_tests_are_known() -> None:
    read({"KRING_PYTHON": "python3", "KRING_CHROMIUM": "x", "KRING_REQUIRE_CONVERSATIONS": "1"})


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("REDIS_URL", "localhost:6379", "redis-url"),
        ("REDIS_URL", "redis://", "redis-url"),
        ("REDIS_URL", "redis://localhost:port", "redis-url"),
        ("REDIS_URL", "http://localhost", "redis-url"),
        ("REDIS_URL", "unix://", "redis-url"),
        ("DATABASE_URL", "postgresql://localhost", "not-yet"),
        ("KRING_DATTA", "x", "unknown-close"),
        ("KRING_COLOUR", "blue", "unknown"),
        ("KRING_HOST", "http://localhost", "host"),
        ("PORT", "eight", "port"),
        ("PORT", "65536", "port"),
        ("PORT", "-1", "port"),
        ("PORT", "²", "port"),
        ("KRING_BASE_URL", "kring.example.org", "base-url"),
        ("KRING_BASE_URL", "ftp://kring.example.org", "base-url"),
        ("KRING_BASE_URL", "https://kring.example.org/up/../there", "base-url"),
        ("KRING_BASE_URL", "https://kring.example.org//there", "base-url"),
        ("KRING_BASE_URL", "https://kring.example.org/%74here", "base-url"),
        ("KRING_BASE_URL", "https://kring.example.org/there?now", "base-url"),
        ("KRING_BASE_URL", "https://me@kring.example.org", "base-url"),
        ("KRING_BASE_URL", "https://kring.example.org:port", "base-url"),
        ("KRING_BASE_URL", "https://[::1", "base-url"),
        ("KRING_SECRET", "s" * 31, "too-short"),
        ("KRING_METRICS_TOKEN", "short", "too-short"),
        ("KRING_LANG", "de", "one-of"),
        ("KRING_LOG", "loud", "one-of"),
        ("KRING_GRACE_S", "-1", "seconds"),
        ("KRING_GRACE_S", "3601", "seconds"),
        ("KRING_KEEP_TRANSCRIPTS_DAYS", "0", "days"),
        ("KRING_KEEP_TRANSCRIPTS_DAYS", "36501", "days"),
        ("KRING_KEEP_TRANSCRIPTS_DAYS", "a year", "days"),
        ("KRING_TRUSTED_PROXIES", "10.0.0.1/8", "network"),
        ("KRING_TRUSTED_PROXIES", "proxy", "network"),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_makes_no_sense_is_refused_with_a_sentence(name: str, value: str, code: str, lang: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read({name: value})
    assert refused.value.code == code
    text = say(lang, f"setting-{code}", refused.value.facts)
    assert name in text
    assert text.endswith((".", "?"))


@pytest.mark.parametrize("name", ["KRING_SECRET", "KRING_METRICS_TOKEN"])
def test_a_secret_that_is_refused_is_not_shown(name: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read({name: "hunter2"})
    assert "hunter2" not in str(refused.value) + str(refused.value.facts)


def test_a_typing_error_is_pointed_at() -> None:
    with pytest.raises(BadSetting) as refused:
        read({"KRING_BASEURL": "https://kring.example.org"})
    assert refused.value.facts["close"] == "KRING_BASE_URL"
    assert "KRING_BASE_URL" in READERS


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE"}, "nl"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "nl_NL", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB", "KRING_LANG": "nl"}, "nl"),
        ({"LANG": "nl_NL", "KRING_LANG": "de"}, "nl"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_terminal_speaks_the_language_of_the_system(environ: dict[str, str], lang: str) -> None:
    assert language(environ) == lang


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("::", False)])
def test_whether_others_can_reach_the_server(host: str, loopback: bool) -> None:
    assert read({"KRING_HOST": host}).loopback is loopback


MAIL = {
    "KRING_SMTP_HOST": "post.example.org",
    "KRING_SMTP_FROM": "kring@example.org",
    "KRING_BASE_URL": "https://k.org",
}


def test_mail_needs_few_settings() -> None:
    found = read(MAIL)
    assert (found.smtp_host, found.smtp_port, found.smtp_from) == ("post.example.org", 587, "kring@example.org")
    assert (found.smtp_tls, found.smtp_user) == ("starttls", None)
    assert read({}).smtp_host is None, "the control"


@pytest.mark.parametrize(
    ("changes", "code", "fact"),
    [
        ({"KRING_BASE_URL": ""}, "lacks", "KRING_BASE_URL"),
        ({"KRING_SMTP_FROM": ""}, "lacks", "KRING_SMTP_FROM"),
        ({"KRING_SMTP_HOST": ""}, "lacks", "KRING_SMTP_HOST"),
        ({"KRING_SMTP_USER": "ana"}, "lacks", "KRING_SMTP_PASSWORD"),
        ({"KRING_SMTP_PASSWORD": "hunter2"}, "lacks", "KRING_SMTP_USER"),
        ({"KRING_SMTP_FROM": "Kring <kring@example.org>"}, "mail-address", None),
        ({"KRING_SMTP_TLS": "maybe"}, "one-of", None),
        ({"KRING_SMTP_TLS": "none", "KRING_SMTP_USER": "a", "KRING_SMTP_PASSWORD": "hunter2"}, "smtp-plain", None),
    ],
)
def test_mail_that_could_not_work_is_refused(changes: dict[str, str], code: str, fact: str | None) -> None:
    with pytest.raises(BadSetting) as bad:
        read(MAIL | changes)
    assert (bad.value.code, bad.value.facts.get("lacks")) == (code, fact)
    for lang in ("nl", "en"):
        assert "hunter2" not in say(lang, f"setting-{code}", bad.value.facts)
