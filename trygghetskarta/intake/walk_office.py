"""One import of walks: what is stored already, and what each file adds to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from trygghetskarta import tables
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.intake import column_choices, corrections, walk_doubts, walk_lists
from trygghetskarta.intake.accounts import (
    ImportReport,
    quarantined,
    report_of,
    require_confirmed,
    unread_columns,
)
from trygghetskarta.intake.place_lookup import bounds
from trygghetskarta.intake.walk_columns import (
    EMPTY,
    TRACK,
    begun,
    cleaned,
    drawn,
    flagged,
    measured,
    noticed,
    or_none,
    same_name,
    saved,
    stem,
    time_notes,
    timed,
    walk_table,
    with_places,
)
from trygghetskarta.intake.walk_districts import WalkDistricts
from trygghetskarta.intake.walk_reading import OpenFile, Reading
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import observations, routes, track_files, walk_rows
from trygghetskarta.sources.publishers.observations import ParsedObservations
from trygghetskarta.sources.readers.files import RawTable, fingerprint
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.sources.readers.recordings import Recording, is_drawable, is_uuid, named, usable
from trygghetskarta.sources.readers.taken import taking
from trygghetskarta.store import read_walks, together, write, write_walks
from trygghetskarta.tables.row_accounts import FileRows, RowAccount
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.terms.file_forms import TRACKS
from trygghetskarta.terms.imports import Aside, TableKind
from trygghetskarta.terms.walks import WalkType

_SAID = ("walk_type", "participants", "team", "given_place", "note")


class Office:
    """One import: what is stored already, and what each file adds to it."""

    def __init__(self, place: Workplace, reading: Reading) -> None:
        self.place = place
        self.reading = reading
        self.bounds = bounds(place)
        self.districts = WalkDistricts(place)
        self._odd: list[Doubt] = []
        stored = read_walks.walks(place.engine)
        self.known: dict[str, dict] = {}
        self.lines: dict[tuple, str] = {}
        self._remember(stored.to_dict("records"))

    @contextmanager
    def whole_or_nothing(self, file: str) -> Iterator[None]:
        """Store all that is written of a file meanwhile, or nothing of it where it is refused.

        Raises
        ------
        UnconfirmedError
            With all that is to be confirmed of it, its walks and what was seen on them.
        """
        known, lines = dict(self.known), dict(self.lines)
        self._odd = []
        try:
            with together(self.place.engine):
                yield
                odd = {doubt.kind: doubt for doubt in reversed(self._odd)}
                require_confirmed(file, tuple(odd.values())[::-1], self.reading.confirmed)
        except TrygghetskartaError:
            self.known, self.lines = known, lines
            raise

    def take(
        self, name: str, content: bytes, put_off: Callable[[OpenFile], None]
    ) -> ImportReport | None:
        """Import tracks and walks at once; put observations off until every walk is there."""
        with taking(TRACKS):
            one = self._open(name, content)
        if one.kind is TableKind.OBSERVATIONS:
            put_off(one)
            return None
        if one.tracks is not None:
            return self._tracks(one)
        return self._walks(one)

    def observe(self, one: OpenFile) -> ImportReport:
        """Import a list of observations."""
        raw = one.raw if one.tracks is None else one.tracks.waypoints
        names = raw.frame.columns
        mapping = one.mapping or columns.recognise(names, TableKind.OBSERVATIONS)
        told, mapping = column_choices.as_understood(raw, mapping)
        parsed = observations.parse(
            told,
            mapping,
            source=self.reading.source,
            bounds=self.bounds,
            local_crs=self.place.municipality.local_crs,
            crs=4326 if one.tracks is not None else self.reading.crs,
            today=self.place.today(),
        )
        if one.tracks is not None:
            parsed = replace(parsed, notes={**parsed.notes, **saved(one.tracks)})
        return self._write_observations(one, raw, parsed)

    def _open(self, name: str, content: bytes) -> OpenFile:
        found = track_files.parse(content, file_name=name)
        if found is not None:
            only_points = not found.walks and len(found.waypoints.frame) > 0
            wanted = self.reading.kind is TableKind.OBSERVATIONS
            kind = TableKind.OBSERVATIONS if only_points or wanted else TableKind.WALKS
            return OpenFile(name, len(content), kind, found.sha256, tracks=found)
        said = self.reading.received.get(fingerprint(content))
        limit = self.place.settings.max_file_megabytes
        layer = None if said is None else said.layer
        one = walk_lists.receive(name, content, self.reading, limit, layer)
        told = said or one
        return OpenFile(
            name, len(content), told.kind, one.sha256, raw=one.raw, mapping=told.mapping
        )

    # --- tracks ---

    def _tracks(self, one: OpenFile) -> ImportReport:
        found, today = one.tracks.walks, self.place.today()
        drawable = [number for number, each in enumerate(found, start=1) if is_drawable(each)]
        recordings = [begun(each, one.name, today) for each in usable(found, one.name)]
        walked = {
            number: (recording, track)
            for number, recording in zip(drawable, recordings, strict=True)
            if (track := cleaned(recording)).has_line
        }
        if not walked:
            raise SourceError(SourceCause.TRACK_NOT_WALKED, file=one.name)
        alone = len(walked) == 1
        rows = {n: self._track_row(one.name, *pair, alone) for n, pair in walked.items()}
        notes = noticed(track for _, track in walked.values())
        notes |= saved(one.tracks) | time_notes(recordings)
        counted = FileRows(one.name, range(1, len(found) + 1))
        aside = {Aside.NOT_WALKED: counted.numbers}
        report = self._write_walks(
            one, rows, Parsed(pd.DataFrame(), counted, notes=notes, aside=aside)
        )
        if not len(one.tracks.waypoints.frame):
            return report
        return report.with_other(self.observe(one), {"waypoints": len(one.tracks.waypoints.frame)})

    def _track_row(self, file: str, recording: Recording, track: Track, alone: bool) -> dict:
        walked = measured(track)
        known = self.known.get(recording.walk_id)
        if known is None and alone:
            known = self._of_file(file, walked)
        told = self.reading.told
        if known is not None:
            row = {**known, **walked}
        else:
            row = {
                **EMPTY,
                **walked,
                "walk_id": recording.walk_id,
                "walk_type": WalkType.PRESENCE.value,
                "file_name": file,
                "source": self.reading.source,
            }
        said = {name: getattr(told, name) for name in _SAID if getattr(told, name) is not None}
        row |= {name: getattr(value, "value", value) for name, value in said.items()}
        district = self.districts.of_line(track.geometry) or row["district_code"]
        row["district_code"] = district
        if known is None:
            row["name"] = (
                row["given_place"] or self.districts.names.get(district) or walk_rows.UNNAMED
            )
        return row

    def _of_file(self, file: str, walked: Mapping) -> dict | None:
        """Give the walk that has this track by another name, or that a list says it is of."""
        same = self.lines.get(drawn(walked))
        if same is not None:
            return self.known[same]
        waiting = [
            row
            for row in self.known.values()
            if row["geometry"] is None and same_name(row["file_name"], file)
        ]
        return waiting[0] if len(waiting) == 1 else None

    # --- lists of walks and drawn lines ---

    def _walks(self, one: OpenFile) -> ImportReport:
        raw, mapping, lines, strange = one.raw, one.mapping, {}, ()
        if routes.has_lines(one.raw):
            lines, strange = routes.recordings(one.raw)
            today = self.place.today()
            lines = {row: begun(each, one.name, today) for row, each in lines.items()}
        if not lines:
            raw, mapping = column_choices.as_understood(raw, mapping)
        told = self.reading.told
        parsed = walk_rows.parse(
            replace(raw, faults=(*raw.faults, *strange)),
            mapping,
            source=self.reading.source,
            today=self.place.today(),
            walk_type=told.walk_type or WalkType.PRESENCE,
        )
        # Asked before a row gives a stored walk its name.
        self._odd += walk_doubts.of_hours(parsed.table.to_dict("records"), self.known)
        named_rows = parsed.table.assign(district_code=self.districts.of_rows(parsed.table))
        rows = {
            number: self._list_row(row, lines.get(number), one.raw.file_name)
            for number, row in zip(named_rows.index, named_rows.to_dict("records"), strict=True)
        }
        parsed = replace(
            parsed,
            notes={**parsed.notes, **time_notes(lines.values())},
            read_columns=frozenset(routes.time_columns(one.raw) if lines else ()),
        )
        return self._write_walks(one, rows, parsed)

    def _list_row(self, row: dict, recording: Recording | None, list_name: str) -> dict:
        own = {name: or_none(row[name]) for name in tables.WALKS.columns}
        if recording is not None:
            track = cleaned(recording)
            if own["started_at"] is None and pd.isna(row["own_id"]):
                own["walk_id"] = recording.walk_id
            own |= timed(measured(track), own)
            own["district_code"] = self.districts.of_line(track.geometry) or own["district_code"]
        known = self.known.get(own["walk_id"])
        if own["file_name"] != list_name and (known is None or known["geometry"] is None):
            known = self._with_track(row, known) or known
        if known is None:
            return own
        merged = {**own, "walk_id": known["walk_id"]}
        merged["nothing_to_report"] = own["nothing_to_report"] or bool(known["nothing_to_report"])
        if recording is None and known["geometry"] is not None:
            merged |= timed({name: known[name] for name in TRACK}, own)
            merged |= {"district_code": known["district_code"], "file_name": known["file_name"]}
        return merged

    def _with_track(self, row: Mapping, known: dict | None) -> dict | None:
        """Give the only stored walk whose track came in the file that a row names.

        A row that has a name of its own gives it to that walk, so that what was seen finds it.
        """
        mine = [
            other
            for other in self.known.values()
            if other["geometry"] is not None and same_name(other["file_name"], row["file_name"])
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
        self, one: OpenFile, raw: RawTable, parsed: ParsedObservations
    ) -> ImportReport:
        refs = zip(parsed.table["walk_ref"], parsed.table["source"], strict=True)
        table = parsed.table.assign(
            walk_id=pd.Series(
                [self._walk_of(ref, source) for ref, source in refs],
                parsed.table.index,
                dtype="str",
            ),
            district_code=self.districts.of_rows(parsed.table),
        )
        tables.require(table, tables.OBSERVATIONS)
        report = self._write(one, raw, TableKind.OBSERVATIONS, table, parsed, parsed.account())
        names = flagged(zip(*(table[name] for name in tables.OBSERVATIONS.free_words), strict=True))
        report = replace(report, notes={**report.notes, **names})
        if parsed.quiet.empty:
            return report
        calm = self._write_quiet(one, parsed.quiet, raw.rows.only(parsed.quiet.index))
        return report.with_other(calm, {"quiet": len(parsed.quiet)})

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
            if same_name(row["file_name"], ref) or same_name(stem(row["file_name"]), ref)
        ]
        return by_file[0] if len(by_file) == 1 else own

    def _write_quiet(self, one: OpenFile, quiet: pd.DataFrame, counted: FileRows) -> ImportReport:
        """Note that walks had nothing to report; a walk that is not there yet is stored by it."""
        shapes = gpd.GeoSeries([None] * len(quiet), index=quiet.index, crs=WORK_CRS)
        place = self.districts.of_rows(gpd.GeoDataFrame(quiet, geometry=shapes))
        rows: dict[int, dict] = {}
        latest: dict[str, dict] = {}
        for (number, row), district in zip(quiet.iterrows(), place, strict=True):
            identity = self._walk_of(row["walk_ref"], row["source"]) or named(
                "quiet", f"{row['source']}\x1f{row['observed_at']}\x1f{row['given_place']}"
            )
            known = latest.get(identity, self.known.get(identity))
            if known is None:
                where, code = or_none(row["given_place"]), or_none(district)
                known = {
                    **EMPTY,
                    "walk_id": identity,
                    "walk_type": WalkType.PRESENCE.value,
                    "name": where or self.districts.names.get(code) or walk_rows.UNNAMED,
                    "given_place": where,
                    "district_code": code,
                    "started_at": or_none(row["observed_at"]),
                    "file_name": one.name,
                    "source": row["source"],
                }
            rows[number] = latest[identity] = {**known, "nothing_to_report": True}
        return self._write_walks(one, rows, Parsed(pd.DataFrame(), counted))

    # --- writing ---

    def _remember(self, rows: Iterable[dict]) -> None:
        for row in rows:
            self.known[row["walk_id"]] = row
            if row["geometry"] is not None:
                self.lines[drawn(row)] = row["walk_id"]

    def _write_walks(self, one: OpenFile, rows: Mapping[int, dict], parsed: Parsed) -> ImportReport:
        # Two tracks of one file can be of one walk that a list knows; the later row holds.
        last = {row["walk_id"]: number for number, row in rows.items()}
        earlier = [number for number, row in rows.items() if last[row["walk_id"]] != number]
        repeated = {Aside.REPEATED: [*parsed.aside.get(Aside.REPEATED, ()), *earlier]}
        faulty = {fault.row for fault in parsed.faults}
        aside = {**parsed.aside, **repeated}
        account = RowAccount(parsed.rows, last.values(), faulty, aside)
        table = walk_table(rows.values())
        tables.require(table, tables.WALKS)
        odd = walk_doubts.of_walks([*rows.values()], self.known)
        parsed = replace(parsed, doubts=(*parsed.doubts, *odd))
        raw = one.raw if one.tracks is None else None
        report = self._write(one, raw, TableKind.WALKS, table, parsed, account)
        self._remember(rows.values())
        names = flagged([row["note"], row["team"], row["given_place"]] for row in rows.values())
        return replace(report, notes={**report.notes, **names})

    def _write(
        self,
        one: OpenFile,
        raw: RawTable | None,
        kind: TableKind,
        table: gpd.GeoDataFrame,
        parsed: Parsed,
        account: RowAccount,
    ) -> ImportReport:
        doubts = (*(one.raw.doubts if one.raw is not None else ()), *parsed.doubts)
        self._odd += doubts
        source, mapping = self.reading.source, one.mapping
        parsed = corrections.put_right(self.place, kind, source, raw, mapping, parsed)
        held = quarantined(raw, parsed.faults)
        result = write.write_batch(
            self.place.engine,
            kind,
            table,
            source=source,
            file_name=one.name,
            sha256=one.sha256,
            is_example=self.reading.is_example,
            account=account,
            quarantine_rows=held,
            resolves=parsed.resolves,
        )
        unread = unread_columns(one.raw, one.mapping, parsed)
        told = report_of(one.name, kind, result, parsed, account, doubts, unread)
        return with_places(told, table)
