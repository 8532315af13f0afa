"""Charts as SVG, drawn by hand so that they mirror in right-to-left languages. Pure: numbers in, markup out; the numbers stand beside them in text.

Shapes carry a class (`good`, `warn`, `bad`, `neutral`, `info`), which a style sheet colours, and a colour of their own for where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

COLOURS = {"good": "#2e7d5b", "warn": "#b26a00", "bad": "#b3261e", "neutral": "#7a828c", "info": "#3a66a8"}
_GAP = 0.5
"""Per cent of the width between two parts, so that they are told apart without colour."""


def stacked_bar(parts: Sequence[tuple[str, int]], label: str, rtl: bool) -> str:
    """One bar of (class, amount) parts in their order from the reader's side; empty parts take no room. `label` is read aloud."""
    present = [(tone, amount) for tone, amount in parts if amount > 0]
    whole = sum(amount for _, amount in present)
    room = 100 - _GAP * (len(present) - 1)
    shapes, at = [], 0.0
    for tone, amount in present:
        width = room * amount / whole
        shapes.append(_rect(tone, 100 - at - width if rtl else at, width))
        at += width + _GAP
    return _svg("bar", label, "".join(shapes) or _rect("track", 0, 100))


def meter(score: int, tone: str, label: str, rtl: bool) -> str:
    """A score of 0-100 as a filled track."""
    return _svg("meter", label, _rect("track", 0, 100) + _rect(tone, 100 - score if rtl else 0, score))


def _rect(tone: str, x: float, width: float) -> str:
    return f'<rect class="{tone}" x="{x:.4g}" width="{width:.4g}" height="8" fill="{COLOURS.get(tone, "#dfe3e8")}"/>'


def _svg(kind: str, label: str, shapes: str) -> str:
    return f'<svg class="{kind}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{escape(label)}">{shapes}</svg>'
