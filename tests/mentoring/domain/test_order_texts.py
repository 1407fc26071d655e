"""The Russian of orders, read word by word as a strict school secretary reads it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.wording import Participant, numbered
from mentoring.domain.order_texts import (
    GROUND_INSTRUMENTAL,
    Ending,
    PairText,
    assignment_text,
    ending_text,
    enumerate_words,
    extension_text,
    heading_of,
    preamble_of,
    replacement_text,
)
from mentoring.domain.vocabulary import EndGround
from people.domain.declension.names import FullName, decline_initials, decline_name
from people.domain.declension.posts import decline_post

FIRST, LAST = date(2026, 9, 4), date(2027, 5, 31)
BASIS = "от 04.09.2026 № 32-од"
REGULATION = "утверждённым приказом от 31.08.2026 № 40-од"
ACQUAINT = "Ознакомить с приказом под подпись всех названных в нём лиц."
MYSELF = "Контроль за исполнением приказа оставляю за собой."


def somebody(full_name, post="учитель"):
    name = FullName(*full_name.split())
    return Participant(decline_name(name), decline_initials(name), decline_post(post))


KOTOVA = somebody("Котова Марина Сергеевна", "учитель математики")
GROMOV = somebody("Громов Пётр Ильич", "Педагог-психолог")
LISINA = somebody("Лисина Дарья Андреевна")
BADMAEVA = somebody("Бадмаева Анна Викторовна", "")
ORLOVA = somebody("Орлова Елена Викторовна", "Заместитель директора по УВР")


def pair(mentor=KOTOVA, *mentees, first=FIRST, last=LAST):
    return PairText(mentor, mentees or (LISINA,), first, last)


GROUP = pair(GROMOV, LISINA, BADMAEVA)


def shown(text):
    return text.replace("\u00a0", " ")


def points_of(text):
    return [shown(point) for point in text.points]


def assigned(*pairs, **words):
    usual = {
        "regulation": "",
        "is_by_labour_code": False,
        "curator": None,
        "programmes_due_on": date(2026, 12, 4),
        "is_in_annex": False,
    }
    return assignment_text(pairs, **usual | words)


def test_order_on_one_pair_reads_whole():
    text = assigned(pair(), regulation=REGULATION, is_by_labour_code=True, curator=ORLOVA)

    assert text.heading == "О закреплении наставнической пары"
    assert text.preamble == (
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации и Положением о системе "
        "наставничества, утверждённым приказом от 31.08.2026 № 40-од, в целях профессионального становления и "
        "развития наставляемых, на основании письменных согласий участников"
    )
    assert points_of(text) == [
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставника Котову Марину Сергеевну, "
        "учителя математики, за Лисиной Дарьей Андреевной, учителем.",
        "Наставнику М. С. Котовой в срок до 4 декабря 2026 г. разработать с участием Д. А. Лисиной "
        "персонализированную программу наставничества и организовать работу по ней.",
        "Заместителю директора по УВР Е. В. Орловой обеспечить сопровождение и контроль реализации "
        "персонализированной программы наставничества.",
        "Ознакомить с приказом под подпись всех названных в нём лиц.",
        "Контроль за исполнением приказа возложить на заместителя директора по УВР Е. В. Орлову.",
    ]


def test_order_on_two_pairs_names_each_in_a_sub_point():
    text = assigned(pair(), pair(GROMOV, BADMAEVA))

    assert text.heading == "О закреплении наставнических пар"
    assert points_of(text) == [
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставников за наставляемыми:",
        "– Котову Марину Сергеевну, учителя математики, – за Лисиной Дарьей Андреевной, учителем.",
        "– Громова Петра Ильича, педагога-психолога, – за Бадмаевой Анной Викторовной.",
        "Наставникам М. С. Котовой и П. И. Громову в срок до 4 декабря 2026 г. разработать совместно с "
        "наставляемыми персонализированные программы наставничества и организовать работу по ним.",
        ACQUAINT,
        MYSELF,
    ]


def test_order_on_a_group_lists_its_mentees_at_the_end():
    text = assigned(GROUP)

    assert text.heading == "О закреплении наставнической группы"
    assert points_of(text)[:2] == [
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставника Громова Петра Ильича, "
        "педагога-психолога, за группой наставляемых: Лисиной Дарьей Андреевной, учителем; "
        "Бадмаевой Анной Викторовной.",
        "Наставнику П. И. Громову в срок до 4 декабря 2026 г. разработать совместно с наставляемыми "
        "персонализированные программы наставничества и организовать работу по ним.",
    ]


def test_order_on_a_pair_and_a_group_names_both():
    text = assigned(pair(), GROUP, curator=ORLOVA)

    assert text.heading == "О закреплении наставнической пары и группы"
    assert points_of(text)[:3] == [
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставников за наставляемыми:",
        "– Котову Марину Сергеевну, учителя математики, – за Лисиной Дарьей Андреевной, учителем.",
        "– Громова Петра Ильича, педагога-психолога, – за группой наставляемых: Лисиной Дарьей Андреевной, "
        "учителем; Бадмаевой Анной Викторовной.",
    ]
    assert points_of(text)[4] == (
        "Заместителю директора по УВР Е. В. Орловой обеспечить сопровождение и контроль реализации "
        "персонализированных программ наставничества."
    )


def test_order_on_pairs_with_different_periods_says_each():
    text = assigned(pair(), pair(GROMOV, BADMAEVA, first=date(2026, 10, 1)))

    assert points_of(text)[:3] == [
        "Закрепить наставников за наставляемыми:",
        "– на период с 4 сентября 2026 г. по 31 мая 2027 г. – Котову Марину Сергеевну, учителя математики, "
        "за Лисиной Дарьей Андреевной, учителем.",
        "– на период с 1 октября 2026 г. по 31 мая 2027 г. – Громова Петра Ильича, педагога-психолога, "
        "за Бадмаевой Анной Викторовной.",
    ]


def test_order_on_nine_pairs_refers_to_its_annex_and_names_nobody():
    mentors = [somebody(f"Котова{letter} Марина Сергеевна") for letter in "абвгдежзи"]

    text = assigned(*map(pair, mentors), is_in_annex=True)

    assert text.heading == "О закреплении наставнических пар"
    assert points_of(text) == [
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставников за наставляемыми согласно приложению.",
        "Наставникам в срок до 4 декабря 2026 г. разработать совместно с наставляемыми персонализированные "
        "программы наставничества и организовать работу по ним.",
        ACQUAINT,
        MYSELF,
    ]


def test_order_on_nine_pairs_with_different_periods_leaves_them_to_the_annex():
    text = assigned(*[pair()] * 8, pair(last=date(2026, 12, 31)), is_in_annex=True)

    assert points_of(text)[0] == "Закрепить наставников за наставляемыми на периоды, указанные в приложении."


def test_mentor_of_two_pairs_is_named_once_in_the_duties():
    text = assigned(pair(), pair(KOTOVA, BADMAEVA))

    assert points_of(text)[3].startswith("Наставнику М. С. Котовой в срок до 4 декабря 2026 г. разработать совместно")


@pytest.mark.parametrize(("count", "start"), [(5, "Наставникам М. С. Котовой"), (6, "Наставникам в срок")])
def test_mentors_are_named_in_the_duties_up_to_five(count, start):
    mentors = [KOTOVA, GROMOV, LISINA, BADMAEVA, ORLOVA, somebody("Цой Иван Ильич")][:count]

    text = assigned(*[pair(mentor) for mentor in mentors])

    assert points_of(text)[count + 1].startswith(start)


def test_mentor_without_a_post_has_no_commas():
    text = assigned(pair(BADMAEVA))

    assert points_of(text)[0] == (
        "Закрепить на период с 4 сентября 2026 г. по 31 мая 2027 г. наставника Бадмаеву Анну Викторовну "
        "за Лисиной Дарьей Андреевной, учителем."
    )


def test_what_follows_a_comma_in_a_post_goes_into_brackets():
    mentor = somebody("Котова Марина Сергеевна", "учитель, математика")
    mentee = somebody("Лисина Дарья Андреевна", "Воспитатель, классный руководитель")

    text = assigned(pair(mentor, mentee), curator=mentor)

    assert points_of(text)[0].endswith(
        "наставника Котову Марину Сергеевну, учителя (математика), "
        "за Лисиной Дарьей Андреевной, воспитателем (классный руководитель)."
    )
    assert points_of(text)[2].startswith("Учителю (математика) М. С. Котовой обеспечить")
    assert points_of(text)[4].endswith("возложить на учителя (математика) М. С. Котову.")


def test_second_post_that_was_declined_by_hand_stays_between_commas():
    post = replace(KOTOVA.post, nom="учитель, завуч", acc="учителя, завуча")

    text = assigned(pair(replace(KOTOVA, post=post), BADMAEVA))

    assert points_of(text)[0].endswith("Котову Марину Сергеевну, учителя, завуча, за Бадмаевой Анной Викторовной.")


def test_post_that_ends_with_an_abbreviation_gets_no_second_full_stop():
    text = assigned(pair(KOTOVA, somebody("Лисина Дарья Андреевна", "учитель нач. кл.")))

    assert points_of(text)[0].endswith("за Лисиной Дарьей Андреевной, учителем нач. кл.")


def test_control_without_a_post_names_the_person_alone():
    text = assigned(pair(), curator=BADMAEVA)

    assert points_of(text)[2] == (
        "А. В. Бадмаевой обеспечить сопровождение и контроль реализации персонализированной программы наставничества."
    )
    assert points_of(text)[4] == "Контроль за исполнением приказа возложить на А. В. Бадмаеву."


def test_preamble_without_grounds_starts_with_the_aim():
    assert preamble_of("", is_by_labour_code=False, aim="в целях развития") == "В целях развития"


@pytest.mark.parametrize("regulation", [REGULATION, f" {REGULATION}. ", f"{REGULATION},"])
def test_preamble_names_the_regulation(regulation):
    assert preamble_of(regulation, is_by_labour_code=False, aim="в целях развития") == (
        "В соответствии с Положением о системе наставничества, утверждённым приказом от 31.08.2026 № 40-од, "
        "в целях развития"
    )


def test_preamble_names_the_labour_code():
    assert preamble_of("", is_by_labour_code=True, aim="в целях развития") == (
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации, в целях развития"
    )


@pytest.mark.parametrize(
    ("singles", "groups", "heading"),
    [
        (1, 0, "О закреплении наставнической пары"),
        (3, 0, "О закреплении наставнических пар"),
        (0, 1, "О закреплении наставнической группы"),
        (0, 2, "О закреплении наставнических групп"),
        (1, 1, "О закреплении наставнической пары и группы"),
        (2, 2, "О закреплении наставнических пар и групп"),
        (2, 1, "О закреплении наставнических пар и наставнической группы"),
        (1, 2, "О закреплении наставнической пары и наставнических групп"),
    ],
)
def test_heading_agrees_with_the_number_of_pairs_and_groups(singles, groups, heading):
    assert heading_of([pair()] * singles + [GROUP] * groups) == heading


def test_order_that_ends_a_pair_early_reads_whole():
    text = ending_text(
        [Ending(pair(), date(2026, 12, 31), EndGround.MENTOR_REFUSED, BASIS)], regulation=REGULATION, control=ORLOVA
    )

    assert text.heading == "О досрочном прекращении наставничества"
    assert text.preamble == (
        "В соответствии с Положением о системе наставничества, утверждённым приказом от 31.08.2026 № 40-од, "
        "в связи с досрочным прекращением работы наставнической пары"
    )
    assert points_of(text) == [
        "Прекратить 31 декабря 2026 г. в связи с досрочным отказом наставника от осуществления наставничества "
        "закреплённое приказом от 04.09.2026 № 32-од наставничество Котовой Марины Сергеевны, учителя математики, "
        "над Лисиной Дарьей Андреевной, учителем.",
        ACQUAINT,
        "Контроль за исполнением приказа возложить на заместителя директора по УВР Е. В. Орлову.",
    ]


def test_order_that_ends_a_group_whose_programme_is_done_is_not_called_early():
    text = ending_text([Ending(GROUP, LAST, EndGround.DONE, BASIS)], regulation="", control=None)

    assert text.heading == "О прекращении наставничества"
    assert text.preamble == "В связи с окончанием работы наставнической группы"
    assert points_of(text) == [
        "Прекратить 31 мая 2027 г. в связи с выполнением персонализированной программы наставничества закреплённое "
        "приказом от 04.09.2026 № 32-од наставничество Громова Петра Ильича, педагога-психолога, над группой "
        "наставляемых: Лисиной Дарьей Андреевной, учителем; Бадмаевой Анной Викторовной.",
        ACQUAINT,
        MYSELF,
    ]


def test_order_that_ends_two_pairs_is_early_where_one_of_them_is():
    endings = [Ending(pair(), LAST, EndGround.DONE, BASIS), Ending(pair(GROMOV), LAST, EndGround.LEAVE, BASIS)]

    text = ending_text(endings, regulation="", control=None)

    assert text.heading == "О досрочном прекращении наставничества"
    assert text.preamble == "В связи с досрочным прекращением работы наставнических пар"
    assert len(text.points) == 4


@pytest.mark.parametrize("ground", EndGround)
def test_every_ground_stands_in_the_instrumental_after_its_preposition(ground):
    text = ending_text([Ending(pair(), LAST, ground, BASIS)], regulation="", control=None)

    assert f"в связи с {GROUND_INSTRUMENTAL[ground]} закреплённое" in text.points[0]
    assert re.match(r"[а-яё ]*?(ием|ом|ой)\b", GROUND_INSTRUMENTAL[ground])


def test_order_that_replaces_a_mentor_reads_whole():
    ending = Ending(pair(), date(2026, 11, 30), EndGround.REPLACEMENT, BASIS)

    text = replacement_text(
        ending, pair(GROMOV, first=date(2026, 12, 1)), regulation="", is_by_labour_code=True, control=None
    )

    assert text.heading == "О замене наставника"
    assert text.preamble == (
        "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации, в целях продолжения работы с "
        "наставляемыми, на основании письменных согласий участников"
    )
    assert points_of(text) == [
        "Внести изменения в приказ от 04.09.2026 № 32-од: прекратить 30 ноября 2026 г. в связи с заменой наставника "
        "наставничество Котовой Марины Сергеевны, учителя математики, над Лисиной Дарьей Андреевной, учителем.",
        "Закрепить на период с 1 декабря 2026 г. по 31 мая 2027 г. наставника Громова Петра Ильича, "
        "педагога-психолога, за Лисиной Дарьей Андреевной, учителем.",
        ACQUAINT,
        MYSELF,
    ]


def test_order_that_prolongs_a_pair_reads_whole():
    text = extension_text(pair(), last_day=date(2027, 8, 31), basis=BASIS, regulation="", control=None)

    assert text.heading == "О продлении срока наставничества"
    assert text.preamble == (
        "В целях завершения персонализированной программы наставничества, по взаимному согласию сторон"
    )
    assert points_of(text) == [
        "Внести изменения в приказ от 04.09.2026 № 32-од: продлить по 31 августа 2027 г. включительно на прежних "
        "условиях наставничество Котовой Марины Сергеевны, учителя математики, над Лисиной Дарьей Андреевной, "
        "учителем.",
        ACQUAINT,
        MYSELF,
    ]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["а"], "а"),
        (["а", "б"], "а и б"),
        (["а", "б", "в"], "а, б и в"),
        (["а, учителем", "б"], "а, учителем; б"),
    ],
)
def test_words_are_enumerated_as_russian_does(words, joined):
    assert enumerate_words(words) == joined


def test_dates_of_an_order_do_not_break_at_a_line_end():
    assert "4\u00a0сентября 2026\u00a0г." in assigned(pair()).points[0]


NAMES = ["Котова Марина Сергеевна", "Громов Пётр Ильич", "Цой Иван Ильич", "Черных Анна Петровна", "Ли Ян Вэй"]
POSTS = ["", "учитель", "Учитель", "учитель, математика", "учитель нач. кл.", "ИТ-директор", "заведующая"]
people = st.builds(somebody, st.sampled_from(NAMES), st.sampled_from(POSTS))
pairs = st.builds(
    PairText,
    people,
    st.lists(people, min_size=1, max_size=3).map(tuple),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.dates(date(2026, 6, 1), date(2027, 6, 1)),
)


@given(st.lists(pairs, min_size=1, max_size=10), st.booleans(), st.none() | people)
def test_every_assignment_is_cleanly_punctuated(chosen, is_in_annex, curator):
    text = assigned(*chosen, is_in_annex=is_in_annex, curator=curator)

    for point in numbered("\n".join(text.points)):
        assert re.match(r"\d+\.(\d+\.)? [А-ЯЁ]", point), point
        assert point[-1] in ".:", point
        assert not re.search(r"\.\.|,,| ,| \.|  |,[.;:]|None", point), point


@given(pairs, st.sampled_from(EndGround), st.none() | people)
def test_every_ending_is_cleanly_punctuated(chosen, ground, control):
    text = ending_text([Ending(chosen, LAST, ground, BASIS)], regulation="", control=control)

    for point in text.points:
        assert point.endswith("."), point
        assert not re.search(r"\.\.|,,| ,| \.|  |,[.;:]|None", point), point
