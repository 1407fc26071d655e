"""Who has which role in an organisation: granting and taking back."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import ROLE_PERMISSIONS, Permission, Role
from people.models import Membership, Person, User


@dataclass(frozen=True, slots=True)
class Granted:
    """A role that was given; `password` is set for a fresh account, to be shown once and changed."""

    membership: Membership
    login: str
    password: str


@transaction.atomic
def grant_role(access: Access, *, person_id: int, role: Role, login: str) -> Granted:
    """Give a person a role; who has no login with a password gets one under the name `login`.

    Nobody gives a role that may sign without being allowed to sign: a curator cannot make themselves a
    director. Whoever comes to sign gets a new password: the one before was handed over by somebody who may not
    sign, and may still be known to them. Refuses a login that is taken and a role that is there already.
    """
    access.check(Permission.ORGANISATION_EDIT)
    if Permission.DOCUMENTS_SIGN in ROLE_PERMISSIONS[role]:
        access.check(Permission.DOCUMENTS_SIGN)
    person = Person.objects.visible_to(access).select_for_update(of=("self",)).get(pk=person_id)
    user = _account_of(person)
    password = ""
    try:
        with transaction.atomic():
            if user is None or not user.has_usable_password() or _must_be_alone_with(user, role):
                user, password = _with_password(user, person, login)
            membership = Membership.objects.create(
                user=user, organisation=access.organisation, role=role, person=person
            )
    except IntegrityError as error:
        raise RefusedError("Такой логин занят, или эта роль у человека уже есть.") from error
    return Granted(membership, user.username, password)


def _account_of(person: Person) -> User | None:
    memberships = Membership.objects.filter(person=person)  # unscoped: of a row already scoped
    first = memberships.select_related("user").order_by("pk").first()
    return first.user if first else None


def _must_be_alone_with(user: User, role: Role) -> bool:
    """Whether an account that could not sign before comes to sign now."""
    if Permission.DOCUMENTS_SIGN not in ROLE_PERMISSIONS[role]:
        return False
    others = Membership.objects.filter(user=user)  # unscoped: the account's own roles, wherever they are
    return not any(Permission.DOCUMENTS_SIGN in ROLE_PERMISSIONS[Role(each.role)] for each in others)


def _with_password(user: User | None, person: Person, login: str) -> tuple[User, str]:
    login = login or (user.username if user and user.has_usable_password() else "")
    if not login:
        raise RefusedError("У человека ещё нет пароля: придумайте ему логин.")
    user = user or User()
    password = secrets.token_urlsafe(9)
    user.username, user.email = login, person.email
    user.first_name, user.last_name = person.given, person.surname
    user.set_password(password)
    user.save()
    return user, password


@transaction.atomic
def revoke_role(access: Access, *, membership_id: int) -> None:
    """Take a role back; a second press changes nothing. Nobody takes back their own role."""
    access.check(Permission.ORGANISATION_EDIT)
    members = Membership.objects.visible_to(access).exclude(role=Role.PARTICIPANT)
    membership = members.select_for_update(of=("self",)).filter(pk=membership_id).select_related("user").first()
    if membership is None:
        return
    if membership.user_id == access.user_id:
        raise RefusedError("Свою роль снять нельзя: попросите другого.")
    if Permission.DOCUMENTS_SIGN in ROLE_PERMISSIONS[Role(membership.role)]:
        access.check(Permission.DOCUMENTS_SIGN)
    membership.delete()
    user = membership.user
    if not user.memberships.exists():
        # Nobody can come in by it any more; its login is free for whoever comes next.
        user.username, user.is_active = f"former-{user.pk}", False
        user.set_unusable_password()
        user.save(update_fields=["username", "is_active", "password"])
