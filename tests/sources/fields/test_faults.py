"""Rows with faults are told one by one until they are too many to be put right so."""

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields import faults
from trygghetskarta.sources.fields.faults import FaultList, require_few
from trygghetskarta.sources.readers import files


def test_rows_in_such_numbers_that_nobody_puts_them_right_are_refused(monkeypatch):
    monkeypatch.setattr(faults, "MOST_ROWS", 10)
    cells = pd.Series(["x"] * 11, range(2, 13), dtype="str")
    FaultList().add(TableRule.NOT_A_NUMBER, np.arange(11) > 0, cells)
    with pytest.raises(SourceError) as refused:
        FaultList().add(TableRule.NOT_A_NUMBER, np.ones(11, dtype=bool), cells)
    assert refused.value.cause is SourceCause.TOO_MANY_FAULTS
    assert refused.value.facts == {"most": 10, "row": 2, "value": "x"}


def test_many_faults_of_few_rows_are_few(monkeypatch):
    monkeypatch.setattr(faults, "MOST_ROWS", 10)
    require_few([Fault(TableRule.NOT_A_DATE, row=row) for row in range(10)] * 5)
    with pytest.raises(SourceError):
        require_few([Fault(TableRule.NOT_A_DATE, row=row) for row in range(11)])


def test_so_are_rows_of_another_length_than_the_header(monkeypatch):
    monkeypatch.setattr(faults, "MOST_ROWS", 10)
    with pytest.raises(SourceError) as refused:
        files.read_bytes("a.csv", b"a;b;c\n" + b"1;2;3\n" * 30 + b"1;2\n" * 11)
    assert refused.value.cause is SourceCause.TOO_MANY_FAULTS
