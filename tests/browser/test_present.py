"""The screen in the hall: what it shows and never shows, how large, and what it stays through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, ViewportSize, WebSocket, expect

from tests.browser.device import Device, chromium, device
from tests.browser.gathering import Gathering
from tests.browser.hall import Hall, hall
from tests.browser.test_access import violations
from web.addresses import join_url, qr_svg

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

TITLE = "Drukplekken voorkomen"
SHORT = "Hoe vaak draai je iemand die ’s nachts alleen is?"
LONG = ("Wat doen jullie als een cliënt thuis een drukplek heeft die maar niet dicht wil? " * 7)[:499] + "?"
WIDE = "W" * 500
HIDDEN = "Wie heeft dit nog niet gelezen?"

HD = ViewportSize(width=1920, height=1080)
LAPTOP = ViewportSize(width=1440, height=900)
FOUR_THREE = ViewportSize(width=1024, height=768)
PHONE = ViewportSize(width=390, height=844)

CUT_OFF = """() => {
  const words = document.querySelector("main h2"), range = document.createRange();
  range.selectNodeContents(words);
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const [room, strip, head] = ["main", "footer", "header"].map(box);
  const block = words.getBoundingClientRect();
  const wrong = [];
  for (const line of range.getClientRects()) {
    if (line.left < room.left - 1 || line.right > room.right + 1) wrong.push("a line leaves the side");
  }
  if (block.top < room.top - 1 || block.bottom > room.bottom + 1) wrong.push("the words leave their place");
  if (block.top < head.bottom - 1 || block.bottom > strip.top + 1) wrong.push("the words run under what is around");
  if (strip.bottom > innerHeight + 1) wrong.push("the strip leaves the screen");
  return wrong;
}"""


@asynccontextmanager
async def gathered(folder: Path, level: str = "named") -> AsyncIterator[tuple[Hall, Browser, Gathering]]:
    async with hall(folder) as kring, chromium() as browser, Gathering.of(kring, TITLE, level=level) as gathering:
        yield kring, browser, gathering


async def screen(
    kring: Hall, browser: Browser, gathering: Gathering, lang: str = "nl", size: ViewportSize = HD
) -> Device:
    one = await device(browser, kring.base, lang)
    await one.page.set_viewport_size(size)
    await one.go(await gathering.screen())
    await live(one)
    return one


async def live(one: Device) -> None:
    await expect(one.page.locator("header .conn")).to_have_text(one.words("screen-live"))


def stage(one: Device, text: str) -> Locator:
    return one.page.get_by_role("heading", name=text, exact=True, level=2)


async def put_on_stage(gathering: Gathering, text: str, level: str | None = None) -> None:
    await gathering.ask(await gathering.guest(f"Gast {len(text)}{text[:3]}"), text, level)
    await gathering.act("qna.approve", text)
    await gathering.act("qna.stage", text)


def tool(one: Device, message: str) -> Locator:
    return one.page.get_by_role("group", name=one.words("screen-tools")).get_by_role(
        "button", name=one.words(message), exact=True
    )


# ---- what it shows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
async def test_it_invites_then_lists_then_shows_the_stage_and_at_the_end_says_so(tmp_path: Path, lang: str) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering, lang)
        words = one.words
        await expect(stage(one, words("screen-first"))).to_be_visible()
        await the_way_in_is_there(kring, one, gathering)

        people = [await gathering.guest(f"Gast {nth}") for nth in range(3)]
        for who, text in zip(people, ("Wie wast de verbanden?", SHORT, "Mag een matras gedeeld?"), strict=True):
            await gathering.ask(who, text)
            await gathering.act("qna.approve", text)
        for who in people[1:]:
            await gathering.vote(who, SHORT)
        items = one.page.get_by_role("main").get_by_role("listitem")
        await expect(items).to_have_count(3)
        await expect(items.first).to_contain_text(SHORT)
        await expect(items.first).to_contain_text("2")
        await the_way_in_is_there(kring, one, gathering)
        await expect(one.page.get_by_role("contentinfo")).to_contain_text(words("screen-left", count=3))

        await gathering.act("qna.stage", SHORT)
        await expect(stage(one, SHORT)).to_be_visible()
        await expect(one.page.get_by_text(words("screen-by", name="Gast 1"))).to_be_visible()
        await expect(one.page.get_by_text(words("screen-votes", count=2)).first).to_be_visible()
        await expect(one.page.get_by_role("contentinfo")).to_contain_text(words("screen-left", count=2))
        await gathering.act("qna.answer", SHORT, how="live")
        await expect(stage(one, words("screen-open"))).to_be_visible()

        await gathering.close()
        await expect(stage(one, words("screen-over"))).to_be_visible()
        await expect(one.page.get_by_text(words("screen-over-answered", count=1))).to_be_visible()
        await one.page.reload()
        await expect(stage(one, words("screen-over"))).to_be_visible()
        assert one.complaints == []


async def the_way_in_is_there(kring: Hall, one: Device, gathering: Gathering) -> None:
    """Code, address, and the QR that the server draws of the address: black on white."""
    code = f"{gathering.code[:3]} {gathering.code[3:]}"
    await expect(one.page.get_by_text(code, exact=True)).to_be_visible()
    await expect(one.page.get_by_text(kring.base.removeprefix("http://"))).to_be_visible()
    drawn = one.page.get_by_role("img", name=one.words("qr-alt", code=code))
    await expect(drawn).to_be_visible()
    modules = await drawn.locator("path").last.get_attribute("d")
    assert modules is not None
    assert modules in qr_svg(join_url(kring.base, gathering.code)).decode()
    assert await drawn.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    box = await drawn.bounding_box()
    assert box is not None
    assert box["width"] >= 140


@pytest.mark.parametrize(("level", "says"), [("pseudonymous", "nickname"), ("anonymous", "nobody")])
async def test_it_names_who_asked_as_the_level_allows(tmp_path: Path, level: str, says: str) -> None:
    """C7 on a screen too: a nickname or nothing, never the name."""
    async with gathered(tmp_path, level) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering, "en")
        await gathering.ask(await gathering.guest("Noor Bakker"), SHORT, level)
        await gathering.act("qna.approve", SHORT)
        await gathering.act("qna.stage", SHORT)
        await expect(stage(one, SHORT)).to_be_visible()
        record = gathering.moderator.records[await gathering.question(SHORT)]
        nickname = record.get("name", "")
        sentence = one.words("screen-by", name=str(nickname)) if nickname else one.words("screen-by-nobody")
        assert bool(nickname) == (says == "nickname")
        await expect(one.page.get_by_text(sentence, exact=True)).to_be_visible()
        assert "Noor" not in await one.page.content()


async def test_nothing_unreviewed_reaches_it_nor_what_its_browser_keeps_of_somebodys_own(tmp_path: Path) -> None:
    """The browser may be the moderator's, who asked something too: what it keeps of that has no place in a hall."""
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await device(browser, kring.base, "nl")
        frames: list[str] = []
        one.page.on("websocket", lambda socket: listen(socket, frames))
        await one.go(f"/j/{gathering.code}")
        await one.write(one.page.get_by_label(one.words("name-label")), "Noor")
        await one.press(one.button("join"))
        await one.write(one.page.get_by_role("textbox", name=one.words("ask-field")), HIDDEN)
        await one.press(one.button("ask"))
        await expect(one.page.get_by_text(one.words("only-you-see-it"))).to_be_visible()
        assert HIDDEN in await one.page.content()  # here it is known, and kept

        frames.clear()
        await one.go(await gathering.screen())
        await live(one)
        await put_on_stage(gathering, SHORT)
        await expect(stage(one, SHORT)).to_be_visible()
        assert HIDDEN not in await one.page.content()
        assert any(SHORT in frame for frame in frames)
        assert not any(HIDDEN in frame for frame in frames)

        await gathering.act("qna.answer", SHORT, how="live")
        await gathering.act("qna.approve", HIDDEN)  # the control: once it is approved it is there
        await expect(one.page.get_by_text(HIDDEN)).to_be_visible()
        assert any(HIDDEN in frame for frame in frames)
        # the browser is still Noor's, in the session as she was
        await one.go(f"/s/{gathering.id}")
        await expect(one.page.get_by_role("textbox", name=one.words("ask-field"))).to_be_visible()


