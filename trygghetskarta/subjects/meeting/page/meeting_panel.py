"""A meeting for those who hold it: invite, close, review, keep or erase."""

from collections.abc import Callable, Sequence

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.data import MeetingGround, Review
from trygghetskarta.subjects.meeting.show import meeting_pictures
from trygghetskarta.terms.meetings import Meeting
from trygghetskarta.words import error_words, meeting_words, texts

_CHOSEN = "meeting_chosen"
_SAID = "meeting_said"
_NEW = ("meeting-name", "meeting-place", "meeting-district", "meeting-day")


def chosen(found: Sequence[Meeting]) -> Meeting | None:
    """The meeting that is looked at: the one chosen, else the newest."""
    wanted = st.session_state.get(_CHOSEN, "")
    return next((one for one in found if one.identity == wanted), found[0] if found else None)


def choose(found: Sequence[Meeting]) -> None:
    """Let somebody look at another meeting."""
    held = chosen(found)
    names = texts.distinct({one.identity: meeting_words.meeting_choice(one) for one in found})
    # Its words change with the status, and a widget forgets a value whose words have changed.
    key = f"meeting-choice-{held.identity}-{held.status}"
    st.selectbox(
        meeting_words.MEETING_CHOOSE,
        list(names),
        index=list(names).index(held.identity),
        format_func=names.__getitem__,
        key=key,
        on_change=_look_at,
        args=(key,),
    )
    st.session_state[_CHOSEN] = held.identity
    if meeting_data.is_withheld(held):
        st.warning(meeting_words.MEETING_WITHHELD)


def _look_at(key: str) -> None:
    st.session_state[_CHOSEN] = st.session_state[key]


def say() -> None:
    """Say what became of the latest step, once."""
    kind, sentence = st.session_state.pop(_SAID, ("", ""))
    if sentence:
        {"done": st.success, "waits": st.warning}.get(kind, st.error)(sentence)


def new_meeting(ground: MeetingGround) -> None:
    """The form that opens a meeting."""
    st.session_state.setdefault("meeting-day", meeting_data.today())
    with (
        st.expander(meeting_words.MEETING_NEW, expanded=not meeting_data.meetings()),
        st.form("meeting-new"),
    ):
        st.text_input(
            meeting_words.MEETING_NAME,
            key="meeting-name",
            help=meeting_words.MEETING_NAME_HELP,
            max_chars=80,
        )
        left, middle, right = st.columns(3)
        left.text_input(meeting_words.MEETING_PLACE, key="meeting-place", max_chars=80)
        names = {"": meeting_words.MEETING_ANY_DISTRICT, **ground.names}
        middle.selectbox(
            meeting_words.MEETING_DISTRICT,
            list(names),
            format_func=names.__getitem__,
            key="meeting-district",
        )
        right.text_input(meeting_words.MEETING_DAY, key="meeting-day", max_chars=10)
        st.form_submit_button(meeting_words.MEETING_OPEN_BUTTON, on_click=_open, type="primary")


def _open() -> None:
    name, where, district, day = (st.session_state[key] for key in _NEW)
    try:
        held = meeting_data.open_meeting(name, where, district, day)
    except ValueError:
        st.session_state[_SAID] = ("refused", meeting_words.MEETING_DAY_INVALID.format(value=day))
    except TrygghetskartaError as error:
        st.session_state[_SAID] = ("refused", error_words.error_sentence(error))
    else:
        st.session_state[_CHOSEN] = held.identity
        st.session_state[_SAID] = ("done", meeting_words.MEETING_OPENED_SAID)
        st.session_state["meeting-name"] = st.session_state["meeting-place"] = ""


def invite(ground: MeetingGround, held: Meeting) -> None:
    """An open meeting: how people get in, how many have answered, and the end of it."""
    st.session_state.setdefault("meeting-address", meeting_data.public_address())
    code, told = st.columns([1, 2], gap="medium")
    with told:
        address = st.text_input(
            meeting_words.MEETING_ADDRESS,
            key="meeting-address",
            help=meeting_words.MEETING_ADDRESS_HELP,
        )
        if meeting_data.is_loopback(address):
            st.warning(meeting_words.MEETING_ONLY_HERE)
        elif meeting_data.is_this_app(address):
            st.warning(meeting_words.MEETING_INTERNAL_HERE)
        join, wall, tablet = meeting_data.links(address, held)
        for label, link in (
            (meeting_words.MEETING_LINK_JOIN, join),
            (meeting_words.MEETING_LINK_WALL, wall),
            (meeting_words.MEETING_LINK_TABLET, tablet),
        ):
            st.html(snippets.small_heading(label))
            st.code(link, language=None, wrap_lines=True)
        st.caption(meeting_words.MEETING_TABLET_HELP)
        _so_far(held)
        _step_button(held, "close", meeting_words.MEETING_CLOSE, meeting_words.MEETING_CLOSED_SAID)
        st.caption(meeting_words.MEETING_CLOSE_HELP)
    with code:
        st.html(meeting_pictures.qr_image(join))


