"""The only commands that are ever sent (design section 9). None of them changes a mailbox; everything else raises.

A server may answer OK to STORE even in a mailbox opened with EXAMINE, so being read-only is not left to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = rb"(?:UID|INTERNALDATE|RFC822\.SIZE|MODSEQ|EMAILID|X-GM-MSGID|BODY\.PEEK\[HEADER(?:\.FIELDS \([A-Za-z0-9 -]+\))?\](?:<\d+\.\d+>)?)"
_SET = rb"[0-9:,*]+"
_ALLOWED = re.compile(
    rb"[A-Za-z0-9]+ (?:"
    rb"(?:CAPABILITY|NOOP|NAMESPACE|STARTTLS|UNSELECT|LOGOUT)"
    rb"|ID [^{]*|ENABLE [A-Z0-9= -]+|COMPRESS DEFLATE"
    rb"|LOGIN [^\n]+|AUTHENTICATE (?:PLAIN|XOAUTH2|OAUTHBEARER)(?: [A-Za-z0-9+/]+=*)?"
    rb"|LIST [^\n]+|STATUS [^\n]+|EXAMINE [^\n]+"
    rb"|UID SEARCH [A-Za-z0-9 :,*()-]+"
    rb"|UID FETCH " + _SET + rb" \(" + _ITEM + rb"(?: " + _ITEM + rb")*\)(?: \(CHANGEDSINCE [0-9]+ VANISHED\))?"
    rb")\r\n"
)
_LITERAL = re.compile(rb"\{\d+\+?\}\r\n\Z")
_ANSWER = re.compile(rb"(?:[A-Za-z0-9+/]*=*|\*)\r\n")
_SPECIAL = re.compile(rb'([\\"])')


class NotAllowed(ValueError):
    """A fault of ours: something else than the allowed commands was about to be sent."""


def checked(line: bytes) -> bytes:
    """One command with its tag and CR LF, or NotAllowed. The message never holds what may be a secret."""
    if _ALLOWED.fullmatch(line) is None or _LITERAL.search(line) or b"\0" in line or b"\r" in line[:-2] or b"\n" in line[:-2]:
        raise NotAllowed(b" ".join(line.split(b" ", 3)[1:2]).decode("ascii", "replace"))
    return line


def checked_answer(line: bytes) -> bytes:
    """The answer to a challenge of AUTHENTICATE: base64, or `*` to cancel."""
    if _ANSWER.fullmatch(line) is None:
        raise NotAllowed("answer")
    return line


def quoted(text: bytes) -> bytes:
    """A quoted string (RFC 3501 section 4.3). Raises NotAllowed for CR, LF and NUL, which none can hold."""
    if re.search(rb"[\r\n\0]", text):
        raise NotAllowed("quoted")
    return b'"' + _SPECIAL.sub(rb"\\\1", text) + b'"'


def uid_set(uids: Sequence[int]) -> bytes:
    """Growing UIDs as a sequence set (RFC 3501 section 9), neighbours joined."""
    ranges: list[list[int]] = []
    for uid in uids:
        if ranges and ranges[-1][1] == uid - 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return b",".join(b"%d" % low if low == high else b"%d:%d" % (low, high) for low, high in ranges)
