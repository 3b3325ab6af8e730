"""The season's sheet (*Säsongsblad*): what a period's walks came to, and a thank-you; no names."""

from trygghetskarta import formats
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.draw.paper.document import Document, Section, Table, cells
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import situation_words, texts, walk_words

_WIDTHS = (0.55, 0.25)


def compose_season(season: Season) -> Document:
    """Write the season's sheet.

    Parameters
    ----------
    season
        What it rests on.
    """
    walks = season.walks + season.audits
    sections = [_hours(season), _found(season)]
    if any(n != 0 for n in (season.done, season.open, season.closed)):
        told = [walk_words.season_done(season.done, season.open, season.closed)]
        if season.median_days is not None:
            told.append(walk_words.median_days(season.median_days))
        sections.append(Section(walk_words.SEASON_DONE, tuple(told)))
    if walks:
        thanks = [walk_words.SEASON_THANKS_TEXT]
        if season.quiet:
            thanks.insert(0, walk_words.season_quiet(season.quiet, walks))
        sections.append(Section(walk_words.SEASON_THANKS, tuple(thanks)))
    mark = texts.EXAMPLE_MARK if season.is_example else ""
    return Document(
        title=walk_words.season_title(season.start, season.end),
        summary=walk_words.season_summary(
            season.walks, season.audits, season.person_hours, season.kilometres
        ),
        facts=(),
        sections=tuple(sections),
        caption=(walk_words.paper_source(season.municipality, season.data_version),),
        mark=mark,
        day=season.end,
        large=True,
        audience=season.audience,
    )


def _hours(season: Season) -> Section:
    lines = [walk_words.season_untimed(season.untimed)] if season.untimed else []
    if season.districts.empty:
        return Section(walk_words.SEASON_HOURS, (walk_words.SEASON_NO_HOURS,))
    rows = tuple(
        cells((name or walk_words.DISTRICT_UNKNOWN, formats.number(hours, 1)))
        for name, hours in season.districts.items()
    )
    return Section(
        walk_words.SEASON_HOURS, tuple(lines), Table(walk_words.SEASON_HOURS_COLUMNS, _WIDTHS, rows)
    )


def _found(season: Season) -> Section:
    hides = season.audience is Audience.PUBLIC and not _is_without_findings(season)
    if season.found.empty:
        lines = [] if hides else [walk_words.SEASON_NOTHING_FOUND]
        table = None
    else:
        lines = []
        rows = tuple(
            cells((texts.CATEGORIES[category], formats.number(n)))
            for category, n in season.found.items()
        )
        table = Table(walk_words.SEASON_FOUND_COLUMNS, _WIDTHS, rows)
    if season.safe_places:
        lines.append(walk_words.season_safe(season.safe_places))
    if hides:
        lines.append(situation_words.SITUATION_WALK_FEW)
    return Section(walk_words.SEASON_FOUND, tuple(lines), table)


def _is_without_findings(season: Season) -> bool:
    """Whether nothing at all has been seen, so that nothing is hidden either."""
    numbers = (season.done, season.open, season.closed, season.safe_places)
    return season.found.empty and all(n == 0 for n in numbers)
