"""What the database itself refuses about answers to proposals and the letters that ask for them."""

from mentoring.models import PairingReply
from tests.factories import AT, TODAY, PairingReplyFactory, PersonFactory, ProposalLetterFactory, pair
from tests.mentoring.test_models import broken


def test_database_keeps_one_reply_per_person_and_pairing(school):
    reply = PairingReplyFactory(pairing=pair(school))

    assert broken(PairingReplyFactory, pairing=reply.pairing, is_willing=False) == "one_reply_per_person_and_pairing"


def test_database_keeps_a_reason_with_a_refusal_alone(school):
    pairing = pair(school)

    name = broken(PairingReplyFactory, pairing=pairing, reason="мало времени")
    PairingReplyFactory(pairing=pairing, is_willing=False, reason="мало времени")

    assert name == "only_a_refusal_has_a_reason"


def test_database_keeps_a_reply_in_the_organisation_of_its_pairing(school, other_school):
    person = PersonFactory(organisation=other_school)

    name = broken(PairingReplyFactory, pairing=pair(school), organisation=other_school, person=person)

    assert name == "reply_is_of_the_organisation_of_its_pairing"


def test_database_keeps_a_reply_with_a_person_of_the_organisation(school, other_school):
    reply = PairingReplyFactory(pairing=pair(school))
    alien = PersonFactory(organisation=other_school)

    name = broken(PairingReply.objects.filter(pk=reply.pk).update, person=alien)

    assert name == "reply_is_of_a_person_of_the_organisation"


def test_database_keeps_one_letter_a_day_per_person(school):
    letter = ProposalLetterFactory(person__organisation=school, sent_at=AT)

    name = broken(ProposalLetterFactory, person=letter.person)
    ProposalLetterFactory(person=letter.person, day=TODAY.replace(day=21))

    assert name == "one_proposal_letter_a_day_per_person"


def test_database_keeps_a_problem_from_a_letter_that_has_gone(db):
    name = broken(ProposalLetterFactory, sent_at=AT, problem="адрес")

    assert name == "sent_proposal_letter_has_no_problem"


def test_database_keeps_a_letter_with_a_person_of_the_organisation(school, other_school):
    name = broken(ProposalLetterFactory, person__organisation=other_school, organisation=school)

    assert name == "proposal_letter_is_to_a_person_of_the_organisation"
