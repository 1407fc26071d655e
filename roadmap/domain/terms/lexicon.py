"""The words of terms and what each of them means, misspelt ones too."""

from functools import lru_cache

from roadmap.domain.terms.sorts import Part, Sort, Unit

Meaning = tuple[Sort, int]

SHORTEST_TO_GUESS = 4
SHORTEST_HALF = 3
GLUED = ("в", "до", "по")
SHORTEST_WITH_TWO_SLIPS = 6

_MONTHS = (
    ("январ", "ь я ю ем е", "янв"),
    ("феврал", "ь я ю ем е", "фев февр"),
    ("март", "- а у ом е", "мар"),
    ("апрел", "ь я ю ем е", "апр"),
    ("ма", "й я ю ем е", "май"),
    ("июн", "ь я ю ем е", "июн"),
    ("июл", "ь я ю ем е", "июл"),
    ("август", "- а у ом е", "авг"),
    ("сентябр", "ь я ю ем е", "сен сент"),
    ("октябр", "ь я ю ем е", "окт"),
    ("ноябр", "ь я ю ем е", "ноя нояб"),
    ("декабр", "ь я ю ем е", "дек"),
)

# Whole words; the second column tells the pieces apart (number of a month, a unit, a part of a year).
_WORDS: tuple[tuple[Sort, int, str], ...] = (
    (Sort.COMMA, 0, "и или"),
    (Sort.FROM, 0, "с со"),
    (Sort.UNTIL, 0, "до к ко"),
    (Sort.UP_TO, 0, "по позднее позже"),
    (Sort.IN, 0, "в во на за"),
    (Sort.UNIT, Unit.WEEK, "нед"),
    (Sort.UNIT, Unit.QUARTER, "кв"),
    (Sort.UNIT, Unit.HALF, "пол"),
    (Sort.UNIT, Unit.SCHOOL_QUARTER, "четв четверть четверти четвертью четвертей четвертях четвертям"),
    (Sort.UNIT, Unit.MONTH, "мес месяц месяца месяце месяцев месяцу месяцы"),
    (Sort.UNIT, Unit.DAY_OF_MONTH, "число числа числу числе числах чисел"),
    (Sort.UNIT, Unit.DAY, "день дня дней дни днем"),
    (Sort.PART, Part.BEGINNING, "начало начала начале началу началом нач"),
    (Sort.PART, Part.MIDDLE, "середина середины середине середину середину сер"),
    (Sort.PART, Part.END, "конец конца конце концу концом кон окончание окончания окончанию окончании"),
    (Sort.SEASON, 9, "осень осени осенью"),
    (Sort.SEASON, 12, "зима зимы зимой зиму зиме"),
    (Sort.SEASON, 3, "весна весны весной весну весне"),
    (Sort.SEASON, 6, "лето лета летом"),
    (Sort.SCHOOL, 0, "уч учеб"),
    (Sort.YEAR_WORD, 1, "г год года году годе годом"),
    (Sort.YEAR_WORD, 2, "гг годы годов годах годам"),
    (Sort.DURING, 0, "течение течении теч протяжении втечение втечении"),
    (Sort.WHOLE, 0, "весь всего всей всю круглый"),
    (Sort.SPAN, 0, "период периода периоде срок срока"),
    (Sort.TIMES, 0, "раз раза разу"),
    (Sort.ONWARD, 0, "далее затем"),
    (Sort.YEARLY, 0, "ежег"),
    (Sort.MONTHLY, 0, "ежемес помесячно"),
    (Sort.QUARTERLY, 0, "ежекв поквартально"),
    (Sort.NUMBER, 1, "один одна одно одного"),
    # A Cyrillic «П» and «Ш» stand for II and III on a Russian keyboard.
    (Sort.NUMBER, 2, "два две двух дважды п"),
    (Sort.NUMBER, 3, "три трех трижды ш"),
    (Sort.NUMBER, 4, "четыре четырех"),
    (Sort.NUMBER, -1, "посл"),
    (Sort.WEEKDAY, 2, "среда среды среде среду средой средам"),
    (Sort.WEEKDAY, 3, "четверг четверга четвергам четвергу"),
    *((Sort.WEEKDAY, number, word) for number, word in enumerate(("пн", "вт", "ср", "чт", "пт", "сб", "вс"))),
    (Sort.REFERENCE, 0, "план плана плану планом планам планами плане"),
    (Sort.RELATIVE, 0, "после перед при"),
)

