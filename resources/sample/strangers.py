"""Firms and people who write for the first time, and mostly only once; some of them rent a name at a shared host. Nothing is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator

from resources.sample import routes
from resources.sample.cast import Partner
from resources.sample.dice import Dice
from resources.sample.people import answer, encoding_of
from resources.sample.prose import blanks, greeted
from resources.sample.wire import Letter, Route

# (address, name, language, how its mail is set up, subject, text)
STRANGERS = (
    ("t.alvarez@costa-gourmet.example", "Teresa Alvarez", "en", "signed", "Enquiry: {product}, {tons} tonnes", "We found you in the list of exhibitors and are looking for a supplier of {product}. Could you quote for {tons} tonnes, delivered {port}?"),
    ("procurement@greenfield-school.example", "Greenfield School", "en", "no_policy", "Invitation to quote for {product}", "Our canteens invite quotations for {product}. The form is attached; offers are opened on {day}."),
    ("sales@palletworks-sohar.example", "Palletworks", "en", "none", "Introducing our pallets", "We make heat-treated pallets to the export standard and deliver within two days. May I send you our list?"),
    ("stand@foodfair-gulf.example", "Food Fair Gulf – Exhibitors", "en", "signed", "Your stand at the food fair", "Here are the plans for your stand. Power and water are included, the carpet is not. Please return the signed plan by {day}."),
    ("service@amanfire.example", "Aman Fire Protection", "en", "spf", "Fire extinguishers: yearly check due", "According to our records the yearly check of your extinguishers is due in {month}. Would {day} suit you?"),
    ("info@jamiyat-alkhair.example", "جمعية الخير التعاونية", "ar", "none", "دعوة لتقديم عرض أسعار", "تدعوكم جمعيتنا إلى تقديم عرض أسعار لتوريد {product}، وآخر موعد لاستلام العروض {day}."),
    ("secretary@merchants-majlis.example", "مجلس التجار", "ar", "signed", "دعوة إلى اللقاء السنوي", "يسرنا دعوتكم إلى اللقاء السنوي يوم {day} بعد صلاة العصر. نرجو تأكيد الحضور."),
    ("k.larsen@skagen-deli.example", "Karen Larsen", "en", "suite", "Dates in small boxes", "Do you pack dates in boxes of 250 grams? We have eleven delicatessen shops and would begin with a pallet."),
    ("buyer@zanzibar-blends.example", "Zanzibar Blends", "en", "signed", "Cloves for {product}?", "We have cloves to offer and need {product}. Would you consider an exchange for part of the amount?"),
    ("office@mashreq-legal.example", "مكتب المشرق للمحاماة", "ar", "suite", "تجديد وكالة العلامة التجارية", "تنتهي مدة تسجيل علامتكم التجارية مطلع العام القادم. نرجو إفادتنا إن رغبتم في التجديد."),
    ("careers@muscat-business-college.example", "Muscat Business College", "en", "signed", "Places for trainees in finance", "Four of our students look for a placement from {month}. May we send you their CVs?"),
    ("dr.hinawi@shifa-clinic.example", "عيادة الشفاء", "ar", "spf", "موعد الفحص السنوي للموظفين", "نقترح إجراء الفحص السنوي لموظفي المستودع يوم {day} صباحًا. هل يناسبكم؟"),
    ("nadia@tamarind-table.example", "Nadia Rahman", "en", "signed", "A cookbook and your spices", "I write about the food of the coast and would like to photograph your spice hall for my next book. Would {day} be possible?"),
    ("contact@waha-insurance.example", "واحة التأمين", "ar", "signed", "عرض تأمين البضائع", "مرفق عرضنا لتأمين البضائع أثناء النقل، والقسط السنوي {amount}. العرض سارٍ حتى {day}."),
    ("joost@kruidenhuis-delft.example", "Joost van Dijk", "en", "signed", "Organic {product}", "We buy only certified organic goods. Do you have {product} with a certificate, and how much?"),
    ("manager@wadi-resort.example", "Wadi Resort", "en", "no_policy", "Coffee for our guests", "We are opening in {month} and want to serve local dates and coffee. Whom may we visit?"),
    ("elie@cedarsweets.example", "إيلي خوري", "ar", "signed", "فستق وتمر", "نصنع المعمول ونبحث عن تمر بلا نوى بكميات ثابتة. هل ترسلون لنا عينة قبل {day}؟"),
    ("import@nordkost.example", "Nordkost Import", "en", "signed", "{product_c}: your offer of spring", "In spring you offered us {product}, and we were not ready. Is the offer still good for {tons} tonnes?"),
    ("sara@studio-hibr.example", "استوديو حبر", "ar", "signed", "شعار جديد لعلبة التمر", "أعجبتنا علبة التمر عندكم، ولدينا فكرة لتصميم أخف وأوضح. هل نرسل لكم نماذج؟"),
    ("tenders@suwaiq-port.example", "Suwaiq Port – Tenders", "en", "signed", "Cold store units to let", "Six units of 120 square metres will be let from {month}. The plan and the conditions are attached."),
    ("hello@nizwa-pottery.pages.example", "فخار نزوى", "ar", "page", "جرار لحفظ البهارات", "نصنع جرارًا فخارية بأحجام مختلفة ونبيعها بالجملة. هل تسمحون لنا بعرضها في معرضكم؟"),
    ("bookings@harbour-cafe.pages.example", "Harbour Café", "en", "page", "Table for six on {day}", "Your table on the terrace is reserved for six on {day} at half past one."),
    ("club@spice-cooking.pages.example", "Spice Cooking Club", "en", "page", "Could we visit your warehouse?", "We are twenty amateur cooks and would love to see where the {product} comes from. Any morning would do."),
)  # fmt: skip


def strangers() -> Iterator[Letter]:
    for address, name, language, setup, subject, core in STRANGERS:
        dice = Dice(address)
        when = dice.working_moment(0.02, 0.97)
        values = blanks(dice, language, when)
        body = greeted(dice, language, core.format_map(values), name)
        case = "hosting-tenant" if setup == "page" else "first-time"
        first = Letter(case, when, (name, address), subject.format_map(values), body, route_of(address, setup), encoding=encoding_of(dice, language))
        thread = [first]
        yield first
        if dice.chance(0.5) and (ours := answer(dice, thread, language, first.author)):
            yield ours
            thread.append(ours)
            if dice.chance(0.7) and (again := answer(dice, thread, language, first.author, first)):
                yield again


def route_of(address: str, setup: str) -> Route:
    if setup == "page":
        return routes.signed(address, "none", "out.pages.example", routes.SERVICE)
    return routes.of_partner(Partner(routes.domain_of(address), "", "", 0, (), setup), address)
