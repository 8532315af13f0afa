"""The sentences of a finding, made at the edge in the reader's language. The values in them come from mail and are contained."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.checks import text_of
from app.contain import contained
from app.i18n import FIRST_STRONG_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_ISOLATE, Translation
from app.model import Finding

_NO_ISOLATES = str.maketrans("", "", RIGHT_TO_LEFT_ISOLATE + FIRST_STRONG_ISOLATE + POP_ISOLATE)


@dataclass(frozen=True, slots=True)
class FindingText:
    """One finding in words."""

    title: str
    seen: str
    """What was seen, with its values."""
    why: str
    innocent: str
    """How an honest sender comes to show it."""
    advice: str


def finding_text(finding: Finding, say: Translation) -> FindingText:
    """KeyError for an id that no check has."""
    text, values = text_of(finding.id), _values(finding)
    return FindingText(*(say.fill(part, values) for part in (text.title, text.seen, text.why, text.innocent, text.advice)))


def title_in_words(finding: Finding, say: Translation) -> str:
    """The title alone."""
    return say.fill(text_of(finding.id).title, _values(finding))


def seen_in_words(finding: Finding, say: Translation) -> str:
    """What was seen alone."""
    return say.fill(text_of(finding.id).seen, _values(finding))


def _values(finding: Finding) -> dict[str, object]:
    values: dict[str, object] = defaultdict(lambda: "?")
    values.update((name, contained(value) if isinstance(value, str) else value) for name, value in finding.params)
    return values


def without_isolates(sentence: str) -> str:
    """For data (CSV, JSON): a sentence without the isolates around its values, which contain none of their own."""
    return sentence.translate(_NO_ISOLATES)
