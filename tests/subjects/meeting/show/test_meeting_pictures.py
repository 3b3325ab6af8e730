"""The wall and the files say what the gate let through, in words, and carry their caveats."""

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from tests.draw.test_templates import text_stays_text
from tests.words.test_safe import HOSTILE
from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.draw.table import files
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.errors import DisclosureError
from trygghetskarta.subjects.meeting.show import meeting_pictures, voices_file
from trygghetskarta.subjects.meeting.show.meeting_pictures import WallShown
from trygghetskarta.subjects.meeting.show.voices_file import VoicesShown
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.meetings import Lean, PinReason
from trygghetskarta.words import texts

NAMES = pd.Series({"A": "Åsen", "B": "Berget", "C": "=cmd<b>", "D": "Dalen"})


def gated(counts: dict, leans: dict) -> Publishable:
    table = pd.DataFrame(
        {
            "count": [float(counts.get(code, "nan")) for code in NAMES.index],
            "lean": pd.Series([leans.get(code) for code in NAMES.index], dtype=object).to_numpy(),
            "status": [
                CellStatus.SHOWN if code in counts else CellStatus.HIDDEN for code in NAMES.index
            ],
        },
        index=NAMES.index,
    )  # fmt: skip
    rule = DEFAULT_RULES[Audience.PUBLIC]
    return Publishable(table, Audience.PUBLIC, AreaLevel.DISTRICT, rule, ("count", "lean"))


def test_the_wall_is_alphabetical_and_each_look_is_its_own():
    shown = meeting_pictures.wall_shown(
        gated({"A": 20, "B": 5, "C": 15}, {"A": Lean.SAFE.value, "C": Lean.UNSAFE.value}),
        40, (PinReason.TRAFFIC, PinReason.LIGHTING), NAMES, "",
    )  # fmt: skip
    assert [name for name, _ in shown.areas] == ["=cmd<b>", "Berget", "Åsen"]
    assert [told for _, told in shown.areas][1] == "minst 5 svar"
    assert shown.reasons == ("Belysning", "Trafik")
    looks = shown.state["looks"]
    assert len({(one["colour"], one["pattern"]) for one in looks}) == len(looks) == 5
    assert sum(one["n"] for one in looks) == len(NAMES)
    said = meeting_pictures.wall_text(shown, is_open=True)
    assert "Minst 40 svar" in said and "<b>" not in said


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_names_stay_text(said):
    text_stays_text(lambda told: meeting_pictures.wall_head(told, told), said)
    text_stays_text(lambda told: meeting_pictures.wall_join("http://x/", told), said)
    text_stays_text(
        lambda told: meeting_pictures.wall_text(
            WallShown({}, 5, told, ((told, told),), (told, told)), is_open=True
        ),
        said,
    )


def test_a_wall_that_tells_of_four_is_refused():
    with pytest.raises(DisclosureError):
        gated({"A": 4}, {})
    with pytest.raises(DisclosureError):
        gated({}, {"A": Lean.SPLIT.value})


def test_the_code_for_the_camera_fetches_nothing_and_says_where_it_leads():
    image = meeting_pictures.qr_image("http://192.168.1.5:8502/tyck-till?mote=abc")
    assert 'src="data:image/svg+xml' in image
    assert 'alt="QR-kod till http://192.168.1.5:8502/tyck-till?mote=abc"' in image


def voices(audience: Audience) -> VoicesShown:
    table = pd.DataFrame({"count": [12.0, 3.0, 7.0, 0.0], "name": NAMES})
    passed = as_publishable(
        table,
        level=AreaLevel.DISTRICT,
        audience=audience,
        rule=DEFAULT_RULES[audience],
        shows_total=False,
    )
    return VoicesShown(passed, "Synpunkter", "Källa: ett möte", date(2026, 5, 3), 1, True)


def file_of(audience: Audience) -> ListFile:
    return voices_file.voices_file(voices(audience))


def test_the_files_hide_small_counts_and_tell_0_from_hidden():
    told = files.to_csv(file_of(Audience.PUBLIC)).decode("utf-8-sig")
    assert f"{texts.EXAMPLE_MARK};Berget;{texts.HIDDEN}" in told
    assert f"{texts.EXAMPLE_MARK};Dalen;0" in told
    assert "Åsen;12" in told and ";=cmd" not in told
    assert "självvalda" in told and "har inget intervall" in told
    book = openpyxl.load_workbook(io.BytesIO(files.to_xlsx(file_of(Audience.PUBLIC))))
    rows = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert rows["Åsen"] == 12 and rows["Berget"] == texts.HIDDEN and rows["Dalen"] == 0
    assert "inget intervall" in str([cell.value for cell in book.worksheets[1]["B"]])
    assert files.to_xlsx(file_of(Audience.PUBLIC)) == files.to_xlsx(file_of(Audience.PUBLIC))


def test_no_file_is_made_of_internal_figures():
    with pytest.raises(DisclosureError):
        voices(Audience.INTERNAL)
