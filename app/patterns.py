"""Which author domains an exception speaks of: `example.com` with all below it, `*.example.com` what is below it alone, `*` any. Pure."""

from __future__ import annotations

from app.contain import contained
from app.i18n import Translation, mark
from app.model import ExceptionRule
from app.terms import term

ANY = "*"
BELOW = "*."
ANYBODY = mark("An exception for any domain has to name a sending source or a kind of domain.")


def base_of(pattern: str) -> str:
    """The name in a pattern; empty where it has none."""
    return "" if pattern == ANY else pattern.removeprefix(BELOW)


def matches(pattern: str, domain: str) -> bool:
    """On the dot boundary; a name that is empty matches nothing."""
    base = base_of(pattern)
    below = domain.endswith(f".{base}") if base else bool(domain)
    return below or (domain == base != "" and not pattern.startswith(BELOW))


def is_wide(rule: ExceptionRule) -> bool:
    """It names no single organisation's domain, so that it holds for what is proven alone."""
    return rule.domain.startswith(ANY) or rule.kind is not None


def pattern_in(text: str) -> str | None:
    """A pattern as people write it, in A-labels; None where it is none. An ending under which strangers register names has no pattern below it."""
    from app.domains import public_suffix, to_ascii  # a window that has just been started reads no names

    text = text.strip()
    if text == ANY:
        return ANY
    base = to_ascii(text.removeprefix(BELOW))
    if base is None or "." not in base:
        return None
    if not text.startswith(BELOW):
        return base
    return None if public_suffix(base)[0] == base else BELOW + base


def in_words(rule: ExceptionRule, say: Translation) -> str:
    """Whose mail a rule is about: a domain as it stands, contained, or words about several."""
    if rule.kind is not None and rule.domain == ANY:
        return say("any domain: {kind}", kind=say(term(rule.kind).name))
    if rule.domain == ANY:
        return say("any domain")
    base = contained(base_of(rule.domain))
    return say("everything below {domain}", domain=base) if rule.domain.startswith(BELOW) else base
