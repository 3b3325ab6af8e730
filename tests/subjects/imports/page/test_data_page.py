"""The page Data: divisions into areas, and what of them can be undone there."""

import pytest

from tests import own_areas
from tests.pages import visiting
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.terms.areas import NewAreas
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow


def test_what_was_joined_is_taken_out_again_with_its_own_button(place, bring, tmp_path):
    def far(areas):
        moved = areas.geometry.translate(90_000)
        return areas.assign(name="Ön", geometry=moved, area_code="Ö").head(1)

    path = own_areas.write(place, tmp_path, far)
    bring(TableKind.DISTRICTS, path, wish=Wish(NewAreas.JOIN))
    place.engine.dispose()
    with visiting(tmp_path / "store.gpkg") as visitor:
        page = visitor.open("data")
        (button,) = [one for one in page.app.button if one.label.startswith("Ta bort")]
        assert button.label == "Ta bort 1 område som lades till från egna.gpkg"
        button.click().run(timeout=60)
        assert not page.app.exception
        assert [one.value for one in page.app.success] == [
            "1 område från egna.gpkg är borttaget ur indelningen igen."
        ]
        assert not [one for one in page.app.button if one.label.startswith("Ta bort")]
