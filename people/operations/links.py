"""Personal links: issuing, sending, revoking, coming in."""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission, Role
from people.models import Membership, Person, PersonalLink, User
from people.queries.links import link_of, url_of

LINK_LIFETIME = timedelta(days=365)


@transaction.atomic
def issue_links(access: Access, *, person_ids: list[int]) -> list[PersonalLink]:
    """Links of the chosen people, in the order of names: the open one of each, or a new one.

    Persons outside the asker's sight are left out. Who has no account gets one without a password.
    """
    access.check(Permission.LINKS_ISSUE)
    persons = list(
        Person.objects.visible_to(access)
        .filter(pk__in=person_ids)
        .present(access.today)
        .select_for_update(of=("self",))
        .order_by("sort_key", "pk")
    )
    links = PersonalLink.objects.visible_to(access).filter(person__in=persons)
    links.filter(revoked_at__isnull=True, expires_at__lte=access.at).update(revoked_at=access.at)
    there = {link.person_id: link for link in links.usable(access.at).select_related("person")}
    return [there.get(person.pk) or _new_link(access, person) for person in persons]


def _new_link(access: Access, person: Person) -> PersonalLink:
    if not Membership.objects.filter(person=person).exists():  # unscoped: of a row already scoped
        user = User(username=f"person-{person.pk}")
        user.set_unusable_password()
        user.save()
        Membership.objects.create(
            user=user, organisation_id=person.organisation_id, role=Role.PARTICIPANT, person=person
        )
    return PersonalLink.objects.create(
        organisation=access.organisation,
        person=person,
        issued_at=access.at,
        issued_by_id=access.user_id,
        expires_at=access.at + LINK_LIFETIME,
    )


def send_link(access: Access, *, person_id: int) -> None:
    """E-mail a person their link, without any personal data in the letter.

    Refuses who has no address, and says so where the letter could not be handed over.
    """
    links = issue_links(access, person_ids=[person_id])
    if not links or not links[0].person.email:
        raise RefusedError("У человека не указана электронная почта.")
    text = render_to_string("people/mail/personal_link.txt", {"url": url_of(links[0])})
    try:
        send_mail("Ваша ссылка на портал наставничества", text, None, [links[0].person.email])
    except (SMTPException, OSError) as error:
        raise RefusedError("Почтовый сервер не принял письмо. Ссылку можно распечатать.") from error


@transaction.atomic
def revoke_link(access: Access, *, person_id: int) -> None:
    """End a person's link; sessions opened by it end with their next request."""
    access.check(Permission.LINKS_ISSUE)
    links = PersonalLink.objects.visible_to(access).filter(person_id=person_id, revoked_at__isnull=True)
    links.update(revoked_at=access.at)


@transaction.atomic
def enter_by_link(*, token: str, at: datetime) -> tuple[User, PersonalLink]:
    """The account and link that `token` opens; notes the visit.

    Raises RefusedError with the same words whether the token never existed, was revoked or has run out.
    """
    link = link_of(token, at)
    memberships = Membership.objects.filter(
        user__is_active=True, user__is_staff=False
    )  # unscoped: of the link's person
    membership = link and memberships.filter(person_id=link.person_id).select_related("user").order_by("pk").first()
    if not membership:
        raise RefusedError("Эта ссылка не действует. Попросите у куратора новую.")
    link.last_used_at = at
    link.save(update_fields=["last_used_at"])
    return membership.user, link
