"""Many rows that wait: a page of them at a time, the newest import first."""

import pytest

from tests.pages import visiting
from trygghetskarta.intake import status
from trygghetskarta.subjects.imports.page import quarantine_panel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import import_words

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Brottsdatum;Stadsdel\nA1;9801;2025-03-01;Sylte\n"
ROWS = 230


def wrong(letter: str, rows: int) -> str:
    return HEADER + "".join(f"{letter}{n};9801;2025-02-30;Sylte\n" for n in range(rows))


def test_many_waiting_rows_are_shown_and_dismissed_a_page_at_a_time(place, bring, tmp_path):
    bring(TableKind.INCIDENTS, "gammal.csv", wrong("B", ROWS))
    bring(TableKind.INCIDENTS, "ny.csv", wrong("C", 3))
    waiting = status.quarantine(place).rows
    assert waiting["file_name"].tolist() == ["ny.csv"] * 3 + ["gammal.csv"] * ROWS
    assert waiting["row_number"].tolist()[:5] == [3, 4, 5, 3, 4]
    place.engine.dispose()
    with visiting(tmp_path / "store.gpkg") as visitor:
        page = visitor.open("data")
        app = page.app
        assert not page.faults

        def offered() -> list[str]:
            box = next(one for one in app.multiselect if one.label == import_words.DISMISS_ROWS)
            return box.options

        whole = ["Alla 3 rader från ny.csv", f"Alla {ROWS} rader från gammal.csv"]
        assert offered()[:2] == whole
        assert len(offered()) == 2 + quarantine_panel._PAGE
        number = next(one for one in app.number_input if one.label == "Sida, av 3")
        assert "1–100 av 233 rader visas" in page.app.caption[0].value
        number.set_value(3).run()
        assert "201–233 av 233 rader visas" in page.app.caption[0].value
        assert len(offered()) == 2 + 33 and offered()[-1].startswith("gammal.csv, rad 232:")
