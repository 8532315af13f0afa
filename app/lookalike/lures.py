"""Words that forgers add to a name they imitate, as in `name-login` or `securename`."""

from __future__ import annotations

from functools import lru_cache

from app.lookalike.skeleton import skeleton

LURES = frozenset(
    """
    access account accounts admin alert alerts app apply assist auth bank banking benefit benefits bill billing board bonus book business card care
    careers cargo cash center centre check claim client cloud company confirm connect contact corp customer customers de delivery department desk
    direct docs drive email eu express fax file files finance form forms free fund gift global gmbh gov group help helpdesk home hotline hr icloud id
    inc info international intl invest invoice invoices it jobs ksa legal limited live llc loan login logon ltd mail marketing mea member members
    mobile money my net new news notice notification notify now office official online order orders parcel pass passcode password pay payee payment
    payments payroll pin platform portal post premium prize pro promo protect protection qa reactivate receipt recover recovery refund region register
    renew renewal request reset restore review reward rewards sa safe safety sale sales scan sector secure secured security server service services
    session settlement share shared ship shipping shop sign signin site sms solution solutions sso staff store support survey system tax team tech
    ticket tools track tracking trade training transfer uae uk unlock update updates us usa user validate verification verified verify via vip wallet
    web webmail wire work www www2
    """.split()
)
_SEEN = frozenset(map(skeleton, LURES))


@lru_cache(maxsize=4096)
def is_lure(word: str) -> bool:
    """One of the lures as seen (its skeleton), or several joined: `securelogin`."""
    return word in _SEEN or any(word[:end] in _SEEN and is_lure(word[end:]) for end in range(2, len(word) - 1))
