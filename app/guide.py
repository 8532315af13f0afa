"""The user guide: ten short pages in each language, kept in a few marks of Markdown. The window's help and docs/ are made from it.

A line begins with `# `, `## `, `- `, `1. ` or `![`, else it is a paragraph. Within a line `*words*` are words of the window, and what stands in
backticks is typed or shown by computers and always runs from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources

_PICTURE = re.compile(r"!\[([^\]]*)\]\((\w[\w-]*)\)")
_SPAN = re.compile(r"\*([^*]+)\*|`([^`]+)`")
_NUMBERED = re.compile(r"\d+\. ")


class Kind(Enum):
    """What a piece of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    PICTURE = "picture"


class Style(Enum):
    """How a stretch of text is set."""

    PLAIN = "plain"
    WINDOW = "window"
    CODE = "code"


Span = tuple[Style, str]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece; of a picture `text` is what it shows and `picture` its name."""

    kind: Kind
    text: str
    picture: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(_spans(self.text))


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `id` is the same in both languages and never changes."""

    id: str
    file: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All of it, for searching."""
        return plain("\n".join((self.title, *(block.text for block in self.blocks))))


@cache
def guide(language: str) -> tuple[Page, ...]:
    """The pages of a language in reading order."""
    folder = resources.files("resources") / "guide" / language
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".md")), key=lambda file: file.name)
    return tuple(page_of(file.name, file.read_text(encoding="utf-8")) for file in files)


def picture(name: str, language: str) -> bytes:
    """A picture of a page as PNG."""
    return (resources.files("resources") / "guide" / "pictures" / f"{name}-{language}.png").read_bytes()


def page_of(file: str, text: str) -> Page:
    title, *rest = (line.strip() for line in text.splitlines() if line.strip())
    return Page(file.removesuffix(".md").partition("-")[2], file, title.removeprefix("# "), tuple(map(_block, rest)))


def plain(text: str) -> str:
    """Without marks, case and the vowel signs that Arabic may be written with or without."""
    bare = unicodedata.normalize("NFD", _SPAN.sub(lambda span: span[1] or span[2], text))
    return "".join(char for char in bare if not unicodedata.combining(char) and char != "ـ").casefold()


def _block(line: str) -> Block:
    if found := _PICTURE.fullmatch(line):
        return Block(Kind.PICTURE, found[1], found[2])
    if line.startswith("## "):
        return Block(Kind.HEADING, line[3:])
    if line.startswith("- "):
        return Block(Kind.ITEM, line[2:])
    if number := _NUMBERED.match(line):
        return Block(Kind.STEP, line[number.end() :])
    return Block(Kind.PARAGRAPH, line)


def _spans(text: str) -> Iterator[Span]:
    end = 0
    for found in _SPAN.finditer(text):
        if found.start() > end:
            yield Style.PLAIN, text[end : found.start()]
        yield (Style.WINDOW, found[1]) if found[1] else (Style.CODE, found[2])
        end = found.end()
    if end < len(text):
        yield Style.PLAIN, text[end:]