def listen(socket: WebSocket, frames: list[str]) -> None:
    socket.on("framereceived", lambda data: frames.append(data if isinstance(data, str) else data.decode()))


# ---- how large -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [SHORT, LONG, WIDE], ids=["short", "long", "wide"])
async def test_words_on_stage_are_large_and_whole(tmp_path: Path, text: str) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering)
        await put_on_stage(gathering, text, "anonymous")
        await expect(stage(one, text)).to_be_visible()
        for size, least in ((HD, 48.0), (LAPTOP, 40.0), (FOUR_THREE, 34.0), (PHONE, 20.0)):
            await one.page.set_viewport_size(size)
            await settled(one)
            assert await one.page.evaluate(CUT_OFF) == []
            assert await size_of(one) >= (least if size == HD or text != WIDE else least / 2)
        await one.page.set_viewport_size(HD)
        await settled(one)
        assert await size_of(one) >= (100 if text == SHORT else 48)
        # the control: words that grow beyond their place are noticed
        await one.page.evaluate("() => document.querySelector('main h2').style.fontSize = '400px'")
        assert await one.page.evaluate(CUT_OFF) != []


async def settled(one: Device) -> None:
    """Two pictures later whatever follows a new size has happened."""
    await one.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def size_of(one: Device) -> float:
    found: float = await one.page.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('main h2')).fontSize)"
    )
    return found


