"""The life of a wave: prepared, launched, prolonged; whom it asks, whose link ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.roles import Role
from people.models import Person
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import Questionnaire, Section
from surveys.models import Draft, Invitation, Letter, Version, Wave
from surveys.operations.closing import close_wave
from surveys.operations.waves import (
    ask_newcomers,
    change_wave,
    discard_wave,
    draft_wave,
    hand_over_reading,
    launch_wave,
    prolong_wave,
    renew_invitation,
    revoke_invitation,
)
from tests.conftest import make_persona
from tests.factories import AT, TODAY, VersionFactory, WaveFactory, banked
from tests.mentoring.order_steps import fresh, refusal_of
from tests.surveys.wave_steps import asked, questionnaire_of, values_for, wave_of

DAY = timedelta(days=1)
EMPTY = Questionnaire(title="Пустая", sections=(Section("Вопросы", ()),))


def drafted(curator, **values):
    wave = draft_wave(
        curator.access, questionnaire_id=questionnaire_of(curator).pk, values=values_for(curator, **values)
    )
    return fresh(wave)


def launch(curator, wave):
    return launch_wave(curator.access, wave_id=wave.pk)


def test_wave_is_prepared_by_the_newest_version(curator):
    questionnaire = questionnaire_of(curator)
    Version.objects.update(frozen_at=AT)
    newest = VersionFactory(questionnaire=questionnaire, number=2)

    wave = draft_wave(curator.access, questionnaire_id=questionnaire.pk, values=values_for(curator))

    assert (wave.version, wave.state, wave.title, wave.reader) == (
        newest,
        Wave.State.DRAFT,
        "Довольны ли вы",
        curator.user,
    )


def test_wave_in_preparation_is_changed_and_a_launched_one_is_not(curator):
    banked(curator.organisation)
    wave = drafted(curator)
    change_wave(curator.access, wave_id=wave.pk, values=values_for(curator, title="Другое название"))
    changed = fresh(wave).title
    launch(curator, wave)

    refusal = refusal_of(change_wave, curator.access, wave_id=wave.pk, values=values_for(curator))

    assert (changed, refusal) == (
        "Другое название",
        "Анкетирование уже запущено: менять его нельзя, можно продлить или завершить.",
    )


def test_preferences_are_not_asked_without_names(curator):
    questionnaire = questionnaire_of(curator, purpose="preferences")
    values = values_for(curator, is_anonymous=True)

    refusal = refusal_of(draft_wave, curator.access, questionnaire_id=questionnaire.pk, values=values)

    assert refusal == "Такая анкета без имён не имеет смысла: по её ответам работают с людьми."


def test_words_are_read_by_a_curator_only(curator, director):
    questionnaire = questionnaire_of(curator)
    values = values_for(curator, reader_id=director.user.pk)

    refusal = refusal_of(draft_wave, curator.access, questionnaire_id=questionnaire.pk, values=values)

    assert refusal == "Свободные ответы читает куратор этой организации: выберите его."


@pytest.mark.parametrize("entry", [None, {"is_anonymous": True}, {"draft": True}])
def test_exit_is_compared_with_a_launched_entry_of_the_same_naming(curator, entry):
    there = wave_of(curator, stage="entry", **entry) if entry else None
    values = values_for(curator, stage="exit", entry_id=there.pk if there else None)
    questionnaire = questionnaire_of(curator)

    refusal_of(draft_wave, curator.access, questionnaire_id=questionnaire.pk, values=values)

    assert Wave.objects.filter(stage="exit").count() == 0


def test_launch_freezes_the_questionnaire_and_asks_everybody_from_their_side(curator):
    mentor, mentee = banked(curator.organisation, email="mentor@example.org")
    wave = drafted(curator)

    for _ in range(2):
        launched = launch(curator, wave)

    assert (launched.state, launched.version.frozen_at, launched.opened_at) == (Wave.State.OPEN, AT, AT)
    assert set(Invitation.objects.values_list("person", "side")) == {(mentor.pk, "mentor"), (mentee.pk, "mentee")}
    assert list(Letter.objects.values_list("invitation__person", "kind", "day", "state")) == [
        (mentor.pk, "invitation", TODAY, "queued")
    ]


def test_launch_tells_everything_that_is_wrong_at_once(curator):
    wave = drafted(curator, audience=Audience().as_json(), opens_on=TODAY - 3 * DAY, closes_on=TODAY - DAY)
    wave.version.content = EMPTY.as_json()
    wave.version.save()

    lines = refusal_of(launch_wave, curator.access, wave_id=wave.pk).splitlines()

    assert lines[-2:] == ["Последний день, 19.11.2026, уже прошёл.", "Не выбрано, кого спрашивать."]
    assert (len(lines) > 2, fresh(wave).state, fresh(wave.version).frozen_at) == (True, Wave.State.DRAFT, None)


def test_launch_needs_somebody_and_without_names_as_many_as_the_threshold(curator):
    nobody = drafted(curator)
    nobody_there = refusal_of(launch_wave, curator.access, wave_id=nobody.pk)
    banked(curator.organisation)
    few = refusal_of(launch_wave, curator.access, wave_id=drafted(curator, is_anonymous=True, threshold=3).pk)

    assert nobody_there == "Под выбранное не подходит ни один человек."
    assert few.startswith("Без имён спрашивают не меньше 3 человек, выбрано 2\u00a0человека")


def test_who_came_later_is_asked_once_and_who_was_left_out_is_not(curator):
    mentor, mentee = banked(curator.organisation)
    left_out, newcomer = banked(curator.organisation)
    Person.objects.filter(pk=newcomer.pk).update(left_on=TODAY)
    audience = Audience(sides=("mentor", "mentee"), left_out_ids=(left_out.pk,)).as_json()
    wave = launch(curator, drafted(curator, audience=audience))
    Person.objects.filter(pk=newcomer.pk).update(left_on=None)

    new = [ask_newcomers(curator.access, wave_id=wave.pk) for _ in range(2)]

    assert new == [1, 0]
    assert set(wave.invitations.values_list("person", flat=True)) == {mentor.pk, mentee.pk, newcomer.pk}


def test_draft_is_thrown_away_twice_and_a_launched_wave_never(curator):
    gone, running = wave_of(curator, draft=True), wave_of(curator)

    for _ in range(2):
        discard_wave(curator.access, wave_id=gone.pk)
    refusal_of(discard_wave, curator.access, wave_id=running.pk)

    assert list(Wave.objects.all()) == [running]


def test_named_wave_opens_again_and_a_nameless_one_stays_shut(curator):
    named, nameless = wave_of(curator), wave_of(curator, is_anonymous=True)
    for wave in (named, nameless):
        close_wave(curator.access, wave_id=wave.pk)

    prolong_wave(curator.access, wave_id=named.pk, closes_on=TODAY)
    refusal = refusal_of(prolong_wave, curator.access, wave_id=nameless.pk, closes_on=TODAY)

    assert (fresh(named).state, fresh(named).closes_on, fresh(nameless).state) == ("open", TODAY, "closed")
    assert refusal.startswith("Ответы без имён уже вскрыты.")


def test_wave_is_not_prolonged_into_the_past_nor_before_its_launch(curator):
    running, draft = wave_of(curator), wave_of(curator, draft=True)

    past = refusal_of(prolong_wave, curator.access, wave_id=running.pk, closes_on=TODAY - DAY)
    early = refusal_of(prolong_wave, curator.access, wave_id=draft.pk, closes_on=TODAY + DAY)

    assert past == "Последний день должен быть сегодня или позже, и не раньше первого."
    assert early == "Анкетирование ещё не запущено: измените его срок там, где он указан."


def test_reading_is_handed_over_by_the_reader_to_another_curator(curator, school, director):
    other = make_persona(Role.CURATOR, school)
    wave = wave_of(curator)

    refusals = [
        refusal_of(hand_over_reading, other.access, wave_id=wave.pk, user_id=other.user.pk),
        refusal_of(hand_over_reading, curator.access, wave_id=wave.pk, user_id=director.user.pk),
    ]
    hand_over_reading(curator.access, wave_id=wave.pk, user_id=other.user.pk)

    assert (len(refusals), fresh(wave).reader) == (2, other.user)


def test_revoked_link_loses_its_draft_and_a_new_one_is_another(curator):
    invitation = asked(wave_of(curator))
    Draft.objects.create(
        invitation=invitation, organisation=invitation.organisation, answers={"answers": {"useful": 8}}
    )

    for _ in range(2):
        revoke_invitation(curator.access, invitation_id=invitation.pk)
    revoked = fresh(invitation)
    renewed = renew_invitation(curator.access, invitation_id=invitation.pk)

    assert (revoked.revoked_at, revoked.nonce, Draft.objects.count()) == (AT, invitation.nonce, 0)
    assert (renewed.revoked_at, renewed.nonce == invitation.nonce) == (None, False)


def test_who_has_answered_gets_no_other_link(curator):
    invitation = asked(wave_of(curator), is_answered=True, answered_on=TODAY)

    assert refusal_of(renew_invitation, curator.access, invitation_id=invitation.pk) == "Этот человек уже ответил."


def test_director_runs_no_wave_and_a_stranger_reaches_none(curator, director, stranger):
    banked(curator.organisation)
    wave, invitation = drafted(curator), asked(wave_of(curator))

    for call in (launch_wave, discard_wave, ask_newcomers):
        with pytest.raises(PermissionDenied):
            call(director.access, wave_id=wave.pk)
    with pytest.raises(Wave.DoesNotExist):
        launch_wave(stranger.access, wave_id=wave.pk)
    with pytest.raises(Invitation.DoesNotExist):
        revoke_invitation(stranger.access, invitation_id=invitation.pk)
    discard_wave(stranger.access, wave_id=wave.pk)

    assert fresh(wave).state == Wave.State.DRAFT


def test_reading_of_a_curator_who_is_one_no_longer_may_be_taken_over(curator, school):
    wave = WaveFactory(version__questionnaire__organisation=school)
    wave.reader.memberships.all().delete()

    hand_over_reading(curator.access, wave_id=wave.pk, user_id=curator.user.pk)

    wave.refresh_from_db()
    assert wave.reader_id == curator.user.pk
