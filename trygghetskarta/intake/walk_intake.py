"""Walks and observations from files: many at once, each with its report, none stored twice."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta import tables
from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.analysis.track_cleaning import clean_track
from trygghetskarta.analysis.tracks import Track, seconds_as_text
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.intake.intake import ImportReport, bounds, place_finder, quarantined
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE, WORK_CRS
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.personal_data import screen
from trygghetskarta.sources.publishers import gpx, observations, routes, walk_rows
from trygghetskarta.sources.publishers.observations import ParsedObservations
from trygghetskarta.sources.readers import files
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed, require_every_row
from trygghetskarta.sources.readers.recordings import Recording, is_uuid, named, usable
from trygghetskarta.store import read, read_walks, write, write_walks
from trygghetskarta.store.write_walks import NetworkResult
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import WalkType

Progress = Callable[[float], None]
"""Called with 0 to 1; what it raises stops the import, and what is stored by then is kept."""

_GPX = ".gpx"
_TRACK = (
    *("started_at", "ended_at", "raw_length_m", "length_m", "minutes", "removed"),
    *("geometry", "vertex_seconds"),
)
"""Columns of ``WALKS`` that a track decides; the rest is what people tell."""

_SAID = ("walk_type", "participants", "team", "given_place", "note")


@dataclass(frozen=True)
class WalkDetails:
    """What somebody says of the tracks of an import, which the files do not tell.

    Attributes
    ----------
    walk_type, participants, team, given_place, note
        As in contract ``WALKS``; None for what is not said, and keeps what is stored.
    """

    walk_type: WalkType | None = None
    participants: int | None = None
    team: str | None = None
    given_place: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    file
        Its name.
    report
        The account of its rows; None when nothing of it could be stored.
    error
        Why not; None when it could.
    """

    file: str
    report: ImportReport | None = None
    error: TrygghetskartaError | None = None


@dataclass(frozen=True)
class Reading:
    """How files are to be read.

    Attributes
    ----------
    kind
        ``WALKS`` or ``OBSERVATIONS``; None to tell each file by its content.
    source
        Name of the source, for rows that do not tell their own.
    told
        What is said of tracks.
    is_example
        Whether the rows are invented.
    crs
        EPSG code of coordinates when a file does not say.
    layer
        Layer or sheet of files that have several.
    roles
        Columns by role that the user has chosen, before what is recognised.
    """

    kind: TableKind | None
    source: str
    told: WalkDetails = field(default_factory=WalkDetails)
    is_example: bool = False
    crs: int | None = None
    layer: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _File:
    """A file that has been opened: a GPX, or a table."""

    name: str
    size: int
    kind: TableKind
    tracks: gpx.GpxFile | None = None
    raw: RawTable | None = None
    mapping: ColumnMapping | None = None

    @property
    def sha256(self) -> str:
        return self.raw.sha256 if self.tracks is None else self.tracks.sha256


def import_paths(
    place: Workplace, paths: Sequence[Path], reading: Reading, progress: Progress | None = None
) -> list[Outcome]:
    """As :func:`import_files`, from disk."""

    def opened(path: Path) -> bytes:
        if not path.is_file():
            raise SourceError(SourceCause.FILE_MISSING, file=path.name)
        try:
            return path.read_bytes()
        except OSError as error:
            raise SourceError(SourceCause.FILE_NOT_OPENED, file=path.name) from error

    return _import(place, [(path.name, path) for path in paths], opened, reading, progress)


