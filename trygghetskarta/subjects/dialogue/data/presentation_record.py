"""A presentation's composition as text, as the store keeps it."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.subjects.dialogue.ask.presentation import (
    LONGEST_TEXT,
    MOST_SLIDES,
    SHARED,
    SlideSpec,
    Spec,
)
from trygghetskarta.subjects.dialogue.show.kinds import KINDS


def write(spec: Spec) -> str:
    """Write a composition; what only one kind has stands beside what all have."""
    slides = [
        {name: value for name, value in asdict(slide).items() if name != "own"} | dict(slide.own)
        for slide in spec.slides
    ]
    return json.dumps(asdict(spec) | {"slides": slides}, ensure_ascii=False, sort_keys=True)


def read(text: str) -> Spec:
    """Read what :func:`write` wrote.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when it is no presentation.
    """
    try:
        told = json.loads(text)
        slides = tuple(_slide(one) for one in told["slides"])[:MOST_SLIDES]
        return Spec(str(told["name"])[:LONGEST_TEXT], str(told["language"]), slides)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(StoreCause.NOT_FOUND, table="presentation", identity="") from error


def _slide(told: Mapping) -> SlideSpec:
    own = {field.name for field in KINDS[told["kind"]].fields} - SHARED
    slide = SlideSpec(
        **{
            **{name: value for name, value in told.items() if name not in own},
            "measure": Measure(told["measure"]),
        }
    )
    for name in own & told.keys():
        slide = slide.with_value(name, str(told[name])[:LONGEST_TEXT])
    return slide
