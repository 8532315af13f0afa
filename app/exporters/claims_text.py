"""Claims as JSON, straight into text: a report has tens of thousands, and what stands behind them recurs."""

from __future__ import annotations

from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted

from app.exporters.dates import instant
from app.exporters.json_form import Form, known
from app.model import JudgedClaim, Severity, Verdict

REMEMBERED = 8
"""Times: most claims are of one message, which was the first and the last."""


class ClaimsText:
    """The claims of one report in one form."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._claim = form.object(
            "id", "address", "author_status", "name", "reply_to", "source", "proof", "verdicts", "how", "authentication", "traits",
            "messages", "first_seen", "last_seen", "score", "parts", "examples",
        )  # fmt: skip
        self._strings = cache(lambda texts: form.array(map(quoted, texts)))
        self._verdicts, self._part = cache(self._verdicts_text), cache(self._part_text)
        self._instant = lru_cache(REMEMBERED)(lambda seconds: known(instant(seconds) or ""))

    def of(self, judged: JudgedClaim) -> str:
        record, claim, proof = judged.record, judged.record.claim, judged.proof
        return self._claim(
            (
                quoted(record.id),
                known(claim.address),
                quoted(claim.status),
                known(claim.name),
                known(claim.reply_to),
                known(proof.source),
                self._strings(proof.proof),
                self._verdicts(proof.spf, proof.dkim, proof.dmarc),
                quoted(proof.how),
                quoted(proof.authentication),
                self._strings(claim.traits),
                record.messages,
                self._instant(record.first_seen),
                self._instant(record.last_seen),
                judged.score,
                self._form.array([self._part(each.id, each.severity, each.points) for each in judged.findings]),
                self._form.array([quoted(example.id) for example in record.examples]),
            )
        )

    def _verdicts_text(self, *verdicts: Verdict | None) -> str:
        return self._form.object("spf", "dkim", "dmarc")(tuple(known(verdict or "") for verdict in verdicts))

    def _part_text(self, id: str, severity: Severity, points: int) -> str:
        return self._form.object("id", "severity", "points")((quoted(id), quoted(severity), points))
