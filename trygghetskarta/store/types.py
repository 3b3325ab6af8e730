"""Days and moments, named and written as GeoPackage wants them; native elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class _TextMoment(UserDefinedType[datetime]):
    """``2026-05-03T18:04:05.123Z`` in a column of type DATETIME."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "DATETIME"

    def bind_processor(self, _dialect: Dialect) -> Callable[[datetime | None], str | None]:
        return lambda value: None if value is None else write_moment(value)

    def result_processor(
        self, _dialect: Dialect, _coltype: object
    ) -> Callable[[str | None], datetime | None]:
        return lambda value: None if value is None else datetime.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, ``timestamptz`` elsewhere."""
        return _TextMoment() if dialect.name == "sqlite" else DateTime(timezone=True)


class Day(TypeDecorator[date]):
    """A date."""

    impl = Date
    cache_ok = True


def write_moment(value: datetime) -> str:
    """Write a moment as GeoPackage does: UTC, to the millisecond."""
    moment = value if value.tzinfo is UTC else value.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"
