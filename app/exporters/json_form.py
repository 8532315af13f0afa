"""JSON as text, in two forms: as a report is written, and canonical (RFC 8785).

A report has some things by the ten thousand. They become text by themselves, with templates: all of it as objects, and then as one text, would take
several times the memory and the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any


def known(text: str) -> str:
    """In quotes; `null` where it is empty."""
    return quoted(text) if text else "null"


class Form:
    """What stands between the parts, and whether the names of an object are sorted."""

    def __init__(self, comma: str, colon: str, *, by_name: bool) -> None:
        self.comma, self._colon, self._by_name = comma, colon, by_name
        self.text = json.JSONEncoder(ensure_ascii=False, sort_keys=by_name, separators=(comma, colon), allow_nan=False).encode

    def object(self, *names: str) -> Callable[[tuple[object, ...]], str]:
        """What makes an object of the texts of its values, given in the order of `names`; there are at least two."""
        order = sorted(range(len(names)), key=names.__getitem__) if self._by_name else range(len(names))
        template = "{" + self.comma.join(f'"{names[at]}"{self._colon}%s' for at in order) + "}"
        in_order = itemgetter(*order)
        return lambda values: template % in_order(values)

    def array(self, texts: Iterable[str]) -> str:
        return f"[{self.comma.join(texts)}]"

    def around(self, content: Mapping[str, Any], name: str) -> tuple[str, str]:
        """The text of an object before and behind the value of one of its names; what that is does not matter."""
        names = sorted(content) if self._by_name else list(content)
        at = names.index(name)
        before, behind = (self.text({each: content[each] for each in part})[1:-1] for part in (names[:at], names[at + 1 :]))
        return f'{{{before}{self.comma if before else ""}"{name}"{self._colon}', f"{self.comma if behind else ''}{behind}}}"


WRITTEN = Form(", ", ": ", by_name=False)
CANONICAL = Form(",", ":", by_name=True)
"""RFC 8785 for what a report holds: ASCII names, integers below 2**53, numbers of at most three decimals.

Within these bounds the standard library's encoder agrees with ECMAScript's; a test compares it with a general implementation.
"""