def import_files(
    place: Workplace,
    given: Sequence[tuple[str, bytes]],
    reading: Reading,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Import tracks, lists of walks and lists of observations, each file for itself.

    Tracks and lists of walks are read before observations, whatever order they are given in, so
    that what was seen finds its walk. A list that names a track's file and that file make one walk,
    in one import or in two. The same file twice changes nothing.

    Parameters
    ----------
    place
        Where they go.
    given
        Name and content of each file.
    reading
        How they are to be read.
    progress
        Told of the whole import.

    Returns
    -------
    list of Outcome
        One per file, in the order given: a report, or the error that says why there is none. A file
        that is refused leaves nothing behind and does not stop the others.
    """
    return _import(place, given, lambda content: content, reading, progress)


def import_network(
    place: Workplace, name: str, content: bytes, source: str, layer: str | None = None
) -> NetworkResult:
    """Import a network of streets, in place of the one the same source gave before.

    Raises
    ------
    SourceError, CrsError
        If it has no lines that can be trusted.
    """
    limit = place.settings.max_file_megabytes
    return _store_network(
        place, files.read_bytes(name, content, layer=layer, max_megabytes=limit), source
    )


def import_network_path(
    place: Workplace, path: Path, source: str, layer: str | None = None
) -> NetworkResult:
    """Import a network of streets from the disk; as :func:`import_network`."""
    limit = place.settings.max_file_megabytes
    return _store_network(place, files.read(path, layer=layer, max_megabytes=limit), source)


def _store_network(place: Workplace, raw: files.RawTable, source: str) -> NetworkResult:
    table = routes.network(raw, source=source)
    tables.require(table, tables.NETWORK)
    return write_walks.replace_network(place.engine, table, source)


def _import(
    place: Workplace,
    given: Sequence[tuple[str, object]],
    opened: Callable[[object], bytes],
    reading: Reading,
    progress: Progress | None,
) -> list[Outcome]:
    tell = progress or _silent
    office = _Office(place, reading)
    outcomes: dict[int, Outcome] = {}
    later: list[tuple[int, _File]] = []
    for number, (name, content) in enumerate(given):
        outcomes[number] = _tried(name, lambda content=content, name=name, number=number: (
            office.take(name, opened(content), lambda one: later.append((number, one)))
        ))  # fmt: skip
        tell((number + 1) / (len(given) + 1))
    for number, one in later:
        outcomes[number] = _tried(one.name, lambda one=one: office.observe(one))
    tell(1.0)
    return [outcomes[number] for number in range(len(given))]


def _tried(name: str, work: Callable[[], ImportReport | None]) -> Outcome:
    try:
        return Outcome(name, report=work())
    except TrygghetskartaError as error:
        return Outcome(name, error=error)


class _Office:
    """One import: what is stored already, and what each file adds to it."""

    def __init__(self, place: Workplace, reading: Reading) -> None:
        self.place = place
        self.reading = reading
        self.bounds = bounds(place)
        districts = read.areas(place.engine, AreaLevel.DISTRICT).reset_index()
        self.districts = AreaIndex(districts)
        self.names = dict(zip(districts["area_code"], districts["name"], strict=True))
        stored = read_walks.walks(place.engine)
        self.known: dict[str, dict] = {}
        self.lines: dict[tuple, str] = {}
        self._remember(stored.to_dict("records"))

    @cached_property
    def finder(self) -> PlaceFinder:
        """Looks up places by name; tracks do without it."""
        return place_finder(self.place)

    def take(
        self, name: str, content: bytes, put_off: Callable[[_File], None]
    ) -> ImportReport | None:
        """Import tracks and walks at once; put observations off until every walk is there."""
        one = self._open(name, content)
        if one.kind is TableKind.OBSERVATIONS:
            put_off(one)
            return None
        if one.tracks is not None:
            return self._tracks(one)
        return self._walks(one)

    def observe(self, one: _File) -> ImportReport:
        """Import a list of observations."""
        raw = one.raw if one.tracks is None else one.tracks.waypoints
        names = raw.frame.columns
        mapping = one.mapping or columns.recognise(names, TableKind.OBSERVATIONS)
        columns.validate(mapping, raw)
        parsed = observations.parse(
            raw,
            mapping,
            source=self.reading.source,
            bounds=self.bounds,
            local_crs=self.place.municipality.local_crs,
            crs=4326 if one.tracks is not None else self.reading.crs,
            today=self.place.today(),
        )
        require_every_row(raw, parsed)
        return self._write_observations(one, raw, parsed)

    def _open(self, name: str, content: bytes) -> _File:
        if PurePath(name).suffix.lower() == _GPX:
            found = gpx.parse(content, file_name=name)
            only_points = not found.walks and len(found.waypoints.frame) > 0
            wanted = self.reading.kind is TableKind.OBSERVATIONS
            kind = TableKind.OBSERVATIONS if only_points or wanted else TableKind.WALKS
            return _File(name, len(content), kind, tracks=found)
        limit = self.place.settings.max_file_megabytes
        raw = files.read_bytes(name, content, layer=self.reading.layer, max_megabytes=limit)
        kind = self.reading.kind or _kind_of(raw)
        mapping = columns.recognise(raw.frame.columns, kind, raw.frame)
        if self.reading.roles:
            mapping = mapping.with_roles({**mapping.roles, **self.reading.roles})
        return _File(name, len(content), kind, raw=raw, mapping=mapping)

    # --- tracks ---

    def _tracks(self, one: _File) -> ImportReport:
        recordings = [self._begun(each, one.name) for each in usable(one.tracks.walks, one.name)]
        walked = [(recording, _cleaned(recording)) for recording in recordings]
        walked = [(recording, track) for recording, track in walked if track.has_line]
        if not walked:
            raise SourceError(SourceCause.TRACK_NOT_WALKED, file=one.name)
        alone = len(walked) == 1
        rows = [self._track_row(one.name, *pair, alone) for pair in walked]
        notes = {"removed": sum(track.removed for _, track in walked)}
        notes |= _doubtful(recordings)
        report = self._write_walks(one, rows, Parsed(pd.DataFrame(), notes=notes))
        if not len(one.tracks.waypoints.frame):
            return report
        return _summed(report, self.observe(one), len(one.tracks.waypoints.frame))

    def _begun(self, recording: Recording, file: str) -> Recording:
        """Without the points of days that have not been; a track that has most there is refused."""
        tomorrow = pd.Timestamp(self.place.today(), tz=TIME_ZONE) + pd.DateOffset(days=1)
        late = recording.time >= np.datetime64(tomorrow.tz_convert(None), "us")
        if late.sum() * 2 > (~np.isnat(recording.time)).sum():
            day = pd.Timestamp(recording.time[late].min(), tz="UTC").tz_convert(TIME_ZONE)
            raise SourceError(SourceCause.TRACK_IN_FUTURE, file=file, day=day.date().isoformat())
        return recording.without(late) if late.any() else recording

    def _track_row(self, file: str, recording: Recording, track: Track, alone: bool) -> dict:
        measured = _measured(track)
        known = self.known.get(recording.walk_id)
        if known is None and alone:
            known = self._of_file(file, measured)
        told = self.reading.told
        if known is not None:
            row = {**known, **measured}
        else:
            row = {
                **_EMPTY,
                **measured,
                "walk_id": recording.walk_id,
                "walk_type": WalkType.PRESENCE.value,
                "file_name": file,
                "source": self.reading.source,
            }
        said = {name: getattr(told, name) for name in _SAID if getattr(told, name) is not None}
        row |= {name: getattr(value, "value", value) for name, value in said.items()}
        district = self._district_of(track.geometry) or row["district_code"]
        row["district_code"] = district
        if known is None:
            row["name"] = row["given_place"] or self.names.get(district) or walk_rows.UNNAMED
        return row

    def _of_file(self, file: str, measured: Mapping) -> dict | None:
        """Give the walk that has this track by another name, or that a list says it is of."""
        same = self.lines.get(_drawn(measured))
        if same is not None:
            return self.known[same]
        waiting = [
            row
            for row in self.known.values()
            if row["geometry"] is None and _same_name(row["file_name"], file)
        ]
        return waiting[0] if len(waiting) == 1 else None

    def _district_of(self, line: shapely.Geometry) -> str | None:
        """Give the district that most of a line's steps lie in; None when that is none."""
        at = shapely.get_coordinates(shapely.segmentize(line, 25.0))
        found = self.districts.locate(at[:, 0], at[:, 1])
        codes = np.bincount(found + 1, minlength=1)
        most = int(codes.argmax()) - 1
        return None if most < 0 else str(self.districts.codes[most])

    # --- lists of walks and drawn lines ---

    def _walks(self, one: _File) -> ImportReport:
        lines, strange = ({}, ())
        if routes.has_lines(one.raw):
            lines, strange = routes.recordings(one.raw)
            lines = {row: self._begun(each, one.name) for row, each in lines.items()}
        if not lines:
            columns.validate(one.mapping, one.raw)
        told = self.reading.told
        parsed = walk_rows.parse(
            replace(one.raw, faults=(*one.raw.faults, *strange)),
            one.mapping,
            source=self.reading.source,
            today=self.place.today(),
            walk_type=told.walk_type or WalkType.PRESENCE,
        )
        require_every_row(one.raw, parsed)
        named_rows = self._place_rows(parsed.table)
        rows = [
            self._list_row(row, lines.get(number), one.raw.file_name)
            for number, row in zip(named_rows.index, named_rows.to_dict("records"), strict=True)
        ]
        parsed = replace(parsed, notes={**parsed.notes, **_doubtful(lines.values())})
        return self._write_walks(one, rows, parsed)

    def _place_rows(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return table.assign(district_code=self._districts_by_name(table))

    def _districts_by_name(self, table: gpd.GeoDataFrame) -> pd.Series:
        """District of each row by its point, code or name; missing when none of them is known."""
        asked = table[["given_area_code", "given_place", "geometry"]]
        placed = self.finder.place(asked).table["district_code"]
        return placed.reindex(table.index).astype("str")

    def _list_row(self, row: dict, recording: Recording | None, list_name: str) -> dict:
        own = {name: _none(row[name]) for name in tables.WALKS.columns}
        if recording is not None:
            track = _cleaned(recording)
            if own["started_at"] is None and pd.isna(row["own_id"]):
                own["walk_id"] = recording.walk_id
            own |= _timed(_measured(track), own)
            own["district_code"] = self._district_of(track.geometry) or own["district_code"]
        known = self.known.get(own["walk_id"])
        if own["file_name"] != list_name and (known is None or known["geometry"] is None):
            known = self._with_track(row, known) or known
        if known is None:
            return own
        merged = {**own, "walk_id": known["walk_id"]}
        merged["nothing_to_report"] = own["nothing_to_report"] or bool(known["nothing_to_report"])
        if recording is None and known["geometry"] is not None:
            merged |= _timed({name: known[name] for name in _TRACK}, own)
            merged |= {"district_code": known["district_code"], "file_name": known["file_name"]}
        return merged

    def _with_track(self, row: Mapping, known: dict | None) -> dict | None:
        """Give the only stored walk whose track came in the file that a row names.

        A row that has a name of its own gives it to that walk, so that what was seen finds it.
        """
        mine = [
            other
            for other in self.known.values()
            if other["geometry"] is not None and _same_name(other["file_name"], row["file_name"])
        ]
        if len(mine) != 1:
            return None
        (found,) = mine
        if pd.isna(row["own_id"]) or found["walk_id"] == row["walk_id"]:
            return found
        write_walks.absorb_walk(self.place.engine, found["walk_id"], row["walk_id"])
        del self.known[found["walk_id"]]
        quiet = bool(found["nothing_to_report"] or (known and known["nothing_to_report"]))
        return {**found, "walk_id": row["walk_id"], "nothing_to_report": quiet}

    # --- observations ---

    def _write_observations(
        self, one: _File, raw: RawTable, parsed: ParsedObservations
    ) -> ImportReport:
        refs = zip(parsed.table["walk_ref"], parsed.table["source"], strict=True)
        table = parsed.table.assign(
            walk_id=pd.Series(
                [self._walk_of(ref, source) for ref, source in refs],
                parsed.table.index,
                dtype="str",
            ),
            district_code=self._districts_by_name(parsed.table),
        )
        tables.require(table, tables.OBSERVATIONS)
        report = self._write(one, raw, TableKind.OBSERVATIONS, table, parsed)
        flagged = _flagged(
            zip(*(table[name] for name in tables.OBSERVATIONS.free_words), strict=True)
        )
        report = replace(report, notes={**report.notes, **flagged})
        if parsed.quiet.empty:
            return report
        calm = self._write_quiet(one, parsed.quiet)
        return _added(report, calm, {"quiet": len(parsed.quiet)})

    def _walk_of(self, ref: str | None, source: str) -> str | None:
        """Identity of the walk that a row names; the one it will have when it is not there yet."""
        if pd.isna(ref):
            return None
        if is_uuid(ref):
            return ref.strip().lower()
        own = walk_rows.walk_id(source, ref)
        if own in self.known:
            return own
        by_file = [
            row["walk_id"]
            for row in self.known.values()
            if _same_name(row["file_name"], ref) or _same_name(_stem(row["file_name"]), ref)
        ]
        return by_file[0] if len(by_file) == 1 else own

    def _write_quiet(self, one: _File, quiet: pd.DataFrame) -> ImportReport:
        """Note that walks had nothing to report; a walk that is not there yet is stored by it."""
        shapes = gpd.GeoSeries([None] * len(quiet), index=quiet.index, crs=WORK_CRS)
        place = self._districts_by_name(gpd.GeoDataFrame(quiet, geometry=shapes))
        rows: dict[str, dict] = {}
        for (_, row), district in zip(quiet.iterrows(), place, strict=True):
            identity = self._walk_of(row["walk_ref"], row["source"]) or named(
                "quiet", f"{row['source']}\x1f{row['observed_at']}\x1f{row['given_place']}"
            )
            known = self.known.get(identity)
            if known is None:
                where, code = _none(row["given_place"]), _none(district)
                known = {
                    **_EMPTY,
                    "walk_id": identity,
                    "walk_type": WalkType.PRESENCE.value,
                    "name": where or self.names.get(code) or walk_rows.UNNAMED,
                    "given_place": where,
                    "district_code": code,
                    "started_at": _none(row["observed_at"]),
                    "file_name": one.name,
                    "source": row["source"],
                }
            rows[identity] = {**known, "nothing_to_report": True}
        repeated = len(quiet) - len(rows)
        return self._write_walks(
            one, list(rows.values()), Parsed(pd.DataFrame(), repeated=repeated)
        )

    # --- writing ---

    def _remember(self, rows: Iterable[dict]) -> None:
        for row in rows:
            self.known[row["walk_id"]] = row
            if row["geometry"] is not None:
                self.lines[_drawn(row)] = row["walk_id"]

    def _write_walks(self, one: _File, rows: Sequence[dict], parsed: Parsed) -> ImportReport:
        # Two tracks of one file can be of one walk that a list knows; the later row holds.
        table = _walk_table(rows)
        parsed = replace(parsed, repeated=parsed.repeated + len(rows) - len(table))
        tables.require(table, tables.WALKS)
        raw = one.raw if one.tracks is None else None
        report = self._write(one, raw, TableKind.WALKS, table, parsed)
        self._remember(rows)
        flagged = _flagged([row["note"], row["team"], row["given_place"]] for row in rows)
        return replace(report, notes={**report.notes, **flagged})

    def _write(
        self,
        one: _File,
        raw: RawTable | None,
        kind: TableKind,
        table: gpd.GeoDataFrame,
        parsed: Parsed,
    ) -> ImportReport:
        held = quarantined(raw, parsed.faults)
        result = write.write_batch(
            self.place.engine,
            kind,
            table,
            source=self.reading.source,
            file_name=one.name,
            sha256=one.sha256,
            is_example=self.reading.is_example,
            read=len(table) + parsed.repeated + len(held),
            repeated=parsed.repeated,
            quarantine_rows=held,
            resolves=parsed.resolves,
        )
        placed = table["geometry"].notna()
        named_place = table["district_code"].notna() & ~placed
        notes = dict(parsed.notes)
        if result.examples_removed:
            notes["examples_removed"] = result.examples_removed
        return ImportReport(
            file=one.name,
            kind=kind,
            read=result.new + result.changed + result.unchanged + result.quarantined,
            new=result.new,
            changed=result.changed,
            unchanged=result.unchanged,
            quarantined=result.quarantined,
            matched_by_point=int((placed & table["district_code"].notna()).sum()),
            matched_by_name=int(named_place.sum()),
            outside=int((placed & table["district_code"].isna()).sum()),
            without_place=int((~placed & table["district_code"].isna()).sum()),
            batch=result.batch,
            notes=notes,
            faults=parsed.faults,
        )


_EMPTY: dict[str, object] = {
    **dict.fromkeys(tables.WALKS.columns),
    "nothing_to_report": False,
    "removed": 0,
}


def _kind_of(raw: RawTable) -> TableKind:
    """Tell a list of observations from a list of walks, by its geometry or by its columns."""
    if raw.geometry is not None:
        return TableKind.WALKS if routes.has_lines(raw) else TableKind.OBSERVATIONS
    fits = {
        kind: len(marks & set(columns.recognise(raw.frame.columns, kind, raw.frame).roles))
        for kind, marks in _MARKS.items()
    }
    return max(fits, key=lambda kind: fits[kind])


_MARKS = {
    TableKind.OBSERVATIONS: {
        *("category", *FIELDS, "latitude", "easting", "wkt"),
        *("status", "owner", "due_date"),
    },
    TableKind.WALKS: {
        *("walk_type", "start", "end", "participants", "team", "track_file"),
        "nothing_to_report",
    },
}
"""Roles that tell what a list is of; with as many of both it is of observations."""


def _cleaned(recording: Recording) -> Track:
    return clean_track(recording.lon, recording.lat, recording.time, recording.segment)


def _doubtful(recordings: Iterable[Recording]) -> dict[str, int]:
    """The note of points that were left out for their times."""
    dropped = sum(len(one.doubtful) for one in recordings)
    return {"doubtful_moments": dropped} if dropped else {}


def _measured(track: Track) -> dict:
    """Columns of ``WALKS`` that a track decides."""
    return {
        "started_at": _utc(track.started_at),
        "ended_at": _utc(track.ended_at),
        "raw_length_m": round(track.raw_length_m, 1),
        "length_m": round(track.length_m, 1),
        "minutes": None if np.isnan(track.minutes) else round(track.minutes, 2),
        "removed": track.removed,
        "geometry": track.geometry if track.has_line else None,
        "vertex_seconds": seconds_as_text(track),
    }


def _timed(track: dict, own: Mapping) -> dict:
    """A track's columns, with the hours of the list where the track has none of its own."""
    if _none(track["started_at"]) is not None:
        return track
    return {**track, "started_at": own["started_at"], "ended_at": own["ended_at"]}


def _walk_table(rows: Iterable[dict]) -> gpd.GeoDataFrame:
    """Rows as a table of contract ``WALKS``; of two rows of one walk the later holds."""
    kept = list({row["walk_id"]: row for row in rows}.values())
    shapes = gpd.array.from_shapely(np.array([*(row["geometry"] for row in kept), None])[:-1])
    values = {
        name: shapes if name == "geometry" else pd.array([_none(row[name]) for row in kept], kind)
        for name, kind in _KINDS.items()
    }
    return gpd.GeoDataFrame(values, geometry="geometry", crs=WORK_CRS)


_KINDS = tables.empty(tables.WALKS).dtypes.to_dict()
"""Column types of contract ``WALKS``; asked once, because every file has a table of its own."""


def _summed(walks: ImportReport, seen: ImportReport, waypoints: int) -> ImportReport:
    return _added(walks, seen, {"waypoints": waypoints})


def _added(one: ImportReport, other: ImportReport, notes: Mapping[str, object]) -> ImportReport:
    """Two accounts of one file as one."""
    counts = {name: value + getattr(other, name) for name, value in one.numbers().items()}
    told = {**one.notes, **other.notes, **notes}
    return replace(one, **counts, notes=told, faults=(*one.faults, *other.faults))


def _flagged(rows: Iterable[Iterable[object]]) -> dict[str, int]:
    """How many rows have free text that points out a person."""
    found = sum(any(screen(text) for text in row if isinstance(text, str)) for row in rows)
    return {"personal_data": found} if found else {}


def _drawn(row: Mapping) -> tuple:
    """What two rows of the same track share, whatever the walk is called."""
    told = _none(row["vertex_seconds"])
    # The hours of a track without times are those of a list, or none.
    begun = None if told is None else row["started_at"]
    return shapely.to_wkb(row["geometry"]), told, begun


def _same_name(one: object, other: object) -> bool:
    both = isinstance(one, str) and isinstance(other, str)
    return both and one.casefold() == other.casefold()


def _stem(name: object) -> str | None:
    return PurePath(name).stem if isinstance(name, str) else None


def _none(value: object) -> object:
    return None if value is None or pd.isna(value) else value


def _utc(moment: pd.Timestamp) -> pd.Timestamp | None:
    return None if pd.isna(moment) else moment.tz_convert("UTC")


def _silent(_part: float) -> None:
    """Progress nobody watches."""
