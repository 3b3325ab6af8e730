"""Actions (*åtgärder*) of the plan, and what may be said of their effect."""

from enum import StrEnum


class ActionStatus(StrEnum):
    """How far an action (*åtgärd*) of the plan has come."""

    PLANNED = "planerad"
    ONGOING = "pagar"
    DONE = "avslutad"
    STOPPED = "avbruten"


class ActionApproach(StrEnum):
    """Whether an action works on people's conditions or on the place."""

    SOCIAL = "social"
    SITUATIONAL = "situationell"


class EffectVerdict(StrEnum):
    """The only words for what an action did to the recorded offences; never *lyckad*."""

    CLEAR_DECREASE = "tydlig_minskning"
    SIGNS_OF_DECREASE = "tecken_pa_minskning"
    NO_CHANGE = "ingen_pavisbar_forandring"
    SIGNS_OF_INCREASE = "tecken_pa_okning"
    CLEAR_INCREASE = "tydlig_okning"
    NOT_ASSESSABLE = "gar_inte_att_bedoma"


class EffectRefusal(StrEnum):
    """Why no effect of an action can be computed at all."""

    NO_START = "no_start"
    NO_PLACE = "no_place"
    NO_THEME = "no_theme"
    NOT_COUNTED = "not_counted"  # the theme counts no offences
    TOO_SENSITIVE = "too_sensitive"  # the theme's rule forbids what the computing would show
    NO_DATA_BEFORE = "no_data_before"
    NO_CONTROLS = "no_controls"


class NoQuotient(StrEnum):
    """Why a displacement quotient cannot be given."""

    NO_CONTROL = "no_control"  # nothing happened in the control area in one of the periods
    NO_SUCCESS = "no_success"  # the treated area did not fall compared with the control


class Spread(StrEnum):
    """What happened round a treated place."""

    DISPLACEMENT = "displacement"
    DIFFUSION = "diffusion"  # of benefit
    NONE_SHOWN = "none_shown"
    NOT_ASSESSABLE = "not_assessable"
