"""Reads the catalogues in `resources/locale/`: the part of gettext's PO format that our own files use, without the weight of a library, as the first
screen waits for it."""

from __future__ import annotations

import re

Texts = dict[tuple[str, int | None], str]
"""(msgid, plural form or None) -> translation."""
_LINE = re.compile(r'^(msgid|msgid_plural|msgstr)(?:\[(\d)\])? "(.*(?:"\n".*)*)"$', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t"}


def texts_in(po: str) -> Texts:
    """What is translated in the text of a PO file."""
    texts: Texts = {}
    text = ""
    for keyword, form, quoted in _LINE.findall(po):
        said = _unescaped(quoted)
        if keyword == "msgid":
            text = said
        elif keyword == "msgstr" and text and said:
            texts[text, int(form) if form else None] = said
    return texts


def _unescaped(quoted: str) -> str:
    joined = quoted.replace('"\n"', "")
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), joined) if "\\" in joined else joined
