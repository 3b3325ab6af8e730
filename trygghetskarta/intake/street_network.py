"""Importing the network of streets that routes are compared with."""

from dataclasses import dataclass
from pathlib import Path

from trygghetskarta import tables
from trygghetskarta.intake.accounts import RowsAside, rows_aside, unread_columns
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.publishers import routes
from trygghetskarta.sources.readers import files
from trygghetskarta.sources.readers.taken import taking
from trygghetskarta.store import write_walks
from trygghetskarta.store.write_walks import NetworkResult
from trygghetskarta.terms.file_forms import PLACES


@dataclass(frozen=True)
class NetworkImport:
    """What became of a file of streets: of the store's lines, and of the file's rows."""

    stored: NetworkResult
    read: int
    aside: tuple[RowsAside, ...]
    unread: tuple[str, ...]


def import_network(
    place: Workplace, name: str, content: bytes, source: str, layer: str | None = None
) -> NetworkImport:
    """Import a network of streets, in place of the one the same source gave before.

    Raises
    ------
    SourceError, CrsError
        If it has no lines that can be trusted.
    """
    limit = place.settings.max_file_megabytes
    with taking(PLACES):
        raw = files.read_bytes(name, content, layer=layer, max_megabytes=limit)
    return _store_network(place, raw, source)


def import_network_path(
    place: Workplace, path: Path, source: str, layer: str | None = None
) -> NetworkImport:
    """Import a network of streets from the disk; as :func:`import_network`."""
    limit = place.settings.max_file_megabytes
    with taking(PLACES):
        raw = files.read(path, layer=layer, max_megabytes=limit)
    return _store_network(place, raw, source)


def _store_network(place: Workplace, raw: files.RawTable, source: str) -> NetworkImport:
    parsed = routes.network(raw, source=source)
    tables.require(parsed.table, tables.NETWORK)
    account = parsed.account()
    stored = write_walks.replace_network(place.engine, parsed.table, source, account)
    unread = unread_columns(raw, None, parsed)
    return NetworkImport(stored, account.read, rows_aside(account), unread)
