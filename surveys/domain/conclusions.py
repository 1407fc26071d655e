"""What the figures of a wave say, as plain Russian sentences for its summary."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from people.domain.plurals import counted, plural
from surveys.domain.comparison import NOTICEABLE, Compared
from surveys.domain.questionnaire import QuestionKind, Scale
from surveys.domain.results import KeyResult, SectionResult
from surveys.domain.statistics import SATISFIED_FROM, SHARES

EXTREMES = 2
"""So many questions are named as the highest and the lowest."""

MOST_CHANGES = 3

SATISFACTION = "satisfied"
"""The code of the question whose share of satisfied people speaks for the whole questionnaire."""


def decimal(number: float, places: int = 1) -> str:
    """A number as Russian readers write it: 7,5; a minus is a minus sign."""
    text = f"{number:.{places}f}"
    shown = text.removeprefix("-") if float(text) == 0 else text
    return shown.replace("-", "−").replace(".", ",")


def percent(share: Fraction | float) -> str:
    """A share in whole per cent with a no-break space: 75 %."""
    return f"{round(float(share) * 100)}\u00a0%"


def points(mean: float, scale: Scale | None) -> str:
    """A mean with its scale: «7,5 из 10», on the common scale of different ones «73 % шкалы»."""
    if scale == SHARES:
        return f"{percent(mean)} шкалы"
    return f"{decimal(mean)} из {scale.high}" if scale else decimal(mean)


def response_words(answered: int, invited: int, rate: Fraction | None) -> str:
    """How many of those invited have answered."""
    people = counted(answered, "человек", "человека", "человек")
    verb = plural(answered, "Ответил", "Ответили", "Ответили")
    if rate is None:
        return f"{verb} {people}."
    return f"{verb} {people} из {invited} приглашённых ({percent(rate)})."


def conclusions(sections: Sequence[SectionResult], *, is_feedback: bool) -> list[str]:
    """What stands out in the figures shown: satisfied people, highest and lowest means, blocks, shares of «да»."""
    shown = [result for section in sections for result in section.keys if result.whole.figures]
    found = [
        *(_satisfied(shown) if is_feedback else []),
        *_extremes([result for result in shown if result.mean_per_mille is not None]),
        *_blocks(sections),
        *_yes(shown),
    ]
    return found


def _satisfied(shown: Iterable[KeyResult]) -> list[str]:
    return [
        f"Довольных программой, то есть поставивших {SATISFIED_FROM} баллов и больше: {percent(result.satisfied)} "
        f"ответивших на вопрос «{result.text}»."
        for result in shown
        if result.question.code == SATISFACTION and result.satisfied is not None
    ]


def _extremes(scaled: list[KeyResult]) -> list[str]:
    if not scaled:
        return []
    # By the share of the scale, so that different scales compare; of equals the earlier question.
    ordered = sorted(scaled, key=lambda result: -(result.mean_per_mille or 0))
    many = min(EXTREMES, len(ordered) // 2)
    if not many:
        return [f"Средний балл: {_told(ordered[0])}."]
    highest, lowest = ordered[:many], list(reversed(ordered[-many:]))
    one = many == 1
    return [
        f"{'Самый высокий средний балл' if one else 'Самые высокие средние баллы'}: {'; '.join(map(_told, highest))}.",
        f"{'Самый низкий средний балл' if one else 'Самые низкие средние баллы'}: {'; '.join(map(_told, lowest))}.",
    ]


def _told(result: KeyResult) -> str:
    figures = result.whole.figures
    mean = "" if figures is None or figures.mean is None else points(figures.mean, figures.scale)
    return f"«{result.text}» — {mean}"


def _blocks(sections: Sequence[SectionResult]) -> list[str]:
    told = [
        f"«{section.title}» — {points(section.mean, section.scale)}"
        for section in sections
        if section.mean is not None and section.title
    ]
    return [f"Средний балл по разделам: {'; '.join(told)}."] if len(told) > 1 else []


def _yes(shown: Iterable[KeyResult]) -> list[str]:
    told = [
        f"«{result.text}» — {percent(result.whole.figures.share)}"
        for result in shown
        if result.question.kind == QuestionKind.YES_NO
        and result.whole.figures
        and result.whole.figures.share is not None
    ]
    return [f"Доля ответов «да»: {'; '.join(told)}."] if told else []


def change_words(rows: Sequence[Compared]) -> list[str]:
    """What changed between entry and exit, by the answers of the same people."""
    if not rows:
        return []
    changed = [row for row in rows if row.change is not None]
    if not changed:
        return ["Сравнить вход и выход по ответам одних и тех же людей нельзя: таких ответов мало."]
    up = [row for row in changed if row.change and row.change.effect >= NOTICEABLE]
    down = [row for row in changed if row.change and row.change.effect <= -NOTICEABLE]
    same = len(changed) - len(up) - len(down)
    found = [
        f"{words}: {'; '.join(_change(row) for row in _strongest(group))}{_rest(group)}."
        for words, group in (("Выше, чем на входе", up), ("Ниже, чем на входе", down))
        if group
    ]
    if same:
        found.append(f"Без заметных перемен: {counted(same, 'вопрос', 'вопроса', 'вопросов')}.")
    return found


def _strongest(rows: Iterable[Compared]) -> list[Compared]:
    return sorted(rows, key=lambda row: -abs(row.change.effect) if row.change else 0)[:MOST_CHANGES]


def _rest(rows: Sequence[Compared]) -> str:
    more = len(rows) - MOST_CHANGES
    return f"; и ещё {counted(more, 'вопрос', 'вопроса', 'вопросов')}" if more > 0 else ""


def _change(row: Compared) -> str:
    if row.change is None:
        return f"«{row.text}»"
    pairs = counted(row.change.pairs, "пара", "пары", "пар")
    told = f"эффект {row.change.effect_words}, {pairs} ответов"
    if row.hides_means:
        return f"«{row.text}» ({told})"
    return f"«{row.text}» — с {decimal(row.change.before_mean)} до {decimal(row.change.after_mean)} ({told})"


def score_words(scores: Sequence[tuple[int, int, str | None]]) -> list[str]:
    """The scores of a questionnaire with levels: points, the most possible, the level."""
    return [
        f"Самооценка: {score} из {most} баллов" + (f", уровень «{level}»." if level else ".")
        for score, most, level in scores
    ]
