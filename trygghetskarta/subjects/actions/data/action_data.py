"""What the page Åtgärder asks: actions of a choice, one of them, its effect, and their files."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from trygghetskarta import formats
from trygghetskarta.desk import data
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.paper import pdf_file, word_file
from trygghetskarta.draw.table import files, listing
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.ask import action_effect, action_world
from trygghetskarta.subjects.actions.ask.action_world import ActionWorld
from trygghetskarta.subjects.actions.edit import ActionForm, RowEdition
from trygghetskarta.subjects.actions.show import (
    action_charts,
    action_listing,
    action_maps,
    action_paper,
    effect_shown,
)
from trygghetskarta.subjects.actions.show.effect_shown import EffectShown
from trygghetskarta.subjects.walks.show import walk_listing
from trygghetskarta.terms.actions import ActionStatus
from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import action_words, marking, texts

_SQUARE_METRES = 10_000.0


@dataclass(frozen=True, eq=False)
class ActionAnswer:
    """The actions of a choice.

    Attributes
    ----------
    title, summary
        Head of the page.
    ids
        Their identities, in the order of the list.
    """

    title: str
    summary: str
    ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """One action as it stands now.

    Attributes
    ----------
    edition
        Identity and version.
    title, facts
        What is read.
    follow_ups
        Heads with their lines, newest first.
    led_to
        Findings and problems in words.
    history
        What was changed, newest first.
    form
        What can be changed.
    """

    edition: RowEdition
    title: str
    facts: tuple[tuple[str, str], ...]
    follow_ups: tuple[tuple[str, tuple[str, ...]], ...]
    led_to: tuple[str, ...]
    history: tuple[str, ...]
    form: ActionForm


@data.kept(2, by_day=True)
def world() -> ActionWorld:
    """All actions of the store as it is now."""
    return action_world.load(data.workplace())


def answer(choice: Choice) -> ActionAnswer:
    """The actions of a choice."""
    here = world()
    found = here.actions
    if choice.theme:
        found = found[found["theme"] == choice.theme]
    for name, wanted in (
        ("status", choice.planned_status),
        ("approach", choice.approach),
        ("owner", choice.responsible),
    ):
        if wanted:
            found = found[found[name] == wanted]
    if choice.districts:
        wanted = set(choice.districts)
        found = found[[bool(wanted & set(codes)) for codes in _codes(here, found)]]
    lacking = action_world.missing_follow_ups(here)["measure_id"]
    summary = action_words.actions_summary(
        len(found),
        int((found["status"] == ActionStatus.ONGOING).sum()),
        int(lacking.isin(found.index).sum()),
    )
    return ActionAnswer(action_words.actions_title(here.municipality), summary, tuple(found.index))


def _codes(here: ActionWorld, found: pd.DataFrame) -> list[tuple[str, ...]]:
    """Districts of each action; those a drawn area touches where it has no others."""
    told = []
    for row in found.itertuples():
        codes = action_world.codes_of(row.districts)
        if not codes and row.geometry is not None:
            touched = here.areas.geometry.intersects(row.geometry)
            codes = tuple(here.areas.index[touched])
        told.append(codes)
    return told


def owners() -> dict[str, str]:
    """Those responsible, as a filter offers them."""
    return {"": action_words.RESPONSIBLE_ALL} | {name: name for name in world().owners()}


def districts() -> dict[str, str]:
    """Districts by code, in alphabetical order."""
    names = world().areas["name"].items()
    return dict(sorted(names, key=lambda pair: formats.swedish_order(pair[1])))


def themes() -> dict[str, str]:
    """Themes by key, in the plan's order."""
    return {theme.key: theme.name for theme in world().themes}


def choices(found: ActionAnswer) -> dict[str, str]:
    """The listed actions as a select box offers them."""
    return dict(zip(found.ids, world().actions.loc[list(found.ids), "title"], strict=True))


def map_name() -> str:
    """Name of the map, new when the districts change."""
    return f"measures-{loaded_world.hash_of(world().areas)}"


def map_script() -> MapScript:
    """The districts without figures."""
    return _map_script(map_name())


@st.cache_resource(max_entries=2, show_spinner=False)
def _map_script(name: str) -> MapScript:
    return data.script_of(world().areas)


def map_state(
    found: ActionAnswer, selected: str, drawing: tuple[tuple[float, float], ...] | None
) -> dict:
    """What the map of the listed actions shows."""
    here = world()
    listed = here.actions.loc[list(found.ids)]
    codes = [action_world.codes_of(cell) for cell in listed["districts"]]
    mark = texts.EXAMPLE_MARK if is_example() else ""
    return action_maps.state(here.areas, listed, codes, selected, drawing, mark)


