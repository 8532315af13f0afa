"""Firms and people who write for the first time, and mostly only once; some of them rent a name at a shared host. Nothing is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator

from resources.sample import routes
from resources.sample.cast import Partner
from resources.sample.dice import Dice
from resources.sample.people import answer, encoding_of
from resources.sample.prose import compose
from resources.sample.wire import Letter, Route

# (address, which is also the occasion of its letter; name; language; how its mail is set up)
STRANGERS = (
    ("t.alvarez@costa-gourmet.example", "Teresa Alvarez", "en", "signed"),
    ("procurement@greenfield-school.example", "Greenfield School", "en", "no_policy"),
    ("sales@palletworks-sohar.example", "Palletworks", "en", "none"),
    ("stand@foodfair-gulf.example", "Food Fair Gulf – Exhibitors", "en", "signed"),
    ("service@amanfire.example", "Aman Fire Protection", "en", "spf"),
    ("info@jamiyat-alkhair.example", "جمعية الخير التعاونية", "ar", "none"),
    ("secretary@merchants-majlis.example", "مجلس التجار", "ar", "signed"),
    ("k.larsen@skagen-deli.example", "Karen Larsen", "en", "suite"),
    ("buyer@zanzibar-blends.example", "Zanzibar Blends", "en", "signed"),
    ("office@mashreq-legal.example", "مكتب المشرق للمحاماة", "ar", "suite"),
    ("careers@muscat-business-college.example", "Muscat Business College", "en", "signed"),
    ("dr.hinawi@shifa-clinic.example", "عيادة الشفاء", "ar", "spf"),
    ("nadia@tamarind-table.example", "Nadia Rahman", "en", "signed"),
    ("contact@waha-insurance.example", "واحة التأمين", "ar", "signed"),
    ("joost@kruidenhuis-delft.example", "Joost van Dijk", "en", "signed"),
    ("manager@wadi-resort.example", "Wadi Resort", "en", "no_policy"),
    ("elie@cedarsweets.example", "إيلي خوري", "ar", "signed"),
    ("import@nordkost.example", "Nordkost Import", "en", "signed"),
    ("sara@studio-hibr.example", "استوديو حبر", "ar", "signed"),
    ("tenders@suwaiq-port.example", "Suwaiq Port – Tenders", "en", "signed"),
    ("hello@nizwa-pottery.pages.example", "فخار نزوى", "ar", "page"),
    ("bookings@harbour-cafe.pages.example", "Harbour Café", "en", "page"),
    ("club@spice-cooking.pages.example", "Spice Cooking Club", "en", "page"),
)


def strangers() -> Iterator[Letter]:
    for address, name, language, setup in STRANGERS:
        dice = Dice(address)
        when = dice.working_moment(0.02, 0.97)
        subject, body = compose(dice, language, address, when, name)
        case = "hosting-tenant" if setup == "page" else "first-time"
        first = Letter(case, when, (name, address), subject, body, route_of(address, setup), encoding=encoding_of(dice, language))
        yield first
        if dice.chance(0.5) and (ours := answer(dice, [first], language, first.author)):
            yield ours
            if dice.chance(0.7) and (again := answer(dice, [first, ours], language, first.author, first)):
                yield again


def route_of(address: str, setup: str) -> Route:
    if setup == "page":
        return routes.signed(address, "none", "out.pages.example", routes.SERVICE)
    return routes.of_partner(Partner(routes.domain_of(address), "", "", 0, (), setup), address)
