"""Publications: a table is checked with all earlier ones, registered, and only then leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.linked_tables import are_outdated, exposed_areas
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_choice import longer, public_choice
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import (
    PLACED,
    UNPLACED,
    WHOLE,
    Line,
    Publication,
    from_json,
    publication_of,
    to_json,
)
from trygghetskarta.gate.view import View
from trygghetskarta.settings import local_day
from trygghetskarta.store import Engine, publications
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Purpose


def earlier_publications(engine: Engine) -> tuple[Publication, ...]:
    """Everything that has been published, oldest first."""
    table = publications.rows(engine)
    return tuple(map(_publication, table.to_dict("records")))


def check(world: World, earlier: Sequence[Publication], new: Publication) -> None:
    """Refuse a table that together with earlier ones would tell a hidden figure.

    Parameters
    ----------
    world
        The data that the new table comes from.
    earlier
        The register.
    new
        The table that would leave the house.

    Raises
    ------
    DisclosureError
        ``LINKED_TABLES`` with the area's name, and the title and day of the earlier table that is
        enough to tell it (empty and None when it takes several, or the table itself).
        ``CORRECTED_TABLES`` with the same facts when the earlier figures are no longer today's.
        ``OTHER_BORDERS`` with title and day when an earlier table told of districts that today's
        borders cut, in an overlapping period.
        ``CORRECTED_SURVEY`` with the year too when a survey was changed since an earlier table.
    """
    names = world.areas[AreaLevel.DISTRICT]["name"]
    _check_geography(world, earlier, new)
    _check_shares(world, earlier, new)
    lines = [line for one in earlier for line in _still_alike(world, one, new)]
    told = exposed_areas(world, lines, new.lines)
    if not told:
        return
    blamed = _blamed(world, earlier, new)
    is_corrected = are_outdated(
        world, _still_alike(world, blamed, new) if blamed else lines, new.lines
    )
    raise DisclosureError(
        DisclosureCause.CORRECTED_TABLES if is_corrected else DisclosureCause.LINKED_TABLES,
        area=str(names.get(told[0], world.municipality.name)),
        earlier=blamed.title if blamed else "",
        day=local_day(blamed.published_at) if blamed and blamed.published_at else None,
    )


def _check_shares(world: World, earlier: Sequence[Publication], new: Publication) -> None:
    names, now = world.areas[AreaLevel.DISTRICT]["name"], world.renamed
    for old in reversed(earlier):
        for one, told in product(new.shares, old.shares):
            cells = {
                (now.get(code, code), asked): told.cells[code, asked] for code, asked in told.cells
            }
            if (area := one.told_beside(replace(told, cells=cells))) is None:
                continue
            raise DisclosureError(
                DisclosureCause.CORRECTED_SURVEY,
                year=str(one.year),
                area=str(names.get(area, area)),
                earlier=old.title,
                day=local_day(old.published_at) if old.published_at else None,
            )


def publish(engine: Engine, world: World, *new: Publication) -> int:
    """Register tables that leave the house together, once they are known to be safe.

    Each is checked with all earlier ones, and with those before it. Nothing may leave before this
    has returned.

    Returns
    -------
    int
        How many were registered; the same figures are registered once.

    Raises
    ------
    DisclosureError
        As :func:`check`, with ``number``, the place of the refused table among ``new``; nothing is
        registered.
    StoreError
        If the store cannot be written.
    """
    told = [one for one in new if one.parts]

    def guard(number: int, rows: list[Mapping[str, Any]]) -> bool:
        one, earlier = told[number], tuple(map(_publication, rows))
        if any(old.parts == one.parts and old.purpose is one.purpose for old in earlier):
            return False
        try:
            check(world, earlier, one)
        except DisclosureError as error:
            raise DisclosureError(error.cause, **error.facts, number=new.index(one)) from None
        return True

    return publications.append(engine, [_row(one) for one in told], guard)


def _row(new: Publication) -> dict[str, object]:
    return {
        "purpose": new.purpose.value,
        "title": new.title,
        "area_level": new.parts[0].level.value,
        "boundary_version": new.boundary_version,
        "period_from": min(line.start for line in new.parts),
        "period_to": max(line.end for line in new.parts),
        "fingerprint": new.fingerprint,
        "lines": to_json(new.parts),
    }


def nearest_safe(world: World, earlier: Sequence[Publication], choice: Choice) -> View | None:
    """Find the nearest choice whose table passes :func:`check`.

    Tried in this order: longer periods of whole years round the chosen one, the shortest first;
    the whole municipality as one area; all offences instead of the selection.

    Parameters
    ----------
    world, earlier
        As :func:`check`.
    choice
        The one that was refused, or whatever led to it.

    Returns
    -------
    View
        Safe beside everything published; None when nothing is.
    """
    for candidate in _candidates(world, public_choice(world, choice).choice):
        answer = public_view(world, candidate)
        if is_safe(world, earlier, publication_of(answer, "", Purpose.FILE)):
            return answer
    return None


def is_safe(world: World, earlier: Sequence[Publication], *new: Publication) -> bool:
    """Whether tables may leave together."""
    return refusal(world, earlier, *new) is None


def refusal(
    world: World, earlier: Sequence[Publication], *new: Publication
) -> DisclosureError | None:
    """Why tables may not leave together, each as :func:`check` with those before it."""
    told = list(earlier)
    for one in new:
        try:
            check(world, told, one)
        except DisclosureError as error:
            return error
        told.append(one)
    return None


def _blamed(world: World, earlier: Sequence[Publication], new: Publication) -> Publication | None:
    """The latest earlier table that tells too much together with the new one alone."""
    if exposed_areas(world, (), new.lines):
        return None
    for one in reversed(earlier):
        if exposed_areas(world, _still_alike(world, one, new), new.lines):
            return one
    return None


def _candidates(world: World, choice: Choice) -> Iterator[Choice]:
    yield from longer(world, choice)
    if choice.level is not AreaLevel.MUNICIPALITY:
        yield replace(choice, level=AreaLevel.MUNICIPALITY, districts=())
    if choice.theme or choice.types:
        yield replace(choice, theme="", types=(), level=AreaLevel.DISTRICT)


def _publication(row: Mapping[str, Any]) -> Publication:
    lines, shares = from_json(row["lines"])
    return Publication(
        row["title"],
        Purpose(row["purpose"]),
        row["boundary_version"],
        lines,
        row["published_at"],
        shares,
    )


def _still_alike(world: World, earlier: Publication, new: Publication) -> tuple[Line, ...]:
    """Lines of an earlier table on the borders of a new one.

    With other borders only what it told of the whole municipality, but where each of its areas is
    one of today under another name.
    """
    if earlier.boundary_version == new.boundary_version:
        return earlier.lines
    now = set(world.areas[AreaLevel.DISTRICT].index)
    lines = []
    for line in earlier.lines:
        codes = _areas_of(line)
        renamed = {world.renamed.get(code) for code in codes}
        cells = {key: value for key, value in line.cells.items() if key == WHOLE}
        if codes and codes <= world.renamed.keys():
            is_all = renamed == now
            cells = {
                world.renamed.get(key, key): value
                for key, value in line.cells.items()
                if is_all or key in codes or key == WHOLE
            }
        lines.append(replace(line, cells=cells))
    return tuple(lines)


def _areas_of(line: Line) -> set[str]:
    return line.cells.keys() - {UNPLACED, PLACED, WHOLE}


def _check_geography(world: World, earlier: Sequence[Publication], new: Publication) -> None:
    """Refuse a second geography of what has been told in another: their difference is a sliver."""
    now = set(world.areas[AreaLevel.DISTRICT].index)
    shown = [line for line in new.lines if _areas_of(line)]
    for old in reversed(earlier):
        for before, line in product(old.lines, shown):
            lost = _areas_of(before) - now - world.renamed.keys()
            if lost and before.start <= line.end and line.start <= before.end:
                raise DisclosureError(
                    DisclosureCause.OTHER_BORDERS,
                    earlier=old.title,
                    day=local_day(old.published_at) if old.published_at else None,
                )