def drawing_state(corners: tuple[tuple[float, float], ...]) -> dict:
    """What the map shows while an area is drawn that is no action's."""
    here = world()
    mark = texts.EXAMPLE_MARK if is_example() else ""
    return action_maps.state(here.areas, here.actions.iloc[:0], [], "", corners, mark)


def is_example() -> bool:
    """Whether any action, or the offences, are invented."""
    return world().is_example or data.world().is_example


def table(found: ActionAnswer) -> Listing:
    """The listed actions."""
    here = world()
    listed = here.actions.loc[list(found.ids)]
    places = [_place(here, row) for _, row in listed.iterrows()]
    last = here.follow_ups.groupby("measure_id")["day"].max()
    return action_listing.actions_table(listed, themes(), places, last)


def lacking(found: ActionAnswer) -> Listing:
    """The listed actions that nobody has followed up in a year, by owner."""
    missing = action_world.missing_follow_ups(world())
    return action_listing.lacking_table(missing[missing["measure_id"].isin(found.ids)])


def list_file(found: ActionAnswer, kind: str) -> bytes:
    """The list as a file of a kind."""
    here = world()
    told = ListFile(
        found.title,
        table(found),
        marking.mark(Audience.INTERNAL, here.is_example),
        here.today,
        found.summary,
        [action_words.PAPER_SOURCE_ACTIONS.format(municipality=here.municipality)],
        sheet=action_words.PAGE_ACTIONS,
        is_headed=False,
    )
    return files.WRITERS[kind](told)


def timeline(found: ActionAnswer) -> Specification | None:
    """The listed actions in time; None when none of them has a start date."""
    listed = world().actions.loc[list(found.ids)]
    if listed["start_date"].isna().all():
        return None
    return action_charts.timeline(listed, world().today)


def opened(identity: str) -> Opened | None:
    """One action as it stands now; None when there is none."""
    here = world()
    if identity not in here.actions.index:
        return None
    row = here.actions.loc[identity]
    told = here.follow_ups[here.follow_ups["measure_id"] == identity]
    history = actions_edit.history(data.workplace(), identity)
    return Opened(
        edition=RowEdition(identity, int(row["version"])),
        title=row["title"],
        facts=action_listing.facts(row, here.theme_name(row["theme"]), _place(here, row)),
        follow_ups=tuple(action_listing.follow_ups(told)),
        led_to=_led_to(here, identity),
        history=tuple(action_listing.history_lines(history)),
        form=actions_edit.form_of(row, action_maps.corners_of(row.geometry)),
    )


def _place(here: ActionWorld, row: pd.Series) -> str:
    parts = list(here.district_names(row["districts"]))
    if row.geometry is not None:
        parts.append(action_words.drawn_area(row.geometry.area / _SQUARE_METRES))
    return ", ".join(parts) or action_words.NO_PLACE_TOLD


def _led_to(here: ActionWorld, identity: str) -> tuple[str, ...]:
    found = action_world.findings_of(here, identity)
    seen = tuple(_finding_choices(here, found).values())
    return (*seen, *action_world.problems_of(here, identity))


def _finding_choices(here: ActionWorld, found: pd.DataFrame) -> dict[str, str]:
    dated = found.assign(day=found["observed_at"].dt.tz_localize(None).dt.normalize())
    names = [
        "" if code != code or code not in here.areas.index else here.areas.at[code, "name"]
        for code in dated["district_code"]
    ]
    return walk_listing.finding_choices(dated, names)


def finding_choices() -> dict[str, str]:
    """Findings that can be linked, as a select box offers them."""
    here = world()
    apart = here.findings["merged_into"].isna()
    return _finding_choices(here, here.findings[apart].iloc[::-1])


@data.kept(16, by_day=True)
def effect(identity: str, ring: int) -> tuple[EffectShown, object]:
    """The effect of an action, and the chart of before and after (None without one)."""
    found = action_effect.assess(data.world(), world(), identity, ring)
    chart = None
    if found.series is not None and len(found.series):
        start = found.after.start if found.after else None
        chart = action_charts.before_and_after(found.series, start)
    return effect_shown.compose_effect(found), chart


def paper(identity: str, ring: int, kind: str) -> bytes:
    """An action with its effect as PDF or Word."""
    found, here = opened(identity), world()
    row = here.actions.loc[identity]
    told = action_paper.ActionTold(
        title=found.title,
        summary=action_words.action_summary(
            action_words.ACTION_STATUSES[row["status"]], listing.text_of(row["owner"])
        ),
        facts=found.facts,
        led_to=found.led_to,
        follow_ups=found.follow_ups,
        municipality=here.municipality,
        is_example=is_example(),
        day=here.today,
    )
    document = action_paper.compose_action(told, effect(identity, ring)[0])
    return pdf_file.to_pdf(document) if kind == "pdf" else word_file.to_docx(document)
