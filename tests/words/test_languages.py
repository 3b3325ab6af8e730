"""Every language says everything, with the same placeholders, and writes numbers its own way."""

import dataclasses
import re
import string
import tomllib
from datetime import date

import pytest

from trygghetskarta.sources.publishers import municipality
from trygghetskarta.subjects.walks.ask.public_findings import PLACES
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.walks import FindingStatus
from trygghetskarta.words import language as words
from trygghetskarta.words.language import available, language

_PLURALS = ("zero", "one", "two", "few", "many")


def _needed(said: dict) -> dict[str, set[str]]:
    """Placeholders by key, without what a language may have more or less of."""
    return {
        key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for key, text in said.items()
        if isinstance(text, str)
        and not key.startswith(("language.", "theme."))
        and key.rpartition(".")[2] not in _PLURALS
    }


@pytest.mark.parametrize("tag", available())
def test_a_language_has_every_sentence_of_the_first_with_its_placeholders(tag):
    assert _needed(language(tag).words) == _needed(language(words.DEFAULT).words)
    assert all(text.strip() for text in language(tag).words.values() if isinstance(text, str))


@pytest.mark.parametrize("tag", available())
def test_a_language_knows_every_offence_category_and_status(tag):
    said = language(tag)
    for name in OFFENCE_TYPES:
        assert said.say(f"offence.{name}")
    for place in PLACES:
        assert said.say(f"category.{place.value}")
    for status in FindingStatus:
        assert said.say(f"status.{status.value}")


def test_another_language_has_the_plan_s_themes_with_all_their_caveats(geodata):
    plan = municipality.read(geodata / "1488").plans[0]
    for tag in set(available()) - {words.DEFAULT}:
        for theme in plan.themes:
            told = language(tag).caveats(theme.key, theme.caveats)
            assert language(tag).theme(theme.key, theme.name) != theme.name
            assert theme.key == "naringsliv" or len(told) == len(theme.caveats)


def test_swedish_keeps_the_plan_s_own_words(geodata):
    theme = municipality.read(geodata / "1488").plans[0].themes[0]
    assert language("sv").theme(theme.key, theme.name) == theme.name
    assert language("sv").caveats(theme.key, theme.caveats) == theme.caveats


def test_numbers_days_and_forms_follow_the_language():
    sv, en = language("sv"), language("en")
    assert (sv.number(1234.5, 1), en.number(1234.5, 1)) == ("1\u00a0234,5", "1,234.5")
    assert (sv.share(0.027), en.share(0.027)) == ("2,7\u00a0%", "2.7%")
    assert (sv.month(date(2025, 5, 3)), en.month(date(2025, 5, 3))) == ("maj 2025", "May 2025")
    assert en.period(date(2025, 1, 1), date(2025, 12, 31)) == "2025"
    assert en.counted("caption.hidden", 1, most=4).startswith("1 district is")
    assert en.counted("caption.hidden", 3, most=4).startswith("3 districts are")
    assert sv.listed(["A", "B", "C"]) == "A, B och C"


@pytest.mark.parametrize("key", ["kind.karta", "caption.hidden.other", "title.all"])
def test_a_language_that_says_less_than_the_first_is_refused_at_once(monkeypatch, key):
    first = language(words.DEFAULT)
    made = dataclasses.replace(first, words={one: "x" for one in first.words if one != key})
    monkeypatch.setattr(words, "read", lambda file: first if file.name == "sv.toml" else made)
    language.cache_clear()
    try:
        with pytest.raises(LookupError, match=rf"^sv\.toml says nothing for: {re.escape(key)}$"):
            language("en")
    finally:
        monkeypatch.undo()
        language.cache_clear()


def test_what_a_language_may_have_fewer_of_is_not_missed():
    said = {"a.other": "x", "a.one": "x", "theme.a.name": "x", "b": "x"}
    assert [key for key in said if words._is_needed(key)] == ["a.other", "b"]


def test_a_language_without_a_file_is_the_first(tmp_path):
    assert language("xx").tag == words.DEFAULT


def test_a_new_language_is_one_file(tmp_path):
    text = (tmp_path / "ar.toml").with_suffix(".toml")
    text.write_text(pseudo_arabic(), "utf-8")
    made = words.read(text)
    assert (made.tag, made.direction) == ("ar", "rtl")
    assert _needed(made.words) == _needed(language("sv").words)
    assert made.counted("caption.hidden", 2, most=4)


def pseudo_arabic() -> str:
    """A language file whose words are Arabic letters by rote: for the layout, not for reading."""
    source = dict(
        tomllib.loads((words.resources.files(words.__package__) / "sv.toml").read_text("utf-8"))
    )
    source["language"] = {
        "tag": "ar",
        "name": "\u0639\u0631\u0628\u064a",
        "locale": "ar_EG",
        "direction": "rtl",
    }
    lines = []
    _write(source, "", lines)
    return "\n".join(lines)


def _write(table: dict, name: str, lines: list[str]) -> None:
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    if plain:
        lines.append(f"[{name}]")
        turn = (lambda value: value) if name == "language" else _turned
        lines += [f'"{key}" = "{turn(str(value))}"' for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, dict):
            _write(value, f"{name}.{key}".strip("."), lines)


def _turned(text: str) -> str:
    """Letters become Arabic ones; placeholders, digits and signs stay."""
    parts = []
    for literal, field, _, _ in string.Formatter().parse(text):
        parts.append("".join(chr(0x627 + ord(c) % 30) if c.isalpha() else c for c in literal))
        parts.append("" if field is None else f"{{{field}}}")
    return "".join(parts).replace('"', "'")
