"""`python -m web.protocol` rewrites the generated files; a test holds the committed ones to what this makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rooms.kind import Kind, kinds
from web.protocol.asyncapi import asyncapi
from web.protocol.page import page
from web.protocol.typescript import typescript

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def generate(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """path in the checkout → text, for every generated file."""
    return {
        "docs/protocol/asyncapi.json": json.dumps(asyncapi(kinds), indent=1, ensure_ascii=False) + "\n",
        "docs/protocol/kinds.md": page(kinds),
        "web/client/sync/wire.ts": typescript(kinds),
    }


def main() -> None:
    for path, text in generate(kinds()).items():
        (CHECKOUT / path).write_text(text)


if __name__ == "__main__":
    main()
