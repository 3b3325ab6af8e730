"""What the page Hotspots says."""

from collections.abc import Mapping

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.terms.areas import Direction
from trygghetskarta.terms.hotspots import CellShape, HotspotClass, HotspotLayer, HotspotRefusal
from trygghetskarta.words.texts import view_title

LAYER_CHOICE = "Kartlager"
HOTSPOT_LAYERS = {
    HotspotLayer.COUNT: "Antal",
    HotspotLayer.DENSITY: "Täthet",
    HotspotLayer.SIGNIFICANT: "Säkerställd hopning",
    HotspotLayer.EMERGING: "Utveckling",
    HotspotLayer.POINTS: "Enskilda händelser",
}
HOTSPOT_LEGENDS = {
    HotspotLayer.COUNT: "Antal anmälda brott per ruta",
    HotspotLayer.DENSITY: "Anmälda brott per km² och år",
    HotspotLayer.SIGNIFICANT: "Säkerställd hopning (Gi*, 5 % efter Benjamini–Hochberg)",
    HotspotLayer.EMERGING: "Hur hopningen har utvecklats",
    HotspotLayer.POINTS: "Varje punkt är ett anmält brott",
}
SIGNIFICANT_CLASSES = (
    "ingen säkerställd avvikelse",
    "fler än väntat – säkerställd hopning",
    "färre än väntat – säkerställt",
)
HOTSPOT_CLASSES = {
    HotspotClass.NONE: "ingen hopning",
    HotspotClass.SPORADIC: "återkommer då och då",
    HotspotClass.DIMINISHING: "avtar",
    HotspotClass.NEW: "ny i sista perioden",
    HotspotClass.PERSISTENT: "bestående",
}
CELL_ZERO = "0 – inget i urvalet"
CELL_UNUSED = "inget brott känt här – ingår inte"
CELL_SHAPE = "Rutform"
CELL_SHAPES = {CellShape.SQUARE: "Kvadrat", CellShape.HEXAGON: "Sexhörning"}
CELL_SIZE = "Rutstorlek"
BANDWIDTH = "Räckvidd"
CHANCE = "Skulle slumpen ge detta?"
CHANCE_HELP = (
    "Visar samma analys bredvid, av lika många händelser i varje stadsdel utlagda på slumpmässiga "
    "platser. Liknar kartorna varandra säger den riktiga inte mer än slumpen."
)
CHANCE_REAL = "Anmälda brott"
CHANCE_MADE = "Slump – inga riktiga händelser"
HOTSPOT_REFUSALS = {
    HotspotRefusal.NOT_MAPPED: "Temat visas inte på karta.",
    HotspotRefusal.TOO_FINE: (
        "Urvalet får inte visas finare än per stadsdel, så hotspots visas inte. Se sidan Karta."
    ),
    HotspotRefusal.NO_POINTS: (
        "Enskilda händelser visas inte för det här urvalet. Välj ett annat kartlager."
    ),
}
CLUSTERS = "De starkaste hopningarna"
CLUSTER_COLUMNS = {
    "name": "Plats",
    "count": "Antal",
    "share": "Andel av alla",
    "hour": "Vanligaste tid",
    "cells": "Rutor",
}
CLUSTERS_FEW = "Färre än {needed} händelser på kartan: hopningar kan inte skiljas från slump."
CLUSTERS_NONE = (
    "Ingen hopning av flera rutor är säkerställd. En enskild ruta med många händelser syns i "
    "kartlagret Antal."
)
DIRECTIONS = {
    Direction.MIDDLE: "mitten",
    Direction.NORTH: "norra delen",
    Direction.NORTH_EAST: "nordöstra delen",
    Direction.EAST: "östra delen",
    Direction.SOUTH_EAST: "sydöstra delen",
    Direction.SOUTH: "södra delen",
    Direction.SOUTH_WEST: "sydvästra delen",
    Direction.WEST: "västra delen",
    Direction.NORTH_WEST: "nordvästra delen",
}
SPOT_CHOOSE = "Välj hopning"
SPOT_NONE = "Ingen vald – klicka på kartan eller välj här"
SPOT_CLICKED = "Vald ruta"
HOURS_TABLE = "Visa timmarna som tabell"
COUNTS_INSTEAD = "Kartan visar antal i stället."
HOUR = "Timme"
SPOT_HINT = (
    "Klicka på en ruta på kartan, eller välj en hopning i listan, för att se dess antal, "
    "utveckling, brottstyper och tider."
)
SPOT_HOURS = "Tid på dygnet"
SPOT_HOURS_FEW = "Färre än tio händelser med känt klockslag: timmar visas inte."
SPOT_TIMES_HIDDEN = "Uppgifter om en enskild ruta visas inte för det här urvalet."
SPOT_EMPTY = "Inget anmält här i perioden."
NEAR_REPEAT = "Närupprepning"
NEAR_REPEAT_HELP = (
    "Prövar om ett brott följs av fler nära i tid och rum än slumpen ger (Knox). Välj gärna en "
    "brottstyp först, till exempel Inbrott. Tiden räknas mellan brottsdagarna där de är kända, och "
    "en anmälan med flera brott är en händelse. 999 slumpningar; det tar några sekunder."
)
NEAR_REPEAT_RUN = "Pröva"
NEAR_REPEAT_RUNNING = "Slumpar …"
NEAR_REPEAT_COLUMNS = {
    "distance_band": "Avstånd",
    "day_band": "Tid emellan",
    "observed": "Antal par",
    "expected": "Väntat",
    "ratio": "Kvot",
    "p_value": "p-värde",
}
SAME_PLACE = "samma plats"
DAYS = "dagar"


