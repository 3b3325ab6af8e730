"""A municipality, its plans and their themes (*prioriterade områden*)."""

from dataclasses import dataclass

from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.perception import PerceptionRules
from trygghetskarta.terms.walks import WalkType


@dataclass(frozen=True)
class Theme:
    """A *prioriterat område* of one plan year: a rule over what is recorded, not a place.

    Attributes
    ----------
    key
        ASCII word in links.
    name
        The plan's own Swedish name.
    offence_types, offence_codes
        An incident belongs to the theme when its type is listed or its four-character code starts
        with one of ``offence_codes``. Both empty: every offence with ``classified_areas``, else
        none.
    observation_categories, walk_types
        What of the walks belongs to the theme.
    classified_areas
        True when the theme is about areas on the police list: the map is limited to the districts
        classified at the end of the chosen period.
    internal, public
        What each audience may see.
    caveats
        Swedish sentences that follow every figure of the theme, into every export.
    status
        Swedish text for a theme that is listed but not mapped; empty otherwise.
    """

    key: str
    name: str
    offence_types: tuple[str, ...]
    offence_codes: tuple[str, ...]
    observation_categories: tuple[str, ...]
    walk_types: tuple[WalkType, ...]
    classified_areas: bool
    internal: ShowRule
    public: ShowRule
    caveats: tuple[str, ...] = ()
    status: str = ""

    @property
    def counts_offences(self) -> bool:
        """Whether offences are counted for the theme: a rule over them, or over areas."""
        return bool(self.offence_types or self.offence_codes or self.classified_areas)


@dataclass(frozen=True)
class Plan:
    """The municipality's plan of one year, with its themes in the plan's order."""

    year: int
    title: str
    source: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Municipality:
    """Everything that makes one municipality another: read from its folder in ``geodata``.

    Attributes
    ----------
    code, name, county
        ``1488``, ``Trollhättan``, ``Västra Götalands län``.
    local_crs
        EPSG code the city itself works in.
    latitude, longitude, zoom
        First view of the map.
    boundary_version
        Version of the area boundaries, stored with every assignment.
    plans
        Newest first.
    perception
        Limits of risk and of perceived safety, and the survey's questions.
    """

    code: str
    name: str
    county: str
    local_crs: int
    latitude: float
    longitude: float
    zoom: int
    boundary_version: str
    plans: tuple[Plan, ...]
    perception: PerceptionRules = PerceptionRules()
