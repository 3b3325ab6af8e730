"""Every colour of pages, maps, charts and files, by what it means; none is written elsewhere.

Names are plain constants in Python; a script or style sheet says ``$accent`` and is read by
``browser_files``. Two names may have one colour: each says what its own use means.
"""

# Text and ground.
INK = "#1c2733"
INK_SECOND = "#3b4855"
"""Text beside the text: summaries, notes."""

INK_CAPTION = "#4a5764"
"""Captions, labels, numbers of places."""

INK_SHEET = "#4f5b68"
"""Small print of papers and drawn sheets."""

INK_ABSENT = "#5a6672"
"""A word in a table's cell where there is no number."""

INK_ABSENT_WORKBOOK = "#5a6673"
INK_MAP_PAGE = "#38424d"
INK_DECK_FOOT = "#3f4a56"
INK_STAGE = "#14202b"
"""Text of a presentation, read from the last row."""

INK_STAGE_SECOND = "#42505d"
INK_DISABLED = "#5d6976"
PAPER = "#fff"
"""Ground of style sheets."""

WHITE = "#ffffff"
"""Ground and halo of what is drawn."""

GROUND = "#f3f5f7"
"""Beside the text: the side, a table's head, a bar of buttons."""

GROUND_DISABLED = "#f4f6f8"
GROUND_HOVERED = "#eef3f8"
GROUND_ASIDE = "#e8eef4"
GROUND_MAP = "#eef1f4"
GROUND_TABLE_HEAD = "#e8edf2"
GROUND_PAPER_HEAD = "#eef2f5"

# The house's own colour, what stands against it, and where the keyboard is.
ACCENT = "#1f4e79"
ACCENT_PRESSED = "#173c5e"
CONTRAST = "#b35806"
"""The other of two: the period before, open, situational."""

CONTRAST_INK = "#8a4400"

# Lines.
LINE = "#cfd6dd"
LINE_ROW = "#e3e6ea"
LINE_TABLE_ROW = "#e9ecef"
LINE_STRONG = "#8a99a8"
"""Border of what is pressed or filled in."""

LINE_STRONGER = "#5d6b79"
LINE_PICTURE = "#b9c2cc"
"""Round a picture or a box that floats."""

LINE_RULE = "#c9d0d8"
LINE_STAGE = "#d5dae0"
LINE_STAGE_ROW = "#c3cad1"
LINE_STAGE_STRONG = "#4d5864"
LINE_STAGE_CARD = "#9fb6cc"
EDGE = "#6b7683"
"""Round a swatch, and the lines of its pattern."""

# What is said: an example or working material, a problem, stored.
MARK_INK = "#5c3c00"
MARK_GROUND = "#fff4d6"
MARK_BORDER = "#8a5a00"
PROBLEM = "#8c1c13"
PROBLEM_STAGE = "#8a2a00"
STORED_INK = "#11532f"
STORED_GROUND = "#e3f2e8"

# What is no class of values: 0, hidden, missing and undecided look different.
ZERO = WHITE
HIDDEN = "#e3e6ea"
MISSING = "#d5dae0"
MISSING_DOTTED = "#eef0f3"
UNDECIDED = "#f2efe6"
UNDECIDED_CROSS = "#a79f8a"
SHEET_HATCH = "#8a94a0"
SHEET_CROSS = "#b3aa94"

# Borders and signs on maps.
AREA_LINE = "#4d5864"
AREA_LINE_FINE = "#8d98a3"
AREA_LINE_PALE = "#9aa4af"
AREA_LINE_PALE_FINE = "#c3cad1"
AREA_HOVERED = "#111820"
AREA_SELECTED = "#0b3d6b"
AREA_UNCHOSEN = "#f1f3f5"
AREA_BARE = "#f6f7f8"
POINT = "#8a3a06"
DRAWN_NOW = "#b5179e"
DISTRICT_CHOSEN = "#c9d6e5"
SAFE = "#1a7f4b"
OTHER = "#4f5b68"
"""Neither accent nor contrast: done, another kind."""

# Charts.
CHART_GRID = "#e6eaee"
CHART_MIDDLE = "#4f7fab"
"""Dark beside the pale, light under a whisker."""

CHART_GREY = "#6b7c8d"
CHART_PALE = "#c3ccd6"
CHART_BEFORE = "#9aa9b8"
CHART_OUTSIDE = "#5f8fbd"
PLANNED = "#a9c1d8"
HOURS = ["#f1f5f9", "#a9c1d8", "#4f7fab", "#123a5e"]
"""One hue from light to dark; the steps stand in greyscale."""

DECK_SERIES = ("#5b8fc4", CONTRAST, "#5e3c99", OTHER)
"""One for each series: 3:1 on white at least, the first light enough for its intervals' lines."""

STAGE_BAR = "#6f9bc4"

# Hot spots: from light to dark in the order of concern.
NOT_HOT = "#eae6df"
COLD = "#998ec3"
SPORADIC = "#fec44f"
DIMINISHING = "#9e9ac8"
NEW = "#cc4c02"
PERSISTENT = "#4d1a00"

# Walks. Presence is neither risk nor perceived safety, so it has a hue of its own.
PRESENCE = ("#cfe8e3", "#8ccabf", "#4aa89b", "#1f7f76", "#0b4f4a")
SPEEDS = ("#7b3294", "#2c7fb8", "#1a9850", "#e66101", "#8a94a0")
"""Slow to fast; the last is for what is not known."""

# Perceived safety, and who says what.
RISK_AND_FEELING = (
    ("#e8e8e8", "#ace4e4", "#5ac8c8"),
    ("#dfb0d6", "#a5add3", "#5698b9"),
    ("#be64ac", "#8c62aa", "#3b4994"),
)
"""Stevens' (2015) purple and teal, safe for the colour-blind: rows feeling unsafe, columns risk."""

CITIZENS = "#8c62aa"
CITIZENS_DARK = "#6a2c70"
POLICE = "#1f8a8a"

# Meetings. Neither answer is the right one: two hues of the same weight, none of them red or green.
FEELS_SAFE_GROUND = "#e5e1f0"
FEELS_SAFE_BORDER = "#542788"
FEELS_UNSAFE_GROUND = "#fde3c4"
FEELS_UNSAFE_BORDER = "#8f4406"
LEANS_FEW = "#fbfbfa"
LEANS_UNSAFE = "#e08214"
LEANS_SPLIT = "#e9e2d0"
LEANS_SAFE = "#8073ac"

# The page's icon: three areas.
ICON_LOW = "#fed98e"
ICON_MIDDLE = "#fe9929"
ICON_HIGH = "#cc4c02"
