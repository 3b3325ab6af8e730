"""Nothing that is put into a template becomes markup, whoever wrote it."""

import ast
import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError, meta
from markupsafe import Markup

from tests.test_architecture import MODULES, PACKAGE, _docstrings, parsed
from tests.words.test_safe import HOSTILE
from trygghetskarta.draw import snippets, templates
from trygghetskarta.words import texts
from trygghetskarta.words.safe import plain_text

OURS = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.jinja"))
SAFE = {
    # A script or style sheet that our own code made.
    "draw/deck/deck.html.jinja": ["style|safe", "script|safe"],
    "draw/map/map_page.html.jinja": ["style|safe", "script|safe"],
}
"""What is put into a template as it is; each line is a decision."""

TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[a-z-]+=|/?>)")
GLUED = {
    # Papers, which are not made from templates, and the frame round them on the page.
    "draw/paper/html_file.py",
    "subjects/reports/page/report_panel.py",
    # Style sheets of our own.
    "desk/style.py",
    "subjects/reports/page/situation_page.py",
    # A track of the example, which is XML.
    "example/walks.py",
}
"""Modules in which a tag stands in a Python string; the list may only become shorter."""

PIECES = {
    "banner": lambda said: snippets.banner(said, True),
    "heading": lambda said: snippets.heading(said, said),
    "caption": lambda said: snippets.caption([said, said]),
    "notice": snippets.notice,
    "open_link": lambda said: snippets.open_link(said, said),
    "step": lambda said: snippets.step(1, said, said),
    "place_title": lambda said: snippets.place_title(said, said),
    "one_figure": lambda said: snippets.one_figure(said, 7, said),
    "cards": lambda said: snippets.cards([(said, said, said)]),
    "side_title": lambda said: snippets.side_title(said, said),
    "small_heading": snippets.small_heading,
    "paragraphs": lambda said: snippets.paragraphs([said]),
    "status": lambda said: snippets.status([(said, said)]),
    "labelled": lambda said: snippets.labelled([(said, said)]),
}


class Seen(HTMLParser):
    """What a browser makes of a piece: tags with their attributes' names, and all that is said."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.tags: list[tuple] = []
        self.said = ""
        self.feed(str(piece))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.said += "\n".join(["", *(value or "" for _, value in attrs), ""])

    def handle_endtag(self, tag):
        self.tags.append(("/", tag))
        self.said += "\n"

    def handle_data(self, data):
        self.said += data


def text_stays_text(make: Callable[[str], str], said: str) -> None:
    """Fail if a piece has other tags or attributes, or says something else, with a hostile text."""
    plain, hostile = Seen(make("§")), Seen(make(said))
    assert hostile.tags == plain.tags
    assert hostile.said == plain.said.replace("§", plain_text(said))


def made(source: str, **given: object) -> str:
    return templates._KNOWN.from_string(source).render(**given)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_stays_text_in_every_snippet(piece, said):
    text_stays_text(PIECES[piece], said)


@pytest.mark.parametrize("name", OURS)
def test_a_template_is_given_what_it_names_and_takes_nothing_else_as_it_is(name):
    path = PACKAGE / name
    source = path.read_text("utf-8")
    given = "\n".join(one.read_text("utf-8") for one in path.parent.glob("*.py"))
    for named in meta.find_undeclared_variables(templates._KNOWN.parse(source)):
        assert named == "palette" or re.search(rf"\b{named}=", given), named
    assert re.findall(r"[\w.]+ *\| *safe", source) == SAFE.get(name, [])
    assert "autoescape" not in source


def test_tags_stand_in_templates_only():
    for path in MODULES:
        name = path.relative_to(PACKAGE).as_posix()
        if name in GLUED or name.startswith("sources/"):
            continue
        tree = parsed(path)
        told = {id(one) for one in _docstrings(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in told:
                assert not TAG.search(str(node.value)), (name, node.value)


def test_what_is_put_in_is_escaped_also_for_a_script():
    assert made("<b title=\"{{ x }}\">{{ x }}</b>", x="\"'<`${}\\\u2028") == (
        '<b title="&quot;&#x27;&lt;&#96;&#36;&#123;&#125;&#92; ">'
        "&quot;&#x27;&lt;&#96;&#36;&#123;&#125;&#92; </b>"
    )  # fmt: skip


def test_text_of_a_template_is_not_read_as_a_template():
    assert html.unescape(made("{{ x }}", x="{{ 7 * 7 }}{% raw %}")) == "{{ 7 * 7 }}{% raw %}"


@pytest.mark.parametrize("value", [None, 0.1, ["a"], b"a"])
def test_only_text_and_whole_numbers_are_written(value):
    assert made("{{ x }}", x=1204) == "1204"
    with pytest.raises(TypeError):
        made("{{ x }}", x=value)


def test_a_name_that_was_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="'y' is undefined"):
        made("{{ y }}")
    with pytest.raises(UndefinedError):
        made("{% if y %}{% endif %}")


def test_a_piece_that_a_template_made_is_not_escaped_again():
    piece = snippets.notice("a & b")
    assert isinstance(piece, Markup)
    assert made("<div>{{ x }}</div>", x=piece) == f"<div>{piece}</div>"
    assert texts.EXAMPLE_MARK in snippets.banner("x", True)


def test_lines_of_a_template_are_no_spaces_between_tags_and_one_in_a_text():
    source = """
      <p id="a"
        class="b">
        {% if true %}
          {{ x }}, and
          {{ x }}
        {% endif %}
        <i>a</i> <i>b</i>
        over
        there
      </p>
    """
    assert made(source, x=1) == '<p id="a" class="b">1, and1<i>a</i> <i>b</i>over there</p>'
