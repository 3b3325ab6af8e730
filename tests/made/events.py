"""The police's published events: names, times and places in the API's forms, all of it invented."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
HERE = "Trollhättan"
TOWNS = {
    HERE: (58.283489, 12.285821),
    "Hässleholm": (56.158915, 13.766765),
    "Östersund": (63.1766, 14.636068),
    "Upplands-Bro": (59.51961, 17.63519),
    "Västra Götalands län": (58.252793, 13.05964),
}
COUNTY = "Västra Götalands län"
TYPES = (
    *("Brand", "Rattfylleri", "Misshandel", "Olaga hot", "Mord/dråp, försök", "Rån väpnat"),
    *("Trafikolycka, personskada", "Larm/inbrott", "Stöld/inbrott, försök", "Skadegörelse"),
    "Anträffat gods",
)
NIGHT = "Sammanfattning natt"
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"),
    *("oktober", "november", "december"),
)
WHOLE_ANSWER = 500
OF_THE_TOWN = 169


def write(folder: Path) -> None:
    """Write two answers of the API as they came, and the town's own events over the years."""
    folder.mkdir()
    choice = random.Random(7)
    elsewhere = [town for town in TOWNS if town != HERE]
    for name, day, sign, here in (
        ("api_response_2023-04-15_early_colon_names.json", datetime(2023, 4, 15), ":", 2),
        ("api_response_2026-08-22_latest.json", datetime(2026, 8, 22), ".", 1),
    ):
        towns = [HERE] * here + choice.choices(elsewhere, k=WHOLE_ANSWER - here)
        choice.shuffle(towns)
        told = [
            _event(choice, 600_000 - at, day - timedelta(hours=at), sign, town)
            for at, town in enumerate(towns)
        ]
        _write(folder / name, told, 2)
    days = sorted(choice.sample(range(1400), OF_THE_TOWN))
    town = [
        _event(choice, 385_000 + at, datetime(2022, 11, 1) + timedelta(days=day), _sign(day), HERE)
        for at, day in enumerate(days)
    ]
    _write(folder / "events_trollhattan_2022-2026.json", town, 1)


def _sign(day: int) -> str:
    """Colons in the beginning, points since."""
    return ":" if day < 250 else "."


def _event(choice: random.Random, identity: int, day: datetime, sign: str, town: str) -> dict:
    kind = NIGHT if town == COUNTY and choice.random() < 0.5 else choice.choice(TYPES)
    at = (day + timedelta(minutes=choice.randrange(1440))).replace(tzinfo=SWEDEN)
    told = at + timedelta(minutes=choice.randrange(1, 600))
    zone = f"{told:%z}"
    # Newer answers place an event in the middle of its county and name the town in its name only.
    held = COUNTY if sign == "." and choice.random() < 0.7 else town
    north, east = TOWNS[held]
    name = f"{at.day} {MONTHS[at.month - 1]} {at.hour:02}{sign}{at.minute:02}, {kind}, {town}"
    return {
        "id": identity,
        # Hours before ten stand with one digit.
        "datetime": f"{told:%Y-%m-%d} {told.hour}:{told:%M:%S} {zone[:3]}:{zone[3:]}",
        "name": name,
        "summary": f"Påhittad händelse i {town}.",
        "url": f"/aktuellt/handelser/{at.year}/{MONTHS[at.month - 1]}/{at.day}/{identity}/",
        "type": kind,
        "location": {"name": held, "gps": f"{north},{east}"},
    }


def _write(path: Path, told: list[dict], indent: int) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=indent), encoding="utf-8")
