"""The command line as other programs and a person at a terminal meet it, in its own process."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "read",
    "new",
    "changed",
    "unchanged",
    "quarantined",
    "matched_by_point",
    "matched_by_code",
    "matched_by_name",
    "outside",
    "without_place",
    "on_border",
]
HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel\n"
GOOD = "A1;9801;2025-03-01;Kronogården\nA2;0355;2025-03-02;Sylte\n"
BAD = "B1;9801;2025-02-30;Lextorp\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the program on a store of this module's own."""
    store = tmp_path_factory.mktemp("store") / "store.gpkg"

    def command(*words: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "trygghetskarta", "--store", str(store), *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
        )

    return command


def file(folder: Path, content: str, name: str = "uttag.csv") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_report_has_the_keys_other_programs_read(run, tmp_path):
    done = run("import", "incidents", file(tmp_path, HEADER + GOOD), "--json", "--source", "Ett")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [key for key in told if key != "file"] == KEYS
    assert (told["read"], told["new"], told["matched_by_name"]) == (2, 2, 2)


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
        (("--store", "/proc/finns/inte.gpkg", "status"), {}, "inte.gpkg"),
        (("--store", "postgresql://ingen@127.0.0.1:1/inget", "status"), {}, "127.0.0.1"),
        (("--store", "mysql://a/b", "status"), {}, ""),
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
    seen = "Tid;Latitud;Longitud;Kategori;Text\n2026-02-13 21:05;58.2836;12.289;nålar;Vid bänken\n"
    done = run("import", "observations", file(tmp_path, seen, "fynd.csv"))
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
    assert again == {"file": "gator.geojson", "new": 0, "removed": 0, "unchanged": 2}
    bad = tmp_path / "tal.csv"
    bad.write_text("a;b\n1;2\n", "utf-8")
    for words in ((bad,), (path, bad)):
        done = run("import", "network", *words)
        assert done.returncode == 2 and done.stderr.strip() and "Traceback" not in done.stderr
