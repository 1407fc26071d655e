"""Whom a wave asks, in words."""

import pytest

from surveys.domain.audience import Audience, Standing
from surveys.domain.audience_words import audience_words


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), ""),
        (Audience(left_out_ids=(1,)), ""),
        (Audience(sides=("mentor",)), "наставники из банка"),
        (
            Audience(sides=("mentor", "mentee"), standing=Standing.PAIRED, forms=("peer",)),
            "наставники и наставляемые из банка, только те, кто в паре или группе, формы «ученик – ученик»",
        ),
        (Audience(sides=("mentee",), categories=("newcomer",)), "наставляемые из банка, новый сотрудник"),
        (Audience(kinds=("staff", "pupil")), "все сотрудники; все обучающиеся"),
        (Audience(roles=("curator", "director")), "роли: куратор, руководитель"),
        (Audience(person_ids=(1, 2)), "выбрано по имени: 2\u00a0человека"),
        (
            Audience(kinds=("external",), person_ids=(1,), left_out_ids=(2,)),
            "все внешние участники; 1\u00a0человек, выбор по имени; кроме 1\u00a0человека",
        ),
    ],
)
def test_audience_is_told_group_by_group(audience: Audience, words: str) -> None:
    assert audience_words(audience) == words
