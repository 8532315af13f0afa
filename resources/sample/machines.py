"""Mail that machines send: newsletters, notifications, receipts, mailing lists and plain spam."""

from __future__ import annotations

from collections.abc import Iterator

from resources.sample import routes
from resources.sample.cast import FIRM
from resources.sample.dice import Dice
from resources.sample.prose import blanks, compose
from resources.sample.wire import Letter, Route

OUR_SERVICE, SURVEYS = "postwave.example", "teampulse.example"
"""The service that sends the firm's newsletter, and the one that asks its staff; both write in the firm's name."""
OWN_NEWS = ("Dana Coast News", f"news@{FIRM}")
SURVEY = ("Dana Coast – استبيان الموظفين", f"survey@{FIRM}")

# (address, name, language, service that carries it, messages, subjects)
NEWSLETTERS = (
    ("weekly@port-and-cargo.example", "Port & Cargo Weekly", "en", "postwave.example", 30, ("No. {n}: berth windows and blank sailings", "No. {n}: what {port} charges from {month}", "No. {n}: who is ordering reefers")),
    ("morning@fx-morning.example", "FX Morning", "en", "sendloom.example", 21, ("Dollar steady before the numbers of {month}", "Three charts for {day}", "Rupee and lira: what importers pay")),
    ("nashra@tijara-times.example", "نشرة تجارة", "ar", "sendloom.example", 18, ("العدد {n}: أسعار {product} في {month}", "العدد {n}: حركة الحاويات في {port}", "العدد {n}: قراءة في سوق السلع")),
    ("digest@coffeeboard-digest.example", "Coffee Board Digest", "en", "postwave.example", 13, ("Auction results, {day}", "Arrivals and certified stocks in {month}")),
    ("editor@spicewire.example", "Spicewire", "en", "mailkite.example", 11, ("{product_c}: the crop in four charts", "Spicewire no. {n}")),
    ("news@souq-alyawm.example", "سوق اليوم", "ar", "mailkite.example", 9, ("أبرز ما في السوق هذا الأسبوع", "{product}: هل يستمر الارتفاع؟")),
    ("brief@foodsafety-brief.example", "Food Safety Brief", "en", "postwave.example", 7, ("Recalls and rulings, {month}", "New limits for {product}")),
    ("hello@harvestline.example", "Harvestline", "en", "sendloom.example", 6, ("Field notes, {month}", "Rain map and yields")),
    ("members@chamber-batinah.example", "غرفة الباطنة – الأعضاء", "ar", "mailkite.example", 5, ("تعميم رقم {n} إلى الأعضاء", "دورات شهر {month} للأعضاء")),
    ("expo@expo-gulf-foods.example", "Expo Gulf Foods", "en", "sendloom.example", 4, ("Early-bird stands until {day}", "Floor plan published")),
    ("tips@ledgerpad.example", "Ledgerpad Tips", "en", "postwave.example", 4, ("Close the month in a day",)),
    ("offers@windrose-air.example", "Windrose Air", "en", "mailkite.example", 4, ("Fares to Zanzibar from {amount}", "Your miles for {month}")),
    ("info@leadership-daily.example", "Leadership Daily", "en", "sendloom.example", 3, ("Five questions to ask on Sunday",)),
    ("shop@maktab-plus.example", "مكتب بلس", "ar", "mailkite.example", 3, ("تخفيضات {month} على الأثاث المكتبي",)),
)
NOTICES = (
    ("alerts@qalhatbank.example", "بنك قلهات", "ar", "", 34, ("إشعار قيد: {amount}", "كشف حسابكم لشهر {month} متاح الآن", "تم تنفيذ الحوالة {ref}")),
    ("tracking@hudhudparcels.example", "Hudhud Parcels", "en", "", 22, ("Shipment {n}: out for delivery", "Shipment {n}: delivered to reception", "Shipment {n} has been picked up")),
    ("receipts@sikkapay.example", "Sikka Pay", "en", "mailkite.example", 16, ("Receipt for {amount}", "Payout of {amount} is on its way")),
    ("no-reply@cloudcabin.example", "Cloudcabin", "en", "", 14, ("Huda shared “{month} offers” with you", "Priya commented on “Letter of credit {ref}”", "Your storage in {month}")),
    ("notify@bayan-customs.example", "منصة بيان الجمركية", "ar", "", 12, ("تحديث حالة البيان {n}", "تم إصدار إذن الإفراج للبيان {n}")),
    ("invite@meetlane.example", "Meetlane", "en", "sendloom.example", 10, ("Invitation: weekly figures, {day}", "Recording ready: supplier call")),
    ("bill@sadaf-telecom.example", "صدف للاتصالات", "ar", "", 9, ("فاتورة شهر {month}: {amount}",)),
    ("alerts@vesselwatch.example", "Vesselwatch", "en", "postwave.example", 8, ("{vessel} has entered {port}", "{vessel}: new ETA {day}")),
    ("quota@mailhost.example", "Mailhost", "en", "", 6, ("Mailbox report for {month}", "Maintenance in the night of {day}")),
    ("itinerary@windrose-air.example", "Windrose Air", "en", "", 5, ("Your itinerary {ref}", "Check-in is open for {day}")),
    ("noreply@tax-bawaba.example", "بوابة الضريبة", "ar", "", 5, ("تذكير: الإقرار الضريبي عن شهر {month}", "استلمنا إقراركم رقم {n}")),
    ("orders@printpoint.example", "Printpoint", "en", "mailkite.example", 4, ("Order {n} has shipped", "Invoice for order {n}")),
    ("renewals@domaindock.example", "Domaindock", "en", "", 3, (f"{FIRM} renews on {{day}}",)),
    ("stay@staynest.example", "Staynest", "en", "sendloom.example", 3, ("Your booking in {port}, {day}",)),
    ("safety@muscat-weather.example", "Weather Desk", "en", "", 2, ("Heavy rain expected on {day}",)),
)  # fmt: skip
RECEIPTS = ("sikkapay.example", "sadaf-telecom.example", "printpoint.example", "domaindock.example")
"""The owner files their mail under invoices."""
BODIES = {
    "en": "You receive this message because {firm} is a customer or subscriber.\nRead it in full on our pages.\n",
    "ar": "تصلكم هذه الرسالة لأنكم مشتركون لدينا.\nالتفاصيل الكاملة في صفحتكم الخاصة.\n",
}

