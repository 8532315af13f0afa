"""Mail that machines send: newsletters, notifications, receipts, mailing lists and plain spam."""

from __future__ import annotations

from collections.abc import Iterator

from resources.sample import routes
from resources.sample.cast import FIRM
from resources.sample.dice import Dice
from resources.sample.prose import compose
from resources.sample.wire import Letter, Route

OUR_SERVICE, SURVEYS = "postwave.example", "teampulse.example"
"""The service that sends the firm's newsletter, and the one that asks its staff; both write in the firm's name."""
OWN_NEWS = ("Dana Coast News", f"news@{FIRM}")
SURVEY = ("Dana Coast – استبيان الموظفين", f"survey@{FIRM}")

# (address, which is also the occasion of its letters; name; language; service that carries it; messages)
NEWSLETTERS = (
    ("weekly@port-and-cargo.example", "Port & Cargo Weekly", "en", "postwave.example", 28),
    ("morning@fx-morning.example", "FX Morning", "en", "sendloom.example", 19),
    ("nashra@tijara-times.example", "نشرة تجارة", "ar", "sendloom.example", 16),
    ("digest@coffeeboard-digest.example", "Coffee Board Digest", "en", "postwave.example", 12),
    ("editor@spicewire.example", "Spicewire", "en", "mailkite.example", 10),
    ("news@souq-alyawm.example", "سوق اليوم", "ar", "mailkite.example", 8),
    ("brief@foodsafety-brief.example", "Food Safety Brief", "en", "postwave.example", 7),
    ("hello@harvestline.example", "Harvestline", "en", "sendloom.example", 6),
    ("members@chamber-batinah.example", "غرفة الباطنة – الأعضاء", "ar", "mailkite.example", 5),
    ("expo@expo-gulf-foods.example", "Expo Gulf Foods", "en", "sendloom.example", 4),
    ("tips@ledgerpad.example", "Ledgerpad Tips", "en", "postwave.example", 4),
    ("offers@windrose-air.example", "Windrose Air", "en", "mailkite.example", 4),
    ("info@leadership-daily.example", "Leadership Daily", "en", "sendloom.example", 3),
    ("shop@maktab-plus.example", "مكتب بلس", "ar", "mailkite.example", 3),
)
NOTICES = (
    ("alerts@qalhatbank.example", "بنك قلهات", "ar", "", 32),
    ("tracking@hudhudparcels.example", "Hudhud Parcels", "en", "", 20),
    ("receipts@sikkapay.example", "Sikka Pay", "en", "mailkite.example", 15),
    ("no-reply@cloudcabin.example", "Cloudcabin", "en", "", 13),
    ("notify@bayan-customs.example", "منصة بيان الجمركية", "ar", "", 11),
    ("invite@meetlane.example", "Meetlane", "en", "sendloom.example", 9),
    ("bill@sadaf-telecom.example", "صدف للاتصالات", "ar", "", 9),
    ("alerts@vesselwatch.example", "Vesselwatch", "en", "postwave.example", 8),
    ("quota@mailhost.example", "Mailhost", "en", "", 6),
    ("itinerary@windrose-air.example", "Windrose Air", "en", "", 5),
    ("noreply@tax-bawaba.example", "بوابة الضريبة", "ar", "", 5),
    ("orders@printpoint.example", "Printpoint", "en", "mailkite.example", 4),
    ("renewals@domaindock.example", "Domaindock", "en", "", 3),
    ("stay@staynest.example", "Staynest", "en", "sendloom.example", 3),
    ("safety@muscat-weather.example", "Weather Desk", "en", "", 2),
)
INVOICES = "الفواتير"
RECEIPTS = ("sikkapay.example", "sadaf-telecom.example", "printpoint.example", "domaindock.example")
"""The owner files their mail under invoices."""

LIST, LIST_ADDRESS = "spice-trade", "spice-trade@lists.tradeboard.example"
# (address, name, DMARC policy or "", messages)
LIST_AUTHORS = (
    ("anil.kurup@malabar-pepper-house.example", "Anil Kurup", "none", 6),
    ("marta@ciocarlia-herbs.example", "Marta Ionescu", "none", 5),
    ("b.osei@accra-cocoa.example", "Benjamin Osei", "", 5),
    ("lena@gewuerzkontor-elbe.example", "Lena Thomsen", "none", 4),
    ("yusra@tripoli-olives.example", "Yusra Ben Amor", "", 3),
    ("paul@customs-counsel.example", "Paul Dwyer", "none", 3),
    ("ghada@nile-hibiscus.example", "Ghada Fouad", "", 2),
    ("r.silva@bahia-cloves.example", "Rui Silva", "none", 2),
)
REWRITING, REWRITING_ADDRESS = "forwarders", "forwarders@freightforum.example"
REWRITTEN = ("Pavlos Marinos", "Mei Tan", "قاسم الزرعوني", "Olga Hansen")

# (address, which is also the occasion of its letters; name; language; messages)
SPAM = (
    ("winner@mega-lotto-winner.example", "Lottery Department", "en", 4),
    ("deals@best-watches-4u.example", "Luxury Watches", "en", 4),
    ("seo@first-page-rank.example", "Kevin", "en", 3),
    ("loan@quick-loan-desk.example", "Loan Desk", "en", 3),
    ("maria@lonely-hearts.example", "Maria", "en", 2),
    ("offer@miracle-diet.example", "Dr. Slim", "en", 2),
    ("crypto@coin-doubler.example", "Coin Doubler", "en", 2),
    ("ads@cheap-flights-zone.example", "عروض السفر", "ar", 2),
    ("visa@work-abroad-now.example", "تأشيرات عمل", "ar", 2),
)


