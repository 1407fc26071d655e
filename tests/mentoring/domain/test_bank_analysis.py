"""Demand against free places, load, and who cannot be proposed yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_analysis import (
    Balance,
    BankedMentee,
    BankedMentor,
    Lack,
    Load,
    analyse_banks,
    lacks_of_mentor,
)

SHORT = (Lack.CONSENT,)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ((True, True, True, True), ()),
        ((True, True, False, False), ()),
        ((True, True, False, True), (Lack.TRAINING,)),
        ((False, False, False, True), (Lack.CONSENT, Lack.APPROVAL, Lack.TRAINING)),
    ],
)
def test_mentor_lacks_training_only_where_it_is_demanded(said, lacks):
    names = ("has_consent", "is_approved", "is_trained", "demands_training")

    assert lacks_of_mentor(**dict(zip(names, said, strict=True))) == lacks


def test_topic_is_one_whatever_its_spelling():
    mentors = [BankedMentor(2, topics=("Учёт", "учет"))]
    waiting = [BankedMentee({"учёт": 5, "Учет": 2}), BankedMentee({"учёт ": 1})]

    (topic,) = analyse_banks(mentors, waiting).topics

    assert topic == Balance("учёт", asking=2, weight=6, places=2, held=0)


def test_worst_shortage_stands_first_and_what_nobody_asks_last():
    mentors = [BankedMentor(3, taken=1, topics=("урок", "ИКТ")), BankedMentor(1, topics=("ЕГЭ", "урок"))]
    waiting = [BankedMentee({"ЕГЭ": 3}), BankedMentee({"ЕГЭ": 3, "урок": 5}), BankedMentee({"дети с ОВЗ": 1})]

    topics = analyse_banks(mentors, waiting).topics

    assert [(each.label, each.asking, each.places, each.state) for each in topics] == [
        ("ЕГЭ", 2, 1, "short"),
        ("дети с ОВЗ", 1, 0, "none"),
        ("урок", 1, 3, "enough"),
        ("ИКТ", 0, 2, "enough"),
    ]
    assert [each.missing for each in topics] == [1, 1, 0, 0]


def test_who_cannot_be_proposed_neither_asks_nor_helps():
    mentors = [BankedMentor(2, topics=("урок",)), BankedMentor(3, topics=("урок",), lacks=(Lack.APPROVAL,))]
    waiting = [BankedMentee({"урок": 5}), BankedMentee({"урок": 5}, lacks=SHORT)]

    analysis = analyse_banks(mentors, waiting)

    assert analysis.topics == (Balance("урок", asking=1, weight=5, places=2, held=3),)
    assert (analysis.waiting, analysis.ready, analysis.missing_places) == (2, 1, 0)


def test_subjects_are_counted_like_topics():
    mentors = [BankedMentor(1, subjects=("физика",))]
    waiting = [BankedMentee(subjects=("Физика", "химия")), BankedMentee(subjects=("физика",))]

    subjects = analyse_banks(mentors, waiting).subjects

    assert subjects == (
        Balance("физика", asking=2, weight=2, places=1, held=0),
        Balance("химия", asking=1, weight=1, places=0, held=0),
    )


def test_load_counts_places_of_everybody_and_free_ones_apart():
    mentors = [
        BankedMentor(2),
        BankedMentor(2, taken=2),
        BankedMentor(1, taken=2),
        BankedMentor(3, taken=1, lacks=SHORT),
    ]

    load = analyse_banks(mentors, []).load

    assert load == Load(mentors=4, places=8, taken=5, free=2, held=2, idle=1, full=2)


def test_places_are_missing_where_more_wait_than_can_be_taken():
    waiting = [BankedMentee(), BankedMentee(), BankedMentee(lacks=SHORT)]

    assert analyse_banks([BankedMentor(1)], waiting).missing_places == 1


TOPICS = st.sampled_from(["Урок", "урок", "ЕГЭ", "учёт", "учет"])
MENTORS = st.builds(
    BankedMentor,
    places=st.integers(0, 3),
    taken=st.integers(0, 3),
    topics=st.lists(TOPICS, max_size=3).map(tuple),
    lacks=st.sampled_from([(), SHORT]),
)
MENTEES = st.builds(BankedMentee, requests=st.dictionaries(TOPICS, st.integers(1, 5), max_size=3))


@given(st.lists(MENTORS, max_size=5), st.lists(MENTEES, max_size=5))
def test_order_of_people_does_not_matter(mentors, waiting):
    assert analyse_banks(mentors[::-1], waiting[::-1]) == analyse_banks(mentors, waiting)
