"""The analysis of both banks: what is counted, its page, its rules, its way out of the house."""

from io import BytesIO

import openpyxl
import pytest

from mentoring.domain.bank_analysis import Balance, Lack, Load
from mentoring.domain.matching.values import Criterion
from mentoring.models import MentorProfile
from mentoring.queries.bank_analysis import analysis_page
from mentoring.queries.matching_settings import matching_settings
from mentoring.resources import analysis_xlsx
from tests.factories import (
    TODAY,
    MatchingSettingsFactory,
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
    consents,
    pair,
)
from tests.mentoring.order_steps import in_bank
from tests.mentoring.test_views import get, path, post, said, text


def mentor(school, *topics, surname="Котова", subject="физика", **profile):
    person = in_bank(school, mentor=True, surname=surname, subject=subject)
    MentorProfile.objects.filter(person=person).update(**profile)
    row = person.mentor_profiles.get()
    for topic in topics:
        MentorTopicFactory(profile=row, topic=topic)
    return row


def mentee(school, *topics, surname="Лисина", subject="химия"):
    row = in_bank(school, surname=surname, subject=subject).mentee_profiles.get()
    for topic in topics:
        MenteeRequestFactory(profile=row, topic=topic)
    return row


def unconsented(school):
    """A mentor and a mentee in the banks whose consents have yet to be got."""
    for make in (MentorProfileFactory, MenteeProfileFactory):
        make(person=PersonFactory(organisation=school, surname="Тайная"))


def test_analysis_counts_free_people_of_the_school_by_topic_and_subject(curator, other_school):
    school = curator.organisation
    mentor(school, "Учёт", capacity=3)
    mentee(school, "учет", "урок")
    mentee(school, subject="физика, химия")
    pair(school)
    mentee(other_school, "урок")

    analysis = analysis_page(curator.access).analysis

    assert analysis.topics == (Balance("урок", 1, 3, 0, 0), Balance("Учёт", 1, 3, 3, 0))
    assert analysis.asked_subjects == (Balance("химия", 2, 2, 0, 0), Balance("физика", 1, 1, 3, 0))
    assert analysis.load == Load(mentors=2, places=5, taken=1, free=4, held=0, idle=1, full=0)
    assert (analysis.waiting, analysis.ready) == (2, 2)


def test_who_lacks_something_is_kept_out_and_told_why(curator):
    school = curator.organisation
    MatchingSettingsFactory(organisation=school, demands_training=True)
    mentor(school, surname="Белова", trained_on=TODAY)
    mentor(school, surname="Волкова", standing="candidate")
    mentor(school, surname="Жукова")
    unconsented(school)

    shown = analysis_page(curator.access)

    assert [(line.profile.person.surname, line.lacks) for line in shown.kept_out] == [
        ("Волкова", (Lack.APPROVAL, Lack.TRAINING)),
        ("Жукова", (Lack.TRAINING,)),
        ("Тайная", (Lack.CONSENT, Lack.TRAINING)),
        ("Тайная", (Lack.CONSENT,)),
    ]
    assert [line.profile.person.surname for line in shown.mentors_named] == ["Белова", "Волкова", "Жукова"]
    assert (shown.unnamed, shown.waiting_named) == (2, [])
    assert (shown.analysis.load.free, shown.analysis.load.held) == (2, 6)


def test_page_shows_shortage_load_and_where_to_mend_what_is_lacking(curator):
    school = curator.organisation
    MatchingSettingsFactory(organisation=school, objective="stable", demands_training=True)
    mentor(school, "ЕГЭ", trained_on=TODAY)
    untrained, candidate = mentor(school), mentor(school, standing="candidate", trained_on=TODAY)
    mentee(school, "урок")
    unconsented(school)

    page = text(get(curator, "matching_now"))

    assert "2 наставляемых ждут · 2 свободных места" in page
    assert "В подбор войдут 1 из 2" in page
    assert "1 просит · 0 мест" in page
    assert '<option value="stable" selected>Прочные пары</option>' in page
    for address in (
        path(curator, "consent_record", MentorProfile.objects.get(person__surname="Тайная").person_id),
        path(curator, "person_detail", candidate.person_id),
        path(curator, "profile_edit", "mentors", untrained.pk),
    ):
        assert address in page


def test_page_says_what_to_do_where_nobody_can_be_matched(curator):
    nobody = text(get(curator, "matching_now"))
    unconsented(curator.organisation)

    unready = text(get(curator, "matching_now"))

    assert "Подбирать некого" in nobody
    assert "В банке пока нет наставников." in nobody
    assert "Пока подбирать некого" in unready
    assert "?consent=wanted" in unready


