"""The form of an action: the plan's own fields, a place that can be drawn, two people at once."""

import streamlit as st

from trygghetskarta.desk import area_drawing, filters, state, typed_corners
from trygghetskarta.desk.pressed import is_answer, warned_of
from trygghetskarta.draw import snippets
from trygghetskarta.errors import StoreCause, TrygghetskartaError
from trygghetskarta.subjects.actions.data import action_data, action_edits
from trygghetskarta.subjects.actions.data.action_data import ActionForm, Opened
from trygghetskarta.terms.actions import ActionApproach, ActionStatus
from trygghetskarta.words import action_words, finding_words, map_words

_EDITING = "measure_editing"
"""Session key: identity of the action whose form is open, empty for none."""

_SAID = "measure_said"
_READ = "measure_read"
"""Session key: the actions as they stood when somebody began to change them, by identity."""
_BEGUN = "measure_begun"
"""Session key: what is filled in and not stored, by the beginning of the form's keys."""
_NEW = "measure_new"
"""Session key: identity of the new action that somebody has begun."""
_DRAWING = "measure_drawing"
_PLAIN = ("title", "goal", "direction", "partners", "activities", "schedule", "evaluation")
_LONG = ("goal", "direction", "activities", "evaluation")


def drawing() -> tuple[tuple[float, float], ...] | None:
    """Corners of the area that is being drawn; None when nothing is drawn."""
    key = _open_key()
    if not key or not st.session_state.get(_DRAWING):
        return None
    return area_drawing.corners(key)


def add_corner(latitude: float, longitude: float) -> None:
    """Add a corner that was pressed on the map."""
    area_drawing.add(_open_key(), latitude, longitude)


def open_new() -> None:
    """Open the form of a new action, with what was filled in of it before."""
    _remember()
    st.session_state[_EDITING] = st.session_state.setdefault(_NEW, action_edits.new_identity())


def say() -> bool:
    """Say what became of the latest change; gives whether a warning waits for an answer."""
    kind, sentence = st.session_state.pop(_SAID, ("", ""))
    if sentence:
        {"done": st.success}.get(kind, st.warning)(sentence)
    return kind == "warned"


def tell(kind: str, sentence: str) -> None:
    """Keep what is to be said when the page is drawn the next time."""
    st.session_state[_SAID] = (kind, sentence)


def warned(found: tuple) -> str:
    """What somebody is warned of."""
    return finding_words.personal_warning([(one.found.kind, one.found.text) for one in found])


def show(opened: Opened | None, keeping: bool) -> None:
    """Draw the form of a new action, or of the opened one, when somebody has asked for it."""
    _remember()
    editing = st.session_state.get(_EDITING, "")
    mine = opened is not None and editing == opened.edition.identity
    new = bool(editing) and not mine and not action_data.opened(editing)
    left, right, _ = st.columns([3, 3, 6])
    with left:
        st.button(action_words.ACTION_NEW, on_click=open_new, width="stretch", disabled=new)
    if opened is not None:
        with right:
            st.button(
                action_words.ACTION_EDIT,
                on_click=_edit,
                args=(opened.edition.identity,),
                width="stretch",
                disabled=mine,
            )
    if mine:
        read = _read(editing) or opened
        _form(read.form, read, keeping)
    elif new:
        _form(ActionForm(editing, ""), None, keeping)


def _edit(identity: str) -> None:
    _remember()
    st.session_state[_EDITING] = identity


def _close() -> None:
    _remember()
    editing = st.session_state.get(_EDITING, "")
    key, read = _open_key(), _read(editing)
    if read is not None and not _touched(key, read.form):
        _forget(editing)
    st.session_state[_EDITING] = ""
    st.session_state[_DRAWING] = False


def _read(identity: str) -> Opened | None:
    """The action as it stood when somebody began to change it; None for a new one.

    What others store meanwhile changes nothing in the form: it is told when the form is saved.
    """
    kept = st.session_state.setdefault(_READ, {})
    if identity not in kept:
        now = action_data.opened(identity)
        if now is None:
            return None
        kept[identity] = now
    return kept[identity]


