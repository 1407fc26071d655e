"""Why a pair has its points: a Russian sentence for each criterion."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from mentoring.domain.matching.encoding import CATEGORY_RANK, HIGHEST_LEVEL
from mentoring.domain.matching.matching import Prepared
from mentoring.domain.matching.points import pair_points
from mentoring.domain.matching.values import Criterion, Mentee, Mentor, Pair, Reason
from people.domain.plurals import counted

STRONG = 4
"""From this level of five on a competence is called a strong one."""

SHOWN = 3
"""How many topics or subjects a sentence names."""


def reasons(prepared: Prepared, pairs: Sequence[Pair]) -> list[tuple[Reason, ...]]:
    """For each pair its points by criterion, the greatest first, as far as the criterion counts at all."""
    it, weights = prepared.it, prepared.problem.weights
    rows = np.array([it.row_of[pair.mentee] for pair in pairs], dtype=np.int64)
    columns = np.array([it.column_of[pair.mentor] for pair in pairs], dtype=np.int64)
    if not pairs:
        return []
    counting = [criterion for criterion in Criterion if weights[criterion]]
    points = pair_points(it, weights, rows, columns)
    lists = {criterion: points[criterion].tolist() for criterion in counting}
    found = []
    for place, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        mentee, mentor = it.mentees[row], it.mentors[column]
        own = [
            Reason(criterion, lists[criterion][place], SENTENCES[criterion](mentee, mentor)) for criterion in counting
        ]
        found.append(tuple(sorted(own, key=lambda reason: -reason.points)))
    return found


def _named(words: Sequence[str]) -> str:
    """«оценивание», «дисциплина» и ещё 2."""
    shown = [f"«{word}»" for word in words[:SHOWN]]
    if len(words) > SHOWN:
        return f"{', '.join(shown)} и ещё {len(words) - SHOWN}"
    return " и ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _topics(mentee: Mentee, mentor: Mentor) -> str:
    if not mentee.requests:
        return "Запросы наставляемого не указаны"
    common = sorted(
        (topic for topic in mentee.requests if mentor.topics.get(topic)),
        key=lambda topic: (-mentee.requests[topic] * min(mentor.topics[topic], HIGHEST_LEVEL), topic),
    )
    if not common:
        return "Запрошенных тем среди компетенций наставника нет"
    many = len(common) > 1
    is_strong = all(mentor.topics[topic] >= STRONG for topic in common)
    what = ("сильные темы" if many else "сильная тема") if is_strong else ("темы" if many else "тема")
    rest = len(mentee.requests) - len(common)
    others = f"; не закрыто запросов: {rest}" if rest else ""
    return f"{'Запросы' if many else 'Запрос'} {_named(common)} — {what} наставника{others}"


def _preference(mentee: Mentee, mentor: Mentor) -> str:
    by_mentee, by_mentor = _place(mentor.id, mentee.prefers), _place(mentee.id, mentor.prefers)
    if by_mentee and by_mentor:
        places = "" if by_mentee == by_mentor == 1 else f" (места {by_mentee} и {by_mentor})"
        return f"Выбрали друг друга после групповой встречи{places}"
    if by_mentee:
        return f"Наставляемый выбрал этого наставника: место {by_mentee}"
    if by_mentor:
        return f"Наставник выбрал этого наставляемого: место {by_mentor}"
    return "Друг друга не называли" if mentee.prefers or mentor.prefers else "Предпочтений никто не называл"


def _place(chosen: str, ranked: Sequence[str]) -> int:
    return ranked.index(chosen) + 1 if chosen in ranked else 0


def _subject(mentee: Mentee, mentor: Mentor) -> str:
    common = [subject for subject in mentee.subjects if subject in mentor.subjects]
    if common:
        return f"{'Общие предметы' if len(common) > 1 else 'Один предмет'} — {', '.join(common[:SHOWN])}"
    return "Предметы разные" if mentee.subjects and mentor.subjects else "Предмет указан не у обоих"


def _experience(mentee: Mentee, mentor: Mentor) -> str:
    parts = []
    if mentee.experience is None or mentor.experience is None:
        parts.append("стаж указан не у обоих")
    elif mentor.experience > mentee.experience:
        # Halves and tenths of a year are no exact floats: 3.3 less 2.3 is a whole year all the same.
        gap = int(round(mentor.experience - mentee.experience, 3))
        years = counted(gap, "год", "года", "лет")
        parts.append(f"стаж наставника больше на {years}" if gap else "стаж наставника почти тот же")
    else:
        parts.append("стаж наставника не больше")
    if mentee.category is not None and mentor.category is not None:
        higher = CATEGORY_RANK[mentor.category] > CATEGORY_RANK[mentee.category]
        parts.append("категория выше" if higher else "категория не выше")
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _form(mentee: Mentee, mentor: Mentor) -> str:
    if not mentee.form:
        return "Подойдёт любая форма"
    return "Эту форму наставник ведёт" if mentee.form in mentor.forms else "Форму наставник не указал"


def _hours(mentee: Mentee, mentor: Mentor) -> str:
    if mentor.hours is None:
        return "Сколько времени есть у наставника, не указано"
    share = round(mentor.hours / max(mentor.capacity + mentor.taken, 1), 1)
    if share != int(share):
        return f"У наставника {share:.1f}\u00a0часа в неделю на каждого".replace(".", ",")
    return f"У наставника {counted(int(share), 'час', 'часа', 'часов')} в неделю на каждого"


def _organisation(mentee: Mentee, mentor: Mentor) -> str:
    if not mentee.organisation or not mentor.organisation:
        return "Организация указана не у обоих"
    return "Из одной организации" if mentee.organisation == mentor.organisation else "Из другой организации"


def _balance(mentee: Mentee, mentor: Mentor) -> str:
    if not mentor.taken:
        return "Наставник ещё никого не ведёт"
    people = counted(mentor.taken, "наставляемого", "наставляемых", "наставляемых")
    return f"Наставник уже ведёт {people}, свободно мест: {mentor.capacity}"


SENTENCES: Mapping[Criterion, Callable[[Mentee, Mentor], str]] = {
    Criterion.TOPICS: _topics,
    Criterion.PREFERENCE: _preference,
    Criterion.SUBJECT: _subject,
    Criterion.EXPERIENCE: _experience,
    Criterion.FORM: _form,
    Criterion.HOURS: _hours,
    Criterion.ORGANISATION: _organisation,
    Criterion.BALANCE: _balance,
}
