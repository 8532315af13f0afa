"""What is known of a source before it is read: facts about domains, decisions, exceptions, and whose mailbox it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.basis import Known
from app.domains import Organisations
from app.facts import load_facts
from app.model import Account, DomainClass, Facts
from app.sources import SAMPLE, owners_of
from app.store.workspace import Workspace


def facts_for(sources: Sequence[str]) -> Facts:
    """The sample brings its own facts; mixed with real mail, the real ones hold."""
    if set(sources) == {SAMPLE}:
        from app.sources.sample import facts

        return facts()
    return load_facts()


def known_for(sources: Sequence[str], workspace: Workspace | None) -> Known:
    """Facts, and what the organisation has decided."""
    exceptions = workspace.exceptions() if workspace else ()
    if SAMPLE in sources:
        from app.sources import sample

        exceptions = (*sample.exceptions(), *exceptions)
    return Known(facts_for(sources), exceptions, workspace.decisions() if workspace else ())


def own_domains_of(account: Account) -> tuple[str, ...]:
    """The user's choice, else what follows from the source."""
    if account.own_domains is not None:
        return account.own_domains
    if account.source == SAMPLE:
        from app.sources.sample import OWN_DOMAINS

        return OWN_DOMAINS
    return default_own_domains(owners_of(account.source), Organisations(facts_for((account.source,))))


def default_own_domains(owners: Iterable[str], organisations: Organisations) -> tuple[str, ...]:
    """The organisations of these addresses, never a shared provider or a host of strangers."""
    hosts = [owner.rpartition("@")[2].lower() for owner in owners]
    found = dict.fromkeys(organisations.organisation(host) for host in hosts if "." in host)
    foreign = (DomainClass.SHARED_PROVIDER, DomainClass.DISPOSABLE)
    return tuple(organisation for organisation in found if organisations.class_of(organisation) not in foreign)
