"""`kring rehearse` as it is typed: what it prints, in both languages, and its exit code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rooms.model import Fact
from tests.web.process import command, served
from tests.web.test_catalogue import messages
from web.catalogue import say
from web.cli import run
from web.conversations import Attends, Joins, Leaves, SetsAgenda
from web.conversations.recording import Change, DropReason, Problem
from web.conversations.synthetic import synthetic_day
from web.rehearsal import Floor, Report, Seen
from web.rehearse import _order, lines
from web.settings import LANGUAGES

TALK = "[09:00] <noor> een\n[09:00] <sam> twee\n[09:01] <noor>\n"


ROWS = ("bob\thallo", "bob\tq+ waarom?", "cas\tq+", "ada\tack bob", "cas\tik wacht", "ada\tack cas", "ada\tack cas")
MEETING = "".join(f"2020-11-02 19:00:{second:02}\t{row}\n" for second, row in enumerate(ROWS))


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    return file


@pytest.mark.slow
async def test_it_finds_the_server_with_these_files_and_says_what_it_came_to(tmp_path: Path, talk: Path) -> None:
    async with served(tmp_path) as serving:
        code, output, errors = await command(tmp_path, "rehearse", str(talk), KRING_LANG="nl")
        assert (code, errors) == (0, "")
        assert "Bevestigd" in output
        assert "2 van 2" in output
        assert "1 weggelaten: niets leesbaars (regel 3)" in output
        assert "precies één keer gezien" in output

        (tmp_path / "days").mkdir()
        (tmp_path / "days" / "day.txt").write_text(synthetic_day(40, 5))
        more = ("--url", serving.base, "--speed", "max", "--limit", "30")
        code, output, errors = await command(
            tmp_path, "rehearse", "day.txt", *more, KRING_LANG="en", KRING_CONVERSATIONS=str(tmp_path / "days")
        )
        assert (code, errors) == (0, "")
        assert "30 of 30" in output

        code, output, errors = await command(tmp_path, "rehearse", str(talk), "--code", "AAAAAA", KRING_LANG="en")
        assert (code, output) == (1, "")
        assert errors.startswith("Nobody gets in. This code")


@pytest.mark.slow
async def test_a_meeting_is_led_by_whom_a_link_signs_in(tmp_path: Path) -> None:
    (tmp_path / "raad.irc.tsv").write_text(MEETING)
    async with served(tmp_path):
        link = (await command(tmp_path, "link", "moderator"))[1].split()[-1]
        code, output, errors = await command(
            tmp_path, "rehearse", "raad.irc.tsv", "--staff", link, KRING_LANG="nl", KRING_DATA=str(tmp_path / "other")
        )
        assert (code, errors) == (0, ""), "the link says where the server is"
        assert re.search(r"De sessie “Rehearsed: raad” is begonnen; meekijken kan met de code \w{3} \w{3}\.", output)
        assert "2 gesteld, 0 ingetrokken" in output
        assert "2, 2 beantwoord, 0 met label" in output
        assert "1 weggelaten: ging over iemand die niet wachtte (regel 7)" in output
        assert "De rij bleef in volgorde: 2 keer" in output
        assert link.rpartition("#")[2] not in output

        code, output, errors = await command(tmp_path, "rehearse", "raad.irc.tsv", "--staff", link, KRING_LANG="en")
        assert (code, output) == (1, "")
        assert errors.startswith("Nobody gets in. This link")


def test_what_cannot_be_is_a_sentence(tmp_path: Path, talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.txt").write_text("no conversation\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "silent.txt").write_text("=== a is now known as b\n")
    (tmp_path / "meeting.tsv").write_text(MEETING)
    at = ("--url", "http://127.0.0.1:1", "--code", "AAAAAA")
    asked = {
        ("absent.txt",): "rehearse-no-file",
        ("other.txt",): "rehearse-conversation-unknown-format",
        ("empty.txt",): "rehearse-conversation-empty",
        ("silent.txt",): "rehearse-nothing-said",
        ("talk.txt", "--speed", "fast"): "rehearse-bad-speed",
        ("talk.txt", "--speed", "0"): "rehearse-bad-speed",
        ("talk.txt", "--limit", "-3"): "rehearse-bad-limit",
        ("talk.txt",): "rehearse-no-code",
        ("meeting.tsv",): "rehearse-no-staff",
        ("meeting.tsv", "--staff", f"{at[1]}/in#spent"): "rehearse-unreachable",
        ("talk.txt", *at): "rehearse-unreachable",
    }
    environ = {"KRING_DATA": str(tmp_path / "data"), "KRING_LANG": "nl", "KRING_CONVERSATIONS": str(tmp_path)}
    for arguments, message in asked.items():
        code = run(["rehearse", *arguments], environ)
        output, errors = capsys.readouterr()
        known: dict[str, Fact] = {"file": arguments[0], "line": 1, "value": arguments[-1], "url": at[1]}
        assert (code, output, errors) == (1, "", say("nl", message, known) + "\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_a_line(lang: str) -> None:
    written = set(messages(lang, "rehearse.ftl"))
    names = [f"rehearse-dropped-{reason}" for reason in DropReason]
    names += [f"rehearse-changed-{change}" for change in Change]
    names += [f"rehearse-{problem}" for problem in Problem]
    names += [f"rehearse-other-{act.__name__.lower()}" for act in (Joins, Leaves, Attends, SetsAgenda)]
    assert {name.replace("_", "-") for name in names} <= written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_went_wrong_is_in_the_figures(lang: str) -> None:
    """And nothing of it where nothing went wrong: a figure that is nought is not shown."""
    good = Report(
        speakers=1,
        nicks=1,
        acts=3,
        sent=3,
        acknowledged=3,
        refused={},
        unknown=0,
        observed=Seen(3, 0, 0, 0),
        until_acknowledged=None,
        until_seen=None,
        seconds=1.0,
        reconnects=0,
        resent=0,
        status_lines=0,
        dropped=(),
        changed=(),
        other_acts={},
    )
    bad = Report(
        **{name: getattr(good, name) for name in good.__struct_fields__}
        | {"unknown": 1, "observed": Seen(1, 2, 3, 4), "refused": {"locked": 5}, "reconnects": 6, "resent": 7}
    )
    labels = ("unknown", "missing", "extra", "out-of-order", "reconnects", "resent")
    wrong = [say(lang, f"rehearse-label-{name}") for name in labels]
    assert not any(label in shown(good, lang) for label in wrong)
    assert all(label in shown(bad, lang) for label in wrong)
    assert say(lang, "rehearse-complete") in shown(good, lang)
    assert say(lang, "rehearse-incomplete") in shown(bad, lang)
    assert "locked" in shown(bad, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lost_order_says_whose_turn_it_was(lang: str) -> None:
    def told(given: list[str], staged: list[str]) -> str:
        return _order(
            Floor(given=given, staged=staged, asked=3, withdrawn=0, answered=3, labelled=0, shortened=0), lang
        ).plain

    assert told(["bob", "cas"], ["bob", "cas"]) == say(lang, "rehearse-order-kept", {"count": 2})
    for given, staged, due, found in (
        (["ada", "bob", "cas"], ["ada", "cas", "bob"], "bob", "cas"),
        (["ada", "bob"], ["ada"], "bob", "–"),
        (["ada"], ["ada", "bob"], "–", "bob"),
    ):
        facts: dict[str, Fact] = {"nth": 2, "due": due, "found": found}
        assert told(given, staged) == say(lang, "rehearse-order-lost", facts)


def shown(report: Report, lang: str) -> str:
    from rich.console import Console

    console = Console(width=200)
    with console.capture() as captured:
        for line in lines(report, lang):
            console.print(line)
    return captured.get()
