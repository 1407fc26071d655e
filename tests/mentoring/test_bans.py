"""Reading bans, and their pages."""

from io import BytesIO

import openpyxl

from mentoring.forms.bans import BanForm
from mentoring.models import PairBan
from mentoring.queries.bans import ForbiddenPair, ban_list, bans_for_export, forbidden_pairs
from people.domain.consent import Purpose
from tests.factories import AT, PairBanFactory, PersonFactory, consents
from tests.mentoring.order_steps import in_bank
from tests.mentoring.test_views import get, path, post, said, text

Ground = PairBan.Ground


def banned(school, mentor="Котова", mentee="Лисина", **values):
    """A ban of two people who may be named outside the house."""
    people = [PersonFactory(organisation=school, surname=surname) for surname in (mentor, mentee)]
    for person in people:
        consents(person, Purpose.PROCESSING)
    return PairBanFactory(mentor=people[0], mentee=people[1], **values)


def test_list_has_standing_bans_of_the_school_by_the_mentors_name(curator, director, stranger):
    second = banned(curator.organisation, "Ёлкина")
    third, first = (banned(curator.organisation, name) for name in ("Котова", "Белова"))
    banned(curator.organisation, lifted_at=AT)

    assert list(ban_list(curator.access)) == [first, second, third]
    assert list(ban_list(curator.access, search="ЕЛК анна")) == [second]
    assert list(ban_list(curator.access, search="лис кот")) == [third]
    assert list(ban_list(director.access)) == list(ban_list(stranger.access)) == []


def test_only_people_with_a_consent_go_out_of_the_house(curator):
    named = banned(curator.organisation)
    PairBanFactory(mentor=named.mentor)
    PairBanFactory(mentor__organisation=curator.organisation, mentee=named.mentee)

    assert list(bans_for_export(curator.access)) == [named]


def test_relatives_are_forbidden_both_ways_and_others_one_way(curator):
    chosen = banned(curator.organisation)
    kin = banned(curator.organisation, ground=Ground.RELATIVES, reason="")
    banned(curator.organisation, lifted_at=AT)

    assert forbidden_pairs(curator.access) == [
        ForbiddenPair(chosen.mentor_id, chosen.mentee_id, Ground.CURATOR, "решение куратора: не сработались раньше"),
        ForbiddenPair(kin.mentor_id, kin.mentee_id, Ground.RELATIVES, "родственники"),
        ForbiddenPair(kin.mentee_id, kin.mentor_id, Ground.RELATIVES, "родственники"),
    ]


def test_form_offers_people_of_the_own_banks(curator, other_school):
    for is_mentor in (True, False):
        in_bank(other_school, mentor=is_mentor)
    PersonFactory(organisation=curator.organisation)
    mentor, mentee = (in_bank(curator.organisation, mentor=is_mentor) for is_mentor in (True, False))

    form = BanForm(access=curator.access)

    assert [list(form.fields[name].queryset) for name in ("mentor", "mentee")] == [[mentor], [mentee]]


def test_curator_forbids_a_pair_sees_it_and_lifts_the_ban(curator):
    mentor = in_bank(curator.organisation, mentor=True, surname="Котова")
    mentee = in_bank(curator.organisation, surname="Лисина")
    form = {"mentor": mentor.pk, "mentee": mentee.pk, "ground": "curator"}

    empty = text(get(curator, "ban_list"))
    refused = post(curator, "ban_add", **form)
    done = post(curator, "ban_add", **form, reason="не сработались")
    shown = text(get(curator, "ban_list"))
    lifted = post(curator, "ban_lift", PairBan.objects.get().pk)

    assert "Запретов пока нет" in empty
    assert "Напишите причину запрета." in text(refused)
    assert said(done) == ["Запрещено: Котова\u00a0А.\u00a0И. и Лисина\u00a0А.\u00a0И.."]
    assert all(words in shown for words in ("Котова Анна Ивановна", "Лисина Анна Ивановна", "не сработались"))
    assert lifted.url == path(curator, "ban_list")
    assert "Запретов пока нет" in text(get(curator, "ban_list"))


def test_form_is_filled_from_the_address(curator):
    mentor, mentee = (in_bank(curator.organisation, mentor=is_mentor) for is_mentor in (True, False))

    form = get(curator, "ban_add", mentor=mentor.pk, mentee=mentee.pk).context["form"]

    assert (form["mentor"].value(), form["mentee"].value()) == (str(mentor.pk), str(mentee.pk))


def test_list_goes_out_as_it_is_shown(curator):
    banned(curator.organisation, ground=Ground.RELATIVES, reason="сёстры")
    banned(curator.organisation, "Белова")

    sheet, page = (get(curator, name, q="кот") for name in ("ban_export", "ban_print"))

    rows = list(openpyxl.load_workbook(BytesIO(sheet.content)).active.values)
    assert rows == [
        ("Наставник", "Наставляемый", "Основание", "Причина", "С какого дня"),
        ("Котова Анна Ивановна", "Лисина Анна Ивановна", "родственники", "сёстры", "20.11.2026"),
    ]
    assert ("родственники: сёстры" in text(page), "Белова" in text(page)) == (True, False)


def test_matching_is_closed_to_who_makes_no_pairs(director):
    pages = [f"ban_{page}" for page in ("list", "add", "export", "print")]
    pages += [f"matching_{page}" for page in ("now", "export", "print", "settings")]

    assert [get(director, page).status_code for page in pages] == [403] * 8
