"""What a click on a chart asks the table for."""

from __future__ import annotations

from typing import Any

from app.charts import ChartData
from app.model import Relationship
from ui.domain_filter import DomainFilter


def filter_of(chart: ChartData, row: int, series: int | None) -> DomainFilter:
    """The domains behind a part of a chart, or behind a whole row of it."""
    which: Any = chart.rows[row].key
    kind: Any = None if series is None else chart.series[series].key
    match chart.id:
        case "relationships":
            return DomainFilter(relationship=which, holding=kind)
        case "own_names":
            return DomainFilter(relationship=Relationship.OWN, holding=kind)
        case "scores":
            return DomainFilter(scores=which)
        case "arrivals":
            return DomainFilter(first_seen=which, band=kind)
        case "traffic":
            return DomainFilter(active=which, holding=kind)
    raise ValueError(chart.id)
