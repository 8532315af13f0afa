"""What a reviewer needs to see of one subject, on one screen: its name and score, why, what arrives, from whom, and a few subjects."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import Authentication, DomainClass, Finding
from app.report import band_of
from app.review import Subject
from app.texts import finding_text
from ui import tokens as t
from ui.controls import column, edge, frame, label, picture, pill, row, tip
from ui.detail import breakable, source_in_words
from ui.elided_label import ElidedLabel
from ui.evidence import Strand, strands_of
from ui.theme import colours
from ui.words import AUTHENTICATIONS, BANDS, CLASSES, RELATIONSHIPS, SEVERITIES, day, ltr, points

FINDINGS, STRANDS, EXAMPLES = 4, 3, 3


def review_card(subject: Subject, say: Translation) -> QWidget:
    strands = strands_of(replace(subject.row, claims=subject.claims))
    why = column(label(say("Why {score}", score=subject.worst), "heading"), spacing=t.S)
    told = sorted((each for each in strands[0].findings if each.id not in ("base", "limit")), key=lambda each: each.points)
    for finding in told[:FINDINGS]:
        why.addWidget(_finding(finding, say))
    if len(told) > FINDINGS:
        why.addWidget(label(say.plural("and {n} more", "and {n} more", len(told) - FINDINGS), "caption"))
    if strands[0].examples:
        why.addSpacing(t.S)
        why.addWidget(label(say("Example messages"), "heading"))
        for example in strands[0].examples[:EXAMPLES]:
            text = say.isolate(contained(example.subject)) if example.subject else say("(no subject)")
            why.addLayout(column(label(text, wrap=True), label(day(example.date, say), "caption"), spacing=1))
    why.addStretch(1)
    mail = column(label(say("What arrives in this name"), "heading"), spacing=t.S)
    for strand in strands[:STRANDS]:
        mail.addWidget(_strand(strand, say))
    if len(strands) > STRANDS:
        mail.addWidget(label(say.plural("and {n} more", "and {n} more", len(strands) - STRANDS), "caption"))
    mail.addStretch(1)
    halves = row(why, mail, spacing=t.XL)
    halves.setStretch(0, 1)
    halves.setStretch(1, 1)
    page = QWidget()
    page.setLayout(column(_head(subject, say), t.XS, halves, -1, spacing=t.M))
    return page


def spoken(subject: Subject, say: Translation) -> str:
    """The card in one sentence, as a screen reader says it."""
    proof = AUTHENTICATIONS[_together(subject, subject.row.authentication)]
    against = [finding for finding in strands_of(replace(subject.row, claims=subject.claims))[0].findings if finding.points < 0]
    why = finding_text(min(against, key=lambda finding: finding.points), say).title if against else say(BANDS[band_of(subject.worst)].text)
    name = contained(subject.name if "@" in subject.name else subject.row.unicode)
    return say("{name}, score {score}, {proof}. {why}", name=name, score=subject.worst, proof=say(proof.text), why=why)


def _head(subject: Subject, say: Translation) -> QFrame:
    domain, word = subject.row, BANDS[band_of(subject.worst)]
    name = ltr(breakable(contained(subject.name if "@" in subject.name else domain.unicode)))
    title = label(name, "title", wrap=True)
    title.setAccessibleName(contained(subject.name))
    words = [RELATIONSHIPS[domain.relationship], AUTHENTICATIONS[_together(subject, domain.authentication)]]
    times = [claim.record for claim in subject.claims]
    sentence = say.plural("{n} message, {first} to {last}", "{n} messages, {first} to {last}", subject.messages,
                          first=day(min((each.first_seen for each in times if each.first_seen is not None), default=None), say),
                          last=day(max((each.last_seen for each in times if each.last_seen is not None), default=None), say))  # fmt: skip
    if domain.domain_class is not DomainClass.ORDINARY:
        sentence = say("{a} · {b}", a=say(CLASSES[domain.domain_class]), b=sentence)
    lines = column(title, spacing=t.XS)
    if domain.domain != domain.unicode:
        lines.addWidget(label(say("As computers write it: {domain}", domain=ltr(contained(domain.domain or ""))), "caption", wrap=True, selectable=True))
    lines.addLayout(row(*(pill(say(each.text), each.tone) for each in words), label(sentence, "muted"), -1, spacing=t.S))
    shown = row(picture(word.shape, getattr(colours(), word.tone).ink, 36), spacing=t.L, margins=(t.L, t.M, t.L, t.M))
    shown.addLayout(lines, 1)
    shown.addWidget(label(say.number(subject.worst), "display", tone=word.tone))
    return frame("card", shown)


def _together(subject: Subject, whole: Authentication) -> Authentication:
    """The proof of these claims alone, where they are not all of the domain's."""
    states = {claim.proof.authentication for claim in subject.claims}
    return states.pop() if len(states) == 1 else whole


def _finding(finding: Finding, say: Translation) -> QFrame:
    text, word = finding_text(finding, say), SEVERITIES[finding.severity]
    title = label(text.title, "subheading", wrap=True)
    number = label(points(finding.points, say), "subheading", tone="good" if finding.points > 0 else "bad" if finding.points else "")
    number.setAlignment(edge(end=True) | Qt.AlignmentFlag.AlignTop)
    head = row(spacing=t.S)
    head.addWidget(picture(word.shape, getattr(colours(), word.tone).ink, 18), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(title, 1)
    head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    return frame("card", column(head, label(text.seen, "muted", wrap=True), spacing=t.XS, margins=(t.M, t.S, t.M, t.S)))


def _strand(strand: Strand, say: Translation) -> QFrame:
    word, proof = BANDS[band_of(strand.score)], AUTHENTICATIONS[strand.authentication]
    count = say.plural("{n} message", "{n} messages", strand.messages)
    names = [say.isolate(contained(each)) for each in (*strand.names[:1], *strand.addresses[:1])]
    who = say("{a} · {b}", a=names[0], b=names[1]) if len(names) == 2 else names[0] if names else say("no name")
    lines: QVBoxLayout = column(label(say("{proof} · {count}", proof=say(proof.text), count=count), "subheading", wrap=True), spacing=1)
    for text in (who, source_in_words(strand.source, say)):
        line = label(text, "caption", line=ElidedLabel())
        line.setToolTip(tip(text))
        lines.addWidget(line)
    shown = row(spacing=t.M, margins=(t.M, t.S, t.M, t.S))
    shown.addWidget(picture(word.shape, getattr(colours(), word.tone).ink, 20), 0, Qt.AlignmentFlag.AlignTop)
    shown.addLayout(lines, 1)
    shown.addWidget(label(say.number(strand.score), "heading", tone=word.tone), 0, Qt.AlignmentFlag.AlignTop)
    return frame("card", shown)