# Beginnings of words, where every form of the word means the same.
_STEMS: tuple[tuple[Sort, int, str], ...] = (
    (Sort.NUMBER, 1, "перв"),
    (Sort.NUMBER, 2, "втор"),
    (Sort.NUMBER, 3, "трет"),
    (Sort.NUMBER, 4, "четверт"),
    (Sort.NUMBER, 5, "пят"),
    (Sort.NUMBER, -1, "последн"),
    (Sort.WEEKDAY, 0, "понедельник"),
    (Sort.WEEKDAY, 1, "вторник"),
    (Sort.WEEKDAY, 4, "пятниц"),
    (Sort.WEEKDAY, 5, "суббот"),
    (Sort.WEEKDAY, 6, "воскресен"),
    (Sort.UNIT, Unit.WEEK, "недел"),
    (Sort.UNIT, Unit.DECADE, "декад"),
    (Sort.UNIT, Unit.HALF, "половин"),
    (Sort.UNIT, Unit.QUARTER, "квартал"),
    (Sort.UNIT, Unit.HALF_YEAR, "полуг семестр"),
    (Sort.UNIT, Unit.TRIMESTER, "триместр"),
    (Sort.SEASON, 9, "осенн"),
    (Sort.SEASON, 12, "зимн"),
    (Sort.SEASON, 3, "весен"),
    (Sort.SEASON, 6, "летн"),
    (Sort.HOLIDAYS, 0, "каникул"),
    (Sort.SCHOOL, 0, "учебн"),
    (Sort.EACH, 0, "кажд"),
    (Sort.ONWARD, 0, "последующ впоследств"),
    (Sort.YEARLY, 0, "ежегодн"),
    (Sort.MONTHLY, 0, "ежемесячн"),
    (Sort.QUARTERLY, 0, "ежекварт"),
    (Sort.ALWAYS, 0, "постоян регулярн систематич непрерывн еженедельн ежедневн бессрочн"),
    (Sort.ALL_YEAR, 0, "круглогодич"),
    (Sort.RUN, 0, "реализ действ обучен"),
    (Sort.REFERENCE, 0, "график соответств согласн согласов запрос необходим договорен расписан заяв требован"),
    (Sort.REFERENCE, 0, "обращени сроки срокам срокам установлен"),
    (
        Sort.RELATIVE,
        0,
        "прием проведен момент завершен итог результат поступлен мере факт издани назначен подписан утвержден получени "
        "мероприят",
    ),
)

# Worth guessing at when misspelt; short words are too like each other.
_GUESSED = (
    "ежегодно ежемесячно ежеквартально постоянно регулярно систематически течение протяжении учебного учебный "
    "четверть полугодие полугодия квартал квартала неделя недели декада последняя каникулы начало середина"
)


def _month_words() -> dict[str, int]:
    forms = {}
    for number, (stem, endings, short) in enumerate(_MONTHS, start=1):
        forms.update({stem + ending.replace("-", ""): number for ending in endings.split()})
        forms.update(dict.fromkeys(short.split(), number))
    return forms


MONTH_WORDS: dict[str, int] = _month_words()
_EXACT: dict[str, Meaning] = {
    **{word: (sort, number) for sort, number, words in _WORDS for word in words.split()},
    **{word: (Sort.MONTH, month) for word, month in MONTH_WORDS.items()},
}
_BY_STEM: tuple[tuple[str, Meaning], ...] = tuple(
    sorted(
        ((stem, (sort, number)) for sort, number, stems in _STEMS for stem in stems.split()),
        key=lambda pair: (-len(pair[0]), pair[0]),  # the longest first: «четвертая» before a shorter stem
    )
)


def meaning_of(word: str) -> Meaning | None:
    """What a word in its usual spelling means; None if terms do not know it. `word` is normalised."""
    if word in _EXACT:
        return _EXACT[word]
    return next((meaning for stem, meaning in _BY_STEM if word.startswith(stem)), None)


@lru_cache(maxsize=4096)
def guess_of(word: str) -> Meaning | None:
    """What a misspelt word was meant to be; None if nothing or more than one thing is near.

    The first letter must be right: «карта» is not «марта». A month may have two slips, other words one
    (Damerau: a letter left out, put in, changed, or two neighbours swapped); short words one at most.
    """
    if len(word) < SHORTEST_TO_GUESS:
        return None
    slips = 2 if len(word) >= SHORTEST_WITH_TWO_SLIPS else 1
    near = {
        (_distance(word, known), _EXACT[known])
        for known in MONTH_WORDS
        if len(known) >= SHORTEST_TO_GUESS and known[0] == word[0] and abs(len(known) - len(word)) <= slips
    }
    near |= {
        (_distance(word, known), meaning)
        for known in _GUESSED.split()
        if known[0] == word[0] and abs(len(known) - len(word)) <= 1 and (meaning := meaning_of(known))
    }
    fitting = {(far, meaning) for far, meaning in near if far <= (slips if meaning[0] is Sort.MONTH else 1)}
    least = min((far for far, _ in fitting), default=0)
    nearest = {meaning for far, meaning in fitting if far == least}
    return nearest.pop() if len(nearest) == 1 else None


def halves_of(word: str) -> tuple[str, str] | None:
    """Two words of terms that have lost the blank between them («течениегода», «вмае»); None if it is not so."""
    for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
        if word[:cut] in _EXACT and word[cut:] in _EXACT:
            return word[:cut], word[cut:]
    return next(((short, word[len(short) :]) for short in GLUED if _is_glued(short, word)), None)


def _is_glued(short: str, word: str) -> bool:
    return word.startswith(short) and word[len(short) :] in MONTH_WORDS


def _distance(one: str, other: str) -> int:
    """Damerau's distance of two short words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]
