"""What every page for a browser begins with: no script, no link out of it, and a content security policy that forbids both."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from app import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = resources.files("resources") / "templates"


def templates() -> Environment:
    """Those in `resources/templates`. One that includes `head.html` is given `head()`, a `title` and whether it has `images`."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    loader = FunctionLoader(lambda name: (FOLDER / name).read_text(encoding="utf-8"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def head() -> dict[str, str]:
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    return {"style": Markup(style), "style_digest": b64encode(sha256(style.encode()).digest()).decode(), "version": __version__}
