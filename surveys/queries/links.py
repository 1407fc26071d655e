"""Personal links of a wave: their addresses, and cards with QR codes to print and cut."""

from collections.abc import Collection
from dataclasses import dataclass

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from people.access import Access
from people.domain.roles import Permission
from surveys.domain.questionnaire import Purpose
from surveys.models import Invitation, Wave
from surveys.seals import token_of


def url_of(invitation: Invitation) -> str:
    """The address by which an invited person answers; whoever has it answers in their name."""
    return settings.PORTAL_URL + reverse("answer_form", args=[token_of(invitation.nonce)])


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """A card to cut out: whose it is, the address, and its QR code as a data URI."""

    name: str
    post: str
    url: str
    qr: str


def links_to_give(access: Access, wave: Wave, invitation_ids: Collection[int] = ()) -> QuerySet[Invitation]:
    """The links of those who have not answered yet, by name; of the given invitations only, where any are.

    Behind a link lies what its person has begun to answer. Where nobody is to read that, or every reading is to be
    noted, the link of who has begun is not shown again: a new one, which loses the draft, can be given.
    """
    access.check(Permission.SURVEYS_EDIT)
    rows = Invitation.objects.visible_to(access).usable().filter(wave=wave, is_answered=False)
    if hides_begun(wave):
        rows = rows.filter(draft__isnull=True)
    if invitation_ids:
        rows = rows.filter(pk__in=invitation_ids)
    return rows.select_related("person").order_by("person__sort_key", "pk")


def hides_begun(wave: Wave) -> bool:
    """Whether links are shown only as long as nobody has begun to answer by them; needs the questionnaire."""
    return wave.is_anonymous or wave.version.questionnaire.purpose == Purpose.STATEMENT


def survey_card(invitation: Invitation) -> SurveyCard:
    """The card of one invitation, a few milliseconds each."""
    url = url_of(invitation)
    qr = segno.make(url, error="m").svg_data_uri(border=2)
    return SurveyCard(invitation.person.full_name, invitation.person.post, url, qr)
