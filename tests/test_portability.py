"""Windows takes every path of the code: nothing only POSIX has, unless it is asked for first."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
POSIX_MODULES = {
    *("crypt", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource"),
    *("spwd", "syslog", "termios", "tty", "uvloop"),
}
POSIX_NAMES = {
    "os": {
        *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg", "getpgid"),
        *("getuid", "killpg", "lchown", "mkfifo", "mknod", "nice", "sched_getaffinity", "setgid"),
        *("setpgid", "setsid", "setuid", "sysconf", "uname", "wait", "wait3", "wait4"),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2"),
        *("alarm", "pause", "setitimer", "sigwait"),
    },
    "socket": {"AF_UNIX", "socketpair"},
    "time": {"tzset"},
}
POSIX_FOLDERS = ("/dev/", "/etc/", "/home/", "/proc/", "/root/", "/tmp", "/var/")
ENCODING_AT = {"read_text": 0, "write_text": 1}
"""Where the encoding stands among the arguments; without one Windows reads cp1252."""


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    # What runs on the build machine is Linux's own, and the signals of the other are skipped there.
    own = (".ci/", "tests/test_stopping.py")
    return [ROOT / name for name in listed.stdout.split() if not name.startswith(own)]


def only_posix(tree: ast.AST, is_product: bool) -> Iterator[tuple[int, str]]:
    """Line and word of everything Windows lacks, unless its function asks for the system."""
    for node in _asked_everywhere(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [one.name for one in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            yield from ((node.lineno, one) for one in modules if one.split(".")[0] in POSIX_MODULES)
            if isinstance(node, ast.ImportFrom):
                lacking = POSIX_NAMES.get(node.module or "", set())
                yield from ((node.lineno, one) for one in names if one in lacking)
        if isinstance(node, ast.Attribute) and node.attr in POSIX_NAMES.get(_name(node.value), ()):
            yield node.lineno, f"{_name(node.value)}.{node.attr}"
        if isinstance(node, ast.Call):
            yield from _calls(node)
        text = node.value if isinstance(node, ast.Constant) and is_product else None
        if isinstance(text, str) and text.startswith(POSIX_FOLDERS):
            yield node.lineno, text


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _calls(node: ast.Call) -> Iterator[tuple[int, str]]:
    given = {one.arg: one.value for one in node.keywords}
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in ENCODING_AT and len(node.args) <= ENCODING_AT[name] and "encoding" not in given:
        yield node.lineno, f"{name} without encoding"
    is_run = name in ("run", "Popen", "check_output")
    if is_run and {"text", "universal_newlines"} & set(given) and "encoding" not in given:
        yield node.lineno, f"{name} without encoding"
    if "preexec_fn" in given:
        yield node.lineno, "preexec_fn"


def _asked_everywhere(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of a function or a branch that asks which system it runs on."""
    for node in ast.iter_child_nodes(tree):
        asks = isinstance(node, ast.FunctionDef | ast.If) and any(
            (_name(part.value), part.attr) in (("os", "name"), ("sys", "platform"))
            for part in ast.walk(node if isinstance(node, ast.FunctionDef) else node.test)
            if isinstance(part, ast.Attribute)
        )
        if not asks:
            yield node
            yield from _asked_everywhere(node)


def test_windows_has_everything_the_code_asks_for():
    found = [
        (path.relative_to(ROOT).as_posix(), *fault)
        for path in files()
        for fault in only_posix(
            ast.parse(path.read_text("utf-8")),
            is_product=path.relative_to(ROOT).parts[0] != "tests",
        )
    ]
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "import pwd",
        "from fcntl import flock",
        "import os\nos.fork()",
        "from os import getuid",
        "import signal\nsignal.SIGKILL",
        "def f():\n    import resource",
        "PLACE = '/tmp/x'",
        "path.read_text()",
        "path.write_text('å')",
        "subprocess.run(['x'], text=True)",
    ],
)
def test_what_windows_lacks_is_seen(code):
    assert list(only_posix(ast.parse(code), is_product=True))


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    if os.name != 'posix':\n        return\n    import pwd",
        "if sys.platform != 'win32':\n    import resource",
        "path.read_text('utf-8')",
        "path.write_text('å', encoding='utf-8')",
        "subprocess.run(['x'], text=True, encoding='utf-8')",
    ],
)
def test_what_is_asked_for_first_is_fine(code):
    assert not list(only_posix(ast.parse(code), is_product=True))