def _touched(key: str, form: ActionForm) -> dict[str, object]:
    """What is filled in otherwise than it was read, by field."""
    filled = {name: st.session_state.get(key + name, value) for name, value in _first(form).items()}
    return {name: filled[name] for name, value in _first(form).items() if filled[name] != value}


def _remember() -> None:
    """Keep what is filled in: a field that is not drawn in a run loses its own value."""
    key = _open_key()
    names = [str(name) for name in st.session_state if key and str(name).startswith(key)]
    if names:
        begun = st.session_state.setdefault(_BEGUN, {})
        begun[key] = {name.removeprefix(key): st.session_state[name] for name in names}


def _forget(identity: str) -> None:
    """Let go of what was filled in of an action, when it is stored or taken away."""
    begun = st.session_state.get(_BEGUN, {})
    start = f"measure-{identity}-"
    for key in [key for key in begun if key.startswith(start)]:
        del begun[key]
    st.session_state.get(_READ, {}).pop(identity, None)
    if st.session_state.get(_NEW) == identity:
        del st.session_state[_NEW]


def _form(form: ActionForm, opened: Opened | None, keeping: bool) -> None:
    key = _fill(form, opened)
    with st.container(border=True):
        heading = action_words.ACTION_NEW if opened is None else action_words.ACTION_EDIT
        st.html(snippets.small_heading(heading))
        st.text_input(action_words.ACTION_TITLE, key=f"{key}title", max_chars=200)
        one, two, three = st.columns(3)
        with one:
            _choice(
                map_words.THEME, f"{key}theme", {"": map_words.AREA_NONE} | action_data.themes()
            )
        with two:
            approaches = {"": map_words.AREA_NONE} | {
                word.value: name for word, name in action_words.APPROACHES.items()
            }
            _choice(action_words.APPROACH, f"{key}approach", approaches)
        with three:
            statuses = {word.value: name for word, name in action_words.ACTION_STATUSES.items()}
            _choice(action_words.ACTION_STATUS, f"{key}status", statuses)
        _words(key)
        _when(key)
        _where(key)
        _end(key, form, opened, keeping)


def _words(key: str) -> None:
    """The plan's own fields."""
    left, right = st.columns(2)
    owners = [name for name in action_data.owners() if name]
    typed = st.session_state[f"{key}owner"]
    with left:
        known = ["", *owners, *([typed] if typed and typed not in owners else [])]
        filters.open_select(
            action_words.ACTION_FIELDS["owner"],
            known,
            f"{key}owner",
            action_words.OWNER_NOT_PERSON,
        )
    for number, name in enumerate(_PLAIN[1:]):
        with right if number % 2 == 0 else left:
            label = action_words.ACTION_FIELDS[name]
            if name in _LONG:
                st.text_area(label, key=key + name, max_chars=2000, height=80)
            else:
                st.text_input(label, key=key + name, max_chars=500)


def _when(key: str) -> None:
    left, right = st.columns(2)
    for column, name, label in (
        (left, "start_date", action_words.START_DATE),
        (right, "end_date", action_words.END_DATE),
    ):
        with column:
            st.text_input(label, key=key + name, help=action_words.DATE_FORM, max_chars=10)


def _where(key: str) -> None:
    """Districts, a drawn area, and what is compared with."""
    names = action_data.districts()
    left, right = st.columns(2)
    with left:
        _several(action_words.ACTION_DISTRICTS, f"{key}districts", names, "")
        _several(
            action_words.CONTROL_CHOICE,
            f"{key}control_districts",
            names,
            action_words.CONTROL_CHOICE_HELP,
        )
    with right:
        st.toggle(action_words.DRAW, key=_DRAWING, help=action_words.DRAW_HELP)
        area_drawing.box(key)


def _end(key: str, form: ActionForm, opened: Opened | None, keeping: bool) -> None:
    save, close, remove = st.columns([3, 2, 3])
    with save:
        st.button(
            action_words.ACTION_KEEP if keeping else action_words.ACTION_SAVE,
            on_click=_save,
            args=(key, form, opened),
            type="primary",
            width="stretch",
        )
    with close:
        st.button(action_words.FORM_CLOSE, on_click=_close, width="stretch")
    if opened is not None:
        with remove, st.popover(action_words.ACTION_REMOVE, width="stretch"):
            st.button(action_words.ACTION_REMOVE_SURE, on_click=_remove, args=(opened,))


