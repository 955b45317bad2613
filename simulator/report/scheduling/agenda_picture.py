"""An agenda's week as a picture: an SVG file of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from simulator.measurement.agenda import mean_week, totals
from simulator.measurement.outages import outage_week
from simulator.plan.agenda import Agenda
from simulator.report.drawing.charts import draw
from simulator.report.drawing.files import as_file
from simulator.report.running.pictures import week_chart
from simulator.report.scheduling.agenda import in_words, week_title
from simulator.report.scheduling.outages import outage_sentences

_NOTE: Final = "The darker, the more jobs; none in an empty hour; \N{EN DASH} is outside the span."
_OF_OUTAGES: Final = "Lines: the part of the hour with a machine in maintenance."


def agenda_picture(agenda: Agenda) -> str:
    """Return the jobs due by hour of the week as an SVG file; an equal agenda gives equal text."""
    week = tuple(map(tuple, mean_week(agenda).tolist()))
    title = week_title(agenda)
    chart = replace(week_chart("agenda", title, week), zeros=False)
    note = _NOTE
    if agenda.outages:
        note = f"{_NOTE} {_OF_OUTAGES}"
        outages = tuple(map(tuple, outage_week(agenda).tolist()))
        told = f"{chart.description} {' '.join(outage_sentences(agenda))}"
        chart = replace(chart, underlined=outages, description=told)
    return as_file(draw(chart), title, ": ".join(in_words(agenda, totals(agenda))), note)
