"""What a section of a report for the house may ask, beside what every report has gathered."""

from dataclasses import dataclass

from trygghetskarta.analysis.report_facts import ReportPeriod, ThemeFigures
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.subjects.reports.ask import report_figures
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.subjects.when.ask import Times
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.municipality import Theme


@dataclass(frozen=True, eq=False)
class Gathering:
    """The period of a report for police and staff, and what is counted.

    Attributes
    ----------
    world
        What is counted.
    period
        The year, or a quarter of it.
    """

    world: World
    period: ReportPeriod

    def figures(self, period: ReportPeriod, theme: Theme | None = None) -> ThemeFigures:
        """Offences of a theme in a period, without clusters; all offences for no theme."""
        return report_figures.figures(self.world, None, period, theme, Audience.INTERNAL)

    def times(self) -> Times:
        """When the offences of the whole municipality happen: hours, light, seasons, trend."""
        return when_ask.find(self.world, report_figures.choice_of(self.period))
