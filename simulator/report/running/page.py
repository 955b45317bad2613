"""From a study to the values of its report; nothing here knows what a page looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.measures import MEASURES
from simulator.report import provenance
from simulator.report.blaming.section import blame
from simulator.report.doubts import all_warnings, first_of_all
from simulator.report.page import Column, ReportPage, Section, Span, Table
from simulator.report.running import headline
from simulator.report.running.answer import answer
from simulator.report.running.long_run import explained
from simulator.report.running.sections.checks import alarm, checks
from simulator.report.running.sections.choices import choices
from simulator.report.running.sections.elastic import elastic
from simulator.report.running.sections.grants import grants
from simulator.report.running.sections.idle import idle
from simulator.report.running.sections.licences import licences
from simulator.report.running.sections.pending import pending
from simulator.report.running.sections.pending_reasons import pending_reasons
from simulator.report.running.sections.processes import processes
from simulator.report.running.sections.queues import queues
from simulator.report.running.sections.refusals import refusals
from simulator.report.running.sections.resumed import resumed
from simulator.report.running.sections.settling import settling
from simulator.report.running.sections.slots_over_week import slots_over_week
from simulator.report.running.sections.utilisation import utilisation
from simulator.report.running.sections.week import week
from simulator.report.running.sections.worst_hours import worst_hours
from simulator.report.wording import number, percent, quantity, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.study import Study


def page(study: Study) -> ReportPage:
    """Return all that a study's report says, in the order of reading."""
    scenario = study.loaded.scenario
    findings = _findings(study)
    trust = headline.trust(study)
    return ReportPage(
        title=provenance.title(scenario),
        view=headline.view(study),
        question=provenance.question(scenario),
        answer=answer(study),
        highlights=headline.highlights(study),
        verdict=headline.verdict(study),
        targets=headline.targets(study),
        trust=first_of_all(trust),
        sections=(
            *(explained(one, study) for one in findings),
            *all_warnings(trust),
            *settling(study),
            _measures(findings),
            choices(scenario),
            *checks(study),
        ),
        provenance=_provenance(study),
        alarm=alarm(study.checks),
    )


def _findings(study: Study) -> tuple[Section, ...]:
    """Return what the run came to, section by section; those with nothing to say are left out."""
    return (
        pending(study),
        blame(study),
        *pending_reasons(study),
        *idle(study),
        utilisation(study),
        *slots_over_week(study),
        *elastic(study),
        *licences(study),
        week(study),
        *worst_hours(study),
        refusals(study),
        grants(study),
        *queues(study),
        *resumed(study),
        processes(study),
    )


def _measures(findings: Iterable[Section]) -> Section:
    """Return the definition of each measure that the page shows."""
    shown = {column.measure for section in findings for column in _columns(section)}
    rows = tuple(
        (Span(measure.name, "code"), measure.unit, measure.definition)
        for measure in MEASURES
        if measure.name in shown
    )
    columns = (Column("Measure"), Column("Unit"), Column("Definition"))
    lead = "Each measure has one definition, here and in the tables a run writes."
    listed = Table("How each measure is defined", columns, rows, folded=True)
    return Section("measures", "How each measure is defined", ((lead,),), tables=(listed,))


def _columns(section: Section) -> Iterable[Column]:
    tables = (*(figure.table for figure in section.figures), *section.tables)
    return (column for table in tables for column in table.columns)


def _origin(study: Study) -> tuple[tuple[str, str], ...]:
    """Return what was run: the scenario and its data files, or only by whom the run is seen."""
    if study.viewer is not None:
        return (("Seen by", visible(study.viewer.who)),)
    return tuple(provenance.origin(study.loaded))


def _provenance(study: Study) -> tuple[tuple[str, str], ...]:
    scenario = study.loaded.scenario
    return (
        ("Run", study.run_id),
        ("Seed", str(study.seed)),
        ("Replications", number(study.replications)),
        ("Confidence", percent(scenario.run.confidence)),
        provenance.starts(scenario),
        ("Observed", quantity(study.legend.window.length_s, "s")),
        *_origin(study),
        provenance.made_with(study.versions),
    )
