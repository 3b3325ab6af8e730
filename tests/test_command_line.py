"""The command line as other programs and a person at a terminal meet it."""

import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from trygghetskarta import __main__ as program
from trygghetskarta import settings
from trygghetskarta.intake import intake, receiving, status, street_network, walk_intake
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.fields import offence_codes
from trygghetskarta.store import connect, read
from trygghetskarta.subjects.reports import edit as reports_edit
from trygghetskarta.terms.areas import AreaLevel

pytestmark = pytest.mark.slow

BROKEN = Path(__file__).parent / "data" / "broken"
ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "read",
    "accepted",
    "new",
    "changed",
    "unchanged",
    "quarantined",
    "set_aside",
    "matched_by_point",
    "matched_by_code",
    "matched_by_name",
    "outside",
    "without_place",
    "on_border",
    "aside",
    "unread_columns",
]
HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel\n"
GOOD = "A1;9801;2025-03-01;Kronogården\nA2;0355;2025-03-02;Sylte\n"
BAD = "B1;9801;2025-02-30;Lextorp\n"


class Done(NamedTuple):
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(base_store, tmp_path, capsys, monkeypatch):
    """Run the program in this process, on a store of the test's own."""
    store = shutil.copy(base_store, tmp_path / "store.gpkg")
    monkeypatch.chdir(ROOT)

    def command(*words: object, **variables: str) -> Done:
        with monkeypatch.context() as changed:
            for name, value in variables.items():
                changed.setenv(name, value)
            try:
                status = program.main(["--store", str(store), *map(str, words)])
            except SystemExit as end:
                status = end.code
        return Done(status, *capsys.readouterr())

    return command


@pytest.fixture
def at_home(monkeypatch):
    """Files are read in this process, where a test can lay hands on what reads them."""
    monkeypatch.setenv("TRYGGHETSKARTA_IMPORT_WORKERS", "0")


