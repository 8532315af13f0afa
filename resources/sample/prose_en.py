"""What people and machines of the sample write in English: (subject, body) by occasion. Names in braces are filled in by `prose.py`."""

from __future__ import annotations

GREETINGS = ("Dear Layla,", "Hello Layla,", "Good morning Layla,", "Dear Ms Haddad,")
CLOSINGS = ("Best regards,", "Kind regards,", "With best wishes,", "Many thanks,")
MONTHS = "January February March April May June July August September October November December".split()
PRODUCTS = (
    "green cardamom", "black pepper", "Arabica green coffee", "saffron", "cloves", "basmati rice", "dried lime", "cinnamon sticks",
    "red lentils", "black tea", "jasmine rice", "turmeric", "pressed dates", "sesame seed", "chickpeas", "nutmeg",
)  # fmt: skip
PORTS = ("Sohar", "Salalah", "Jebel Ali", "Hamad Port", "Khalifa Port")
VESSELS = ("MV Northern Jasmine", "MV Sea of Pearls", "MV Khor Star", "MV Blue Meridian", "MV Monsoon Grace")

LETTERS: dict[str, tuple[tuple[str, str], ...]] = {
    "supplier": (
        ("Proforma invoice {ref} – {product}", "Please find attached our proforma invoice {ref} for {tons} tonnes of {product}, CFR {port}. The price is firm until {day}. Once you confirm we will book the space."),
        ("Order {ref}: loading on {day}", "Your {product} is bagged and fumigated. We load on {day} and will send the draft bill of lading the same evening. Please check the consignee details before we release the original."),
        ("Samples of {product} on their way", "Three samples of the new crop left us this morning by courier. The lot numbers are on the bags. We would be glad of your comments before {day}."),
        ("Price list for {month}", "Attached is our price list for {month}. {product_c} is a little firmer than last month; everything else is unchanged. Payment terms stay as agreed."),
        ("Quality certificate, lot {lot}", "The laboratory has released lot {lot} ({product}). Moisture and purity are well within your specification. The certificate is attached, the original follows with the documents."),
        ("Shipping documents for {ref}", "Attached are the commercial invoice, packing list, certificate of origin and phytosanitary certificate for {ref}. The originals go out by courier tomorrow."),
        ("{ref}: may we move the delivery to {day}?", "Rain has slowed the drying and we would rather be three days late than ship damp {product}. Would loading on {day} still suit you?"),
        ("Payment received for {ref}, thank you", "We confirm receipt of {amount} against invoice {ref}. Your account is settled up to date."),
        ("Arabic label text for {product}", "Could you look over the Arabic text on the label for {product}? The printer needs our approval by {day}, and we do not want to guess at the wording of the storage line."),
        ("New crop report: {product}", "The first pickings look clean and the colour is good. We expect offers around the second week of {month}. If you want early volume, tell us roughly how many tonnes to keep for you."),
    ),
    "shipping": (
        ("Arrival notice: {vessel}, {port}, {day}", "{vessel} is expected at {port} on {day} with your container {container}. Please let us have the delivery order request and the original bill of lading in good time."),
        ("Container {container} has been released", "Customs released {container} this morning without inspection. The truck can collect it from gate 4 until 18:00. Free time ends on {day}."),
        ("Freight offer {ref}: {port} to Muscat", "For one 40-foot container of {product} we can offer {amount} all in, valid until {day}. Transit is nine days with one transshipment."),
        ("{vessel} delayed by weather", "The vessel is waiting outside {port} because of the swell. The new berthing date is {day}. Demurrage will not be charged for these days."),
        ("Free time for {container} ends on {day}", "A short reminder that the free days for {container} end on {day}. After that the line charges storage by the day."),
        ("Booking {ref} confirmed", "Your booking {ref} for two containers on {vessel} is confirmed. Cut-off for documents is {day} at noon."),
    ),
    "buyer": (
        ("Purchase order {ref}", "Please supply as per the attached order {ref}: {tons} tonnes of {product}, in 25 kg bags, delivered to our central store on {day}."),
        ("Statement of account for {month}", "Attached is our statement for {month}. Our books show a balance of {amount} in your favour. Please confirm so that we can release the payment."),
        ("Short delivery on {ref}", "We counted 396 bags of {product} where the note says 400. The driver signed for it. Could you send a credit note or the missing four bags with the next load?"),
        ("Ramadan quantities", "For Ramadan we need roughly twice the usual {product}. Can you confirm by {day} what you can hold for us, and at which price?"),
    ),
    "inspection": (
        ("Report {ref}", "The report on lot {lot} ({product}) is attached. There is one remark about the stitching of the bags, nothing that would hold up the release."),
        ("Inspection on {day}", "I can be at your warehouse on {day} at 09:00. It will take about two hours; please have somebody there who can open the cold room."),
        ("Invoice {ref}", "Please find attached our invoice {ref} over {amount} for the work in {month}. It is payable within 30 days to the account you already know."),
    ),
    "audit": (
        ("Documents for the {month} review", "For the {month} review we need the bank confirmations and the stock list signed by the warehouse. A scan is enough for now."),
        ("Two questions about {month}", "Two entries in {month} have no voucher: the courier on the 6th and the deposit for the pallets. Could somebody look for them?"),
        ("Fieldwork from {day}", "We would like to begin on {day} with three people. A quiet room and access to the stock system are all we need."),
    ),
    "machines": (
        ("Spare parts for the bagging line, offer {ref}", "The two sealing jaws and the belt come to {amount}, ex works. We can have them with you by {day}."),
        ("Maintenance on {day}", "Our engineer is in the Gulf that week and can service the bagging line on {day}. Please plan for half a day without it."),
        ("Invoice {ref}", "Attached is our invoice {ref} over {amount} for the service in {month}. It is payable within 30 days to the account you already know."),
    ),
    "packaging": (
        ("Cartons for {product}: offer {ref}", "For 8,000 printed cartons we can offer {amount}, delivered in two lots. The first would reach you on {day}."),
        ("Proof for your approval", "The proof of the new carton is attached. Please look at the Arabic text above all; we print from {day}."),
    ),
    "payroll": (
        ("Payroll for {month} is ready for approval", "The payroll run for {month} covers 41 employees and comes to {amount}. Please approve it in the portal by {day} so that the salaries are paid on time."),
        ("Overtime sheets for {month}", "Two overtime sheets from the warehouse are still missing for {month}. We close the period on {day}."),
        ("Social insurance summary, {month}", "Attached is the summary of contributions for {month}, for your records. No action is needed."),
    ),
    "hotel": (
        ("Room rates for your guests in {month}", "We are happy to keep the firm's rate for {month}. Breakfast and the airport transfer are included. Please send us the names before {day}."),
        ("Meeting room on {day} confirmed", "The Sidr room is reserved for you on {day} for twelve people, with coffee in the morning and lunch on the terrace."),
    ),
    "colleague": (
        ("Cash position for Thursday", "Could you send me the cash position before noon? I want to see it before I talk to the bank about the letter of credit."),
        ("Letter of credit {ref}: two discrepancies", "The bank found two discrepancies on {ref}: the notify party and the spelling of the port. I have asked the supplier to amend. Nothing to pay until they do."),
        ("Invoice {ref}: may I post it?", "The goods for {ref} are in, quantity and quality are fine. May I post the invoice for payment on {day}?"),
        ("Stock count on {day}", "We count the spice hall on {day}, starting at 07:30. Please have somebody from finance with us for the saffron safe."),
        ("Budget for {month}", "My figures for {month} are in the shared folder. Freight is higher than planned because of the two late vessels; the rest is close."),
        ("Minutes of Sunday's meeting", "The minutes are in the shared folder. Your two points: the credit limit for new customers, and the date of the audit."),
        ("Container {container}", "The container is at the gate and customs want the original invoice. Is it still with you?"),
        ("Leave from {day}", "I would like to take five days from {day}. Priya covers the documents while I am away."),
        ("New customer: credit limit?", "The sales team has a new customer who wants 30 days. Trade references look fine. What limit are you comfortable with?"),
        ("Price of {product} next month", "Two suppliers quote the same price for {product} and a third is four per cent below. I would like to split the order. Do you agree?"),
        ("Certificates for the {month} shipment", "All certificates for the {month} shipment are complete except the one for {product}. I expect it on {day}."),
        ("Lunch with the auditors", "They arrive on {day} and would like to see the warehouse as well. Shall we book a table for six?"),
        ("Travel claim", "My receipts for the fair are in the tray on your desk. The hotel was paid by the firm, so only the taxis are left."),
        ("Printer on the second floor", "The new printer is in place. If it asks for a code, use the one on your staff card."),
        ("Reminder: timesheets", "Please hand in the timesheets for {month} by {day}. Three are still missing."),
        ("Draft contract, {product}", "The draft is in the folder. I changed the clause about claims: 14 days from arrival, not from loading. Have a look before I send it."),
    ),
    "customer": (
        ("Price for 20 kg of {product}?", "I run a small kitchen and need 20 kg of {product} a month. Could you tell me your price, delivered in town?"),
        ("Order for {day}", "Same as last time please, 15 kg of {product} and two cartons of dates, for {day}. I will pay on delivery."),
        ("Thank you, and one question", "The {product} arrived today, very fresh. Could I also get it ground next time?"),
        ("Invoice copy please", "I cannot find the invoice {ref}. Would you send me a copy? My accountant needs it for {month}."),
        ("Transfer made", "I transferred {amount} this morning for {ref}. The slip is attached."),
        ("Change of delivery address", "We have moved the shop two streets further. Please deliver the next order there; the driver can call me."),
    ),
    "reply": (
        ("", "Thank you, that is clear. We will come back to you by {day}."),
        ("", "Confirmed. Please go ahead."),
        ("", "Noted with thanks. The originals are on their way to you."),
        ("", "Good, then we leave it at {day}. I have told the warehouse."),
        ("", "Thanks for the quick answer. I will check with my colleague and write again this afternoon."),
        ("", "That works for us. One small thing: please put our order number on the invoice."),
    ),
    "list": (
        ("[{list}] Customs code for roasted chickpeas?", "Does anybody have a recent ruling on the code for roasted and salted chickpeas? Our broker and the officer disagree."),
        ("[{list}] Fumigation certificates from Hanoi", "We had two consignments held up because the certificate did not name the chemical. Has this happened to others?"),
        ("[{list}] Container rates in {month}", "Rates from the west coast of India are down again. What are you being quoted for 40-foot boxes?"),
        ("[{list}] Saffron grading", "The new grading table is out. The colour values have not moved, but the moisture limit has."),
        ("[{list}] Experience with cold storage in {port}?", "We are looking for 200 pallet places for dates from {month} on. Recommendations welcome."),
        ("[{list}] Arabic labels: font size", "The inspector measured the letters with a ruler. He was right: the rule counts the height of the alif."),
    ),
}  # fmt: skip
