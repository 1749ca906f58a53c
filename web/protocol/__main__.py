"""`python -m web.protocol` rewrites the generated files; a test holds the committed ones to what this makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rooms.kind import Kind, kinds
from web.app import build
from web.openapi import openapi
from web.protocol.asyncapi import asyncapi
from web.protocol.page import page
from web.protocol.typescript import typescript
from web.settings import Settings

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def generate(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """path in the checkout → text, for every generated file; without the kinds that nobody outside meets."""
    kinds = {name: kind for name, kind in kinds.items() if not kind.internal}
    return {
        "docs/protocol/asyncapi.json": _json(asyncapi(kinds)),
        "docs/protocol/openapi.json": json.dumps(openapi(build(Settings()).routes), indent=1, ensure_ascii=False)
        + "\n",
        "docs/protocol/kinds.md": page(kinds),
        "web/client/sync/wire.ts": typescript(kinds),
    }


def _json(document: object) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    for path, text in generate(kinds()).items():
        (CHECKOUT / path).write_text(text)


if __name__ == "__main__":
    main()
