"""How publishers write days, clocks and periods, as patterns."""

import re

from trygghetskarta.terms.times import DatePrecision

MONTHS = {
    **dict(jan=1, feb=2, mar=3, apr=4, maj=5, jun=6, jul=7, aug=8, sep=9, okt=10, nov=11, dec=12),
    "may": 5,
    "oct": 10,
}
_MONTH = r"(?P<word>jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*\.?"
_ZONE = r"(?P<zone>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?"
_CLOCK = (
    r"(?:(?:[t\s]|\s*(?:kl\.?|at)\s*)\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})"
    r"(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<pm>[ap]\.?m\.?)?\s*" + _ZONE + ")?"
)
WEEKDAYS = {
    **dict(mån=0, tis=1, ons=2, tors=3, fre=4, lör=5, sön=6),
    **dict(mon=0, tue=1, wed=2, thu=3, fri=4, sat=5, sun=6),
}
_WEEKDAY = rf"(?:(?P<wd>{'|'.join(WEEKDAYS)})[a-zåäö]*\.?,?\s+)?(?:den\s+)?"

PLAIN_FORMS = {"%Y-%m-%d": 10, "%Y-%m-%d %H:%M": 16, "%Y-%m-%d %H:%M:%S": 19}
"""Usual forms and their lengths."""

DAYS = {
    "iso": rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_CLOCK}",
    "compact": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    rf"(?:[t\s]?(?P<h>\d{{2}}):?(?P<mi>\d{{2}})(?::?(?P<s>\d{{2}})(?:[.,]\d+)?)?{_ZONE})?",
    "swedish": rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})[\s-]+(?P<y>\d{{4}}|\d{{2}}){_CLOCK}",
    "numeric": rf"(?P<a>\d{{1,2}})(?P<sep>[/.\s-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}})"
    rf"{_CLOCK}",
    "six": rf"(?P<a>\d{{2}})(?P<b>\d{{2}})(?P<y>\d{{2}}){_CLOCK}",
    "words": rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?::?e)?[\s.-]*{_MONTH}[\s-]*(?P<y>\d{{4}}|\d{{2}})"
    rf"{_CLOCK}",
    "month_named_first": rf"{_WEEKDAY}{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,]+"
    rf"(?P<y>\d{{4}}),?{_CLOCK}",
}
NUMERIC = (DAYS["numeric"], DAYS["six"])
"""Three numbers that do not tell which one is the day; ``y`` is the last, not always the year."""
_YEAR = r"(?P<y>(?:19|20)\d{2})"
PERIODS = {
    "quarter": rf"{_YEAR}\s*-?\s*(?:kvartal|kv|k|q)\.?\s*(?P<p>[1-4])",
    "quarter_first": rf"(?:kvartal|kv|k|q)\.?\s*(?P<p>[1-4])(?:[\s,/-]|år)*{_YEAR}",
    "quarter_word": rf"(?P<p>[1-4])(?::?[ae])?\s*kv(?:artal(?:et)?)?\s*{_YEAR}",
    "month": rf"{_YEAR}\s*(?:[-/.m]|\s)\s*(?P<m>\d{{1,2}})",
    "month_compact": rf"{_YEAR}(?P<m>\d{{2}})",
    "month_word": rf"{_MONTH}[\s,-]*{_YEAR}",
    "month_word_last": rf"{_YEAR}[\s,-]*{_MONTH}",
    "half": rf"{_YEAR}\s*-?\s*(?:h|halvår)\s*(?P<p>[12])",
    "half_first": rf"(?:h|halvår)\s*(?P<p>[12])[\s,/-]*{_YEAR}",
    "third": rf"{_YEAR}\s*-?\s*(?:t|tertial)\s*(?P<p>[1-3])",
    "third_first": rf"(?:t|tertial)\s*(?P<p>[1-3])[\s,/-]*{_YEAR}",
    "year": rf"(?:år\s*)?{_YEAR}(?:[.,]0+)?",
}
MONTHS_OF = {"quarter": 3, "half": 6, "third": 4, "month": 1, "year": 12}
PRECISION_OF = {
    "quarter": DatePrecision.QUARTER,
    "month": DatePrecision.MONTH,
    "half": DatePrecision.YEAR,
    "third": DatePrecision.YEAR,
    "year": DatePrecision.YEAR,
}
SPAN = r"(?P<one>.{8,10}?)\s*(?:--|–|—|till|t\.?o\.?m\.?|\s-\s|/)\s*(?P<two>.{8,10})"
PRELIMINARY = re.compile(r"[\s(*]*(?:prel(?:iminär[at]?)?\.?)?[)*\s]*$", re.IGNORECASE)
SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
