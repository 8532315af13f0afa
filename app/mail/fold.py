"""Machine-made variants of one address (plus-tags, VERP, SRS, BATV) are folded, so that they count as one claim."""

from __future__ import annotations

import re

MAX_LOCAL = 256
"""Characters; a longer local part is left as it is."""

# BATV (draft-levine-smtp-batv): prvs=TAG=local, older prvs=local/TAG; Barracuda btv1==TAG==local; SparkPost msprvs1=TAG=local.
_BATV = re.compile(r"(?:prvs=[0-9a-f]{6,16}=|btv1==[0-9a-f]{1,32}==|msprvs1=[^=]{1,64}=)(?P<local>.+)")
_OLD_BATV = re.compile(r"prvs=(?P<local>[^=/]+)[=/][0-9a-f]{8,16}")
# SRS: SRS0=HASH=DAY=domain=local, SRS1=HASH=forwarder==HASH=DAY=domain=local; the first separator may be + or -.
_SRS = re.compile(r"(?P<scheme>srs0[=+-]|srs1[=+-][^=]{1,64}=[^=]+=[=+-])[^=]{1,64}=[^=]{1,8}=(?P<sender>[^=]+=.+)")
# VERP: the recipient, with = for @, behind the role of the address or behind its last hyphen.
_RECIPIENT = re.compile(r"(?P<before>[^=]+)=(?:[\w-]{1,63}\.)+[\w-]{2,63}")
_BY_ROLE = re.compile(r"(?P<kept>(?:.*?[-_.])??(?:bounces?|owner|returns?|errors?|verp))[-_.=].*")
# Only digits behind a role that no person has: sara-1990 and sara-1991 may be two people.
_NUMBERED = re.compile(r"(?P<kept>(?:.*[-_.])?(?:bounces?|returns?|errors?|verp))(?:[-_.][0-9]+)+")


def folded_address(local: str, domain: str) -> str:
    """`local@domain` in lower case without what a machine put in for one message or one recipient.

    The domain is never changed: an SRS address stays one of its forwarder, because the forwarder is who may be proven.
    """
    return f"{_folded(local.lower())}@{domain}"


def _folded(local: str) -> str:
    if len(local) > MAX_LOCAL or local.startswith('"'):
        return local
    if "=" in local:
        if srs := _SRS.fullmatch(local):
            return f"{srs['scheme'][:4]}={srs['sender']}"
        if batv := _BATV.fullmatch(local) or _OLD_BATV.fullmatch(local):
            local = batv["local"]
    base, _, tag = local.partition("+")
    if base and ("." not in tag or "=" in tag):  # relay+sara.firm.example: one relay writes for many people
        local = base
    if "=" in local and (verp := _RECIPIENT.fullmatch(local)):
        role = _BY_ROLE.fullmatch(verp["before"])
        local = role["kept"] if role else verp["before"].rpartition("-")[0] or local
    if local[-1:].isdigit() and (numbered := _NUMBERED.fullmatch(local)):
        local = numbered["kept"]
    return local
