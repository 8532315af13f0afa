"""What every finding is worth, on one screen. A row is a check's id, or `id.case` where a check tells cases apart.

The rows above the line were fitted by `tests/bench/fit_points.py` on labelled mail, each with the sign that its check means; those below
need a mailbox with a history, which labelled collections do not have, and were set by hand in proportion. Negative is suspicious.
"""

from __future__ import annotations

POINTS: dict[str, int] = {
    "base": 75,
    "limit": 0,
    # What the border reported
    "authenticated": 6,
    "authentication_failed": -25,
    "authentication_failed.on_a_list": -8,
    "authentication_not_established": 0,
    "weak_signature": -3,
    # Names of others
    "brand_unproven": -45,
    "brand_unproven.nothing_passed": -20,
    "brand_unproven.on_a_list": -5,
    "name_of_organisation": -40,
    "name_of_organisation.by_a_service": -15,
    "name_carries_address": -30,
    "name_carries_address.relayed": -5,
    "name_unrelated": -15,
    "name_unrelated.impersonal": -30,
    "lookalike_brand": -35,
    "lookalike_brand.unsure": -15,
    "reply_to_elsewhere": -13,
    "reply_to_elsewhere.free_mail": -20,
    "reply_to_elsewhere.free_mail_both": -10,
    "reply_to_elsewhere.bulk": 0,
    # How From is written
    "several_authors": -30,
    "unreadable_author": -30,
    "unreadable_author.inside": -8,
    "malformed_author": -15,
    "name_hidden_characters": -30,
    "name_mixed_scripts": -5,
    "name_decorated": -10,
    "name_decorated.symbols": -10,
    # What kind of domain it is
    "random_looking": -7,
    "random_looking.local_part": -10,
    "random_looking.many_levels": -8,
    "shared_hosting": -13,
    "disposable": -20,
    "impossible_domain": -10,
    "shared_provider": 0,
    # ------------------------------------------------------------------------------------------------------------------
    "own_domain_unproven": -60,
    "own_domain_unproven.nothing_passed": -25,
    "own_domain_unproven.on_a_list": -8,
    "own_domain_unproven.permitted": -3,
    "own_domain_unauthorised_source": -10,
    "reply_to_elsewhere.free_mail_as_us": -20,
    "trust_not_proven": -40,
    "trust_not_proven.nothing_passed": -20,
    "trust_not_proven.other_source": -5,
    "proof_lost": -35,
    "proof_lost.nothing_passed": -20,
    "new_source": -5,
    "lookalike_own": -45,
    "lookalike_own.known": 0,
    "lookalike_known": -40,
    "lookalike_known.known": 0,
    "lookalike_brand.known": 0,
    "name_of_organisation.own": -35,
    "name_of_organisation.familiar": -25,
    "name_of_person": -45,
    "name_of_person.correspondent": -30,
    "first_contact": -5,
    "never_answered": 0,
    "written_to": 7,
    "long_known": 8,
    "thin_evidence": 0,
}
