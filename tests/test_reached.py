"""Code that no entry point reaches is found: functions, classes, methods only tests call."""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trygghetskarta"
OUTSIDE = [ROOT / "app.py", *sorted((ROOT / "geodata").glob("*.py"))]
"""Entry points beside the package: what they name is reached."""

KNOWN = ROOT / "tests" / "data" / "unreached.txt"
"""What only tests reach; the list may only become shorter."""


_REGISTERING = {"compiles", "register"}
"""Decorators that hand a function to a library, which calls it."""


@dataclass
class Part:
    """A function, a class or a method, and every name that stands in it."""

    module: str
    name: str
    owner: str = ""
    names: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)  # of the names, those that are handed on whole
    attributes: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)  # words that may name something to getattr
    prefixes: set[str] = field(default_factory=set)  # what such a name begins with: f"_draw_{x}"
    is_free: bool = False  # called by somebody else: a framework, Python itself
    members: list["Part"] = field(default_factory=list)

    def __str__(self) -> str:
        return ".".join(word for word in (self.module, self.owner, self.name) if word)


@dataclass
class Module:
    """A file: its parts, and what each name that it imports means."""

    name: str
    parts: dict[str, Part] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    loose: Part = field(default_factory=lambda: Part("", ""))


def read(path: Path, name: str) -> Module:
    """Take a file apart into what it defines and what runs when it is imported."""
    module = Module(name, loose=Part(name, ""))
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.parts[node.name] = _part(module, node, "")
        else:
            _note(node, module.loose)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                module.imported[one.asname or one.name] = f"{node.module}.{one.name}"
        if isinstance(node, ast.Import):
            for one in node.names:
                module.imported[one.asname or one.name.split(".")[0]] = one.name
    return module


def _part(module: Module, node: ast.stmt, owner: str) -> Part:
    part = Part(module.name, node.name, owner)
    own = [*node.decorator_list]
    if isinstance(node, ast.ClassDef):
        own += [*node.bases, *node.keywords]
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                part.members.append(_part(module, inner, node.name))
            else:
                own.append(inner)
    else:
        own += [node.args, *([node.returns] if node.returns else []), *node.body]
    for piece in own:
        _note(piece, part)
    registered = any(
        isinstance(one, ast.Call)
        and (getattr(one.func, "id", "") or getattr(one.func, "attr", "")) in _REGISTERING
        for one in node.decorator_list
    )
    part.is_free = registered or (node.name.startswith("__") and node.name.endswith("__"))
    return part


