"""Consents: recording a signed paper, signing in the portal, withdrawing."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from people.access import Access
from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Consent, ConsentText, Person


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """What a curator reads off a signed paper."""

    signer_name: str
    signer_relation: str
    signed_on: date
    valid_until: date | None


@transaction.atomic
def record_consent(access: Access, *, person_id: int, purpose: Purpose, paper: SignedPaper) -> Consent:
    """Record a consent signed on paper; a claim from a spreadsheet becomes this consent.

    Afterwards the consent is in force from its date; one that has run out is followed by it. Refuses a date
    to come, a term that is over, a minor's own signature, and a second consent while one is open.
    """
    access.check(Permission.CONSENTS_RECORD)
    person = Person.objects.visible_to(access).select_for_update(of=("self",)).get(pk=person_id)
    if paper.signed_on > access.today:
        raise RefusedError("Дата подписания ещё не наступила.")
    if paper.valid_until and paper.valid_until < access.today:
        raise RefusedError(f"Срок согласия истёк {paper.valid_until:%d.%m.%Y}: нужно новое.")
    if person.is_minor(access.today) and not paper.signer_relation:
        raise RefusedError(
            "За несовершеннолетнего подписывает законный представитель: укажите, кто он и по какому документу."
        )
    return _put_in_force(
        access,
        person,
        purpose,
        way=Consent.Way.PAPER,
        signer_name=paper.signer_name,
        signer_relation=paper.signer_relation,
        signed_on=paper.signed_on,
        valid_until=paper.valid_until,
        evidence={},
    )


@transaction.atomic
def sign_own_consent(access: Access, *, purpose: Purpose, text_id: int, address: str) -> Consent:
    """Sign a consent for oneself in the portal; `address` is the network address, kept as evidence.

    Possible where the organisation has adopted electronic documents (63-ФЗ art. 9) and the signer is of age.
    The text must be the current version: what was read is what is signed.
    """
    person = Person.objects.select_for_update(of=("self",)).get(  # unscoped: one's own row
        pk=access.person_id, organisation=access.organisation
    )
    if not access.organisation.has_electronic_flow:
        raise RefusedError("Ваша организация принимает согласия только на бумаге: распечатайте и подпишите.")
    if person.is_minor(access.today):
        raise RefusedError("За несовершеннолетнего согласие подписывает законный представитель, на бумаге.")
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version")  # unscoped: texts belong to no one
    if newest.values_list("pk", flat=True).first() != text_id:
        raise RefusedError("Текст согласия обновился, прочитайте его ещё раз.")
    return _put_in_force(
        access,
        person,
        purpose,
        way=Consent.Way.PORTAL,
        signer_name=person.full_name,
        signer_relation="",
        signed_on=access.today,
        valid_until=None,
        evidence={"at": access.at.isoformat(), "address": address, "by_link": access.via_link},
    )


def _put_in_force(access: Access, person: Person, purpose: Purpose, **values: object) -> Consent:
    text = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()  # unscoped: texts belong to no one
    consents = Consent.objects.filter(person=person, purpose=purpose)  # unscoped: of a row already scoped
    # What has run out makes room for what follows it; until then nothing has to tell the two apart.
    consents.filter(state=Consent.State.SIGNED, valid_until__lt=access.today).update(state=Consent.State.EXPIRED)
    if consents.filter(state=Consent.State.SIGNED).exists():
        raise RefusedError("Такое согласие уже действует.")
    consents.filter(state=Consent.State.CLAIMED).delete()
    try:
        with transaction.atomic():
            return Consent.objects.create(
                organisation=access.organisation,
                person=person,
                purpose=purpose,
                state=Consent.State.SIGNED,
                text=text,
                recorded_at=access.at,
                recorded_by_id=access.user_id,
                **values,
            )
    except IntegrityError as error:
        raise RefusedError("Такое согласие уже действует.") from error


@transaction.atomic
def withdraw_consent(access: Access, *, consent_id: int) -> Consent:
    """Withdraw a consent as of today; the person leaves proposals, exports and other people's pages at once.

    Pressing twice changes nothing. Signed orders stay as they are (152-ФЗ art. 1 part 2).
    """
    consents = Consent.objects.visible_to(access).select_for_update(of=("self",))
    consent = consents.get(pk=consent_id)
    if consent.person_id != access.person_id:
        access.check(Permission.CONSENTS_RECORD)
    if consent.state in (Consent.State.WITHDRAWN, Consent.State.EXPIRED):
        return consent
    if consent.state == Consent.State.CLAIMED:
        raise RefusedError("Это только отметка из таблицы: отзывать нечего.")
    consent.state = Consent.State.WITHDRAWN
    consent.withdrawn_on = access.today
    consent.save(update_fields=["state", "withdrawn_on"])
    return consent
