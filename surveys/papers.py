"""What the summary of a wave says: its heading, its conclusions, the tables of its annexes."""

from collections.abc import Iterable, Mapping, Sequence

from documents.domain.numbers import long_date
from documents.domain.paper import PART_MARK, Annex, Table, TableRow
from surveys.domain.comparison import Compared
from surveys.domain.conclusions import change_words, conclusions, decimal, percent, points, response_words, score_words
from surveys.domain.results import Bands, Cut, KeyResult
from surveys.models import SwotPoint, Wave
from surveys.queries.answering import local_day
from surveys.queries.results import WaveResults
from surveys.queries.texts import SwotBox, WaveWords

NOTHING_SHOWN = "Ответов меньше {threshold}: итоги не показываются, чтобы нельзя было узнать, кто что ответил."

TOTALS = ("Вопрос", "Ответили", "Среднее", "Медиана", "Разброс")

Quadrant = SwotPoint.Quadrant


def summary_heading(wave: Wave) -> str:
    """What the summary is about."""
    return f"О результатах анкетирования «{wave.title}»"


def summary_preamble(results: WaveResults) -> str:
    """By which questionnaire, when, how, and how many have answered."""
    wave = results.wave
    closed_on = local_day(wave.organisation, wave.closed_at) if wave.closed_at else wave.closes_on
    until = min(wave.closes_on, closed_on)
    how = (
        f" Анкетирование проходило без имён, группы меньше {wave.threshold} человек не показаны."
        if wave.is_anonymous
        else ""
    )
    sides = [f"{side.label} — {side.answered} из {side.invited}" for side in results.sides]
    by_side = f" По сторонам: {', '.join(sides)}." if len(sides) > 1 else ""
    return (
        f"Анкетирование по анкете «{wave.version.questionnaire.title}» прошло "
        f"с {long_date(wave.opens_on)} по {long_date(until)}{how} "
        f"{response_words(results.answered, results.invited, results.rate)}{by_side}"
    )


def summary_points(results: WaveResults) -> list[str]:
    """The conclusions, one a point, from figures that may be shown."""
    found = [
        *conclusions(results.sections, is_feedback=results.is_feedback),
        *change_words(results.comparison),
        *score_words([(score.points, score.most, score.level) for score in results.scores]),
    ]
    return found or [NOTHING_SHOWN.format(threshold=results.wave.threshold)]


def summary_annexes(
    results: WaveResults, words: WaveWords, boxes: Iterable[SwotBox], charts: Mapping[str, str]
) -> list[Annex]:
    """Tables behind the conclusions with their charts (SVG by name), released words, the SWOT table; none is empty."""
    return [
        *_questions(results, charts.get("means", "")),
        *_bands(results, charts.get("bands", "")),
        *_comparison(results.comparison, charts.get("change", "")),
        *_words(words),
        *_swot(boxes),
    ]


def _questions(results: WaveResults, chart: str) -> list[Annex]:
    sides = next((result.sides for result in results.keys if result.sides), ()) if results.compares_sides else ()
    cells = {result.key: _question_cells(result, has_sides=bool(sides)) for result in results.keys}
    # Where everything is a scale, the column of answers would stay blank from top to bottom.
    width = len(TOTALS) + len(sides) + any(line[-1] for line in cells.values())
    rows = []
    for section in results.sections:
        mean = f": {points(section.mean, section.scale)}" if section.mean is not None else ""
        rows.append(TableRow.plain(f"{section.title or 'Вопросы'}{mean}"))
        rows += [TableRow.plain(*cells[result.key][:width]) for result in section.keys]
    columns = (*TOTALS, *(_upper(cut.label) for cut in sides), "Ответы")[:width]
    return [Annex("Итоги по вопросам", table=Table(columns, 0, tuple(rows)), is_wide=bool(sides), chart=chart)]


