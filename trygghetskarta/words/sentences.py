"""The sentences of public figures in one language; they say what ``texts`` says to staff."""

from collections.abc import Collection, Sequence

from trygghetskarta.analysis.facts import Facts
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import map_words
from trygghetskarta.words.language import Language


class Sentences:
    """What :func:`trygghetskarta.draw.shown.compose` asks for, said in a language.

    Parameters
    ----------
    language
        The language.
    theme
        The chosen theme, None for all offences: the language may have its own name for it.
    """

    def __init__(self, language: Language, theme: Theme | None = None) -> None:
        self.language = language
        self.theme = theme

    def what(self) -> str:
        """Name what is counted in plain words: the offences themselves where they are few types.

        The plan's name of a theme says little to those who have not written the plan.
        """
        if self.theme is None:
            return self.language.say("title.all")
        types = self.theme.offence_types
        if types and len(types) <= _MOST_TYPES and not self.theme.offence_codes:
            names = [self.language.say(f"offence.{name}") for name in types]
            listed = self.language.listed(names)
            return listed[:1].upper() + listed[1:]
        return self.language.theme(self.theme.key, self.theme.name)

    def view_title(self, facts: Facts) -> str:
        """Name a view: what and when."""
        return self.language.say("title.view", what=self.what(), period=self.period(facts))

    def period(self, facts: Facts) -> str:
        """Write the period."""
        return self.language.period(facts.start, facts.end)

    def legend_title(self, measure: str) -> str:
        """Head a legend with the measure."""
        return self.of_measure(measure, "legend")

    def of_measure(self, measure: str, key: str, **values: object) -> str:
        """What the language says of a measure; empty where it has nothing to say."""
        name = f"measure.{measure}.{key}"
        return self.language.say(name, **values) if name in self.language.words else ""

    def special_class(self, number: int, _threshold: int) -> str:
        """Label the looks that are not a class of values."""
        return self.language.say(f"legend.{_SPECIAL[number]}")

    def not_computed_class(self, _reasons: Collection[str], is_some_missing: bool) -> str:
        """Label the areas without a figure, some of which are not computed."""
        return self.language.say(f"legend.{'missing_or_' if is_some_missing else ''}not_computed")

    def value_classes(
        self, lower: Sequence[float], breaks: Sequence[float], decimals: int
    ) -> tuple[str, ...]:
        """Label the classes of a sequential legend."""
        limits, digits = map_words.class_limits(lower, breaks, decimals)
        return tuple(self._range(low, high, digits) for low, high in limits)

    def change_classes(self, lower: Sequence[float], breaks: Sequence[float]) -> tuple[str, ...]:
        """Label the classes of a diverging legend; the middle one is no clear change."""
        middle = len(breaks) // 2
        return tuple(
            self.language.say("legend.no_clear_change")
            if at == middle
            else self._change("decrease" if at < middle else "increase", low, high)
            for at, (low, high) in enumerate(zip(lower, breaks, strict=True))
        )

    def change_summary(self, facts: Facts, rising: Sequence[str], falling: Sequence[str]) -> str:
        """Say how many there were and, of a change, where it is certain."""
        said = [self.total(facts)]
        if facts.measure.declared.compares:
            said += self.changes(rising, falling)
        return " ".join(said)

    def total(self, facts: Facts) -> str:
        """Say how many there were in the municipality; less where that is hidden."""
        if facts.offences is None:
            return self.language.say("summary.none", period=self.period(facts))
        return self.language.say(
            "summary.total",
            n=self.language.number(facts.offences),
            municipality=facts.municipality,
            period=self.period(facts),
        )

    def changes(self, rising: Sequence[str], falling: Sequence[str]) -> list[str]:
        """Say where more and fewer are reported with certainty, and what that does not tell."""
        if not rising and not falling:
            return [self.language.say("summary.no_change")]
        said = [
            self.language.say(f"summary.{key}", names=self.language.listed(names))
            for key, names in (("more", rising), ("fewer", falling))
            if names
        ]
        return [*said, self.language.say("summary.rest")]

    def caption(self, facts: Facts, hidden: int, threshold: int) -> tuple[str, ...]:
        """Write the lines that follow the figures: source and n, method, caveats."""
        caveats = self.language.caveats(self.theme.key, facts.caveats) if self.theme else ()
        lines = [self._source(facts), self._method(facts, hidden, threshold), " ".join(caveats)]
        return tuple(line for line in lines if line)

    def _source(self, facts: Facts) -> str:
        say = self.language.say
        said = [self.source(facts, self.period(facts))]
        if facts.offences is not None:
            said.append(say("caption.n", n=self.language.number(facts.offences)))
        if facts.without_place is None:
            said.append(say("caption.without_place_hidden"))
        elif facts.offences and facts.without_place:
            share = self.language.share(facts.without_place / facts.offences)
            said.append(say("caption.without_place", share=share))
        if facts.preliminary != 0:
            said.append(say("caption.preliminary"))
        if facts.unsaid != 0:
            said.append(say("caption.unsaid"))
        return " ".join(said)

    def source(self, facts: Facts, period: str) -> str:
        """Name the source of figures, their period and which date places them in it."""
        key = "source" if facts.basis is DateBasis.REPORTED else "source_occurred"
        sources = "; ".join(facts.sources) or self.language.say("caption.no_source")
        return self.language.say(f"caption.{key}", sources=sources, period=period)

    def source_of_two(self, earlier: Facts, later: Facts) -> str:
        """Name the source of two periods that are compared, and how many offences each has."""
        sides = (earlier, later)
        period = self.language.listed([self.period(one) for one in sides])
        said = [self.source(later, period)]
        if all(one.offences is not None for one in sides):
            counts = [self.language.number(one.offences) for one in sides]
            said.append(self.language.say("caption.n", n=self.language.listed(counts)))
        if any(one.preliminary != 0 for one in sides):
            said.append(self.language.say("caption.preliminary"))
        if any(one.unsaid != 0 for one in sides):
            said.append(self.language.say("caption.unsaid"))
        return " ".join(said)

    def _method(self, facts: Facts, hidden: int, threshold: int) -> str:
        say, said = self.language.say, []
        years = ", ".join(str(year) for year in facts.population_years)
        if method := self.of_measure(facts.measure, "method", years=years):
            said.append(method)
        if hidden:
            said.append(self.language.counted("caption.hidden", hidden, most=threshold - 1))
        said.append(say("caption.borders", borders=facts.boundary_version, data=facts.data_version))
        return " ".join(said)

    def _range(self, low: float, high: float, decimals: int) -> str:
        written = [self.language.number(limit, decimals) for limit in (low, high)]
        return written[1] if decimals == 0 and low >= high else "–".join(written)

    def _change(self, word: str, low: float, high: float) -> str:
        near, far = sorted((abs(low), abs(high)))
        over = far == float("inf")
        values = {
            "from": self.language.number(near),
            "to": "" if over else self.language.number(far),
        }
        return self.language.say(f"legend.{word}_{'over' if over else 'between'}", **values)


_MOST_TYPES = 5
_SPECIAL = {
    map_classes.ZERO: "zero",
    map_classes.UNDECIDED: "undecided",
    map_classes.HIDDEN: "hidden",
    map_classes.MISSING: "missing",
}
