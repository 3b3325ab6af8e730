"""The register on both databases: added to after a look at everything earlier, never changed."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from trygghetskarta.errors import DisclosureCause, DisclosureError, StoreError
from trygghetskarta.store import publications, read
from trygghetskarta.store.engine import writing
from trygghetskarta.store.schema import publication

ROW = {
    "purpose": "fil",
    "title": "Stöld i Åsaka",
    "area_level": "stadsdel",
    "boundary_version": "2025",
    "period_from": date(2025, 1, 1),
    "period_to": date(2025, 12, 31),
    "fingerprint": "abc",
    "lines": '[{"a": null}]',
}


def test_rows_are_kept_in_order_and_the_guard_sees_them_all(place):
    seen = []

    def guard(_number, rows):
        seen.append([row["title"] for row in rows])
        return True

    before = read.version(place.engine)
    assert publications.append(place.engine, [ROW], guard) == 1
    more = [{**ROW, "title": "två"}, {**ROW, "title": "tre"}]
    assert publications.append(place.engine, more, guard) == 2
    assert seen == [[], ["Stöld i Åsaka"], ["Stöld i Åsaka", "två"]]
    kept = publications.rows(place.engine)
    assert kept["title"].tolist() == ["Stöld i Åsaka", "två", "tre"] and kept["uuid"].is_unique
    assert kept["lines"].tolist() == [ROW["lines"]] * 3
    assert kept["published_at"].notna().all()
    assert publications.count(place.engine) == 3
    # Publishing changes no figure: nothing that is cached grows old.
    assert read.version(place.engine) == before


def test_what_the_guard_refuses_is_not_added(place):
    def refuse_the_second(number, _rows):
        if number:
            raise DisclosureError(DisclosureCause.LINKED_TABLES)
        return True

    with pytest.raises(DisclosureError):
        publications.append(place.engine, [ROW, {**ROW, "title": "två"}], refuse_the_second)
    assert publications.append(place.engine, [ROW], lambda _number, _rows: False) == 0
    assert publications.rows(place.engine).empty
    assert publications.count(place.engine) == 0


@pytest.mark.parametrize(
    "statement", [update(publication).values(title="x"), delete(publication)], ids=["set", "delete"]
)
def test_nobody_changes_what_has_left_the_house(place, statement):
    publications.append(place.engine, [ROW], lambda _number, _rows: True)
    with pytest.raises(StoreError), writing(place.engine) as connection:
        connection.execute(statement)
    assert len(publications.rows(place.engine)) == 1