def machines() -> Iterator[Letter]:
    """All of it, in no order."""
    for address, name, language, service, messages in NEWSLETTERS:
        yield from series("newsletter", address, name, language, service, messages, bulk_fields(address, name))
    for address, name, language, service, messages in NOTICES:
        yield from series("notification", address, name, language, service, messages, ("Auto-Submitted: auto-generated",))
    yield from own_newsletter()
    yield from surveys()
    yield from keeping_list()
    yield from rewriting_list()
    for address, name, language, messages in SPAM:
        yield from spam(address, name, language, messages)


def series(case: str, address: str, name: str, language: str, service: str, messages: int, fields: tuple[str, ...]) -> Iterator[Letter]:
    """One sender's messages at about equal distances, numbered."""
    dice, domain = Dice(case + address), routes.domain_of(address)
    route = routes.by_service(address, service) if service else routes.signed(address, "reject", f"mx-out.{domain}", routes.SERVICE)
    folder = INVOICES if domain in RECEIPTS else "INBOX"
    first = dice.between(40, 900)
    for n in range(messages):
        when = dice.any_moment(n / messages, (n + 1) / messages)
        subject, _ = compose(dice, language, address, when, n=str(first + n))
        _, body = compose(dice, language, "machine", when)
        yield Letter(case, when, (name, address), subject, body, route, folder=folder, zone="+0000", encoding=dice.pick("BQ"), fields=fields)


def bulk_fields(address: str, name: str) -> tuple[str, ...]:
    domain = routes.domain_of(address)
    plain = name if name.isascii() else domain.partition(".")[0]
    return (
        f"List-Id: {plain} <{address.replace('@', '.')}>",
        f"List-Unsubscribe: <https://{domain}/unsubscribe/layla>,\r\n <mailto:unsubscribe@{domain}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: bulk",
    )


def own_newsletter(messages: int = 14) -> Iterator[Letter]:
    """The firm's own newsletter, sent and signed by a service that has a key of the firm's."""
    dice, route, fields = Dice("own news"), routes.by_service(OWN_NEWS[1], OUR_SERVICE), bulk_fields(OWN_NEWS[1], OWN_NEWS[0])
    for n in range(messages):
        when, language = dice.working_moment(n / messages, (n + 1) / messages), dice.pick(("en", "en", "ar"))
        subject, _ = compose(dice, language, "own-news", when)
        _, body = compose(dice, language, "machine", when)
        yield Letter("service-in-our-name", when, OWN_NEWS, subject, body, route, fields=fields, relationship="own")


def surveys() -> Iterator[Letter]:
    """A survey whose service was allowed but never given a key: the proof fails, and only the exception explains it."""
    dice, route = Dice("survey"), routes.by_service(SURVEY[1], SURVEYS, aligned=False)
    for n in range(3):
        when = dice.working_moment(0.3 * n, 0.3 * n + 0.1)
        subject, body = compose(dice, "ar", "survey", when)
        yield Letter("service-in-our-name-unaligned", when, SURVEY, subject, body, route, relationship="own")


def list_fields(address: str) -> tuple[str, ...]:
    return f"List-Id: <{address.replace('@', '.')}>", f"List-Post: <mailto:{address}>", "Precedence: list"


def keeping_list() -> Iterator[Letter]:
    """A list that keeps the author and adds a footer, which breaks the author's signature."""
    dice, fields = Dice(LIST), list_fields(LIST_ADDRESS)
    for address, name, policy, messages in LIST_AUTHORS:
        route = routes.through_list(address, f"{LIST}-bounces@lists.tradeboard.example", policy)
        for _ in range(messages):
            when = dice.any_moment()
            subject, body = compose(dice, "en", "list", when, list=LIST)
            body = f"Dear all,\n\n{body}\n{name}\n\n-- \n{LIST} mailing list\n"
            yield Letter("mailing-list", when, (name, address), subject, body, route, to=(("", LIST_ADDRESS),), zone="+0100", fields=fields)


def rewriting_list(messages: int = 13) -> Iterator[Letter]:
    """A list that writes its own address into From, so that its own proof holds."""
    dice, fields, route = Dice(REWRITING), list_fields(REWRITING_ADDRESS), routes.signed(REWRITING_ADDRESS, "none", network=routes.SERVICE)
    for n in range(messages):
        name, when = dice.pick(REWRITTEN), dice.any_moment()
        subject, body = compose(dice, "en", "list", when, list=REWRITING)
        author, back = (f"{name} via {REWRITING}", REWRITING_ADDRESS), (name, f"member{n % 4 + 1}@freight-members.example")
        yield Letter(
            "mailing-list-rewritten", when, author, subject, f"{body}\n{name}\n", route, to=(("", REWRITING_ADDRESS),), reply_to=back,
            zone="+0100", fields=fields,
        )  # fmt: skip


def spam(address: str, name: str, language: str, messages: int) -> Iterator[Letter]:
    """What the provider's filter has already put into Junk."""
    dice = Dice(address)
    for n in range(messages):
        when = dice.any_moment()
        host = f"srv{n}.{routes.domain_of(address)}"
        proven = routes.signed(address, "none", host, routes.STRANGER)
        unproven = Route("not_established", host, routes.ip_of(host, routes.STRANGER), address, dmarc="none")
        subject, body = compose(dice, language, address, when)
        yield Letter("spam", when, (name, address), subject, body, proven if dice.chance(0.5) else unproven, folder="Junk", zone="+0000")
