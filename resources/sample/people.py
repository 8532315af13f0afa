"""The firm's everyday mail between people: colleagues, partners, customers. Calm, as most of a mailbox is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from resources.sample import routes
from resources.sample.cast import BY_PHONE, COLLEAGUES, CUSTOMERS, OWNER, PARTNERS, Partner, Person
from resources.sample.dice import DAY, END, Dice, in_office, part
from resources.sample.prose import compose
from resources.sample.wire import Letter, Route

REPLY = {"en": "Re: ", "ar": "رد: "}
PROOFS_END = part(2026, 4, 20)
"""From here on the proofs of one partner are missing; see `cases.py`."""
STOPPING = "bluecedar-shipping.example"


def language_of(dice: Dice, person: Person) -> str:
    return "ar" if dice.chance(person.writes) else "en"


def encoding_of(dice: Dice, language: str) -> str:
    return dice.pick(("B", "B", "B", "Q", "windows-1256")) if language == "ar" else dice.pick("BQ")


def everyday() -> Iterator[Letter]:
    """All of it, in no order."""
    for person in COLLEAGUES:
        yield from conversations(person, person.role, "colleague", routes.inside(person.address), 0.1, relationship="own")
    yield from phones()
    for partner in PARTNERS:
        yield from trade(partner)
    for person in CUSTOMERS:
        route = routes.signed(person.address, "none", f"out3.{routes.domain_of(person.address)}", routes.SERVICE)
        yield from conversations(person, "customer", "freemail-customer", route, 0.4)


def conversations(
    person: Person, occasion: str, case: str, route: Route, answered: float, *, relationship: str = "external", last: float = 1.0,
    zone: str = "+0400", folder: str = "INBOX", goods: tuple[int, ...] = (),
) -> Iterator[Letter]:  # fmt: skip
    """As many messages from one person as the cast says, some of them answered by the owner, who sometimes begins."""
    dice, left = Dice(person.address), person.messages
    while left:
        language = language_of(dice, person)
        when, encoding = dice.working_moment(0.0, last), encoding_of(dice, language)
        author = (person.name(language), person.address)
        subject, body = compose(dice, language, occasion, when, author[0], goods)
        theirs = Letter(case, when, author, subject, body, route, folder=folder, zone=zone, encoding=encoding, relationship=relationship)
        yield theirs
        left -= 1
        thread = [theirs]
        while dice.chance(answered) and (ours := answer(dice, thread, language, author)) is not None:
            yield ours
            thread.append(ours)
            if not left or not dice.chance(0.6) or (again := answer(dice, thread, language, author, theirs)) is None:
                break
            yield again
            thread.append(again)
            left -= 1


def answer(dice: Dice, thread: list[Letter], language: str, other: tuple[str, str], theirs: Letter | None = None) -> Letter | None:
    """The next message of a conversation: by the owner, or by the other side (`theirs` shows how it writes); None after the last day."""
    before = thread[-1]
    when = in_office(before.when + dice.between(60, 54_000))
    if when > END or (theirs and theirs.route and before.when - thread[0].when > 20 * DAY):
        return None
    subject = thread[0].subject if len(thread) > 1 and thread[0].subject.startswith(REPLY[language]) else REPLY[language] + thread[0].subject
    ids = tuple(letter.message_id for letter in thread)
    name = other[0] if theirs else OWNER.name(language)
    _, body = compose(dice, language, "reply", when, name)
    if theirs:
        return replace(theirs, when=when, subject=subject, body=body, answers=ids)
    return Letter(
        "sent", when, (name, OWNER.address), subject, body, to=(other,), answers=ids, folder="Sent", relationship="own"
    )  # fmt: skip


def trade(partner: Partner) -> Iterator[Letter]:
    """A partner's mail, divided among its people; the first writes most."""
    authorised = partner.trade == "payroll"
    case = "authorised-partner" if authorised else "partner-misconfigured" if partner.setup in ("none", "strict_spf") else "partner"
    second = partner.messages // 3 if len(partner.people) == 2 else 0
    for person, messages in zip(partner.people, (partner.messages - second, second), strict=False):
        for letter in conversations(
            replace(person, messages=messages), partner.trade, case, routes.of_partner(partner, person.address), 0.5,
            relationship="authorised" if authorised else "external", last=PROOFS_END if partner.domain == STOPPING else 1.0,
            zone=partner.zone, folder=partner.folder, goods=partner.goods,
        ):  # fmt: skip
            # One small firm's old mail program writes UTF-8 into its header without encoding it.
            yield replace(letter, encoding="raw") if partner.setup == "none" and letter.route else letter


def phones() -> Iterator[Letter]:
    """The driver, who writes from the road, and the scanner in the corridor."""
    driver, scanner = BY_PHONE
    yield from conversations(driver, "colleague", "submitted-by-login", routes.logged_in(driver.address), 0.15, relationship="own")
    dice, route = Dice(scanner.address), routes.logged_in(scanner.address)
    for _ in range(scanner.messages):
        when = dice.working_moment()
        subject, body = compose(dice, "en", "scan", when, n=str(dice.between(2, 9)))
        yield Letter(
            "submitted-by-login", when, (scanner.english, scanner.address), subject, body, route, fields=("Auto-Submitted: auto-generated",),
            relationship="own",
        )  # fmt: skip
