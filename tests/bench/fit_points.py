"""Fit the points of the checks once, on labelled header corpora: `python -m tests.bench.fit_points CORPORA [--write]`.

A bounded logistic regression over the findings of each sample, as each is judged on its own; ten points are a factor e of the odds. What each
check means bounds what it may cost: its severity says how much at most, and a grave finding always costs something. Each sample is taken
twice, as it is and without the fields of mailing lists; each collection of honest mail has the same weight. Rows that would only tell
where a collection was received (proof that a relay's border did not record) or that need a mailbox with a history are not fitted.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import app.checks.points
from app.assess import assess
from app.checks import ALL
from app.checks.points import POINTS
from app.domains import Organisations
from app.facts import load_facts
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.model import ClaimRecord, Context, Severity
from tests.bench.labelled import Sample, read, without_context

BAD = frozenset(("phish",))
GOOD = {"ham_list": 0.45, "ham_bulk": 0.35, "ham": 0.2}
"""Weight of each kind of honest mail; the 2002 ham is the least like today's."""
BY_HAND = frozenset(
    """
    base limit thin_evidence authenticated authenticated.stranger authentication_failed authentication_failed.on_a_list
    authentication_not_established brand_unproven.on_a_list brand_unproven.nothing_passed weak_signature shared_provider disposable
    impossible_domain reply_to_elsewhere.bulk name_carries_address.relayed written_to long_known
    """.split()
)
BOUNDS = {Severity.INFO: (-5, 0), Severity.LOW: (-15, -2), Severity.MEDIUM: (-30, -5), Severity.HIGH: (-60, -30)}
"""Points that a finding of each severity may cost, the most first."""
PER_LOGIT = 10
RIDGE = 0.002
"""How strongly a row is held to the middle of its bounds; it decides where few samples speak."""
ROUNDS = 200

Counts = dict[frozenset[str], float]


def findings_of(samples: Iterable[Sample]) -> list[frozenset[str]]:
    """The rows of the points table that each sample's findings come from: while each row is worth its own number, points name the row."""
    facts = load_facts()
    organisations = Organisations(facts)
    records = [ClaimRecord(str(n), claim_of(parse(s.header, organisations.organisation)), 1, None, None) for n, s in enumerate(samples)]
    names = list(POINTS)
    with patch.dict(POINTS, {name: n for n, name in enumerate(names)}):
        rows = assess(records, Context(samples=True, facts=facts), organisations)
    found = {int(c.record.id): frozenset(names[f.points] for f in c.findings if f.id != "limit") for row in rows for c in row.claims}
    return [found[n] for n in range(len(records))]


def fitted_rows() -> dict[str, tuple[float, float]]:
    """Row -> its bounds, for the rows that labelled samples can speak about."""
    bounds = {}
    for module in ALL:
        check = module.CHECK
        for case, (severity, _) in {"": (check.severity, check.confidence), **check.cases}.items():
            bounds[f"{check.id}.{case}" if case else check.id] = BOUNDS[severity]
    return {row: limits for row, limits in bounds.items() if row not in BY_HAND}


def weighed(samples: list[Sample], found: list[frozenset[str]], good: Counts, bad: Counts) -> None:
    """Add the samples' combinations of findings, so that each collection weighs what its kind does."""
    sizes = Counter(sample.corpus for sample in samples)
    corpora = Counter(label for _, label in {(sample.corpus, sample.label) for sample in samples})
    for sample, rows in zip(samples, found, strict=True):
        if sample.label in BAD:
            bad[rows] += 1 / sizes[sample.corpus] / corpora[sample.label]
        else:
            good[rows] += GOOD[sample.label] / sizes[sample.corpus] / corpora[sample.label]


def fit(good: Counts, bad: Counts, bounds: dict[str, tuple[float, float]], fixed: dict[str, int]) -> dict[str, float]:
    """Coordinate descent with Newton steps, each weight within its bounds. Weights are in points; positive logits are honest."""
    seen = {row for rows in (*good, *bad) for row in rows}
    weights = {row: sum(limits) / 2 for row, limits in bounds.items() if row in seen}
    data = [(rows, 1.0, n) for rows, n in good.items()] + [(rows, 0.0, n) for rows, n in bad.items()]
    users = {row: [i for i, (rows, _, _) in enumerate(data) if row in rows] for row in weights}
    logits = [sum(weights.get(row, fixed.get(row, 0)) for row in rows) / PER_LOGIT for rows, _, _ in data]
    everywhere, intercept = range(len(data)), 0.0
    for _ in range(ROUNDS):
        step = _newton(data, logits, everywhere, 0.0)
        intercept += step
        logits = [logit + step for logit in logits]
        for row, using in users.items():
            low, high = bounds[row]
            wanted = weights[row] + PER_LOGIT * _newton(data, logits, using, RIDGE * (weights[row] - (low + high) / 2) / PER_LOGIT)
            new = min(max(wanted, low), high)
            change, weights[row] = (new - weights[row]) / PER_LOGIT, new
            for i in using:
                logits[i] += change
    return weights


def _newton(data: list[tuple[frozenset[str], float, float]], logits: list[float], using: Iterable[int], pull: float) -> float:
    gradient, curvature = -pull, RIDGE
    for i in using:
        _, honest, n = data[i]
        p = 1 / (1 + math.exp(-max(-30.0, min(30.0, logits[i]))))
        gradient += n * (honest - p)
        curvature += n * p * (1 - p)
    return max(-1.0, min(1.0, gradient / curvature))


def write(points: dict[str, int]) -> None:
    path = Path(app.checks.points.__file__)
    text = path.read_text(encoding="utf-8")
    for row, value in points.items():
        text = re.sub(rf'("{re.escape(row)}": )-?\d+', rf"\g<1>{value}", text)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true", help="put the result into app/checks/points.py")
    call = parser.parse_args()
    samples = [s for s in read(call.corpora, BAD | frozenset(GOOD)) if b"@pot" not in s.header.partition(b"\nFrom:")[2].partition(b"\n")[0]]
    good: Counts = defaultdict(float)
    bad: Counts = defaultdict(float)
    for stripped in (False, True):
        taken = [Sample(s.corpus, s.name, s.label, without_context(s.header)) for s in samples] if stripped else samples
        weighed(taken, findings_of(taken), good, bad)
    bounds = fitted_rows()
    points = {row: round(value) for row, value in fit(good, bad, bounds, POINTS).items()}
    for row, value in sorted(points.items(), key=lambda item: item[1]):
        shares = [100 * sum(n for rows, n in side.items() if row in rows) / sum(side.values()) for side in (bad, good)]
        print(f"{row:40}{POINTS[row]:6} ->{value:5}   {bounds[row]!s:12} in {shares[0]:6.2f} % of bad, {shares[1]:6.2f} % of good")
    if call.write:
        write(points)


if __name__ == "__main__":
    main()
