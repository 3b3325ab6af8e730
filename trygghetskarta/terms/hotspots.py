"""Hot spots: what is drawn of them, in which cells, and what a cell has been."""

from enum import StrEnum


class HotspotLayer(StrEnum):
    """What the page Hotspots draws (link parameter ``lager``)."""

    COUNT = "rutor"
    DENSITY = "tathet"
    SIGNIFICANT = "hopning"
    EMERGING = "utveckling"
    POINTS = "punkter"


class HotspotRefusal(StrEnum):
    """Why a choice may not be shown on the page Hotspots."""

    NOT_MAPPED = "not_mapped"
    TOO_FINE = "too_fine"  # the theme may not be shown finer than a district
    NO_POINTS = "no_points"


class CellShape(StrEnum):
    """Shape of the cells that points are counted in (link parameter ``form``)."""

    SQUARE = "kvadrat"
    HEXAGON = "sexhorning"


class HotspotClass(StrEnum):
    """What a cell has been over the periods; the first that fits.

    After Esri's *emerging hot spot analysis* (ArcGIS Pro, "How Emerging Hot Spot Analysis works"),
    with its eight kinds of hot spot put together into four. *Hot* means significant after
    Benjamini–Hochberg with z > 0. A trend is significant when the Mann–Kendall test of the cell's
    z gives p < 0.05, two-sided.
    """

    NEW = "new"
    """Hot in the last period and never before."""
    DIMINISHING = "diminishing"
    """Hot in at least 90 % of the periods, and z falls significantly."""
    PERSISTENT = "persistent"
    """Hot in at least 90 % of the periods, the last among them, and z does not fall significantly
    (Esri's persistent and intensifying)."""
    SPORADIC = "sporadic"
    """Hot in two or more periods, but neither of the above (Esri's consecutive, sporadic,
    oscillating and historical, and hot spots that come and go)."""
    NONE = "none"
    """Never hot, or only once before the last period."""
