"""Reading personal links. A token is the link's row signed with the server's key: nothing secret is stored."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from people.models import PersonalLink

_SIGNER_SALT = "people.personal_link"


def token_of(link: PersonalLink) -> str:
    """The secret part of a link's address: 43 characters of HMAC-SHA256 behind the row's number."""
    return Signer(salt=_SIGNER_SALT, sep=".").sign(str(link.pk))


def url_of(link: PersonalLink) -> str:
    """The address a link opens with."""
    return settings.PORTAL_URL + reverse("link_enter", args=[token_of(link)])


def link_of(token: str, at: datetime) -> PersonalLink | None:
    """The usable link behind a token; None for a forged, revoked or expired one alike."""
    try:
        pk = int(Signer(salt=_SIGNER_SALT, sep=".").unsign(token))
    except (BadSignature, ValueError):
        return None
    links = PersonalLink.objects.usable(at).filter(pk=pk)  # unscoped: the token is the key
    return links.select_related("organisation", "person").first()


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A card to cut out: whose it is, the address, and its QR code as a data URI."""

    name: str
    post: str
    url: str
    qr: str


def link_cards(links: list[PersonalLink]) -> list[LinkCard]:
    """Cards of the given links in their order."""
    return [
        LinkCard(
            link.person.full_name,
            link.person.post,
            url_of(link),
            segno.make(url_of(link), error="m").svg_data_uri(border=2),
        )
        for link in links
    ]
