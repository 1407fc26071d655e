"""Whatever a form or the repair desk may run into is said in words, not by the name of a constraint."""

import pytest
from django.db.models import BaseConstraint, Model

from community.models import Event
from documents.models import Journal
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic
from people.models import Consent, ConsentText, Head, Membership, Person
from surveys.models import SwotPoint, Wave

IN_FORMS = (
    Consent,
    ConsentText,
    Event,
    Head,
    Journal,
    Membership,
    MenteeProfile,
    MenteeRequest,
    MentorProfile,
    MentorTopic,
    Person,
    SwotPoint,
    Wave,
)
LEANT_ON = {
    "event_belongs_to_one_organisation",
    "person_belongs_to_one_organisation",
    "wave_belongs_to_one_organisation",
    "wave_is_anonymous_or_not",
}
MOMENTS = {"launched_wave_has_a_moment", "closed_wave_has_a_moment"}
NEVER_BROKEN = LEANT_ON | MOMENTS  # there for foreign keys to lean on; of states and moments that no form asks for


@pytest.mark.parametrize("model", IN_FORMS, ids=lambda model: model.__name__)
def test_constraint_has_words(model: type[Model]) -> None:
    silent = {
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == BaseConstraint.default_violation_error_message
    }

    assert silent - NEVER_BROKEN == set()