def _note(node: ast.AST, part: Part) -> None:
    looked_into = {id(one.value) for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            part.names.add(one.id)
            if id(one) not in looked_into:
                part.values.add(one.id)
        elif isinstance(one, ast.Attribute):
            part.attributes.add(one.attr)
        elif isinstance(one, ast.JoinedStr):
            first = one.values[0] if one.values else None
            if isinstance(first, ast.Constant) and str(first.value).isidentifier():
                part.prefixes.add(str(first.value))
        elif isinstance(one, ast.Constant) and str(one.value).isidentifier():
            part.strings.add(str(one.value))


def modules() -> dict[str, Module]:
    named = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    return {name: read(path, name) for name, path in named.items()}


def notebook_names() -> set[str]:
    found = Part("", "")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                _note(ast.parse("".join(cell["source"])), found)
    return found.names | found.attributes


def unreached(found: dict[str, Module], outside: set[str]) -> set[str]:
    """Everything that cannot be come to from what runs when the modules are imported."""
    by_attribute: dict[str, list[Part]] = defaultdict(list)
    for module in found.values():
        for part in module.parts.values():
            for member in part.members:
                by_attribute[member.name].append(member)
    live: set[str] = set()
    seen_attributes: set[str] = set()
    waiting: list[Part] = [module.loose for module in found.values()]
    waiting += [
        part
        for module in found.values()
        for part in module.parts.values()
        if part.name in outside or part.is_free or _is_somebody_elses(module)
    ]
    # A method lives when its class does and somebody names it.
    while waiting:
        part = waiting.pop()
        if part.name and str(part) in live:
            continue
        live.add(str(part))
        module = found[part.module]
        waiting += list(_named(part, module, found))
        for name in part.values:
            # A module that is handed on, such as a language's words, is asked by attributes.
            for one in found.get(module.imported.get(name, ""), Module("")).parts.values():
                by_attribute[one.name].append(one)
                live.add(f"{one.module}.")
                waiting += [one] if one.name in seen_attributes else []
        named = part.attributes | part.strings
        named |= {name for name in by_attribute if name.startswith(tuple(part.prefixes))}
        fresh = named - seen_attributes
        seen_attributes |= fresh
        for name in fresh:
            owned = by_attribute.get(name, [])
            waiting += [one for one in owned if f"{one.module}.{one.owner}" in live]
        for member in part.members:
            inherits = any(base not in module.parts for base in _bases(part, module))
            if member.is_free or inherits or member.name in seen_attributes | outside:
                waiting.append(member)
    parts = [part for module in found.values() for part in module.parts.values()]
    dead = {str(part) for part in parts if str(part) not in live}
    members = {str(one) for part in parts if str(part) in live for one in part.members}
    return dead | (members - live)


def _is_somebody_elses(module: Module) -> bool:
    """Migrations are called by Alembic by their names."""
    return ".migrations" in module.name


def _bases(part: Part, module: Module) -> Iterator[str]:
    """Names in a class that are neither its module's own nor the package's: strange bases."""
    for name in part.names:
        meaning = module.imported.get(name, "")
        if meaning and not meaning.startswith("trygghetskarta") and name[0].isupper():
            yield name


def _named(part: Part, module: Module, found: dict[str, Module]) -> Iterator[Part]:
    """What a part's names mean; a word may name something of any module it imports."""
    for meaning in module.imported.values():
        if meaning in found:
            parts = found[meaning].parts
            yield from (parts[word] for word in part.strings if word in parts)
    for name in part.names:
        if name in module.parts:
            yield module.parts[name]
        meaning = module.imported.get(name)
        if meaning is None:
            continue
        if meaning in found:
            for word in part.attributes:
                yield from _meant(f"{meaning}.{word}", found)
        else:
            yield from _meant(meaning, found)


def _meant(meaning: str, found: dict[str, Module]) -> Iterator[Part]:
    """The part that a dotted name means, also where a package has it from another module."""
    home, _, what = meaning.rpartition(".")
    if home in found and what in found[home].parts:
        yield found[home].parts[what]
    elif home in found and what in found[home].imported:
        far, _, thing = found[home].imported[what].rpartition(".")
        if far in found and thing in found[far].parts:
            yield found[far].parts[thing]


def named_outside() -> set[str]:
    """Every name in the entry points beside the package, and where the program begins."""
    found = notebook_names() | {"main"}
    for path in OUTSIDE:
        module = read(path, path.stem)
        for part in (module.loose, *module.parts.values()):
            found |= part.names | part.attributes
    return found


def test_everything_is_reached_from_an_entry_point():
    found = unreached(modules(), named_outside())
    lines = KNOWN.read_text("utf-8").splitlines()
    known = {line for line in lines if not line.startswith("#")}
    assert not found - known, "only tests reach this: connect it or remove it"
    assert not known - found, f"reached or gone: take these lines out of {KNOWN.name}"


def test_what_nothing_reaches_is_seen(tmp_path):
    """A chain of functions without a beginning, and a method nobody names."""
    path = tmp_path / "one.py"
    path.write_text(
        "def used(): return Kept().asked()\n"
        "def first(): return second()\n"
        "def second(): return used()\n"
        "class Kept:\n"
        "    def asked(self): return getattr(self, f'way_{1}')()\n"
        "    def way_1(self): pass\n"
        "    def silent(self): pass\n"
        "used()\n",
        encoding="utf-8",
    )
    found = unreached({"one": read(path, "one")}, set())
    assert found == {"one.first", "one.second", "one.Kept.silent"}
