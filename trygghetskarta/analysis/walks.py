"""Safety walks: the measures by the names that other programs call, in one place."""

from trygghetskarta.analysis.findings import (
    FindingRate,
    RemedyTime,
    finding_rate,
    recurring,
    time_to_remedy,
)
from trygghetskarta.analysis.presence import Presence, presence, presence_gaps
from trygghetskarta.analysis.streets import Coverage, NearRoute, coverage, near_route
from trygghetskarta.analysis.track_cleaning import clean_track
from trygghetskarta.analysis.track_ends import trim_ends
from trygghetskarta.analysis.tracks import Track, mean_speeds, seconds_as_text, tracks_of

__all__ = [
    "Coverage",
    "FindingRate",
    "NearRoute",
    "Presence",
    "RemedyTime",
    "Track",
    "clean_track",
    "coverage",
    "finding_rate",
    "mean_speeds",
    "near_route",
    "presence",
    "presence_gaps",
    "recurring",
    "seconds_as_text",
    "time_to_remedy",
    "tracks_of",
    "trim_ends",
]
