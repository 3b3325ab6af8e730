"""Every cause has its sentence, every sentence its meaning, and none is said twice."""

import ast
import re
import string
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from trygghetskarta import errors
from trygghetskarta.analysis import classes
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.settings import SettingError, SettingRule
from trygghetskarta.sources.fields.columns import recognise
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import (
    doubt_words,
    error_words,
    fault_words,
    import_words,
    map_words,
    measure_words,
    texts,
)

RAISED = {
    errors.SourceCause: errors.SourceError,
    errors.CrsCause: errors.CrsError,
    errors.StoreCause: errors.StoreError,
    errors.AnalysisCause: errors.AnalysisError,
    errors.DisclosureCause: errors.DisclosureError,
    errors.AccessCause: errors.AccessError,
    errors.WorkCause: errors.WorkError,
}
CAUSES = [(cause, error) for causes, error in RAISED.items() for cause in causes]


@pytest.mark.parametrize(("cause", "error"), CAUSES, ids=[cause.value for cause, _ in CAUSES])
def test_every_cause_has_a_swedish_sentence_even_without_its_facts(cause, error):
    said = error_words.error_sentence(error(cause))
    assert said[0].isupper() or said[0] in "”–"
    assert said.rstrip("”").endswith((".", "?", ":", ")")) or said.endswith("–")
    assert len(said) > 20
    assert "{" not in said and "None" not in said


def test_no_two_causes_share_a_value_and_so_a_sentence():
    assert len({cause.value for cause, _ in CAUSES}) == len(CAUSES)


def test_a_cause_tells_the_facts_it_is_given():
    error = errors.SourceError(errors.SourceCause.FILE_TOO_LARGE, file="a.csv", megabytes=1234.5,
                               limit=200)  # fmt: skip
    said = error_words.error_sentence(error)
    assert "a.csv" in said and "200" in said and "1\u00a0234,5" in said


@pytest.mark.parametrize("rule", TableRule)
def test_every_rule_says_row_column_and_value(rule):
    said = fault_words.fault_sentence(Fault(rule, "Datum", 17, "2025-13-01", ""))
    assert said.startswith("Rad 17, kolumn Datum: ")
    assert len(said) > len("Rad 17, kolumn Datum: ") + 5
    assert "{" not in said


def test_a_table_with_many_faults_tells_the_first_and_how_many_more():
    faults = [Fault(TableRule.VALUE_MISSING, "Namn", row, "", "") for row in range(2, 12)]
    said = error_words.error_sentence(TableError("areas", faults))
    assert said.count("Rad ") == 3
    assert "7 till" in said


@pytest.mark.parametrize("rule", SettingRule)
def test_a_setting_says_its_variable_its_value_and_what_it_must_be(rule):
    said = error_words.setting_sentence(SettingError(rule, "TRYGGHETSKARTA_X", "{fel}"))
    assert said.startswith("Miljövariabeln TRYGGHETSKARTA_X={fel} ska vara e")
    assert said.endswith("Rätta den och försök igen.")


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (texts.AREA_LEVELS, list(AreaLevel)),
        (measure_words.MEASURE_NAMES, list(Measure)),
        (texts.COMPARISONS, list(Comparison)),
        (texts.DATE_BASES, list(DateBasis)),
    ],
)
def test_every_word_of_a_filter_is_swedish_and_its_own(words, members):
    assert set(members) <= set(words)
    assert len(set(words.values())) == len(words)


def test_every_number_of_the_report_has_a_name():
    report = ImportReport("a.csv", TableKind.INCIDENTS, 0, 0, 0, 0, 0, 0)
    assert set(report.numbers()) == set(import_words.REPORT_NUMBERS)


@pytest.mark.parametrize("kind", [TableKind.INCIDENTS, TableKind.DISTRICTS,
                                  TableKind.POPULATION, TableKind.SURVEY])  # fmt: skip
def test_every_role_of_a_column_has_a_name(kind):
    mapping = recognise(["a", "b"], kind)
    assert set(mapping.possible_roles()) <= set(texts.ROLES)


