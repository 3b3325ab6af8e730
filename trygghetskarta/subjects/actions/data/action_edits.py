"""What the page Åtgärder stores: actions, follow-ups and links, as somebody typed them."""

from collections.abc import Mapping
from dataclasses import replace

from trygghetskarta.desk import data
from trygghetskarta.desk.typed_corners import read_corners
from trygghetskarta.desk.typed_day import read_day
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.store.write import new_identity
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.data.action_data import world
from trygghetskarta.subjects.actions.edit import ActionForm, FollowUpForm, RowEdition, Warned
from trygghetskarta.words import error_words

WHO = "samordnare"
"""Role that the page writes as, until somebody is signed in."""


def save(
    edition: RowEdition | None,
    words: Mapping[str, str],
    form: ActionForm,
    *,
    despite_warnings: bool,
) -> tuple[Warned, ...]:
    """Store what somebody has filled in; with warnings nothing is stored.

    Parameters
    ----------
    edition
        The action as it was on the screen; None for a new one.
    words
        ``start_date``, ``end_date`` and ``corners`` as they were typed.
    form
        The rest.
    despite_warnings
        Whether the words are to be kept as they are.

    Raises
    ------
    ValueError
        With a Swedish sentence when a date or a corner cannot be read.
    TrygghetskartaError
        If the values are refused, or somebody else was first; nothing is changed then.
    """
    whole = replace(
        form,
        start_date=read_day(words["start_date"]),
        end_date=read_day(words["end_date"]),
        area=read_corners(words["corners"]),
    )
    place = data.workplace()
    if edition is None:
        changed = actions_edit.add(place, whole, WHO, despite_warnings=despite_warnings)
    else:
        changed = actions_edit.change(place, edition, whole, WHO, despite_warnings=despite_warnings)
    return changed.warnings if changed.version is None else ()


def remove(edition: RowEdition) -> None:
    """Take an action out of the lists; errors as :func:`save`."""
    actions_edit.remove(data.workplace(), edition, WHO)


def follow_up(
    identity: str, day: str, words: Mapping[str, str], *, despite_warnings: bool
) -> tuple[Warned, ...]:
    """Store a follow-up; as :func:`save`."""
    form = FollowUpForm(new_identity(), identity, read_day(day) or world().today, **words)
    changed = actions_edit.follow_up(data.workplace(), form, WHO, despite_warnings=despite_warnings)
    return changed.warnings if changed.version is None else ()


def link(identity: str, finding: str, problem: str, *, despite_warnings: bool) -> tuple:
    """Tell what led to an action; as :func:`save`."""
    place = data.workplace()
    if finding:
        actions_edit.link_finding(place, identity, finding, WHO)
    if not problem.strip():
        return ()
    changed = actions_edit.link_problem(
        place, identity, problem, WHO, despite_warnings=despite_warnings
    )
    return changed.warnings if changed.version is None else ()


def said(error: TrygghetskartaError | ValueError) -> str:
    """What went wrong, in Swedish."""
    return str(error) if isinstance(error, ValueError) else error_words.error_sentence(error)
