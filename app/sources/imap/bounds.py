"""Every quantity that a server controls, and how much of it is taken. Real servers stay far below; who exceeds one is cut off."""

from __future__ import annotations

GREETING_SECONDS = 20.0
"""From connecting until the server has greeted and encryption stands."""
COMMAND_SECONDS = 120.0
"""What a command may take beyond the time that its octets need …"""
SLOWEST = 1_000
"""… at this many octets a second: a server that drips one octet now and then is never silent, and would never end."""

LINE = 65_536
"""Octets of a line: SEARCH answers come in windows, so none is longer than about 55,000."""
RANGES = 1 << 22
"""Octets of a line that names messages in ranges: those of a long window, or all that have gone since a mailbox was last opened."""
LITERAL = 1 << 20
"""Octets of a literal; a header is asked for up to HEADER."""
LINES = 200_000
"""Answers to one command, literals included: a LIST of MAILBOXES with STATUS has the most."""
ANSWER = 64 << 20
"""Octets of the answers to one command."""
CAPABILITIES = 4 * LINE
"""Octets of what is said until somebody is signed in; imaplib keeps all of it."""
PARTS = 100
"""Literals in one answer."""
NESTING = 50
"""Parentheses in each other in one answer."""

HEADER = 65_536
"""Octets of a message's header that are kept (design section 9)."""
MAILBOXES = 100_000
"""Of one account (design section 9)."""
MESSAGES = 50_000_000
"""In one mailbox; a server that claims more is not believed."""
UID = (1 << 32) - 1
"""The largest UID and UIDVALIDITY (RFC 3501 section 9, nz-number)."""
MODSEQ = (1 << 63) - 1
"""The largest mod-sequence (RFC 7162 section 7)."""
SIZE = 1 << 40
"""The largest RFC822.SIZE that is believed, in octets."""
TEXT = 300
"""Characters of a server's own words that are shown."""
TWIN = 255
"""Characters of EMAILID (RFC 8474 section 5.3)."""

SEARCH_WINDOW = 5_000
"""Messages that one SEARCH covers …"""
EXTENDED_WINDOW = 40_000
"""… and one that is answered in ranges (ESEARCH, RFC 4731)."""
LOOKS = 3
"""Times that a mailbox is looked at again while its number of messages and the messages that it names differ: some may be coming or going."""
SEARCHED = 10 * SEARCH_WINDOW
"""UIDs that all answers to one SEARCH may name; a line of ESEARCH names any number of them in a few octets."""
SEARCH_AT_ONCE = 2_500
"""Messages up to which a mailbox is searched without waiting for how many it holds; as many again may come meanwhile."""
STATUS_AT_ONCE = 100
"""Mailboxes whose STATUS is on the way at once."""
BATCH = 250
"""Messages that one FETCH asks for; their UIDs fit a command line of 8,192 octets (RFC 7162 section 4)."""
IN_FLIGHT = 4
"""Commands on the way at once, so that the server never waits for us. What they bring waits in the system's memory."""

TIMED = 8
"""Batches of a stretch by which a way to ask for headers is timed; the first of them only fills the line."""
WORTH_TIMING = 20
"""Batches that a mailbox still has at least, before ways are tried on it."""
COMPARED = 100
"""Messages that are read both whole and by their wanted fields, to see that a server gives the same."""
FAST_LINK = 40_000_000
"""Octets a second; a faster link has nothing to gain from fewer octets, since no server compresses many more."""
IDLE = 0.3
"""Part of the time that is spent waiting for the server, from which on it is worth trying another way."""

TRIES = 7
"""Tries after a server that asks for time, without anything read between them: 1, 2, 4, 8, 16, 32 and 60 seconds apart."""
RECONNECTS = 4
"""Tries after a lost connection, without anything read between them: 15 seconds of pauses."""
LONGEST_PAUSE = 60.0
"""Seconds."""
