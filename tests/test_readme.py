"""What the README says is what the project does."""

import os
import re
import subprocess
from pathlib import Path

from trygghetskarta import settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> str:
    return re.search(rf"<!-- {name} -->\s*```sh\n(.+?)\n```", README, re.S).group(1)


def test_the_first_screen_has_exactly_two_commands():
    first = README[: README.index("## ")]
    assert re.findall(r"<!-- (\w+) -->", README) == ["start", "test"]
    assert command("start") in first and command("test") in first
    for words in (command("start"), command("test")):
        assert "\n" not in words
        assert "-c constraints.txt" in words


def test_ci_runs_the_readmes_own_test_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script and 'eval "$command"' in script
    (long,) = re.findall(r"`(\S+ -m pytest [^`]*--long)`", README)
    assert long in (ROOT / ".ci" / "long").read_text(encoding="utf-8")
    for name in ("run", "lint", "long", "newest", "wheel"):
        assert os.access(ROOT / ".ci" / name, os.X_OK)
        assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / name)]).returncode == 0


def test_every_setting_is_in_the_table():
    named = set(re.findall(r"`TRYGGHETSKARTA_(\w+)`", README))
    fields = {name.upper() for name in settings.Settings.__dataclass_fields__}
    assert named == fields


def test_what_is_pinned_is_what_is_needed_and_names_no_address():
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in pinned if line and not line.startswith("#")]
    assert all(
        re.fullmatch(r"[A-Za-z0-9._-]+==[^\s/;]+(; sys_platform == \"win32\")?", line)
        for line in pinned
    )
    names = {line.split("==")[0].lower() for line in pinned}
    for name in ("geopandas", "shapely", "folium", "streamlit", "pyproj", "pandas", "pytest"):
        assert name in names