def file(folder: Path, content: str, name: str = "uttag.csv") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_report_has_the_keys_other_programs_read(tmp_path):
    words = ["--store", str(tmp_path / "store.gpkg"), "import", "incidents", "--json"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "trygghetskarta", *words,
         file(tmp_path, HEADER + GOOD), "--source", "Ett"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [key for key in told if key != "file"] == KEYS
    assert (told["read"], told["new"], told["matched_by_name"]) == (2, 2, 2)


def test_what_is_said_of_a_file_stands_in_the_json_too(run, tmp_path):
    cut = '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>' + "".join(
        f'<trkpt lat="58.28{n}" lon="12.29"><time>2026-03-03T18:{n:02}:00</time></trkpt>'
        for n in range(10, 20)
    )
    told = json.loads(run("import", "walks", file(tmp_path, cut, "a.gpx"), "--json").stdout)
    assert told["new"] == 1
    assert any("skadad eller avbruten" in line for line in told["notes"])
    assert any("tidszon" in line for line in told["notes"])


def test_the_exit_status_tells_all_some_or_nothing(run, tmp_path):
    good = file(tmp_path, HEADER + GOOD, "hel.csv")
    some = file(tmp_path, HEADER + GOOD + BAD, "delvis.csv")
    none = file(tmp_path, HEADER + BAD, "ingen.csv")
    broken = file(tmp_path, "\0", "trasig.csv")
    kind = ("import", "incidents", "--source", "Två")
    assert run(*kind, good).returncode == 0
    assert run(*kind, some).returncode == 1
    assert run(*kind, none).returncode == 2
    assert run(*kind, broken).returncode == 2
    assert run(*kind, broken, good).returncode == 1


def test_several_files_are_told_one_by_one(run, tmp_path):
    good = file(tmp_path, HEADER + GOOD, "hel.csv")
    broken = file(tmp_path, "\0", "trasig.csv")
    done = run("import", "incidents", broken, good, "--json")
    told = json.loads(done.stdout)
    assert [one["file"] for one in told] == ["trasig.csv", "hel.csv"]
    assert "trasig.csv" in told[0]["error"]
    assert told[1]["read"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("import", "incidents", "finns-inte.csv"),
        ("import", "incidents", "."),
        ("import", "events", "README.md"),
        ("import", "districts", "README.md"),
        ("import", "incidents", "LICENSE"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_swedish_sentence(run, words):
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.strip().endswith((".", "”"))
    assert str(ROOT) not in done.stderr


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (("status",), {"TRYGGHETSKARTA_PORT": "åtta"}, "TRYGGHETSKARTA_PORT=åtta"),
        (("status",), {"TRYGGHETSKARTA_MUNICIPALITY": "9999"}, "9999"),
        (("--store", "README.md/finns/inte.gpkg", "status"), {}, "inte.gpkg"),
        (("--store", "postgresql://ingen@127.0.0.1:1/inget", "status"), {}, "127.0.0.1"),
        (("--store", "mysql://a/b", "status"), {}, ""),
        (("status",), {"TRYGGHETSKARTA_TILE_URL": "https://karta.se/ruta.png"}, "{z}, {x} och {y}"),
        (("status",), {"TRYGGHETSKARTA_URL": "karta.se"}, "TRYGGHETSKARTA_URL=karta.se"),
        (("status",), {"TRYGGHETSKARTA_PUBLIC_URL": "https://a b/"}, "ska vara en adress"),
        (("start", "--address", "203.0.113.9"), {}, "203.0.113.9"),
        (("start", "--address", "finns inte"), {}, "”finns inte”"),
        (("start", "--address", "x" * 300), {}, "--address"),
    ],
)
def test_a_wrong_setting_gives_one_swedish_sentence(run, words, variables, said):
    done = run(*words, **variables)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr


@pytest.mark.parametrize("words", [(), ("import", "allt", "x.csv"), ("start", "--port", "x")])
def test_a_wrong_command_is_explained_in_swedish(run, words):
    done = run(*words)
    assert done.returncode == 2
    assert "användning:" in done.stderr and "fel:" in done.stderr
    assert not re.search(r"\b(usage|error|invalid|required|choose)\b", done.stderr)


def test_help_is_swedish_and_names_every_command(run):
    done = run("--help")
    assert done.returncode == 0
    for word in ("import", "start", "demo", "status", "användning"):
        assert word in done.stdout
    assert not re.search(r"\b(usage|options|show|optional)\b", done.stdout)


def test_status_counts_what_was_imported_and_keeps_passwords(run, tmp_path):
    run("import", "incidents", file(tmp_path, HEADER + GOOD), "--source", "Tre")
    told = json.loads(run("status", "--json").stdout)
    assert told["incidents"] >= 2
    assert told["areas"] > 60
    assert told["example"] is False
    assert "Händelser" in run("status").stdout


def test_a_column_the_names_do_not_tell_can_be_told(run, tmp_path):
    content = "Nr;Sak;När;Var\n1;9801;2025-03-01;Sylte\n"
    words = [f"--column={pair}" for pair in ("Brottskod=Sak", "Anmälningsdatum=När")]
    path = file(tmp_path, content)
    done = run("import", "incidents", path, "--json", "--column", "place_name=Var", *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["matched_by_name"] == 1


def test_a_column_is_untold_and_a_value_is_told_for_the_whole_file(run, tmp_path):
    path = file(tmp_path, "Sak;Kod;Klockslag;Var\nA;9801;kväll;Sylte\n")
    words = ("import", "incidents", path, "--json")
    done = run(*words)
    assert done.returncode == 2 and "Brottsdatum" in json.loads(done.stdout)["error"]
    done = run(*words, "--value", "År=2025")
    assert (done.returncode, json.loads(done.stdout)["quarantined"]) == (2, 1)
    told = run("import", "incidents", path, "--confirm", "samma").stdout
    assert '--column "Klockslag, från="' in told
    done = run(*words, "--value", "år=2025", "--column", "Klockslag, från=", "--confirm", "samma")
    assert (done.returncode, json.loads(done.stdout)["new"]) == (0, 1), done.stderr


@pytest.mark.parametrize("words", [("--column", "Vikt=Kod"), ("--value", "Vikt=3")])
def test_a_role_that_the_kind_has_not_is_refused(run, tmp_path, words):
    done = run("import", "incidents", file(tmp_path, HEADER + GOOD), "--json", *words)
    assert done.returncode == 2
    assert "Vikt" in json.loads(done.stdout)["error"] and "Brottskod" in done.stderr


def test_rows_in_quarantine_are_listed_dismissed_and_put_back(run, tmp_path):
    run("import", "incidents", file(tmp_path, HEADER + GOOD + BAD))
    (row,) = json.loads(run("quarantine", "--json").stdout)
    assert "2025-02-30" in row["reasons"] and row["file_name"] == "uttag.csv"
    identity = row["quarantine_id"][:8]
    assert identity in run("quarantine").stdout
    refused = run("quarantine", "--dismiss", identity)
    assert refused.returncode == 2 and "varför" in refused.stderr
    refused = run("quarantine", "--dismiss", "zzz", "--reason", "dubblett", "--json")
    assert refused.returncode == 2 and "zzz" in json.loads(refused.stdout)["error"]
    done = run("quarantine", "--dismiss", identity, "--reason", "dubblett")
    assert (done.returncode, done.stdout.strip()) == (0, "1 rad är avfärdad")
    assert json.loads(run("status", "--json").stdout)["quarantined"] == 0
    told = run("quarantine", "--dismissed").stdout
    assert "dubblett" in told and identity in told
    done = run("quarantine", "--restore", identity, "--json")
    assert json.loads(done.stdout) == {"restored": 1}
    assert json.loads(run("status", "--json").stdout)["quarantined"] == 1


def test_many_faults_are_summed_up_by_column(run, tmp_path):
    wrong = "".join(f"B{n};98;2025-02-30;Sylte\n" for n in range(1200))
    odd = "".join(f"C{n};9801;2025-02-30;Sylte\n" for n in range(300))
    done = run("import", "incidents", file(tmp_path, HEADER + wrong + odd), "--check")
    *_, last, most = done.stdout.replace("\xa0", " ").splitlines()
    assert last == "  … och 2 690 fel till."
    assert most == "  Rader med fel efter kolumn: Inskrivningsdatum 1 500, Brottskod 1 200."


def test_divisions_are_told_and_a_join_is_undone(run, tmp_path):
    run("status")
    areas = read.areas(connect(str(tmp_path / "store.gpkg")), AreaLevel.DISTRICT).reset_index()
    island = areas.head(1)[["name", "geometry"]].assign(kod="Ö", name="Ön")
    island.set_geometry(island.translate(90_000)).to_file(tmp_path / "ön.gpkg")
    refused = run("divisions", "--undo-join", "stadsdel", "--json")
    assert refused.returncode == 2 and "Inget har ändrats." in json.loads(refused.stdout)["error"]
    joined = run("import", "districts", str(tmp_path / "ön.gpkg"), "--join")
    assert "  1 område läggs till den indelning som gäller." in joined.stdout.splitlines()
    done = run("divisions", "--undo-join", "stadsdel")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "1 område från ön.gpkg är borttaget ur indelningen igen."
    told = "Stadsdel: Stadsdelar 2025, från 2025-01-01, gäller nu"
    assert told in run("divisions").stdout.splitlines()
    assert "avfärdade rader" in run("quarantine", "--help").stdout


def test_a_port_in_use_is_said_before_anything_starts(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("start", "--no-browser", "--port", str(port))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def track(begun: str) -> str:
    """A GPX of a walk through the middle of Trollhättan."""
    points = "".join(
        f'<trkpt lat="58.2836" lon="{12.2886 + 0.0003 * n:.6f}">'
        f"<time>{begun}:{n:02d}:00Z</time></trkpt>"
        for n in range(30)
    )
    return f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>"


SEEN = "Tid;Latitud;Longitud;Kategori;Text\n2026-02-13 21:05;58.2836;12.289;nålar;Vid bänken\n"


def test_walks_and_what_was_seen_are_told_like_every_other_kind(run, tmp_path):
    good = file(tmp_path, track("2026-02-13T20"), "spår.gpx")
    bad = file(tmp_path, "<gpx/>", "tomt.gpx")
    planned = "Datum;Tid;Plats;Antal\n2026-02-13;21–23;Sylte;4\n2099-02-13;21–23;Sylte;4\n"
    rows = file(tmp_path, planned, "pass.csv")
    done = run("import", "walks", good, bad, rows, "--participants", "4", "--json")
    first, second, third = json.loads(done.stdout)
    assert done.returncode == 1
    assert [key for key in first if key != "file"] == KEYS and first["new"] == 1
    assert "tomt.gpx" in second["error"] and done.stderr.strip() == second["error"]
    assert (third["new"], third["quarantined"]) == (1, 1)
    again = run("import", "walks", good, "--json")
    assert json.loads(again.stdout)["unchanged"] == 1 and again.returncode == 0
    done = run("import", "observations", file(tmp_path, SEEN, "fynd.csv"))
    assert done.returncode == 0 and "1" in done.stdout


def test_what_a_track_is_can_be_said(run, tmp_path):
    path = file(tmp_path, track("2026-02-14T20"), "rond.gpx")
    assert run("import", "walks", path, "--walk-type", "trygghetsrond").returncode == 0
    for words in (("--walk-type", "löprunda"), ("--participants", "0")):
        done = run("import", "walks", path, *words)
        assert done.returncode == 2 and "fel:" in done.stderr


def test_a_street_network_is_imported_and_replaces_itself(run, tmp_path):
    path = tmp_path / "gator.geojson"
    lines = [[[12.30, 58.28], [12.31, 58.28]], [[12.30, 58.29], [12.31, 58.29]]]
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": at}}
        for at in lines
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    first = run("import", "network", path)
    assert first.returncode == 0 and "2 nya linjer" in first.stdout
    again = json.loads(run("import", "network", path, "--json").stdout)
    assert again == {
        **{"file": "gator.geojson", "read": 2, "new": 0, "removed": 0, "unchanged": 2},
        **{"aside": {}, "unread_columns": []},
    }
    bad = tmp_path / "tal.csv"
    bad.write_text("a;b\n1;2\n", "utf-8")
    for words in ((bad,), (path, bad)):
        done = run("import", "network", *words)
        assert done.returncode == 2 and done.stderr.strip() and "Traceback" not in done.stderr


KIND_OF = {"bra": "incidents", "geo": "districts", "measures": "measures", "pol": "events"}


@pytest.mark.parametrize("path", sorted(BROKEN.iterdir()), ids=lambda path: path.name)
def test_a_broken_file_is_refused_in_time_and_as_json(run, path):
    kind = KIND_OF.get(path.name.split("_")[0], "incidents")
    begun = time.monotonic()
    done, out, complaints = run("import", kind, path, "--json")
    assert time.monotonic() - begun < 10
    told = json.loads(out)
    assert done == 2
    assert told["file"] == path.name
    if "error" in told:
        assert complaints.strip() == told["error"] and told["error"].endswith(".")
    else:
        assert told["read"] == told["quarantined"] > 0


def test_deeply_nested_json_is_refused(run, tmp_path):
    deep = file(tmp_path, "[" * 200_000, "djup.json")
    for kind in ("events", "districts", "incidents"):
        done, out, _ = run("import", kind, deep, "--json")
        assert done == 2 and "djup.json" in json.loads(out)["error"]


@pytest.mark.usefixtures("at_home")
def test_an_unexpected_error_gives_a_sentence_with_a_code_and_the_other_files(
    run, tmp_path, monkeypatch
):
    real = receiving.receive_path

    def receive(place, kind, path, layer):
        if path.name == "ond.csv":
            raise RuntimeError("innards")
        return real(place, kind, path, layer)

    monkeypatch.setattr(receiving, "receive_path", receive)
    bad, good = file(tmp_path, "x", "ond.csv"), file(tmp_path, HEADER + GOOD)
    done, out, complaints = run("import", "incidents", bad, good, "--json")
    first, second = json.loads(out)
    assert done == 1 and second["new"] == 2
    assert complaints.strip() == first["error"]
    assert "innards" not in out + complaints and "Traceback" not in complaints
    code = re.search(r"felkoden (\w{8})", first["error"])[1]
    log = (tmp_path / "trygghetskarta.log").read_text("utf-8")
    assert code in log and "RuntimeError: innards" in log
    assert run("import", "incidents", bad, "--json")[0] == 2


@pytest.mark.parametrize(
    ("limit", "told"), [("READ_SECONDS", "sekunder"), ("READ_MEGABYTES", "MB minne")]
)
@pytest.mark.parametrize("kind", ["incidents", "walks", "network"])
def test_what_takes_too_much_is_refused_and_nothing_is_stored(run, tmp_path, limit, told, kind):
    track_or_rows = track("2026-02-13T20") if kind == "walks" else HEADER + GOOD
    path = file(tmp_path, track_or_rows, "prov.gpx" if kind == "walks" else "prov.csv")
    # Less than nothing is too little from the first look on, however fast the computer is.
    few = {f"TRYGGHETSKARTA_{limit}": "-9999"}
    done, out, complaints = run("import", kind, path, "--json", **few)
    said = json.loads(out)["error"]
    assert done == 2 and complaints.strip() == said
    assert "prov." in said and told in said and "Inget har sparats." in said


@pytest.mark.usefixtures("at_home")
def test_an_error_after_something_was_stored_is_not_called_nothing(run, tmp_path, monkeypatch):
    def fail(*_told, **_named):
        raise RuntimeError("late")

    monkeypatch.setattr(intake.write, "save_mapping", fail)
    done, out, _ = run("import", "incidents", file(tmp_path, HEADER + GOOD), "--json")
    assert done == 1 and "felkoden" in json.loads(out)["error"]


@pytest.mark.parametrize("stop", [RuntimeError("innards"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.usefixtures("at_home")
def test_whatever_stops_a_command_is_one_sentence_and_json(run, tmp_path, monkeypatch, stop):
    def fail(*_told, **_named):
        raise stop

    for owner, name in ((status, "describe"), (walk_intake, "import_paths"),
                        (street_network, "import_network_path")):  # fmt: skip
        monkeypatch.setattr(owner, name, fail)
    walk = file(tmp_path, track("2026-02-13T20"), "walk.gpx")
    for words in (("status",), ("import", "walks", walk), ("import", "network", walk)):
        done, out, complaints = run(*words, "--json")
        assert done == 2
        assert json.loads(out)["error"] == complaints.strip()
        assert "innards" not in complaints


@pytest.mark.usefixtures("at_home")
def test_an_interrupted_import_tells_what_was_stored_before(run, tmp_path, monkeypatch):
    real = offence_codes.read
    seen = []

    def read(folder):
        seen.append(folder)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(folder)

    monkeypatch.setattr(offence_codes, "read", read)
    paths = [file(tmp_path, HEADER + GOOD, f"{name}.csv") for name in "abc"]
    done, out, _ = run("import", "incidents", *paths, "--json")
    first, second = json.loads(out)
    assert done == 1 and first["new"] == 2 and second["file"] == "b.csv" and "error" in second


@pytest.mark.parametrize(
    "words",
    [
        ("--json",),
        ("import", "--json"),
        ("import", "allt", "x.csv", "--json"),
        ("import", "walks", "x.gpx", "--participants", "--json"),
        ("import", "incidents", "x.csv", "--crs", "9" * 30, "--json"),
        ("import", "incidents", "x.csv", "--column", "hej", "--json"),
        ("import", "incidents", "finns-inte.csv", "--json"),
        ("import", "network", "finns-inte.gpkg", "--json"),
        ("import", "network", "a.gpkg", "b.gpkg", "--json"),
        ("import", "events", "a" * 300, "--json"),
        ("import", "events", "a\0b", "--json"),
        ("status", "--json", "mera"),
        ("--store", "mysql://a/b", "status", "--json"),
        ("--store", "/proc/finns/inte.gpkg", "status", "--json"),
    ],
)
def test_json_is_given_whatever_happens(run, words):
    done, out, complaints = run(*words)
    assert done == 2
    assert json.loads(out)["error"] in complaints
    assert not re.search(r"\b(expected|invalid|choose|argument[s]? [a-z]+ required)\b", complaints)


def test_json_is_given_for_a_wrong_setting(run, monkeypatch):
    monkeypatch.setenv("TRYGGHETSKARTA_PORT", "åtta")
    done, out, _ = run("status", "--json")
    assert done == 2 and "TRYGGHETSKARTA_PORT=åtta" in json.loads(out)["error"]


@pytest.mark.parametrize("command", ["import", "start", "demo", "status", "report"])
def test_no_help_is_in_english(command, capsys):
    with pytest.raises(SystemExit) as end:
        program.main([command, "--help"])
    told = capsys.readouterr().out
    assert end.value.code == 0 and "användning:" in told
    assert not re.search(r"\b(usage|options|show|YEAR|SEED|FILE|default|exit)\b", told)


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--seed", "-1"),
        ("demo", "--seed", "x"),
        ("start", "--port", "99999"),
        ("report", "lagesbild", "--year", "99999"),
        ("report", "lagesbild", "--year", "2025", "--quarter", "5"),
        ("report", "lagesbild", "--yea", "2025"),
        ("report", "lagesbild", "--year"),
    ],
)
def test_a_number_out_of_range_is_explained(run, words):
    done, _, complaints = run(*words)
    assert done == 2 and "fel:" in complaints
    assert not re.search(r"\b(expected|invalid|ambiguous|could match)\b", complaints)


def test_the_example_beside_real_data_is_refused(run, tmp_path):
    run("import", "incidents", file(tmp_path, HEADER + GOOD))
    done, _, complaints = run("demo", "--folder", tmp_path / "demo")
    assert done == 2 and len(complaints.strip().splitlines()) == 1


def test_a_report_that_cannot_be_written_is_not_frozen(run, tmp_path):
    rows = "".join(f"A{n};9801;2025-{n % 12 + 1:02d}-01;Sylte\n" for n in range(300))
    run("import", "incidents", file(tmp_path, HEADER + rows))
    words = ("report", "lagesbild", "--year", "2025", "--format", "html", "--freeze", "--out")
    done, _, complaints = run(*words, tmp_path / "finns-inte" / "rapport.html")
    assert done == 2 and "rapport.html" in complaints
    place = open_workplace(Settings(store=str(tmp_path / "store.gpkg")), settings.today)
    assert reports_edit.frozen(place).empty
    place.engine.dispose()
    assert run(*words, tmp_path / "rapport.html")[0] == 0


class AtMidnight(datetime):
    """A clock that stands at 00:56 in Sweden, where UTC still has the day before."""

    @classmethod
    def now(cls, tz=None):
        """The moment, in the zone asked for; without one, as a computer kept in UTC."""
        moment = datetime(2026, 11, 29, 23, 56, tzinfo=UTC)
        return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)


@pytest.mark.usefixtures("at_home")
def test_a_walk_after_midnight_is_not_in_the_future(run, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "datetime", AtMidnight)
    walk = file(tmp_path, track("2026-11-29T23"), "midnatt.gpx")
    done, out, complaints = run("import", "walks", walk, "--json")
    assert done == 0, complaints
    assert json.loads(out)["new"] == 1
    rows = HEADER + "A1;9801;2026-11-30;Sylte\n"
    assert run("import", "incidents", file(tmp_path, rows))[0] == 0
    late = HEADER + "A2;9801;2026-12-01;Sylte\n"
    assert run("import", "incidents", file(tmp_path, late, "sen.csv"))[0] == 2


FAR = "Id;Brottskod;Datum;N;E\n" + "".join(
    f"A{n};9801;2025-03-{1 + n % 28:02};6580000;674000\n" for n in range(20)
)
"""Offences in another municipality: to be confirmed."""


def test_what_looks_wrong_is_stored_only_when_it_is_confirmed(run, tmp_path):
    words = ("import", "incidents", "--crs", 3006, file(tmp_path, FAR))
    for more in ((), ("--check",), ("--check", "--json"), ("--json",)):
        done, out, complaints = run(*words, *more)
        assert done == 2
        assert "utanför: 20 av 20 punkter" in complaints and "--confirm utanför" in complaints
        if "--json" in more:
            (doubt,) = json.loads(out)["doubts"]
            assert doubt["name"] == "utanför" and doubt["sentence"].startswith("20 av 20 punkter")
        assert "Händelser: 0" in run("status").stdout
    done, out, complaints = run(*words, "--check", "--confirm", "UTANFÖR")
    assert done == 0 and "Nya: 20" in out and "granskad" in complaints
    assert "Händelser: 0" in run("status").stdout
    assert run(*words, "--confirm", "alla").returncode == 0
    assert "Händelser: 20" in run("status").stdout


def test_a_word_that_confirms_nothing_is_refused_with_those_that_do(run, tmp_path):
    done, _, complaints = run("import", "incidents", file(tmp_path, FAR), "--confirm", "allting")
    assert done == 2 and "välj bland" in complaints and "alla" in complaints


def test_a_check_stores_nothing_and_gives_the_account_of_the_import(run, tmp_path):
    cases = (
        ("incidents", file(tmp_path, HEADER + GOOD + BAD)),
        ("walks", file(tmp_path, track("2026-02-13T20"), "runda.gpx")),
        ("observations", file(tmp_path, SEEN, "sett.csv")),
    )
    for kind, path in cases:
        empty = run("status").stdout
        checked = run("import", kind, path, "--check", "--json")
        assert run("status").stdout == empty
        stored = run("import", kind, path, "--json")
        assert (checked.returncode, checked.stdout) == (stored.returncode, stored.stdout)
        assert json.loads(stored.stdout)["new"] > 0


def test_a_walk_and_its_list_are_checked_together(run, tmp_path):
    """The list changes the walk that the track makes: only one that was written is seen."""
    walk = file(tmp_path, track("2026-02-13T20"), "runda.gpx")
    told = file(tmp_path, "Datum;Tid;Spårfil;Antal\n2026-02-13;21–22;runda.gpx;4\n", "lista.csv")
    words = ("import", "walks", walk, told, "--json")
    checked = run(*words, "--check")
    assert "Vandringar: 0" in run("status").stdout
    stored = run(*words)
    assert (checked.returncode, checked.stdout) == (stored.returncode, stored.stdout)
    assert [one["changed"] for one in json.loads(stored.stdout)] == [0, 1]


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names")
@pytest.mark.parametrize("kind", ["incidents", "walks", "observations", "network", "events"])
def test_what_is_no_file_is_never_opened(run, tmp_path, kind):
    pipe, folder = tmp_path / "rör.csv", tmp_path / "mapp.csv"
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (pipe, folder, Path("/dev/zero")):
        done, out, complaints = run("import", kind, path, "--json")
        assert done == 2 and path.name in complaints
        assert "mapp eller en enhet" in json.loads(out)["error"]


@pytest.mark.parametrize("kind", ["incidents", "walks", "network", "events"])
def test_names_and_sizes_beyond_reason_are_refused_with_a_sentence(run, tmp_path, kind):
    huge = tmp_path / "stor.csv"
    with huge.open("wb") as opened:
        opened.truncate(5_000_000_000)
    for path in (huge, tmp_path / ("n" * 300), tmp_path / "a\udcff.csv"):
        done, out, complaints = run("import", kind, path, "--json")
        assert done == 2 and json.loads(out)["error"] == complaints.strip()
        assert "felkoden" not in complaints


@pytest.mark.skipif(os.name == "nt", reason="such names are no names there")
@pytest.mark.parametrize("kind", ["incidents", "walks"])
def test_a_name_that_is_no_text_is_stored_as_text(run, tmp_path, kind):
    content = HEADER + GOOD if kind == "incidents" else track("2026-02-13T20")
    suffix = "csv" if kind == "incidents" else "gpx"
    path = tmp_path / f"a\udcff.{suffix}"
    path.write_text(content, "utf-8")
    done, out, complaints = run("import", kind, path, "--json")
    assert done == 0 and not complaints
    assert json.loads(out)["file"] == f"a\ufffd.{suffix}"


def test_days_that_are_none_are_no_days_of_any_kind(run, tmp_path):
    head = "Åtgärd;Tema;Typ;Mål;Ansvarig;Startdatum;Slutdatum;Status\n"
    days = ("0000-01-01", "9999-12-31", "0999-12-31", "1e300", "12345678901234567890")
    rows = "".join(f"A{i};narkotika;social;m;x;{day};;Pågår\n" for i, day in enumerate(days))
    done, out, _ = run("import", "measures", file(tmp_path, head + rows), "--json")
    assert done == 2 and json.loads(out)["quarantined"] == len(days)


@pytest.mark.usefixtures("at_home")
def test_no_remark_of_a_library_stands_in_the_answer(run, tmp_path, monkeypatch):
    real = receiving.receive_path

    def remarking(*told):
        warnings.warn("for developers", UserWarning, stacklevel=1)
        logging.getLogger("pyogrio").warning("for developers")
        return real(*told)

    monkeypatch.setattr(receiving, "receive_path", remarking)
    with warnings.catch_warnings():
        done, out, complaints = run("import", "incidents", file(tmp_path, HEADER + GOOD), "--json")
    assert done == 0 and json.loads(out)["new"] == 2 and not complaints


def test_an_answer_that_nobody_reads_ends_without_a_word(tmp_path):
    path = file(tmp_path, HEADER + GOOD)
    words = [sys.executable, "-m", "trygghetskarta", "--store", str(tmp_path / "a.gpkg"), "import"]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT}
    with subprocess.Popen([*words, "incidents", path], **piped) as asked:
        asked.stdout.close()
        complaints = asked.stderr.read()
    assert asked.returncode == 1 and b"BrokenPipe" not in complaints