def _question_cells(result: KeyResult, *, has_sides: bool) -> list[str]:
    figures = result.whole.figures
    numbers = [figures.mean, figures.median, figures.spread] if figures else [None] * 3
    return [
        result.text,
        str(result.whole.answered),
        *("" if number is None else decimal(number) for number in numbers),
        *(_side_cell(cut) for cut in result.sides if has_sides),
        result.whole.hidden or chosen_words(result),
    ]


def _side_cell(cut: Cut) -> str:
    if cut.hidden:
        return "скрыто"
    if cut.figures is None:
        return ""
    if cut.figures.share is not None:
        return f"да: {percent(cut.figures.share)}"
    return "" if cut.figures.mean is None else decimal(cut.figures.mean)


def chosen_words(result: KeyResult) -> str:
    """What people chose of a list, in one line; blank for scales, numbers and whatever is not counted."""
    if not result.is_chosen:
        return ""
    return "; ".join(f"{value.label} — {value.people}" for value in result.values if value.people)


def _bands(results: WaveResults, chart: str) -> list[Annex]:
    found = [(result.text, bands) for result in results.keys if (bands := result.bands)]
    if not found:
        return []
    rows = [
        TableRow.plain(text, *(_band(people, bands) for people in (bands.low, bands.middle, bands.high)))
        for text, bands in found
        if bands.people
    ]
    columns = ("Вопрос", "Низкие оценки", "Средние", "Высокие")
    return [Annex("Как распределились оценки", table=Table(columns, 0, tuple(rows)), chart=chart)]


def _band(people: int, bands: Bands) -> str:
    return f"{people} ({percent(people / bands.people)})"


def _comparison(rows: Sequence[Compared], chart: str) -> list[Annex]:
    if not rows:
        return []
    columns = ("Вопрос", "Пар", "На входе", "На выходе", "Разница", "Разброс", "Эффект", "p", "Выше / так же / ниже")
    table = Table(columns, 0, tuple(TableRow.plain(row.text, *comparison_cells(row)) for row in rows))
    return [Annex("Вход и выход: ответы одних и тех же людей", table=table, is_wide=True, chart=chart)]


def comparison_cells(row: Compared) -> list[str]:
    """What is told of a compared question, in eight cells after its text; «мало ответов» in place of all figures."""
    change = row.change
    if change is None:
        return [row.note, *[""] * 7]
    hidden = "скрыто"
    return [
        str(change.pairs),
        hidden if row.hides_means else decimal(change.before_mean),
        hidden if row.hides_means else decimal(change.after_mean),
        hidden if row.hides_means else decimal(change.difference),
        hidden if row.hides_means else ("" if change.spread is None else decimal(change.spread)),
        f"{change.effect_words} ({decimal(change.effect, 2)})",
        "" if change.p_value is None else decimal(change.p_value, 3),
        f"{change.better} / {change.same} / {change.worse}",
    ]


def _words(words: WaveWords) -> list[Annex]:
    lines: list[str] = []
    for question in words.questions:
        if not question.released:
            continue
        lines.append(f"{PART_MARK}{question.text}")
        for group in question.groups:
            if group.name:
                lines.append(f"{group.name} ({len(group.words)}):")
            lines += [f"– {' '.join(each.answer.text.split())}" for each in group.words]
    return [Annex("Свободные ответы", tuple(lines))] if lines else []


def _swot(boxes: Iterable[SwotBox]) -> list[Annex]:
    lines = {box.quadrant: "\n".join(point.text for point in box.points) for box in boxes}
    if not any(lines.values()):
        return []
    table = Table(
        ("", "Помогает", "Мешает"),
        0,
        (
            TableRow.plain("Внутри программы", lines[Quadrant.STRENGTH], lines[Quadrant.WEAKNESS]),
            TableRow.plain("Вокруг неё", lines[Quadrant.OPPORTUNITY], lines[Quadrant.THREAT]),
        ),
    )
    return [Annex("Сильные и слабые стороны, возможности и угрозы", table=table)]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