def hotspot_title(facts: Facts, layer: HotspotLayer) -> str:
    """Name a view of the page Hotspots: what, how, where, when."""
    return f"{HOTSPOT_LAYERS[layer]} · {view_title(facts)}"


def cell_place(district: str, direction: Direction) -> str:
    """Name where a cluster lies: the district and which part of it."""
    if not district:
        return "vid kommungränsen"
    return f"{district}, {DIRECTIONS[direction]}"


def spot_detail(share: float) -> str:
    """Tell a cell's share of what stands on the map."""
    return f"{formats.share(share, 1)} av händelserna på kartan"


def cell_name(district: str) -> str:
    """Name a cell by the district that its centre lies in."""
    return f"Ruta i {district}" if district else "Ruta vid kommungränsen"


def hotspot_summary(events: float, cells: int) -> str:
    """Say in one sentence what the cells hold."""
    return (
        f"{formats.number(events)} anmälda brott med känd plats ligger i {formats.number(cells)} "
        "rutor."
    )


def cell_size(metres: int, shape: CellShape) -> str:
    """Name a size of cells."""
    if shape is CellShape.HEXAGON:
        return f"{formats.number(metres**2 / 1e6, 2)} km²"
    return f"{formats.number(metres)} m"


def hotspot_method(layer: HotspotLayer, shape: CellShape, side: int, reach: int) -> tuple[str, ...]:
    """Say in the caption how a layer was computed."""
    cells = (
        f"Rutor om {formats.number(side)} m i SCB:s rutnät."
        if shape is CellShape.SQUARE
        else f"Sexhörningar om {cell_size(side, shape)}."
    )
    told = {
        HotspotLayer.DENSITY: (
            f"Täthet: kvartisk kärna med räckvidden {formats.number(reach)} m, beräknad för rutor "
            f"om {formats.number(side)} m och rättad vid kommungränsen. Den säger inget om hur "
            "många som vistas på platsen."
        ),
        HotspotLayer.SIGNIFICANT: (
            f"{cells} En ruta jämförs tillsammans med sina grannar med urvalets alla rutor där "
            "något brott är känt, oavsett slag och tid (Gi*); "
            "högst 5 % av de säkerställda väntas vara falska. Jämförelsen tar inte hänsyn till hur "
            "många som bor eller vistas där."
        ),
        HotspotLayer.EMERGING: (
            f"{cells} Gi* månad för månad, kvartal för kvartal när perioden är två år eller "
            "längre; trend enligt Mann–Kendall. Utvecklingen gäller rutans plats bland de andra, "
            "inte om brotten har blivit fler."
        ),
    }
    return (told.get(layer, cells),)


def hotspot_beyond(count: int) -> str:
    """Tell of offences whose point lies in no cell."""
    return (
        f"{formats.number(count)} händelser har en punkt som ligger i vatten eller utanför rutorna."
    )


def concentration_sentence(share: float, gini: float, cells: int) -> str:
    """Say how gathered the offences are: the share in the top 5 % of the cells, and the Gini."""
    top = formats.number(max(1, round(0.05 * cells)))
    return (
        f"Av de {formats.number(cells)} rutor där något brott är känt står de 5 % som har flest "
        f"({top} rutor) för {formats.share(share)} av händelserna. Ginikoefficienten, justerad "
        f"för få händelser, är {formats.number(gini, 2)} (0 = så jämnt det går, 1 = allt i en "
        "ruta)."
    )


def cluster_choice(name: str, count: float) -> str:
    """Name a cluster in a select box."""
    return f"{name} ({formats.number(count)})"


def band(low: float, high: float, unit: str) -> str:
    """Name a left-closed band of distances or days."""
    return f"{formats.number(low)}–{formats.number(high)} {unit}"


def distance_band(low: float, high: float) -> str:
    """Name a left-closed band of distances; one that ends at 0 is the same place."""
    return band(low, high, "m") if high else SAME_PLACE


def near_repeat_answer(best: Mapping[str, object] | None) -> str:
    """Say what the test of near repeats found."""
    if best is None:
        return (
            "Inget tyder på närupprepning: par av händelser nära i tid och rum är inte säkert fler "
            "än slumpen ger."
        )
    more = formats.number(100 * (float(best["ratio"]) - 1))
    place = distance_band(best["distance_from"], best["distance_to"])
    days = band(best["day_from"], best["day_to"], DAYS)
    return (
        f"Händelser kommer tätare än slumpen ger: {place} och {days} "
        f"emellan finns {more} % fler par än väntat "
        f"({formats.number(best['observed'])} mot {formats.number(best['expected'], 1)} väntade, "
        f"p = {formats.number(best['p_value'], 3)}). Det säger inte vem eller varför."
    )
