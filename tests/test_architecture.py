"""The house keeps its floors: import rules, names, languages and sizes, checked on every run."""

import ast
import functools
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trygghetskarta"
MODULES = sorted(PACKAGE.rglob("*.py"))
SWEDISH_ROOMS = ("words/", "terms/", "sources/", "example/")
RULE_BREAKS = {
    "analysis/spatial.py": "import trygghetskarta.gate.view",
    "formats.py": "import trygghetskarta.words.texts",
    "sources/readers/files.py": "import streamlit",
    "intake/status.py": "import sqlalchemy",
    "gate/view.py": "import trygghetskarta.intake.status",
    "analysis/rates.py": "import pathlib",
    "desk/state.py": "import trygghetskarta.subjects.map.page.map_page",
    "draw/table/files.py": "import trygghetskarta.gate.choice",
    "store/read.py": "import trygghetskarta.analysis.rates",
    "subjects/when/ask.py": "import trygghetskarta.words.texts",
    "subjects/when/show.py": "import trygghetskarta.subjects.when.ask",
    "subjects/when/page/time_panel.py": "import pandas",
    "subjects/when/data.py": "import trygghetskarta.subjects.when.page.when_page",
    "subjects/compare/ask.py": "import trygghetskarta.subjects.map.data",
    "subjects/walks/ask/walk_view.py": "import trygghetskarta.subjects.reports.ask.plan_area",
    "subjects/imports/page/data_page.py": "import folium",
    "subjects/reports/data/report_data.py": "import trygghetskarta.subjects.walks.edit.walk_work",
    "subjects/dialogue/page/presenter.py": "import trygghetskarta.subjects.map.page.map_page",
    "subjects/perception/ask/pictures.py": "import trygghetskarta.subjects.perception.data",
    "subjects/meeting/edit/meeting_pins.py": "import trygghetskarta.desk.data",
    "subjects/meeting/ask/meeting_bounds.py": "import trygghetskarta.subjects.meeting.edit.meeting",
    "subjects/walks/show/season.py": "import trygghetskarta.subjects.walks.edit.walk_sent",
    "subjects/dialogue/show/kinds/maps.py": "import trygghetskarta.gate.view",
    "subjects/reports/show/sections/voices.py": "import trygghetskarta.store.read",
    "subjects/reports/show/sections/mapping.py": (
        "import trygghetskarta.subjects.reports.ask.report_figures"
    ),
    "registers.py": "import trygghetskarta.words.texts",
    "terms/areas.py": "import trygghetskarta.tables",
    "commands/outcome.py": "import sqlalchemy",
    "app/answers.py": "import trygghetskarta.commands.outcome",
}


@functools.cache
def parsed(path: Path) -> ast.Module:
    """A module's tree, read once for all rules."""
    return ast.parse(path.read_text("utf-8"))


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_import_rules_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_broken_import_rule_is_seen(tmp_path):
    _copy(tmp_path)
    for module, line in RULE_BREAKS.items():
        broken = tmp_path / "trygghetskarta" / module
        broken.write_text(broken.read_text("utf-8") + f"\n{line}\n", encoding="utf-8")
    seen = lint(tmp_path)
    assert seen.returncode != 0
    for module, line in RULE_BREAKS.items():
        name = "trygghetskarta." + module.removesuffix(".py").replace("/", ".")
        assert f"{name} -> {line.split()[1]} (" in seen.stdout, (module, seen.stdout)
    assert " KEPT" not in seen.stdout, seen.stdout


def test_a_new_section_may_name_what_it_asks(tmp_path):
    _copy(tmp_path)
    section = tmp_path / "trygghetskarta/subjects/reports/show/sections/seasons.py"
    asked = "from trygghetskarta.subjects.reports.ask.gathering import Gathering"
    section.write_text(f'"""A section."""\n\n{asked}\n', encoding="utf-8")
    seen = lint(tmp_path)
    assert seen.returncode == 0, seen.stdout


@pytest.mark.parametrize("room", ["", "subjects", "subjects/walks"])
def test_an_unplaced_module_is_seen(tmp_path, room):
    _copy(tmp_path)
    folder = tmp_path / "trygghetskarta" / room
    (folder / "extras.py").write_text('"""Nowhere."""\n', encoding="utf-8")
    seen = lint(tmp_path)
    assert seen.returncode != 0 and ".extras" in seen.stdout


