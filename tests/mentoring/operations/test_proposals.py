"""Accepting what a run proposes: pairings, groups, what is no longer possible, and the next run after a refusal."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from jobs.models import Job
from mentoring.domain.pairing_states import PairingState
from mentoring.models import MatchingRun, MatchingStep, MenteeProfile, Pairing
from mentoring.operations.bans import ban_pair
from mentoring.operations.matching import take_step
from mentoring.operations.pairings import propose_pairing
from mentoring.operations.proposals import Refusal, Terms, accept_proposals
from mentoring.queries.matching_board import Board
from mentoring.queries.matching_decisions import fingerprint
from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.models import PersonalLink
from tests.factories import AT, TODAY, MatchingRunFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.matching_scene import four_matched, mentee_of, mentor_of, offers, solved_run
from tests.mentoring.order_steps import FIRST, LAST, refusal_of, terms
from tests.mentoring.reply_steps import answer
from tests.mentoring.sharing_steps import offered, withdraw

NOTHING_CHOSEN = "Выберите хотя бы одну пару, которая ещё не предложена."
CHANGED = "Пока вы смотрели, доска изменилась: теперь предложены другие пары. Проверьте их ещё раз."


@pytest.fixture
def four(curator):
    return four_matched(curator)


def seen(curator, run):
    return fingerprint(Board(curator.access, run).solution)


def accept(curator, run, *mentees, shown=None, first_day=FIRST, last_day=LAST, **values):
    return accept_proposals(
        curator.access,
        run_id=run.pk,
        mentees=[str(getattr(mentee, "pk", mentee)) for mentee in mentees],
        seen=seen(curator, run) if shown is None else shown,
        terms=Terms(first_day, last_day, **values),
    )


def paired(run):
    """Surnames of the pairs that came of a run: (mentor, mentees)."""
    return {
        (pairing.mentor.surname, *sorted(place.mentee.surname for place in pairing.mentees.select_related("mentee")))
        for pairing in run.pairings.select_related("mentor")
    }


def elsewhere(curator, mentor, mentee):
    """The two put together past the run."""
    return propose_pairing(curator.access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())


# What becomes of accepted pairs


def test_one_pair_is_accepted_with_the_run_it_came_of(curator, four):
    outcome = accept(curator, four.run, four.lisina)

    pairing = Pairing.objects.get()
    assert (outcome.pairings, outcome.refusals) == ((pairing,), ())
    assert (pairing.mentor, pairing.mentees.get().mentee) == (four.kotova, four.lisina)
    assert (pairing.run, pairing.state, pairing.created_by) == (four.run, "proposed", curator.user)
    assert (pairing.form, pairing.kind, pairing.goal) == ("teacher_teacher", "traditional", "")
    assert (pairing.starts_on, pairing.ends_on, pairing.created_at) == (FIRST, LAST, AT)
    board = Board(curator.access, four.run)
    assert [(line.is_open, line.state_words) for line in board.lines] == [(True, ""), (False, "предложена")]


def test_all_are_accepted_at_once(curator, four):
    outcome = accept(curator, four.run, four.lisina, four.akhmetov)

    assert paired(four.run) == {("Котова", "Лисина"), ("Седов", "Ахметов")}
    assert len(outcome.pairings) == 2
    assert Board(curator.access, four.run).open_count == 0


def test_pair_takes_the_form_its_mentee_needs(curator, school):
    mentor_of(school, "Котова", capacity=2)
    pupil, any_form = mentee_of(school, "Лисина", form="teacher_pupil"), mentee_of(school, "Ахметов", form="")
    run = solved_run(curator.access)

    accept(curator, run, pupil, any_form)

    forms = dict(run.pairings.values_list("mentees__mentee", "form"))
    assert forms == {pupil.pk: "teacher_pupil", any_form.pk: "teacher_teacher"}


@pytest.mark.parametrize(
    ("in_groups", "expected"),
    [
        (True, {("Котова", "Ахметов", "Лисина"), ("Котова", "Цой")}),
        (False, {("Котова", "Ахметов"), ("Котова", "Лисина"), ("Котова", "Цой")}),
    ],
)
def test_like_mentees_of_a_mentor_become_a_group_where_asked_for(curator, school, in_groups, expected):
    mentor_of(school, "Котова", "урок", "этика", capacity=3)
    topics = {"Лисина": "урок", "Ахметов": "Урок", "Цой": "этика"}
    people = [mentee_of(school, surname, topic) for surname, topic in topics.items()]
    run = solved_run(curator.access)

    accept(curator, run, *people, in_groups=in_groups)

    kinds = set(run.pairings.values_list("kind", flat=True))
    assert paired(run) == expected
    assert kinds == ({"group", "traditional"} if in_groups else {"traditional"})


@pytest.mark.parametrize("is_asked", [True, False])
def test_both_sides_are_asked_where_wanted(curator, four, is_asked):
    for person in (four.kotova, four.lisina):
        person.email = "somebody@example.org"
        person.save(update_fields=["email"])
    Job.objects.all().delete()

    outcome = accept(curator, four.run, four.lisina, four.akhmetov, is_asked=is_asked)

    letters = outcome.asked and (outcome.asked.letters, set(outcome.asked.without_address))
    assert letters == ((2, {four.sedov, four.akhmetov}) if is_asked else None)
    assert PersonalLink.objects.count() == (4 if is_asked else 0)
    assert set(Job.objects.values_list("kind", flat=True)) == (
        {"mentoring.send_proposal_letters"} if is_asked else set()
    )


# What cannot be accepted


@pytest.mark.parametrize("chosen", ["nobody", "stranger", "accepted"])
def test_nothing_to_accept_is_refused(curator, four, chosen):
    accept(curator, four.run, four.lisina)
    people = {"nobody": [], "stranger": ["x", "777"], "accepted": [four.lisina]}[chosen]

    words = refusal_of(accept, curator, four.run, *people)

    assert words == NOTHING_CHOSEN
    assert four.run.pairings.count() == 1


def test_pairs_that_nobody_has_seen_are_not_accepted(curator, four):
    shown = seen(curator, four.run)
    people = {"mentee": str(four.lisina.pk), "mentor": str(four.sedov.pk)}
    take_step(curator.access, run_id=four.run.pk, kind=MatchingStep.Kind.PIN, **people)

    words = refusal_of(accept, curator, four.run, four.lisina, shown=shown)

    assert words == CHANGED
    assert Pairing.objects.count() == 0


def leave_the_bank(four, curator):
    MenteeProfile.objects.filter(person=four.lisina).update(left_on=TODAY)


@pytest.mark.parametrize(
    ("happen", "words"),
    [
        (
            lambda four, curator: withdraw(four.kotova, Purpose.PROCESSING),
            "нет согласия на обработку персональных данных",
        ),
        (
            lambda four, curator: withdraw(four.lisina, Purpose.PROCESSING),
            "нет согласия на обработку персональных данных",
        ),
        (
            lambda four, curator: elsewhere(curator, four.kotova, mentee_of(curator.organisation, "Цой")),
            "свободных мест нет",
        ),
        (leave_the_bank, "кого-то из двоих больше нет в банке, или у наставляемого уже есть наставник"),
    ],
    ids=["mentor withdrew", "mentee withdrew", "place taken", "mentee left"],
)
def test_what_has_become_impossible_is_told_and_the_rest_is_made(curator, four, happen, words):
    happen(four, curator)

    outcome = accept(curator, four.run, four.lisina, four.akhmetov)

    assert outcome.refusals == (Refusal(str(four.lisina.pk), words),)
    assert paired(four.run) == {("Седов", "Ахметов")}


def test_ban_since_leaves_the_mentee_alone(curator, school):
    mentor, mentee = mentor_of(school, "Котова"), mentee_of(school, "Лисина")
    run = solved_run(curator.access)
    shown = seen(curator, run)
    ban_pair(curator.access, mentor_id=mentor.pk, mentee_id=mentee.pk, ground="relatives")

    assert refusal_of(accept, curator, run, mentee, shown=shown) == CHANGED
    assert refusal_of(accept, curator, run, mentee) == NOTHING_CHOSEN


def test_last_place_that_is_left_goes_to_one_of_two(curator, school):
    mentor = mentor_of(school, "Котова", capacity=2)
    people = [mentee_of(school, surname) for surname in ("Лисина", "Ахметов")]
    run = solved_run(curator.access)
    elsewhere(curator, mentor, mentee_of(school, "Цой"))

    outcome = accept(curator, run, *people, in_groups=True)

    assert [refusal.words for refusal in outcome.refusals] == ["свободных мест нет"]
    assert len(outcome.pairings) == 1


def test_refusal_of_one_pairing_undoes_it_alone(curator, four):
    outcome = accept(curator, four.run, four.lisina, four.akhmetov, first_day=FIRST.replace(year=206))

    people = {refusal.mentee for refusal in outcome.refusals}
    assert people == {str(four.lisina.pk), str(four.akhmetov.pk)}
    assert {refusal.words for refusal in outcome.refusals} == {"Проверьте год: такой даты здесь не бывает."}
    assert (outcome.pairings, outcome.asked, Pairing.objects.count()) == ((), None, 0)


def test_mentor_of_the_district_is_asked_for_first(curator, other_school):
    offered(other_school, surname="Дальняя")
    lisina = mentee_of(curator.organisation, "Лисина")
    run = solved_run(curator.access, has_district=True)

    outcome = accept(curator, run, lisina)

    words = "наставник другой организации: сначала попросите её куратора"
    assert outcome.refusals == (Refusal(str(lisina.pk), words),)
    assert (outcome.pairings, outcome.asked) == ((), None)


def test_run_that_is_being_solved_has_nothing_to_accept(curator):
    run = MatchingRunFactory(organisation=curator.organisation)

    words = refusal_of(accept, curator, run, "1", shown="")

    assert words == "Подбор ещё считается. Подождите немного."


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentee"])
def test_only_who_makes_pairs_accepts_them(request, four, persona):
    with pytest.raises(PermissionDenied):
        accept(request.getfixturevalue(persona), four.run, four.lisina, shown="")


def test_run_of_another_organisation_is_not_there(stranger, four):
    with pytest.raises(MatchingRun.DoesNotExist):
        accept(stranger, four.run, four.lisina, shown="")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_accept_at_once_make_each_pair_once(curator):
    four = four_matched(curator)
    shown = seen(curator, four.run)

    results = at_once(*[partial(accept, curator, four.run, four.lisina, shown=shown)] * 2)

    assert [str(each) for each in results if isinstance(each, RefusedError)] == [NOTHING_CHOSEN]
    assert four.run.pairings.count() == 1


# After a refusal


def test_mentee_who_refuses_is_offered_another_mentor_here_and_in_the_next_run(curator, school):
    kotova = mentor_of(school, "Котова", "урок")
    mentor_of(school, "Седов")
    lisina = mentee_of(school, "Лисина", "урок")
    run = solved_run(curator.access)
    (pairing,) = accept(curator, run, lisina).pairings

    answer(curator, pairing, lisina, False)

    later = solved_run(curator.access)
    assert [offers(curator.access, each) for each in (run, later)] == [{("Лисина", "Седов")}] * 2
    assert later.input["bans"] == [[str(lisina.pk), str(kotova.pk), "раньше эта пара не сложилась"]]
    (again,) = accept(curator, run, lisina).pairings
    assert (again.mentor.surname, again.run) == ("Седов", run)
    assert [each.state for each in run.pairings.order_by("pk")] == [PairingState.DECLINED, PairingState.PROPOSED]
