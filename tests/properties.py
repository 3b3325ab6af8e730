"""How many cases a property is tried with: few when it is to be quick, many in a long run."""

from hypothesis import HealthCheck, settings

QUICK, EVERYDAY, LONG = "quick", "everyday", "long"
_WHOLE = 100
_QUARTER = 25
_TIMES = 10

settings.register_profile(
    EVERYDAY,
    max_examples=_WHOLE,
    # The same cases every time: what fails today failed yesterday, or was changed since.
    derandomize=True,
    # A machine under load is no fault.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(QUICK, settings.get_profile(EVERYDAY), max_examples=_QUARTER)
settings.register_profile(
    LONG,
    max_examples=_TIMES * _WHOLE,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def examples(count: int) -> settings:
    """Try a property with so many cases; a quarter when quick, ten times as many in a long run."""
    return settings(max_examples=count * settings().max_examples // _WHOLE)
