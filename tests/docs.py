"""Writes docs/guide/ again from the guide in resources/: python -m tests.docs. A test says when that is needed.

What the window's help shows and what is read on the web is the same text; here it gets its links and the direction of its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.guide import Block, Kind, Page, Style, guide
from app.i18n import LANGUAGES, other
from ui.language import NAMES

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "guide"
PICTURES = "../../../resources/guide/pictures"
CONTENTS = {"en": "The guide to Nitaq", "ar": "دليل نطاق"}


def pages() -> Mapping[str, str]:
    """Every file of docs/guide by its path in there."""
    made = {}
    for language in LANGUAGES:
        all_pages = guide(language)
        listed = "\n".join(f"{number}. [{page.title}]({page.file})" for number, page in enumerate(all_pages, 1))
        made[f"{language}/README.md"] = _directed(f"{_switch(language, 'README.md')}\n\n# {CONTENTS[language]}\n\n{listed}", language)
        for number, page in enumerate(all_pages):
            beside = all_pages[max(number - 1, 0) : number] + all_pages[number + 1 : number + 2]
            made[f"{language}/{page.file}"] = _directed(_page(page, language, beside), language)
    return made


def _page(page: Page, language: str, beside: tuple[Page, ...]) -> str:
    lines = [f"[{CONTENTS[language]}](README.md) · {_switch(language, page.file)}", f"# {page.title}"]
    step = 0
    for block in page.blocks:
        step = step + 1 if block.kind is Kind.STEP else 0
        together = lines[-1].startswith(("- ", "1. ")) and block.kind in (Kind.ITEM, Kind.STEP)
        text = _block(block, language, step)
        lines[-1:] = [f"{lines[-1]}\n{text}"] if together else [lines[-1], text]
    ways = [f"[{each.title}]({each.file})" for each in beside]
    lines.append(" · ".join(ways))
    return "\n\n".join(lines)


def _block(block: Block, language: str, step: int) -> str:
    text = "".join({Style.WINDOW: f"**{words}**", Style.CODE: f"`{words}`"}.get(style, words) for style, words in block.spans)
    match block.kind:
        case Kind.HEADING:
            return f"## {text}"
        case Kind.ITEM:
            return f"- {text}"
        case Kind.STEP:
            return f"{step}. {text}"
        case Kind.PICTURE:
            return f"![{block.text}]({PICTURES}/{block.picture}-{language}.png)"
    return text


def _switch(language: str, file: str) -> str:
    wanted = other(language)
    return f"[{NAMES[wanted]}](../{wanted}/{file})"


def _directed(text: str, language: str) -> str:
    return f'<div dir="rtl" lang="ar">\n\n{text}\n\n</div>\n' if language == "ar" else f"{text}\n"


def main() -> None:
    for name, text in pages().items():
        path = OUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