def _save(key: str, form: ActionForm, opened: Opened | None) -> None:
    """Store the form as it was drawn: ``opened`` is what the user saw when filling it in."""
    typed = {name: st.session_state[key + name] for name in ("start_date", "end_date", "corners")}
    edition, whole = None if opened is None else opened.edition, _told(key, form)
    keep = is_answer((typed, whole))
    try:
        found = action_edits.save(edition, typed, whole, despite_warnings=keep)
    except (ValueError, TrygghetskartaError) as error:
        if getattr(error, "cause", None) is StoreCause.CHANGED_MEANWHILE:
            _carry_over(key, form)
            tell("refused", action_words.ACTION_STALE)
        else:
            tell("refused", action_edits.said(error))
        return
    if found:
        warned_of((typed, whole))
        tell("warned", warned(found))
        return
    tell("done", action_words.ACTION_SAVED)
    _close()
    _forget(form.measure_id)
    state.change(planned=form.measure_id)


def _told(key: str, form: ActionForm) -> ActionForm:
    kept = st.session_state
    approach = kept[f"{key}approach"]
    return ActionForm(
        measure_id=form.measure_id,
        theme=kept[f"{key}theme"],
        approach=ActionApproach(approach) if approach else None,
        owner=kept[f"{key}owner"] or "",
        districts=tuple(kept[f"{key}districts"]),
        control_districts=tuple(kept[f"{key}control_districts"]),
        status=ActionStatus(kept[f"{key}status"]),
        **{name: kept[key + name] for name in _PLAIN},
    )


def _carry_over(key: str, form: ActionForm) -> None:
    """Bring what was changed in the form over to the version that is stored now."""
    now = action_data.opened(form.measure_id)
    if now is None:
        return
    fresh = _key(form.measure_id, now.edition.version)
    for name, value in (_first(now.form) | _touched(key, form)).items():
        st.session_state[fresh + name] = value
    st.session_state[_READ][form.measure_id] = now


def _remove(opened: Opened) -> None:
    try:
        action_edits.remove(opened.edition)
    except TrygghetskartaError as error:
        tell("refused", action_edits.said(error))
        return
    tell("done", action_words.ACTION_REMOVED)
    _close()
    _forget(opened.edition.identity)
    state.change(planned="")


def _key(identity: str, version: int) -> str:
    return f"measure-{identity}-{version}-"


def _open_key() -> str:
    """Beginning of the keys of the form that is open; empty when none is."""
    editing = st.session_state.get(_EDITING, "")
    if not editing:
        return ""
    read = _read(editing)
    return _key(editing, 0 if read is None else read.edition.version)


def _fill(form: ActionForm, opened: Opened | None) -> str:
    """Keep the form's fields, filled with what is stored the first time this version is seen."""
    key = _key(form.measure_id, 0 if opened is None else opened.edition.version)
    begun = st.session_state.get(_BEGUN, {}).get(key, {})
    for name, value in _first(form).items():
        # Only what is not there: a value that is written goes to the browser, and would come over
        # what somebody has filled in meanwhile.
        st.session_state.setdefault(key + name, begun.get(name, value))
    st.session_state.setdefault(_DRAWING, False)
    return key


def _first(form: ActionForm) -> dict[str, object]:
    """What the fields hold before anything is changed."""
    return {
        "theme": form.theme if form.theme in action_data.themes() else "",
        "approach": form.approach.value if form.approach else "",
        "status": form.status.value,
        "owner": form.owner,
        "districts": list(form.districts),
        "control_districts": list(form.control_districts),
        "start_date": form.start_date.isoformat() if form.start_date else "",
        "end_date": form.end_date.isoformat() if form.end_date else "",
        "corners": typed_corners.write_corners(form.area),
        **{name: getattr(form, name) for name in _PLAIN},
    }


def _choice(label: str, key: str, names: dict[str, str]) -> None:
    st.selectbox(label, list(names), format_func=lambda word: names[word], key=key)


def _several(label: str, key: str, names: dict[str, str], told: str) -> None:
    st.multiselect(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=key,
        help=told or None,
        placeholder=map_words.AREA_NONE,
    )