# ---- whoever stands at it --------------------------------------------------------------------------------------------


async def test_freeze_holds_and_blank_hides_by_key_and_by_button(tmp_path: Path) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering)
        await put_on_stage(gathering, SHORT)
        await expect(stage(one, SHORT)).to_be_visible()
        for by_key in (True, False):
            other = f"Een andere vraag, {by_key}"
            await (one.page.keyboard.press("z") if by_key else one.press(tool(one, "screen-freeze")))
            await expect(one.page.get_by_text(one.words("screen-frozen"), exact=True)).to_be_visible()
            now = await one.page.locator("main h2").inner_text()
            await gathering.act("qna.answer", now, how="live")
            await put_on_stage(gathering, other)
            await arrived_at(one, gathering, other)
            await expect(stage(one, now)).to_be_visible()
            await (one.page.keyboard.press("Space") if by_key else one.press(tool(one, "screen-unfreeze")))
            await expect(stage(one, other)).to_be_visible()

            await (one.page.keyboard.press("b") if by_key else one.press(tool(one, "screen-blank")))
            await expect(stage(one, other)).to_have_count(0)
            assert other not in await one.page.locator("#app").inner_text()
            assert gathering.code[:3] not in await one.page.locator("#app").inner_text()
            await (one.page.keyboard.press("Escape") if by_key else one.press(tool(one, "screen-unblank")))
            await expect(stage(one, other)).to_be_visible()
        assert one.complaints == []


async def arrived_at(one: Device, gathering: Gathering, text: str) -> None:
    """What is on stage now has come to this browser: a second screen in it shows it."""
    beside = await one.context.new_page()
    await beside.goto(await gathering.screen())
    await expect(beside.get_by_role("heading", name=text, exact=True)).to_be_visible()
    await beside.close()


async def test_the_tools_and_the_cursor_are_there_for_who_moves(tmp_path: Path) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering)
        root, tools = one.page.locator(".present"), one.page.get_by_role("group", name=one.words("screen-tools"))
        await expect(tools).to_have_css("opacity", "0")
        await expect(root).to_have_css("cursor", "none")
        await one.page.mouse.move(300, 300)
        await expect(tools).to_have_css("opacity", "1")
        await expect(root).not_to_have_css("cursor", "none")
        await expect(tools).to_have_css("opacity", "0")
        await one.page.keyboard.press("Tab")
        await one.page.keyboard.press("Tab")
        await expect(tool(one, "screen-freeze")).to_be_focused()
        await expect(tools).to_have_css("opacity", "1")
        await one.page.keyboard.press("f")
        await one.page.wait_for_function("() => document.fullscreenElement !== null")
        await one.page.keyboard.press("f")
        await one.page.wait_for_function("() => document.fullscreenElement === null")