def test_analysis_goes_out_without_the_names_of_who_has_not_consented(curator):
    school = curator.organisation
    mentor(school, "урок", standing="candidate")
    mentee(school, "урок", "ЕГЭ")
    unconsented(school)

    content, page = analysis_xlsx(analysis_page(curator.access)), text(get(curator, "matching_print"))

    sheets = {each.title: list(each.values)[1:] for each in openpyxl.load_workbook(BytesIO(content))}
    assert sheets == {
        "Темы": [("ЕГЭ", 1, 0, 1, 0), ("урок", 1, 0, 1, 2)],
        "Предметы": [("химия", 1, 0, 1, 0), ("математика", 0, 0, 0, 2), ("физика", 0, 0, 0, 2)],
        "Нагрузка": [("Котова Анна Ивановна", 2, 0, 2, "кандидат: ещё не утверждён")],
        "Ждут": [("Лисина Анна Ивановна", 80, "урок; ЕГЭ")],
    }
    assert ("Тайная" in page, "Без действующего согласия: 2 человека." in page) == (False, True)
    assert "Лисина Анна Ивановна" in page


# Rules


def usual(**changed):
    points = {"topics": 40, "preference": 20, "subject": 15, "experience": 10}
    return points | {"form": 5, "hours": 3, "organisation": 5, "balance": 2, "objective": "cover"} | changed


def test_curator_changes_the_rules_and_takes_the_usual_points_back(curator):
    shown = text(get(curator, "matching_settings"))
    refused = post(curator, "matching_settings", **usual(topics="101"))
    changed = post(curator, "matching_settings", **usual(topics="50", objective="sum", demands_training="on"))
    own = matching_settings(curator.access)
    page = text(get(curator, "matching_settings"))
    back = post(curator, "matching_usual")

    assert ("получает 100 баллов" in shown, "Вернуть обычные баллы" in shown) == (True, False)
    assert list(refused.context["form"].errors) == ["topics"]
    assert said(changed) == ["Сохранено. Следующий подбор пойдёт по этим правилам."]
    assert (own.weights[Criterion.TOPICS], own.objective, own.demands_training) == (50, "sum", True)
    assert ("получает 110 баллов" in page, "Вернуть обычные баллы" in page) == (True, True)
    assert back.url == path(curator, "matching_settings")
    assert matching_settings(curator.access).has_usual_weights


def test_rules_without_any_points_are_refused_in_words(curator):
    nothing = dict.fromkeys((criterion.value for criterion in Criterion), 0)

    page = text(post(curator, "matching_settings", **usual(**nothing)))

    assert "Дайте баллы хотя бы за один признак" in page


# Candidates in the bank


def test_candidate_is_marked_filtered_and_approved_on_the_card(curator):
    candidate = mentor(curator.organisation, surname="Волкова", standing="candidate")
    mentor(curator.organisation, surname="Белова", trained_on=TODAY)

    listed = text(get(curator, "mentor_list"))
    by_filter = {name: text(get(curator, "mentor_list", standing=name)) for name in ("candidate", "untrained")}
    card = text(get(curator, "person_detail", candidate.person_id))
    approved = post(curator, "mentor_approve", candidate.pk)

    assert listed.count(">кандидат<") == 1
    assert [("Волкова" in page, "Белова" in page) for page in by_filter.values()] == [(True, False)] * 2
    assert path(curator, "mentor_approve", candidate.pk) in card
    assert said(approved) == ["Наставник утверждён: его можно предлагать в пары."]
    assert "кандидат" not in text(get(curator, "person_detail", candidate.person_id))


def test_candidate_who_has_left_is_not_approved_by_an_old_page(curator):
    candidate = mentor(curator.organisation, standing="candidate", left_on=TODAY)

    assert said(post(curator, "mentor_approve", candidate.pk)) == ["Человек вышел из банка: утверждать некого."]


def test_standing_and_training_are_kept_by_the_form(curator):
    person = PersonFactory(organisation=curator.organisation)
    consents(person)
    fields = {"person": person.pk, "entered_on": "01.09.2026"}

    ahead = post(curator, "profile_add", "mentors", **fields, trained_on="01.09.2100")
    post(curator, "profile_add", "mentors", **fields, standing="candidate", trained_on="25.08.2026")

    assert list(ahead.context["form"].errors) == ["trained_on"]
    profile = MentorProfile.objects.get()
    assert (profile.standing, f"{profile.trained_on:%d.%m.%Y}") == ("candidate", "25.08.2026")
    post(curator, "profile_edit", "mentors", profile.pk, entered_on="01.09.2026", trained_on="25.08.2026")
    profile.refresh_from_db()
    assert profile.standing == "candidate"


@pytest.mark.parametrize("name", ["pair_list", "queue"])
def test_pages_of_pairs_lead_to_matching(curator, name):
    mentee(curator.organisation)

    assert path(curator, "matching_now") in text(get(curator, name))
