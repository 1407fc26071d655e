"""Charts of results as SVG for page and paper: no script, system fonts, colours that differ in grey print too."""

import sys
from collections.abc import Callable, Sequence

import pygal
from lxml import etree
from pygal.style import Style

from surveys.domain.conclusions import decimal
from surveys.domain.questionnaire import SIDE_LABELS, Scale
from surveys.domain.results import KeyResult, mean_per_mille
from surveys.domain.statistics import SHARES
from surveys.queries.results import WaveResults

# Pygal leaves an importer of maps behind, of a kind that Python no longer asks without a warning at each import.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

LABEL_LENGTH = 42
WIDTH = 900
BAR_HEIGHT = 24
EDGES = 110
"""What title, axis and legend take, in pixels."""

FONT = "Golos, 'Tinos C', 'Tinos L', 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif"
DARK, LIGHT, MIDDLE = "#16325c", "#b9cbf3", "#6d8fd0"
"""Their luminance differs at least threefold from one to the next, so that grey print tells them apart."""

BANDS = ("низкие оценки", "средние", "высокие")

Series = tuple[str, Sequence[float | None]]


def means_chart(results: WaveResults) -> str:
    """Means per question, the sides as two series where they may be told apart; blank where there is nothing to draw.

    Questions on different scales are drawn as per cent of their scale.
    """
    drawn = [each for each in results.keys if each.mean_per_mille is not None]
    if not drawn:
        return ""
    scales = {(each.question.scale.low, each.question.scale.high) for each in drawn}
    scale = drawn[0].question.scale if len(scales) == 1 else SHARES
    sides = [cut.side for cut in drawn[0].sides if any(_side_mean(each, cut.side, scale) for each in drawn)]
    if len(sides) > 1:
        series = [(SIDE_LABELS[side], [_side_mean(each, side, scale) for each in drawn]) for side in sides]
    else:
        series = [("все ответившие", [_mean(each.whole.figures, scale) for each in drawn])]
    return _bars(
        [each.text for each in drawn], series, end=100 if scale is SHARES else scale.high, formatter=_formatter(scale)
    )


def bands_chart(results: WaveResults) -> str:
    """Answers on scales in three bands, in per cent of those who answered; blank where there is nothing to draw."""
    drawn = [(each.text, bands.per_mille) for each in results.keys if (bands := each.bands)]
    if not drawn:
        return ""
    series = [(BANDS[index], [shares[index] / 10 for _, shares in drawn]) for index in range(3)]
    return _bars([text for text, _ in drawn], series, end=100, formatter=_share_of_band, is_stacked=True)


def change_chart(results: WaveResults) -> str:
    """Means at the entry and at the exit, for questions on scales; blank where there is nothing to draw."""
    drawn = [row for row in results.comparison if row.scale and row.before is not None and row.after is not None]
    if not drawn:
        return ""
    series = [("на входе", [row.before for row in drawn]), ("на выходе", [row.after for row in drawn])]
    return _bars([row.text for row in drawn], series, end=max(row.scale.high for row in drawn), formatter=_points)


CHARTS: dict[str, Callable[[WaveResults], str]] = {
    "means": means_chart,
    "bands": bands_chart,
    "change": change_chart,
}
"""By the name in their address."""


def _mean(figures: object, scale: Scale) -> float | None:
    if figures is None or figures.mean is None:
        return None
    if scale is not SHARES:
        return figures.mean
    share = mean_per_mille(figures)
    return None if share is None else share / 10


def _side_mean(result: KeyResult, side: object, scale: Scale) -> float | None:
    return next((_mean(cut.figures, scale) for cut in result.sides if cut.side == side), None)


def _points(value: float | None) -> str:
    return "" if value is None else decimal(value)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{round(value)}\u00a0%"


def _share_of_band(value: float | None) -> str:
    """A band that nobody chose has no width to write its zero on."""
    return _percent(value) if value else ""


def _formatter(scale: Scale) -> Callable[[float | None], str]:
    return _percent if scale is SHARES else _points


def _bars(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    end: float,
    formatter: Callable[[float | None], str],
    is_stacked: bool = False,
) -> str:
    kind = pygal.HorizontalStackedBar if is_stacked else pygal.HorizontalBar
    bars = len(labels) * (1 if is_stacked else len(series))
    chart = kind(
        width=WIDTH,
        height=EDGES + bars * BAR_HEIGHT + len(labels) * 8,
        style=_style(len(series)),
        js=[],
        range=(0, end),
        y_labels=_marks(end),
        print_values=True,
        value_formatter=formatter,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(series),
        truncate_label=-1,
        disable_xml_declaration=True,
        explicit_size=True,
        show_x_guides=True,
        show_y_guides=False,
        spacing=6,
        margin=10,
    )
    # Pygal puts the first label at the bottom, but the first series of a label on top.
    chart.x_labels = [_short(label) for label in reversed(labels)]
    for name, values in series:
        chart.add(name, list(reversed(values)))
    return _without_scripts(chart)


def _marks(end: float) -> list[dict[str, object]]:
    """The marks of the axis, from zero where bars begin."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if end / step <= 10)
    return [{"value": mark, "label": str(mark)} for mark in range(0, int(end) + 1, step)]


def _short(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def _style(series: int) -> Style:
    colours = {1: (DARK,), 2: (LIGHT, DARK), 3: (DARK, MIDDLE, LIGHT)}[series]
    values = {1: ("#ffffff",), 2: ("#16202e", "#ffffff"), 3: ("#ffffff", "#16202e", "#16202e")}[series]
    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#16202e",
        foreground_strong="#16202e",
        foreground_subtle="#8a97ab",
        font_family=FONT,
        label_font_size=13,
        major_label_font_size=13,
        guide_stroke_color="#dbe1ea",
        major_guide_stroke_color="#dbe1ea",
        guide_stroke_dasharray="0,0",
        major_guide_stroke_dasharray="0,0",
        value_font_size=12,
        legend_font_size=13,
        no_data_font_size=13,
        opacity="1",
        opacity_hover="1",
        transition="0s",
        colors=colours,
        value_colors=values,
    )


def _without_scripts(chart: pygal.Graph) -> str:
    chart.uuid = "results"  # the same figures give the same drawing
    tree = etree.fromstring(chart.render(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    for script in tree.findall(".//{*}script"):
        script.getparent().remove(script)
    return etree.tostring(tree, encoding="unicode")