LIST, LIST_ADDRESS = "spice-trade", "spice-trade@lists.tradeboard.example"
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
REWRITTEN = ("Stavros Kanellos", "Mei Tan", "قاسم الزرعوني", "Olga Hansen")

SPAM = (
    ("winner@mega-lotto-winner.example", "Lottery Department", "You have been selected", 4),
    ("deals@best-watches-4u.example", "Luxury Watches", "Replica watches, 80 % off", 4),
    ("seo@first-page-rank.example", "Kevin", "First page in 30 days", 3),
    ("loan@quick-loan-desk.example", "Loan Desk", "Loan at 2 %, no papers", 3),
    ("maria@lonely-hearts.example", "Maria", "I saw your profile", 2),
    ("offer@miracle-diet.example", "Dr. Slim", "Lose 12 kg before the wedding", 2),
    ("crypto@coin-doubler.example", "Coin Doubler", "Double your coins in one day", 2),
    ("ads@cheap-flights-zone.example", "عروض السفر", "تذاكر بنصف السعر لفترة محدودة", 2),
    ("visa@work-abroad-now.example", "تأشيرات عمل", "فرص عمل في الخارج دون خبرة", 2),
)


def machines() -> Iterator[Letter]:
    """All of it, in no order."""
    for address, name, language, service, messages, subjects in NEWSLETTERS:
        yield from series("newsletter", address, name, language, service, messages, subjects, bulk=True)
    for address, name, language, service, messages, subjects in NOTICES:
        yield from series("notification", address, name, language, service, messages, subjects, bulk=False)
    yield from in_our_name()
    yield from lists()
    for address, name, subject, messages in SPAM:
        yield from spam(address, name, subject, messages)


def series(case: str, address: str, name: str, language: str, service: str, messages: int, subjects: tuple[str, ...], bulk: bool) -> Iterator[Letter]:
    dice, domain = Dice(case + address), routes.domain_of(address)
    route = routes.by_service(address, service) if service else routes.signed(address, "reject", f"mx-out.{domain}", routes.SERVICE)
    folder = "الفواتير" if domain in RECEIPTS else "INBOX"
    fields = bulk_fields(address, name) if bulk else ("Auto-Submitted: auto-generated",)
    for n in range(messages):
        when = dice.any_moment(n / messages, (n + 1) / messages)
        values = blanks(dice, language, when) | {"n": str(crc_number(address) + n)}
        yield Letter(
            case, when, (name, address), dice.pick(subjects).format_map(values), BODIES[language].format(firm="Dana Coast Trading"), route,
            folder=folder, zone="+0000", encoding=dice.pick("BQ"), fields=fields,
        )  # fmt: skip


