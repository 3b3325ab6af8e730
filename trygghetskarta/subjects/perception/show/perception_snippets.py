"""Pieces of HTML for the page of both measures: the square legend, quadrants, pictures."""

from collections.abc import Mapping, Sequence

from trygghetskarta.draw import palette
from trygghetskarta.subjects.perception.show.perception_shown import LimitTold, PerceptionShown
from trygghetskarta.terms.perception import Perspective, Quadrant
from trygghetskarta.words import perception_words
from trygghetskarta.words.safe import html_text

_CORNERS = {
    Quadrant.HIGH_HIGH: (2, 2),
    Quadrant.LOW_HIGH: (2, 0),
    Quadrant.HIGH_LOW: (0, 2),
    Quadrant.LOW_LOW: (0, 0),
}
"""Row and column of the colour that stands for each quadrant."""


def square_legend(view: PerceptionShown) -> str:
    """The legend of three by three colours, risk to the right, feeling unsafe upward.

    A table to a screen reader: the limits head its rows and columns, the cells tell how many
    districts have the colour.
    """
    n = {entry.class_number: entry.n for entry in view.shown.legend}
    head = "".join(f'<th scope="col">{_range(column, view.risk_limit)}</th>' for column in range(3))
    rows = "".join(
        f'<tr><th scope="row">{_range(row, view.unsafe_limit)}</th>'
        + "".join(_cell(row, column, n[3 * row + column]) for column in range(3))
        + "</tr>"
        for row in (2, 1, 0)
    )
    unsafe = perception_words.BIVARIATE_UNSAFE.format(label=view.told.question.label.lower())
    return (
        '<div class="tk-square">'
        f"<table><caption>↑ {html_text(unsafe)}</caption>"
        f"<tbody>{rows}</tbody>"
        f"<tfoot><tr><td></td>{head}</tr></tfoot></table>"
        f'<p class="tk-square-axis">→ {html_text(perception_words.BIVARIATE_RISK)}</p>'
        f'<p class="tk-square-help">{html_text(perception_words.BIVARIATE_HELP)}</p></div>'
    )


def quadrant_cards(groups: Mapping[Quadrant, Sequence[str]], named: bool) -> str:
    """The four quadrants in words with their districts, and those that cannot be placed.

    Parameters
    ----------
    groups
        Names in each quadrant.
    named
        Whether they are named, or only counted.
    """
    cards = "".join(_quadrant(quadrant, groups[quadrant], named) for quadrant in Quadrant)
    return f'<div class="tk-quadrants">{cards}</div>'


def lanes(told: Sequence[tuple[Perspective, str, str]], notes: Sequence[str]) -> str:
    """The three pictures of one district: side of the limit and what it rests on.

    Parameters
    ----------
    told
        Picture, side in words, what it rests on.
    notes
        What only one of them shows, and whose voice is missing.
    """
    parts = "".join(
        f'<section class="tk-lane tk-lane-{picture.value}">'
        f"<h4>{html_text(perception_words.PICTURES[picture])}</h4>"
        f'<p class="tk-lane-side">{html_text(side)}</p><p>{html_text(rests)}</p></section>'
        for picture, side, rests in told
    )
    lines = "".join(f'<p class="tk-notice">{html_text(note)}</p>' for note in notes)
    return f'<div class="tk-lanes">{parts}</div>{lines}'


def _range(place: int, limit: LimitTold) -> str:
    return html_text(perception_words.class_range(place, limit.breaks, limit.unit))


def _cell(row: int, column: int, n: int) -> str:
    light = row + column < 3 and (row, column) != (2, 0)
    tone = "tk-on-light" if light else "tk-on-dark"
    ground = palette.RISK_AND_FEELING[row][column]
    return f'<td class="{tone}" style="background:{ground}">{n or ""}</td>'


def _quadrant(quadrant: Quadrant, names: Sequence[str], named: bool) -> str:
    corner = _CORNERS.get(quadrant)
    if corner is None:
        look = 'class="tk-swatch tk-cross"'
    else:
        colour = palette.RISK_AND_FEELING[corner[0]][corner[1]]
        look = f'class="tk-swatch" style="background:{colour}"'
    who = ", ".join(names) if named and names else perception_words.QUADRANT_NONE
    listed = f'<p class="tk-quadrant-who">{html_text(who)}</p>' if named or not names else ""
    return (
        f'<section class="tk-quadrant"><h4><span {look}></span>'
        f"{html_text(perception_words.QUADRANT_NAMES[quadrant])}"
        f'<span class="tk-n">n = {len(names)}</span></h4>{listed}'
        f"<p>{html_text(perception_words.QUADRANT_ADVICE[quadrant])}</p></section>"
    )
