"""Every colour, distance and type size of the window, in one place. A test computes the contrasts."""

from __future__ import annotations

from typing import NamedTuple


class Tone(NamedTuple):
    """One meaning's colours: text or shape, and the soft ground under it."""

    ink: str
    ground: str


class Colours(NamedTuple):
    """One theme, as #rrggbb."""

    canvas: str
    """Behind everything."""
    surface: str
    """Cards, tables, fields."""
    sunken: str
    """Table headers, grounds of bars."""
    border: str
    """Lines that separate."""
    outline: str
    """The edge of a control; at least 3:1 against the surface (WCAG 2.2, 1.4.11)."""
    text: str
    muted: str
    accent: str
    accent_strong: str
    on_accent: str
    selection: str
    hover: str
    good: Tone
    warn: Tone
    bad: Tone
    neutral: Tone
    info: Tone


LIGHT = Colours(
    canvas="#f5f6f8",
    surface="#ffffff",
    sunken="#eef0f4",
    border="#e1e5eb",
    outline="#848d9c",
    text="#18202c",
    muted="#576173",
    accent="#0b6670",
    accent_strong="#084e56",
    on_accent="#ffffff",
    selection="#dceef0",
    hover="#f2f6f8",
    good=Tone("#17663a", "#e3f3e9"),
    warn=Tone("#7d4e00", "#fcefd6"),
    bad=Tone("#aa1f19", "#fde7e4"),
    neutral=Tone("#4d5767", "#ebeef2"),
    info=Tone("#0b5f69", "#e0f0f2"),
)

DARK = Colours(
    canvas="#11151b",
    surface="#191f28",
    sunken="#222a35",
    border="#2c3541",
    outline="#78859a",
    text="#e9edf3",
    muted="#a5b0c0",
    accent="#5cc6cf",
    accent_strong="#86dbe2",
    on_accent="#05272b",
    selection="#173b41",
    hover="#202833",
    good=Tone("#78d69b", "#173424"),
    warn=Tone("#f0c063", "#3a2d10"),
    bad=Tone("#ff9a91", "#43211f"),
    neutral=Tone("#aeb8c7", "#28303c"),
    info=Tone("#74d0d8", "#163439"),
)

CONTRAST = Colours(
    canvas="#000000",
    surface="#050505",
    sunken="#1a1a1a",
    border="#9a9a9a",
    outline="#ffffff",
    text="#ffffff",
    muted="#e3e3e3",
    accent="#ffe14d",
    accent_strong="#fff0a0",
    on_accent="#000000",
    selection="#16345c",
    hover="#222222",
    good=Tone("#8cf7ae", "#05290f"),
    warn=Tone("#ffd35c", "#2e2100"),
    bad=Tone("#ffb9b3", "#3d0b07"),
    neutral=Tone("#e3e3e3", "#222222"),
    info=Tone("#a3e9ff", "#02303c"),
)
"""For those who need more than 7:1 (WCAG 2.2, 1.4.6)."""

FAMILIES = ["Segoe UI Variable Text", "Segoe UI", ".AppleSystemUIFont", "Noto Sans", "Noto Sans Arabic", "Cantarell", "DejaVu Sans"]
"""The first that the system has is used; the others lend the letters it lacks."""
MONOSPACE = ("Cascadia Mono", "SF Mono", "Noto Sans Mono", "DejaVu Sans Mono", "monospace")

# Type sizes and distances in device-independent pixels.
CAPTION, BODY, LEAD, HEADING, TITLE, DISPLAY = 12, 14, 15, 18, 24, 40
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 40
RADIUS, RADIUS_LARGE = 7, 12
CONTROL, ROW = 36, 46
"""Heights of a control and of a table row."""
READING = 620
"""The widest that running text gets."""
