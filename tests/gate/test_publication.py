"""What a publication holds, and how it is written."""

import pytest

from tests.gate.three_districts import OTHER, SMALL, table, year
from trygghetskarta.gate import view as views
from trygghetskarta.gate.publication import WHOLE, Shares, from_json, publication_of, to_json
from trygghetskarta.terms.audience import Purpose

pytestmark = pytest.mark.slow


def test_an_internal_view_is_not_registered(world):
    with pytest.raises(ValueError):
        publication_of(views.view(world, year()), "t", Purpose.FILE)


def test_lines_come_back_as_they_were_written(world):
    lines = table(world, year(theme="ska")).lines
    cells = {(SMALL, "utsatt"): None, (OTHER, "utsatt"): (0.25, 100)}
    shares = (Shares("0123", 2025, cells),)
    assert from_json(to_json((*lines, *shares))) == (lines, shares)
    assert len(lines) == 2 and lines[0].cells[WHOLE] == 278 + 6 * 90