def crc_number(address: str) -> int:
    """Where the numbering of a sender begins."""
    return int(routes.ip_of(address).rpartition(".")[2]) * 7 + 40


def bulk_fields(address: str, name: str) -> tuple[str, ...]:
    domain = routes.domain_of(address)
    plain = name if name.isascii() else domain.partition(".")[0]
    return (
        f"List-Id: {plain} <{address.replace('@', '.')}>",
        f"List-Unsubscribe: <https://{domain}/unsubscribe/layla>,\r\n <mailto:unsubscribe@{domain}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: bulk",
    )


def in_our_name() -> Iterator[Letter]:
    """The firm's own newsletter, and a survey whose service was allowed but never given a key: only the exception explains it."""
    subjects = ("What the {month} harvest brings", "وصل المحصول الجديد: {product}", "Dana Coast in {month}")
    dice = Dice("own news")
    for n in range(14):
        when = dice.working_moment(n / 14, (n + 1) / 14)
        subject = dice.pick(subjects)
        language = "en" if subject.isascii() else "ar"
        body = BODIES[language].format(firm="your firm")
        route = routes.by_service(OWN_NEWS[1], OUR_SERVICE)
        values = blanks(dice, language, when)
        yield Letter(
            "service-in-our-name", when, OWN_NEWS, subject.format_map(values), body, route, fields=bulk_fields(OWN_NEWS[1], OWN_NEWS[0]), relationship="own"
        )  # fmt: skip
    for n in range(3):
        when = dice.working_moment(0.3 * n, 0.3 * n + 0.1)
        body = "نرجو تعبئة الاستبيان خلال أسبوع. الإجابات لا تحمل أسماء.\nPlease answer within a week. Answers carry no names.\n"
        route = routes.by_service(SURVEY[1], SURVEYS, aligned=False)
        yield Letter("service-in-our-name-unaligned", when, SURVEY, f"استبيان الموظفين {n + 1} / Staff survey", body, route, relationship="own")


def lists() -> Iterator[Letter]:
    """One list that breaks its authors' signatures and one that writes its own address into From."""
    dice = Dice(LIST)
    fields = (f"List-Id: Spice trade <{LIST_ADDRESS.replace('@', '.')}>", f"List-Post: <mailto:{LIST_ADDRESS}>", "Precedence: list")
    for address, name, policy, messages in LIST_AUTHORS:
        route = routes.through_list(address, f"{LIST}-bounces@lists.tradeboard.example", policy)
        for _ in range(messages):
            when = dice.any_moment()
            subject, body = compose(dice, "en", "list", when, name, list=LIST)
            body = "Dear all,\n" + body.partition("\n")[2] + f"\n-- \n{LIST} mailing list\n"
            yield Letter("mailing-list", when, (name, address), subject, body, route, to=(("", LIST_ADDRESS),), zone="+0100", fields=fields)
    fields = (f"List-Id: <{REWRITING_ADDRESS.replace('@', '.')}>", f"List-Post: <mailto:{REWRITING_ADDRESS}>", "Precedence: list")
    for n in range(13):
        name, when = dice.pick(REWRITTEN), dice.any_moment()
        subject, body = compose(dice, "en", "list", when, name, list=REWRITING)
        author = (f"{name} via {REWRITING}", REWRITING_ADDRESS)
        back = (name, f"member{n % 4 + 1}@freight-members.example")
        route = routes.signed(REWRITING_ADDRESS, "none", network=routes.SERVICE)
        yield Letter(
            "mailing-list-rewritten", when, author, subject, body, route, to=(("", REWRITING_ADDRESS),), reply_to=back, zone="+0100", fields=fields
        )  # fmt: skip


def spam(address: str, name: str, subject: str, messages: int) -> Iterator[Letter]:
    """What the provider's filter has already put into Junk."""
    dice = Dice(address)
    for n in range(messages):
        when = dice.any_moment()
        host = f"srv{n}.{routes.domain_of(address)}"
        proven = routes.signed(address, "none", host, routes.STRANGER)
        route = proven if dice.chance(0.5) else Route("not_established", host, routes.ip_of(host, routes.STRANGER), address, "none", dmarc="none")
        body = "An offer for you alone. Answer today.\n" if subject.isascii() else "عرض خاص لك وحدك، سارع بالرد اليوم.\n"
        yield Letter("spam", when, (name, address), subject, body, route, folder="Junk", zone="+0000")
