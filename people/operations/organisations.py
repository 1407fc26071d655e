"""Settings of an organisation and its head."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Head, Organisation, Person


@transaction.atomic
def change_organisation(access: Access, *, values: Mapping[str, object]) -> None:
    """Store new clean settings of the organisation."""
    access.check(Permission.ORGANISATION_EDIT)
    organisation = Organisation.objects.visible_to(access).select_for_update().get(pk=access.organisation_id)
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(values))


@transaction.atomic
def appoint_head(
    access: Access, *, person_id: int, title: str, is_acting: bool, since: date, until: date | None
) -> Head:
    """Say who signs from `since` on; a permanent head's predecessor ends the day before.

    Only who may sign says who signs. Refuses a period that ends before it starts, or that starts before the
    predecessor did.
    """
    access.check(Permission.DOCUMENTS_SIGN)
    Organisation.objects.visible_to(access).select_for_update().get(pk=access.organisation_id)
    person = Person.objects.visible_to(access).get(pk=person_id)
    if until and until < since:
        raise RefusedError("Срок заканчивается раньше, чем начинается.")
    if not is_acting:
        before = Head.objects.visible_to(access).filter(until__isnull=True, is_acting=False).first()
        if before and before.since >= since:
            raise RefusedError("Прежний руководитель назначен позже этой даты.")
        if before:
            before.until = since - timedelta(days=1)
            before.save(update_fields=["until"])
    return Head.objects.create(
        organisation=access.organisation, person=person, title=title, is_acting=is_acting, since=since, until=until
    )
