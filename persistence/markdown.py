"""Markdown of the library as HTML that is safe to show, and as plain words to search in. Pure."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
SCHEMES = {"http", "https", "mailto"}


def html(body: str) -> str:
    """As it is shown. No element, attribute or address but the harmless; no pictures, which would tell others who
    reads; headings one lower, for the page has one of its own."""
    return nh3.clean(
        _markdown().render(body),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def plain(body: str) -> str:
    """Its words, without what makes it look like something."""
    return " ".join(" ".join(_texts(_markdown().parse(body))).split())


def _texts(tokens: list[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.children:
            found.append("".join(_inline(child) for child in token.children))
        elif token.type in ("fence", "code_block"):
            found.append(token.content)
    return found


def _inline(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline") else " " if token.type.endswith("break") else ""


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    made.core.ruler.push("lower_headings", lambda state: _lower_headings(state.tokens))
    return made


def _lower_headings(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