async def test_its_language_and_light_are_its_own(tmp_path: Path) -> None:
    """The moderator's own page in the same browser keeps the moderator's language and light."""
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering, "nl")
        await one.page.keyboard.press("l")
        await expect(one.page.get_by_text("What would you like to know?")).to_be_visible()
        await one.press(one.page.get_by_role("button", name="Dark", exact=True))
        await expect(one.page.locator("html")).to_have_attribute("data-theme", "dark")
        await one.page.reload()
        await expect(one.page.get_by_text("What would you like to know?")).to_be_visible()
        await expect(one.page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(one.page.locator("html")).to_have_attribute("lang", "en")
        own = await one.context.new_page()
        await own.goto(f"/j/{gathering.code}")
        await expect(own.get_by_role("button", name=one.words("join"), exact=True)).to_be_visible()
        await expect(own.locator("html")).not_to_have_attribute("data-theme", "dark")


# ---- what goes wrong -------------------------------------------------------------------------------------------------


async def test_it_stays_through_a_reload_and_a_killed_server(tmp_path: Path) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering)
        assert "#" not in one.page.url  # the token has left the address
        await put_on_stage(gathering, SHORT)
        await one.page.reload()
        await live(one)
        await expect(stage(one, SHORT)).to_be_visible()

        await kring.kill()
        await expect(one.page.locator("header .conn")).to_have_text(one.words("screen-reconnecting"))
        await expect(stage(one, SHORT)).to_be_visible()
        await kring.start()
        await live(one)
        await gathering.act("qna.answer", SHORT, how="live")
        await expect(stage(one, SHORT)).to_have_count(0)
        assert one.complaints == []


@pytest.mark.parametrize("lang", ["nl", "en"])
async def test_a_link_that_is_spent_says_whom_to_ask(tmp_path: Path, lang: str) -> None:
    async with gathered(tmp_path) as (kring, browser, gathering):
        link = await gathering.screen()
        for at, sentence in (
            (link, None),
            (link, "screen-link-spent"),
            (link.partition("#")[0], "screen-link-incomplete"),
        ):
            one = await device(browser, kring.base, lang)
            await one.go(at)
            if sentence is None:
                await live(one)  # the control: the first time it works
                continue
            await expect(one.page.get_by_role("heading", name=one.words("screen-link-title"))).to_be_visible()
            await expect(one.page.get_by_text(one.words(sentence))).to_be_visible()
            assert await violations(one) == []


@pytest.mark.parametrize(("lang", "size"), [("nl", HD), ("en", FOUR_THREE), ("nl", PHONE)], ids=["hd", "4:3", "phone"])
async def test_axe_finds_nothing_on_it(tmp_path: Path, lang: str, size: ViewportSize) -> None:
    wrong: dict[str, list[str]] = {}
    async with gathered(tmp_path) as (kring, browser, gathering):
        one = await screen(kring, browser, gathering, lang, size)

        async def look(state: str) -> None:
            for scheme in ("light", "dark"):
                await one.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                await one.page.mouse.move(4, len(wrong) % 2)  # with its tools
                wrong[f"{state}, {scheme}"] = await violations(one)

        await expect(stage(one, one.words("screen-first"))).to_be_visible()
        await look("inviting")
        await gathering.moderator.do({"t": "qna.set", "asking": False})
        await expect(stage(one, one.words("screen-asking-closed"))).to_be_visible()
        await look("asking closed")
        guest = await gathering.guest("Noor")
        await gathering.moderator.do({"t": "qna.set", "asking": True})
        await gathering.ask(guest, LONG)
        await gathering.act("qna.approve", LONG)
        await expect(one.page.get_by_text(LONG)).to_be_visible()
        await look("a list")
        await gathering.act("qna.stage", LONG)
        await expect(stage(one, LONG)).to_be_visible()
        await look("a long question")
        await gathering.act("qna.answer", LONG, how="live")
        await put_on_stage(gathering, SHORT, "anonymous")
        await expect(stage(one, SHORT)).to_be_visible()
        await look("a short one")
        await one.page.keyboard.press("z")
        await look("frozen")
        await one.page.keyboard.press("b")
        await look("blank")
        await one.page.keyboard.press("b")
        await one.page.keyboard.press("z")
        await gathering.close()
        await expect(stage(one, one.words("screen-over"))).to_be_visible()
        await look("over")
        assert one.complaints == []
    assert {state: found for state, found in wrong.items() if found} == {}
    assert len(wrong) == 16
