"""What the page Säkerhet och trygghet asks, cached like everything pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.desk import data
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.intake.perception_rules import felt
from trygghetskarta.subjects.meeting.ask import meeting_voices
from trygghetskarta.subjects.perception.ask import safety_and_perception
from trygghetskarta.subjects.perception.ask.safety_and_perception import (
    PerceptionWorld,
    SafetyAndPerception,
)
from trygghetskarta.subjects.perception.show import (
    perception_charts,
    perception_listing,
    perception_shown,
)
from trygghetskarta.subjects.perception.show.perception_shown import PerceptionShown
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.perception import Perspective
from trygghetskarta.terms.walks import ObservationCategory
from trygghetskarta.words import meeting_words, perception_words, texts


@dataclass(frozen=True, eq=False)
class PerceptionAnswer:
    """The answer to a choice, and how it is shown (None when it is refused)."""

    found: SafetyAndPerception
    view: PerceptionShown | None


@dataclass(frozen=True, eq=False)
class DistrictPictures:
    """One district.

    Attributes
    ----------
    name
        The district.
    told
        Picture, its side of the limit and what it rests on, in words.
    notes
        What only one of them shows, and whose voice is missing.
    """

    name: str
    told: Sequence[tuple[Perspective, str, str]]
    notes: Sequence[str]


@dataclass(frozen=True, eq=False)
class Series:
    """A question through the years: chart (None when empty), table, title and caption lines."""

    chart: Specification | None
    table: Listing
    title: str
    lines: tuple[str, ...]


@data.kept(32, reads=AnswerKind.SURVEY)
def answer(choice: Choice) -> PerceptionAnswer:
    """The internal answer to a choice."""
    found = safety_and_perception.find(data.world(), _world(), choice)
    return PerceptionAnswer(found, None if found.refused else shown_of(found))


def questions() -> dict[str, str]:
    """The questions that may be chosen, by link word."""
    rules = data.world().municipality.perception
    return {question.key: question.label for question in felt(rules)}


def rounds(found: PerceptionAnswer) -> dict[int, str]:
    """The rounds that may be chosen, by year, newest first."""
    names: dict[int, str] = {}
    for one in found.found.rounds:
        told = formats.number(one.answers)
        label = perception_words.round_label(one.year, one.survey, one.sampling_method, told)
        names.setdefault(one.year, label)
    return names


def year(found: PerceptionAnswer) -> int:
    """Year of the round that is shown; of the newest when nothing is."""
    return found.found.told.round.year if found.found.told else found.found.rounds[0].year


def map_state(found: PerceptionAnswer, selected: str) -> dict:
    """What the map of an answer shows."""
    return perception_shown.map_state(found.view, found.found.view.areas.index, selected)


def area_names(found: PerceptionAnswer) -> dict[str, str]:
    """Names of the districts shown, by code, in alphabetical order."""
    names = found.view.shown.names
    return dict(sorted(names.items(), key=lambda pair: formats.swedish_order(pair[1])))


def scatter(found: PerceptionAnswer) -> Specification | None:
    """Risk against feeling unsafe."""
    return perception_charts.scatter(found.view)


def table(found: PerceptionAnswer) -> Listing:
    """Both measures of every district."""
    return perception_listing.perception_table(found.view)


def pictures_table(found: PerceptionAnswer) -> Listing:
    """The three pictures of every district."""
    told = found.found.pictures
    names = found.view.shown.names
    return perception_listing.pictures_table(
        names, told.sides, told.alone, told.voices, told.findings
    )


def district(found: PerceptionAnswer, code: str) -> DistrictPictures | None:
    """The three pictures of one district; None when it is not shown."""
    if code not in found.view.shown.names.index:
        return None
    told = found.found.pictures
    sides = told.sides.loc[code]
    rests = (_police(found, code), _city(found, code), _citizens(found, code))
    lanes = [
        (picture, perception_words.SIDES.get(sides[picture], perception_words.SIDE_UNKNOWN), line)
        for picture, line in zip(Perspective, rests, strict=True)
    ]
    notes = []
    if told.alone[code]:
        notes.append(perception_words.alone_sentence(told.alone[code]))
    quiet = told.voices.loc[code]
    if quiet["quiet_answers"] or quiet["quiet_findings"]:
        notes.append(
            perception_words.quiet_sentence(quiet["quiet_answers"], quiet["quiet_findings"])
        )
    # Not cached with the rest: a meeting that is kept is no new version of the store.
    said = meeting_voices.voices(data.workplace(), Audience.INTERNAL)
    if said.meetings:
        count = int(said.gated.table.at[code, "count"])
        notes.append(meeting_words.meeting_voices(count, said.meetings, said.is_example))
    return DistrictPictures(str(found.view.shown.names[code]), lanes, notes)


def series(found: PerceptionAnswer, code: str) -> Series:
    """The question through the years, in the chosen district or the whole municipality."""
    question = found.found.question
    place = data.world().municipality.name
    if code in found.view.shown.names.index:
        place = str(found.view.shown.names[code])
    else:
        code = ""
    told = _series(question.key, code)
    untold = [str(year) for year in told["year"][told["share"].isna()]]
    lines = [perception_words.SERIES_LINE_CAPTION, perception_words.SERIES_BREAK_CAPTION]
    if untold:
        lines.append(perception_words.SERIES_HIDDEN_ROUNDS.format(years=", ".join(untold)))
    return Series(
        perception_charts.through_the_years(told, found.view.unsafe_limit.value),
        perception_listing.series_table(told),
        perception_words.series_title(question.label, place),
        tuple(lines),
    )


def file_of(found: PerceptionAnswer, kind: str) -> bytes:
    """What is shown, as a file of one kind."""
    return data.view_file(found.view.shown, kind, found.found.view.areas)


@data.kept(2)
def _world() -> PerceptionWorld:
    return safety_and_perception.load(data.workplace())


@data.kept(32)
def _series(key: str, code: str) -> pd.DataFrame:
    rules = data.world().municipality.perception
    question = next(one for one in felt(rules) if one.key == key)
    return safety_and_perception.series(data.world(), _world(), question, code)


def shown_of(found: SafetyAndPerception) -> PerceptionShown:
    """Write what belongs beside an answer that is not refused."""
    return perception_shown.compose_perception(
        found.shown, found.view.areas, found.facts, found.class_number, found.told
    )


def _police(found: PerceptionAnswer, code: str) -> str:
    row = found.found.gated.table.loc[code]
    if row["status"] != CellStatus.SHOWN or np.isnan(row["rate"]):
        return _absent(row["status"])
    between = formats.interval(row["lower"], row["upper"], 1)
    return perception_words.picture_police(
        formats.number(row["rate"], 1), between, formats.number(row["count"])
    )


def _city(found: PerceptionAnswer, code: str) -> str:
    told = found.found.pictures
    row = told.findings.table.loc[code]
    if row["status"] != CellStatus.SHOWN:
        return _absent(row["status"])
    between = formats.interval(row["crude_lower"], row["crude_upper"], 1)
    kinds = [texts.CATEGORIES[ObservationCategory(kind)] for kind in told.categories[code]]
    rate = formats.number(row["crude_rate"], 1)
    return perception_words.picture_city(formats.number(row["count"]), rate, between, kinds)


def _citizens(found: PerceptionAnswer, code: str) -> str:
    row = found.found.gated.table.loc[code]
    if row["status_answers"] != CellStatus.SHOWN or np.isnan(row["share"]):
        return _absent(row["status_answers"])
    if np.isnan(row["share_lower"]):
        between = perception_words.NO_INTERVAL
    else:
        low, high = 100 * row["share_lower"], 100 * row["share_upper"]
        between = f"{formats.interval(low, high)}\u00a0%"
    answers = formats.number(row["answers"])
    return perception_words.picture_citizens(formats.share(row["share"]), between, answers)


def _absent(reason: str) -> str:
    return texts.HIDDEN if reason == CellStatus.HIDDEN else texts.MISSING


LEVEL = AreaLevel.DISTRICT
"""The level of the map."""
