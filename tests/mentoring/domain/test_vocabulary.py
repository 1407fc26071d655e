"""Every code of the trade has its Russian word, as the domain reference gives it."""

import pytest

from mentoring.domain.bank_sheet.values import MenteeCategory, MentoringForm
from mentoring.domain.vocabulary import (
    CATEGORY_LABELS,
    FORM_LABELS,
    GROUND_LABELS,
    KIND_LABELS,
    EndGround,
    MentoringKind,
)


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (MentoringForm, FORM_LABELS),
        (MentoringKind, KIND_LABELS),
        (MenteeCategory, CATEGORY_LABELS),
        (EndGround, GROUND_LABELS),
    ],
)
def test_vocabulary_has_one_word_for_each_code(codes, labels):
    assert set(labels) == set(codes)
    assert len(set(labels.values())) == len(labels)
    assert all(label == label.strip() and label for label in labels.values())


def test_forms_are_written_with_a_dash_between_spaces():
    assert FORM_LABELS[MentoringForm.TEACHER_TEACHER] == "педагог – педагог"
    assert all(label.count(" – ") == 1 for label in FORM_LABELS.values())


def test_kinds_agree_with_the_word_mentoring():
    assert all(label.endswith("ое") for label in KIND_LABELS.values())
