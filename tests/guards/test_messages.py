"""Whatever a form or the repair desk may run into is said in words, not by the name of a constraint."""

import pytest
from django.db.models import BaseConstraint, Model

from documents.models import Journal
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic
from people.models import Consent, ConsentText, Head, Membership, Person

IN_FORMS = (
    Consent,
    ConsentText,
    Head,
    Journal,
    Membership,
    MenteeProfile,
    MenteeRequest,
    MentorProfile,
    MentorTopic,
    Person,
)
NEVER_BROKEN = {"person_belongs_to_one_organisation"}  # there for foreign keys to lean on


@pytest.mark.parametrize("model", IN_FORMS, ids=lambda model: model.__name__)
def test_constraint_has_words(model: type[Model]) -> None:
    silent = {
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == BaseConstraint.default_violation_error_message
    }

    assert silent - NEVER_BROKEN == set()
