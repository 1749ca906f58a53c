"""Where Kring is not alone at an address: all of it lies below a path, which the proxy in front passes on unchanged.

The path is taken off at the door, so that nothing inside knows of it but what makes addresses for others.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import Scope

MARK = '<meta name="kring-base" content="" />'
ROOT = '="/assets/'


def below(scope: Scope, base: str, anyway: Collection[str] = ()) -> Scope | None:
    """The request as it would be without `base` (empty, or as /kring); None: it is for somewhere else.

    `anyway`: what is answered without the base as well.
    """
    path: str = scope["path"]
    if not base or path in anyway:
        return scope
    if path != base and not path.startswith(f"{base}/"):
        return None
    return {**scope, "path": path[len(base) :] or "/", "raw_path": scope["raw_path"][len(base) :] or b"/"}


def placed(page: str, base: str) -> str:
    """The built page, as it is below `base`: where its files are, and where it thinks that it is.

    Raises ValueError where it isn't built as we think.
    """
    if MARK not in page or ROOT not in page:
        raise ValueError("the built page says nowhere where it lies")
    return page.replace(MARK, MARK.replace('""', f'"{base}"')).replace(ROOT, f'="{base}/assets/')