@st.fragment(run_every=5.0)
def _so_far(held: Meeting) -> None:
    """How many have answered; the answers themselves wait until the meeting is closed."""
    told = (
        meeting_words.MEETING_SO_FAR,
        meeting_data.wall(held).total,
        meeting_words.MEETING_SO_FAR_DETAIL,
    )
    st.html(snippets.cards([told]))


def review(ground: MeetingGround, held: Meeting) -> None:
    """A closed meeting: look through the pins, remove some, keep or erase."""
    found = meeting_data.review(held)
    st.html(snippets.small_heading(meeting_words.MEETING_REVIEW))
    if not found.count:
        st.info(meeting_words.MEETING_NO_PINS)
    else:
        st.html(snippets.notice(meeting_words.MEETING_REVIEW_HINT))
        _pins(ground, found)
        _remove(held, found)
        _step_button(
            held, "keep", meeting_words.MEETING_KEEP, meeting_words.MEETING_KEPT_SAID, is_main=True
        )
        st.caption(meeting_words.MEETING_KEEP_HELP)
    _erase(held, found.count)


def kept(ground: MeetingGround, held: Meeting) -> None:
    """A meeting that is kept: counts, files, and still the way to erase it."""
    found = meeting_data.review(held)
    _tables(found)
    st.html(snippets.small_heading(meeting_words.MEETING_FILE_HEADING))
    st.caption(meeting_words.MEETING_FILE_HINT)
    title = f"{meeting_words.MEETING_FILE_TITLE} {held.held_on:%Y-%m-%d}"
    panel.list_buttons(title, lambda kind: meeting_data.file_of(held, kind), "voices")
    st.html(snippets.caption(meeting_words.voices_caption(0, 1)))
    _erase(held, found.count)


def erased(_ground: MeetingGround, _held: Meeting) -> None:
    """A meeting of which only the day is left."""
    st.info(meeting_words.MEETING_ERASED_SAID)


def _pins(ground: MeetingGround, found: Review) -> None:
    wide, narrow = st.columns([6, 5], gap="medium")
    with wide:
        show_map(ground.map_name, ground.script, found.state, "review")
    with narrow:
        sort_table(found.listing, key="meeting-pins")
    _tables(found)


def _tables(found: Review) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(snippets.small_heading(meeting_words.MEETING_BY_DISTRICT))
        sort_table(found.by_district, key="meeting-districts")
    with right:
        st.html(snippets.small_heading(meeting_words.MEETING_BY_REASON))
        sort_table(found.by_reason, key="meeting-reasons")


def _remove(held: Meeting, found: Review) -> None:
    key = f"meeting-remove-{held.identity}-{found.count}"
    going = st.multiselect(
        meeting_words.MEETING_REMOVE_CHOICE,
        list(found.choices),
        format_func=found.choices.__getitem__,
        key=key,
    )
    st.caption(meeting_words.meeting_chosen(len(going), found.count))
    if not going:
        return
    _confirmed(
        f"{key}-{'-'.join(sorted(going))}",
        meeting_words.meeting_loses(len(going), found.count, [found.choices[one] for one in going]),
        len(going),
        meeting_words.meeting_remove(len(going)),
        lambda: meeting_data.remove(held, going),
        meeting_words.MEETING_REMOVED_SAID,
    )


def _erase(held: Meeting, count: int) -> None:
    with st.expander(meeting_words.MEETING_ERASE):
        _confirmed(
            f"meeting-erase-{held.identity}",
            meeting_words.meeting_erase_loses(held, count),
            count,
            meeting_words.MEETING_ERASE_SURE,
            lambda: meeting_data.step("erase", held),
            meeting_words.MEETING_ERASED_SAID,
        )


def _confirmed(
    key: str, told: str, count: int, label: str, act: Callable[[], bool], said: str
) -> None:
    """What is erased for good: named, and done when the number has been typed."""
    with st.form(key, enter_to_submit=False):
        st.warning(told)
        typed = f"{key}-typed"
        st.text_input(meeting_words.meeting_type_number(count), key=typed, max_chars=6)
        st.form_submit_button(
            label, on_click=_try_typed, args=(typed, count, act, said), type="secondary"
        )


def _try_typed(key: str, count: int, act: Callable[[], bool], said: str) -> None:
    if st.session_state[key].strip() != str(count):
        st.session_state[_SAID] = ("refused", meeting_words.meeting_number_differs(count))
        return
    _try(act, said)


def _step_button(held: Meeting, step: str, label: str, said: str, *, is_main: bool = False) -> None:
    st.button(
        label,
        key=f"meeting-{step}",
        type="primary" if is_main else "secondary",
        on_click=_try,
        args=(lambda: meeting_data.step(step, held), said),
    )


def _try(act: Callable[[], bool], said: str) -> None:
    try:
        is_gone = act()
    except TrygghetskartaError as error:
        st.session_state[_SAID] = ("refused", error_words.error_sentence(error))
    else:
        left = "" if is_gone else f" {meeting_words.MEETING_NOT_GONE_YET}"
        st.session_state[_SAID] = ("done" if is_gone else "waits", said + left)
