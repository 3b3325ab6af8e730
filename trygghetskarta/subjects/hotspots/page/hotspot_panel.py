"""What stands round the map on the page Hotspots: clusters, a cell's figures, near repeats."""

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.draw.chart import charts
from trygghetskarta.draw.table import profile_lists
from trygghetskarta.errors import AnalysisError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.hotspots import data as hotspots_data
from trygghetskarta.subjects.hotspots.ask.cluster_list import FEWEST_EVENTS
from trygghetskarta.subjects.hotspots.ask.hotspot_figures import Hotspots, Spot
from trygghetskarta.subjects.hotspots.show import hotspot_listing
from trygghetskarta.words import error_words, hotspot_words, map_words


def problem(found: Hotspots) -> None:
    """Say why the chosen layer could not be computed; the counts are shown instead."""
    if found.problem is not None:
        st.info(f"{error_words.error_sentence(found.problem)} {hotspot_words.COUNTS_INSTEAD}")


def caption(lines: tuple[str, ...], found: Hotspots) -> None:
    """The lines that follow the figures, and how gathered the offences are."""
    told = found.concentration
    if told is not None:
        sentence = hotspot_words.concentration_sentence(told.share, told.gini, told.cells)
        st.html(snippets.notice(sentence))
    beyond = (hotspot_words.hotspot_beyond(found.beyond),) if found.beyond else ()
    st.html(snippets.caption((*lines, *beyond)))


def clusters(found: Hotspots) -> None:
    """The strongest clusters as a table: a way in without the map."""
    st.html(snippets.small_heading(hotspot_words.CLUSTERS))
    if found.clusters is None:
        st.html(snippets.notice(hotspot_words.CLUSTERS_FEW.format(needed=FEWEST_EVENTS)))
    elif not len(found.clusters):
        st.html(snippets.notice(hotspot_words.CLUSTERS_NONE))
    else:
        table = hotspot_listing.clusters_table(found.clusters)
        sort_table(table, key="clusters", column=1, rising=False)


def choices(found: Hotspots) -> dict[str, str]:
    """The clusters as a select box offers them."""
    return hotspot_listing.cluster_choices(found.clusters)


def spot(found: Spot | None, code: str) -> None:
    """Figures, series, types and hours of one cell."""
    if found is None:
        st.html(
            snippets.notice(hotspot_words.SPOT_TIMES_HIDDEN if code else hotspot_words.SPOT_HINT)
        )
        return
    st.html(snippets.place_title(hotspot_words.cell_name(found.name), ""))
    st.html(
        snippets.one_figure(
            map_words.PROFILE_COUNT, found.count, hotspot_words.spot_detail(found.share)
        )
    )
    if not found.count:
        st.html(snippets.notice(hotspot_words.SPOT_EMPTY))
    st.html(snippets.small_heading(map_words.PROFILE_SERIES))
    st.vega_lite_chart(charts.monthly_series(found.series), width="stretch")
    st.html(snippets.series_legend())
    with st.expander(map_words.SERIES_TABLE):
        panel.grid(profile_lists.series_table(found.series))
    if found.count:
        st.html(snippets.small_heading(map_words.PROFILE_TYPES))
        st.vega_lite_chart(charts.offence_types(found.types), width="stretch")
        _hours(found)


def near_repeats(choice: Choice) -> None:
    """Test near repeats when asked to: it takes seconds."""
    with st.expander(hotspot_words.NEAR_REPEAT):
        st.html(snippets.notice(hotspot_words.NEAR_REPEAT_HELP))
        if not st.button(hotspot_words.NEAR_REPEAT_RUN):
            return
        bar = st.progress(0.0, hotspot_words.NEAR_REPEAT_RUNNING)
        try:
            sentence, table = hotspots_data.near_repeats(
                choice, lambda part: bar.progress(part, hotspot_words.NEAR_REPEAT_RUNNING)
            )
        except AnalysisError as error:
            st.info(error_words.error_sentence(error))
            return
        finally:
            bar.empty()
        st.html(snippets.notice(sentence))
        panel.grid(table)


def _hours(found: Spot) -> None:
    st.html(snippets.small_heading(hotspot_words.SPOT_HOURS))
    if found.hours is None:
        st.html(snippets.notice(hotspot_words.SPOT_HOURS_FEW))
        return
    st.vega_lite_chart(charts.hours_of_day(found.hours), width="stretch")
    with st.expander(hotspot_words.HOURS_TABLE):
        panel.grid(hotspot_listing.hours_table(found.hours))
