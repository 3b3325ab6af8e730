"""Actions as tables and lines: the list, one action's facts, its follow-ups and history."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import Absent, Listing, day, headed, listing, text, text_of
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.words import action_words


def _followed(of: str) -> Any:
    """Reads the day of the latest follow-up."""

    def read(row: Any) -> Any:
        last = getattr(row, of)
        return Absent(action_words.NEVER) if pd.isna(last) else last

    return read


# Dates are kept on one line, as numbers are.
_ACTIONS = headed(
    action_words.ACTION_COLUMNS,
    text("title"),
    text("theme", lambda row: row.theme_name),
    text("approach", lambda row: action_words.APPROACHES.get(text_of(row.approach), "")),
    text("owner", lambda row: text_of(row.owner)),
    text("place"),
    day("start", lambda row: row.start_date, is_number=True),
    day("end", lambda row: row.end_date, is_number=True),
    text("status", lambda row: action_words.ACTION_STATUSES[row.status]),
    day("follow_up", _followed("followed"), is_number=True),
    text("mark", lambda row: action_words.INVENTED_ROW if row.is_example else ""),
)
_LACKING = headed(
    action_words.LACKING_COLUMNS,
    text("owner", lambda row: text_of(row.owner) or action_words.NO_OWNER_TOLD),
    text("title"),
    day("last", _followed("last")),
)


def actions_table(
    actions: pd.DataFrame,
    themes: Mapping[str, str],
    places: Sequence[str],
    last: pd.Series,
) -> Listing:
    """Actions, one row each.

    Parameters
    ----------
    actions
        Contract ``ACTIONS`` with ``is_example``, index ``measure_id``.
    themes
        Names by key.
    places
        Where each action is, in words.
    last
        Day of the latest follow-up by ``measure_id``; missing where there is none.
    """
    told = pd.DataFrame(actions).assign(
        place=list(places),
        theme_name=[themes.get(text_of(key), "") for key in actions["theme"]],
        followed=last.reindex(actions.index),
    )
    invented = bool(actions["is_example"].any())
    columns = [column for column in _ACTIONS if invented or column.key != "mark"]
    return listing(columns, told.itertuples())


def lacking_table(lacking: pd.DataFrame) -> Listing:
    """Actions that nobody has followed up, by owner.

    Parameters
    ----------
    lacking
        ``owner, title, last``.
    """
    return listing(_LACKING, lacking.itertuples())


def facts(row: pd.Series, theme: str, place: str) -> tuple[tuple[str, str], ...]:
    """The plan's own fields of an action, those that are told.

    Parameters
    ----------
    row
        Contract ``ACTIONS``.
    theme, place
        In words.
    """
    ends = [
        "" if pd.isna(row[name]) else formats.day(row[name]) for name in ("start_date", "end_date")
    ]
    told = {
        "theme": theme,
        "approach": action_words.APPROACHES.get(text_of(row["approach"]), ""),
        "status": action_words.ACTION_STATUSES[row["status"]],
        "place": place,
        "dates": action_words.open_end(*ends),
        **{
            name: text_of(row[name])
            for name in action_words.ACTION_FIELDS
            if name in row.index and name not in ("theme", "approach", "status")
        },
    }
    return tuple((action_words.ACTION_FIELDS[name], value) for name, value in told.items() if value)


def follow_ups(told: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Follow-ups, newest first: a head, and the questions with their answers."""
    return [
        (
            action_words.follow_up_head(formats.day(row.day), row.by_function),
            tuple(
                f"{question} {text_of(getattr(row, name))}"
                for name, question in action_words.FOLLOW_UP_FIELDS.items()
                if text_of(getattr(row, name))
            ),
        )
        for row in told.iloc[::-1].itertuples()
    ]


def history_lines(history: pd.DataFrame) -> list[str]:
    """What was changed, newest first."""
    names = action_words.ACTION_CHANGES | {
        name: label.lower() for name, label in action_words.ACTION_FIELDS.items()
    }
    lines = []
    for row in history.iloc[::-1].itertuples():
        day = formats.day(row.at.tz_convert(TIME_ZONE))
        hidden = row.field in ("finding", "districts", "control_districts")
        before, after = ("", "") if hidden else (_changed(row.before), _changed(row.after))
        what = names.get(row.field, row.field)
        lines.append(action_words.action_change(day, row.who, what, before, after))
    return lines


def _changed(value: object) -> str:
    word = text_of(value)
    return action_words.ACTION_STATUSES.get(word) or action_words.APPROACHES.get(word) or word
