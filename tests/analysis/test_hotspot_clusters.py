"""Clusters: cells that hang together, parted where they are lowest."""

import itertools

import geopandas as gpd
import numpy as np
import pytest
from scipy.sparse import csr_array

from tests.analysis.test_hotspots import TOWN, clumped
from trygghetskarta.analysis.hotspot_clusters import strongest_clusters
from trygghetskarta.analysis.hotspots import getis_ord_g_star


def test_clusters_hang_together_and_the_largest_comes_first():
    table = getis_ord_g_star(clumped(), TOWN.neighbours)
    hot = (table["significant"] & (table["z"] > 0)).to_numpy(copy=True)
    lone = int(TOWN.locate([4900], [100])[0])
    hot[lone] = True
    counts = clumped()
    found = strongest_clusters(counts, hot, TOWN.neighbours)
    assert sorted(itertools.chain(*found["cells"])) == np.flatnonzero(hot).tolist()
    assert found["count"].tolist() == [counts[cells].sum() for cells in found["cells"]]
    assert found["count"].is_monotonic_decreasing
    assert found["share"].to_numpy() == pytest.approx(found["count"] / counts.sum())
    for cells in found["cells"]:
        squares = gpd.GeoSeries(TOWN.geometry[cells])
        assert squares.buffer(1).union_all().geom_type == "Polygon"
    assert len(strongest_clusters(counts, hot, TOWN.neighbours, most=1)) == 1


def test_no_hot_cell_is_no_cluster():
    found = strongest_clusters(np.zeros(400), np.zeros(400, dtype=bool), TOWN.neighbours)
    assert found.empty
    assert list(found) == ["cells", "count", "share"]


def test_a_group_with_two_peaks_is_two_clusters_when_heights_are_given():
    row = np.arange(7)
    beside = csr_array(np.abs(row[:, None] - row) == 1)
    counts, heights = [9, 20, 5, 1, 6, 30, 2], [3, 6, 2, 1, 4, 8, 5]
    together = strongest_clusters(counts, np.ones(7, dtype=bool), beside)
    assert together["cells"].tolist() == [row.tolist()]
    parted = strongest_clusters(counts, np.ones(7, dtype=bool), beside, heights=heights)
    # The lowest cell, 3, goes with its higher neighbour.
    assert parted["cells"].tolist() == [[3, 4, 5, 6], [0, 1, 2]]
    assert parted["count"].sum() == sum(counts)


def test_a_plateau_is_one_cluster():
    row = np.arange(5)
    beside = csr_array(np.abs(row[:, None] - row) == 1)
    found = strongest_clusters([1] * 5, np.ones(5, dtype=bool), beside, heights=[2] * 5)
    assert found["cells"].tolist() == [row.tolist()]
    none = strongest_clusters([1] * 5, np.zeros(5, dtype=bool), beside, heights=[2] * 5)
    assert none.empty