def _frames_opened(tree: ast.Module) -> set[str]:
    """Frames of pages that a module imports, by the last word of their names."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    files = {name: PACKAGE.parent / (name.replace(".", "/") + ".py") for name in found}
    return {name for name, file in files.items() if FRAME.search(name) and file.exists()}


FRAME = re.compile(r"\.subjects\.\w+\.page(\.\w+_page)?$")


def test_a_frame_stands_above_its_parts_and_is_opened_by_the_navigation_only():
    assert _frames_opened(ast.parse("from trygghetskarta.subjects.compare import page"))
    assert _frames_opened(ast.parse("import trygghetskarta.subjects.map.page.map_page"))
    opened = {path for path in MODULES if _frames_opened(parsed(path))}
    assert opened == {PACKAGE / "app" / "navigation.py"}


def _copy(folder: Path) -> None:
    for path in [ROOT / "pyproject.toml", *MODULES]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def test_swedish_stands_only_where_it_belongs():
    assert not [
        (path, node.lineno, node.value)
        for path in MODULES
        if not path.relative_to(PACKAGE).as_posix().startswith(SWEDISH_ROOMS)
        for node in _swedish(parsed(path))
    ]


def _swedish(tree: ast.Module) -> list[ast.Constant]:
    docstrings = {id(node) for node in _docstrings(tree)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and set(node.value.lower()) & set("åäö")
    ]


def _docstrings(tree: ast.AST):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def test_every_module_says_what_it_is_for():
    silent = [path for path in MODULES if not ast.get_docstring(parsed(path))]
    assert not silent


def test_no_room_is_a_drawer():
    forbidden = {"utils", "helpers", "common", "misc", "pages"}
    assert not [path for path in PACKAGE.rglob("*") if path.stem in forbidden]


def test_no_two_public_classes_share_a_name():
    places = defaultdict(list)
    for path in MODULES:
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path)
    assert not {name: paths for name, paths in places.items() if len(paths) > 1}


_TYPED = {"text_input", "text_area", "number_input"}


def _loose_presses(tree: ast.AST) -> list[str]:
    """Functions that ask for words and then whether a button of their own, in no form, is pressed.

    Leaving a field sends the words and draws the page anew; a press in the same moment may then be
    lost, and with it what was written. What a button calls by itself (``on_click``) is not.
    """
    found = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]
        asks = any(one.func.attr in _TYPED for one in calls)
        looks = any(
            one.func.attr == "button" and all(word.arg != "on_click" for word in one.keywords)
            for one in calls
        )
        if asks and looks:
            found.append(function.name)
    return found


def test_words_and_their_press_go_together():
    asked = {path: _loose_presses(parsed(path)) for path in MODULES}
    assert not {path: names for path, names in asked.items() if names}


@pytest.mark.parametrize(("press", "seen"), [("st.button", True), ("st.form_submit_button", False)])
def test_a_press_beside_its_form_is_seen(press, seen):
    tree = ast.parse(f"def ask():\n    st.text_area('words')\n    {press}('keep')")
    assert bool(_loose_presses(tree)) is seen


NETS = {"commands/outcome.py": 1, "desk/pressed.py": 1, "intake/worker/__main__.py": 1}
"""Where whatever happens is caught, and how many times: the nets round every command, whatever a
button calls, and every job on a file."""


def test_nothing_catches_everything_but_the_nets():
    for path in MODULES:
        caught = [
            node.type for node in ast.walk(parsed(path)) if isinstance(node, ast.ExceptHandler)
        ]
        assert None not in caught, path
        wide = [
            kind for kind in caught if getattr(kind, "id", "") in ("Exception", "BaseException")
        ]
        assert len(wide) == NETS.get(path.relative_to(PACKAGE).as_posix(), 0), path


CLOCK = "settings.py"
"""The only module that asks what time it is."""
_TODAYS = {"today", "utcnow", "localtime", "gmtime", "utcfromtimestamp"}


def _naive_clocks(tree: ast.AST) -> list[int]:
    """Lines that take a day or an hour from the zone that the computer keeps."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _TODAYS:
            owner = ast.unparse(node.value).rpartition(".")[2]
            if owner in ("date", "datetime", "Timestamp", "time"):
                found.append(node.lineno)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            zoned = node.args or any(word.arg in ("tz", "tzinfo") for word in node.keywords)
            of_settings = ast.unparse(node.func.value) == "settings"
            if node.func.attr == "now" and not (zoned or of_settings):
                found.append(node.lineno)
            if node.func.attr == "fromtimestamp" and len(node.args) + len(node.keywords) < 2:
                found.append(node.lineno)
            if node.func.attr == "astimezone" and not zoned:
                found.append(node.lineno)
    return found


def test_today_is_asked_of_one_clock_only():
    for path in MODULES:
        assert not _naive_clocks(parsed(path)), path
        asks = _asks_the_clock(path.read_text("utf-8"))
        assert asks == (path == PACKAGE / CLOCK), path


def _asks_the_clock(text: str) -> bool:
    return bool(re.search(r"(?<!settings)\.now\(|\btime\.time\(|CURRENT_DATE|func\.now", text))


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "pd.Timestamp.now(tz=TIME_ZONE)", "time.time()", "func.now()"]
)
def test_a_second_clock_is_seen(line):
    assert _asks_the_clock(line) and not _asks_the_clock("settings.now()")


def test_a_day_is_never_taken_from_the_browsers_zone():
    for path in PACKAGE.rglob("*.js"):
        text = path.read_text("utf-8")
        assert not re.search(r"\.get(Date|Day|Month|FullYear)\(|toLocaleDateString", text), path


@pytest.mark.parametrize(
    "line",
    [
        "date.today()",
        "datetime.date.today",
        "datetime.now()",
        "datetime.utcnow()",
        "pd.Timestamp.now()",
        "pd.Timestamp.today()",
        "datetime.fromtimestamp(0)",
        "time.localtime()",
        "moment.astimezone()",
    ],
)
def test_a_clock_without_a_zone_is_seen(line):
    assert _naive_clocks(ast.parse(line))


def test_the_zone_is_known_without_a_database_of_the_system():
    code = (
        "from datetime import UTC, datetime; from trygghetskarta import settings;"
        "assert settings.local_day(datetime(2026, 6, 30, 22, 56, tzinfo=UTC)).day == 1"
    )
    environment = {**os.environ, "PYTHONTZPATH": ""}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, timeout=60)


def test_top_level_is_the_customers():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    allowed = {
        "pyproject.toml",
        "app.py",
        "geodata",
        "trygghetskarta",
        "notebooks",
        "tests",
        "README.md",
        ".streamlit",
        ".ci",
        "CHANGELOG.md",
        "LICENSE",
        "CONTRIBUTING.md",
        "docs",
        "constraints.txt",
        "benchmarks",
        ".gitignore",
        ".pre-commit-config.yaml",
    }
    assert {name.split("/")[0] for name in tracked} <= allowed
