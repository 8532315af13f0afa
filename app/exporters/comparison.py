"""What changed between two audits as one self-contained HTML file, in the clothes of the report: no script, no link out of it."""

from __future__ import annotations

from typing import BinaryIO

from markupsafe import Markup, escape

from app.compare import Comparison
from app.compare_text import Cell, caveats, sections, summed_up
from app.contain import contained
from app.exporters.web_page import head, templates
from app.i18n import FIRST_STRONG_ISOLATE, POP_ISOLATE, Translation
from app.terms import term

SUFFIX = ".html"


def write_comparison(comparison: Comparison, say: Translation, out: BinaryIO) -> None:
    """Write the whole report in one language; raises OSError where it cannot be written."""
    told = sections(comparison, say)
    pieces = templates().get_template("comparison.html").generate(
        **head(),
        title=say("What changed between two audits"),
        images=False,
        say=lambda text, **values: _isolated(say(text, **values)),
        told=_isolated,
        cell=_cell,
        code=_code,
        number=say.number,
        when=lambda side: _code(say.in_digits(side.created.replace("T", " ").replace("Z", " UTC"))),
        state=lambda side: say(term(side.status).name),
        comparison=comparison,
        summary=summed_up(comparison, say),
        caveats=caveats(comparison, say),
        changed=[section for section in told if section.rows],
        unchanged=[section.title for section in told if not section.rows],
        language=say.language,
        direction="rtl" if say.rtl else "ltr",
    )
    out.writelines(piece.encode("utf-8", "replace") for piece in pieces)


def _cell(cell: Cell) -> Markup:
    return _code(cell.text) if cell.code else _isolated(cell.text)


def _code(text: str) -> Markup:
    """A domain, an address, an id, a date: always left to right."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(contained(text))


def _isolated(sentence: str) -> Markup:
    """Isolates become elements; the values inside hold none of their own, they are contained."""
    return Markup(str(escape(sentence)).replace(FIRST_STRONG_ISOLATE, "<bdi>").replace(POP_ISOLATE, "</bdi>"))