def constants() -> list[tuple[str, str]]:
    """Names and sentences of all catalogues."""
    return [
        (node.targets[0].id, node.value.value)
        for path in Path(texts.__file__).parent.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def test_no_sentence_is_written_twice():
    long = [value for _, value in constants() if len(value) > 25]
    assert len(long) > 300
    assert sorted(long) == sorted(set(long))


def test_every_constant_is_used_somewhere():
    package = Path(texts.__file__).parent.parent
    sources = [*package.rglob("*.py"), *package.rglob("*.jinja")]
    used = Counter(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in sources)))
    assert [name for name, _ in constants() if used[name] < 2] == []


def test_every_place_for_a_fact_has_a_name():
    for name, value in constants():
        fields = [field for _, field, _, _ in string.Formatter().parse(value) if field is not None]
        assert all(fields), name


@pytest.mark.parametrize("smallest", [0, 1, 3, 49])
def test_a_legend_of_counts_holds_every_count_it_stands_for(smallest):
    counts = pd.Series([smallest, 70, 83, 210, 322, 514, 996, 1070], dtype=float)
    made = classes.classify(counts)
    labels = [
        label.replace("\u00a0", "") for label in map_words.value_classes(made.lower, made.breaks, 0)
    ]
    for count, number in zip(counts, made.class_number, strict=True):
        if count:
            low, high = (float(end) for end in labels[number].split("–"))
            assert low <= count <= high
    assert not labels[0].startswith("0")


def test_the_caption_warns_where_a_listed_area_is_shown(view_of):
    facts = view_of().facts
    assert map_words.LISTED_AREA_CAVEAT not in map_words.caption(facts, 0, 5)
    listed = replace(facts, has_listed_area=True)
    assert map_words.LISTED_AREA_CAVEAT in map_words.caption(listed, 0, 5)


def test_a_legend_of_counts_names_whole_numbers_only():
    made = classes.classify_fixed(pd.Series([5.0, 6.0, 9.0]), (5.4, 7.6, 9.0))
    assert map_words.value_classes(made.lower, made.breaks, 0) == ("5", "6–7", "8–9")


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (["M", "M", "M · 2"], ["M", "M · 3", "M · 2"]),
        (["M · 2", "M", "M", "M"], ["M · 2", "M", "M · 3", "M · 4"]),
        (["M", "M", "M · 2", "M · 2"], ["M", "M · 3", "M · 2", "M · 2 · 2"]),
        (
            ["M", "M", "M · 2", "M · 2", "M · 2 · 2"],
            ["M", "M · 3", "M · 2", "M · 2 · 3", "M · 2 · 2"],
        ),
    ],
)
def test_no_two_options_of_a_list_have_the_same_words(labels, told):
    found = texts.distinct(dict(enumerate(labels)))
    assert list(found.values()) == told and len({*told}) == len(labels)


def test_what_is_asked_has_a_word_and_a_sentence_of_its_own():
    names = [doubt_words.doubt_name(kind) for kind in DoubtKind]
    assert len({*names, doubt_words.ALL_DOUBTS}) == len(names) + 1
    for kind in DoubtKind:
        name = doubt_words.doubt_name(kind)
        assert name == name.casefold() and " " not in name
        assert doubt_words.doubts_named(f" {name.upper()} ") == (kind,)
        said = doubt_words.doubt_sentence(Doubt(kind))
        assert said.endswith(".") and "{" not in said and "None" not in said and len(said) > 30
    assert doubt_words.doubts_named(doubt_words.ALL_DOUBTS) == tuple(DoubtKind)
    assert doubt_words.doubts_named("") == ()


def test_a_doubt_tells_its_facts():
    said = doubt_words.doubt_sentence(
        Doubt(DoubtKind.ELSEWHERE, {"outside": 1234, "points": 2000, "municipality": "Trollhättan"})
    )
    assert said.startswith("1\u00a0234 av 2\u00a0000 punkter ligger utanför Trollhättan.")
