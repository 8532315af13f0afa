"""Speaking both languages: English is in the code, Arabic in `resources/locale/ar/*.po`, and inserted values are isolated.

`say("Export the report of {domain}", domain=name)` translates, then inserts. `say.plural("{n} message", "{n} messages", n)` picks
among six Arabic forms. Module-level constants are wrapped in `mark()`. A test finds each of these in the source and looks it up in the catalogue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.catalogue import Texts, texts_in

LANGUAGES = ("en", "ar")
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale"
FIRST_SCREEN = "start.po"
"""What the first screen says is read before the other files, so that it is shown sooner."""
RIGHT_TO_LEFT_ISOLATE, FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2067", "\u2068", "\u2069"
_PLACE = re.compile(r"\{(\w+)\}")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_QUANTITY = re.compile(r"(?<![\dA-Za-z_.:/-])(?<!RFC )(?<!TLS )(?<!Microsoft )(?<!port )(?<!المنفذ )\d+(?![\w:/-]|\.\d)")
"""A number in a sentence of ours that counts something; the others are part of a name, or are typed as they stand."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Digits(StrEnum):
    """Which digits people see. Data (CSV, JSON), addresses and what is typed have Latin ones always."""

    LATIN = "latin"
    ARABIC_INDIC = "arabic"
    LANGUAGE = "language"
    """Those of the language: ٠١٢ in Arabic, 012 in English."""


def other(language: str) -> str:
    """The one of two."""
    return next(each for each in LANGUAGES if each != language)


def mark(text: str) -> str:
    """Mark an English text for translation without translating it."""
    return text


def arabic_plural(n: int) -> int:
    """Index of the plural form of `n`: zero, one, two, few, many, other (CLDR, language ar)."""
    if n < 3:
        return n
    rest = n % 100
    return 3 if 3 <= rest <= 10 else 4 if rest >= 11 else 5


@cache
def has_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL", "RLE", "RLO", "RLI") for c in text)


@cache
def _texts_of(file: Path) -> Texts:
    return texts_in(file.read_text(encoding="utf-8"))


@cache
def _catalogue(language: str) -> Texts:
    """All files of a language."""
    return {key: text for file in sorted((FOLDER / language).glob("*.po")) for key, text in _texts_of(file).items()}


class Translation:
    """One language and its digits; call it to speak."""

    def __init__(self, language: str = "en", digits: Digits = Digits.LATIN) -> None:
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language, self.digits = language, digits
        self.rtl = language == "ar"
        self.arabic_digits = digits is Digits.ARABIC_INDIC or (digits is Digits.LANGUAGE and self.rtl)

    def __call__(self, text: str, /, **values: object) -> str:
        return self._insert(self._text(text, None) or text, values)

    def fill(self, text: str, values: Mapping[str, object]) -> str:
        """The same with the values in a mapping, which may make up what is missing."""
        return self._insert(self._text(text, None) or text, values)

    def plural(self, one: str, other: str, n: int, /, **values: object) -> str:
        """The form of a counted text; `{n}` is inserted with the others."""
        text = self._text(one, arabic_plural(n)) if self.rtl else None
        return self._insert(text or (one if n == 1 else other), {"n": n, **values})

    def _text(self, text: str, form: int | None) -> str | None:
        if self.language == "en":
            return None
        return _texts_of(FOLDER / self.language / FIRST_SCREEN).get((text, form)) or _catalogue(self.language).get((text, form))

    def number(self, n: int) -> str:
        text = self.in_digits(f"{n:,}")
        return text.replace(",", "٬") if self.arabic_digits else text

    def in_digits(self, text: str) -> str:
        """A number, a date or a time that was written with Latin digits, in those that are wanted; never an address or an id."""
        return text.translate(_ARABIC_INDIC) if self.arabic_digits else text

    def isolate(self, value: str) -> str:
        """Keep `value` (an address, a domain, a date, a name) from disturbing the direction of what surrounds it.

        A phrase made of isolated values runs as the language does: a first-strong isolate would not see into it (UAX #9, rule P2).
        """
        if not value or not (self.rtl or has_rtl(value)):
            return value
        begins = RIGHT_TO_LEFT_ISOLATE if self.rtl and POP_ISOLATE in value else FIRST_STRONG_ISOLATE
        return f"{begins}{value}{POP_ISOLATE}"

    def _insert(self, text: str, values: Mapping[str, object]) -> str:
        if self.arabic_digits:
            text = _QUANTITY.sub(lambda number: self.in_digits(number[0]), text)
        return _PLACE.sub(lambda place: self._shown(values[place[1]]), text) if values else text

    def _shown(self, value: object) -> str:
        if isinstance(value, int):
            return self.number(value)
        text = str(value)
        return self.isolate(self.in_digits(text) if _DAY.fullmatch(text) else text)
