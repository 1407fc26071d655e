"""What waits for whom: the steps of «Что делать сейчас», each with one button."""

from django.urls import reverse

from documents.domain.states import DocumentState
from documents.queries import count_by_state, to_acquaint
from mentoring.models import Pairing
from mentoring.queries.banks import BankFigures
from mentoring.queries.pairings import own_pairings
from mentoring.queries.sharing import waiting_requests
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER, PURPOSE_LABELS
from people.domain.plurals import counted
from people.domain.roles import Permission
from people.domain.step import Step
from people.queries.persons import own_person, purposes_in_force


def steps(access: Access, figures: BankFigures | None, pairs: dict[str, int] | None) -> list[Step]:
    """Everything that waits for the asker, the most urgent first.

    `figures` where they may see the banks, `pairs` (of `count_by_group`) where they may see the pairs.
    """
    found = [*_own(access)]
    if access.may(Permission.DOCUMENTS_VIEW):
        found += _documents(access, count_by_state(access))
    if figures and pairs and access.may(Permission.PAIRINGS_EDIT):
        found += _pairings(access, figures, pairs) + _banks(access, figures) + _sharing(access)
    return sorted(found, key=lambda step: step.urgency)


def _link(access: Access, name: str, *args: object) -> str:
    return reverse(name, args=[access.organisation.slug, *args])


def _own(access: Access) -> list[Step]:
    found = []
    documents = list(to_acquaint(access))
    if documents:
        words = counted(len(documents), "приказ", "приказа", "приказов")
        first = documents[0]
        title = f"Ознакомьтесь с приказом {first.title_number}" if len(documents) == 1 else f"Прочитайте {words}"
        url = _link(access, "my_document", first.pk) if len(documents) == 1 else _link(access, "my_page")
        detail = first.heading if len(documents) == 1 else "В них названы вы"
        found.append(Step(5, "file-earmark-check", title, detail, "Прочитать", url))
    pairings = list(own_pairings(access).prefetch_related(None))
    found += _own_offers(access, [pairing for pairing in pairings if pairing.awaits_me]) + _own_consents(access)
    if not found and not access.may(Permission.PEOPLE_VIEW) and pairings:
        found.append(
            Step(
                90,
                "person-heart",
                "Ваша наставническая пара работает",
                "Здесь состав, срок и приказы",
                "Открыть",
                _link(access, "my_page"),
                "teal",
            )
        )
    return found


def _own_offers(access: Access, offers: list[Pairing]) -> list[Step]:
    """What the asker was proposed and has not answered; a minor's answer comes on paper, past them."""
    person = own_person(access) if offers else None
    if person is None or person.is_minor(access.today):
        return []
    if len(offers) > 1:
        title = f"Вам предложили {counted(len(offers), 'пару', 'пары', 'пар')}: ответьте"
        url = _link(access, "my_page")
    else:
        whom = "наставляемого" if offers[0].mentor_id == access.person_id else "наставника"
        title, url = f"Вам предложили {whom}: ответьте", _link(access, "my_pair", offers[0].pk)
    return [Step(2, "person-heart", title, "Согласны вы или нет: решаете вы сами", "Посмотреть", url)]


def _own_consents(access: Access) -> list[Step]:
    """The consents a participant may sign here and has not yet, those that everything else waits for first."""
    if not access.organisation.has_electronic_flow or access.may(Permission.PEOPLE_VIEW):
        return []
    person = own_person(access)
    if person is None or person.is_minor(access.today):
        return []
    in_force = purposes_in_force(person.pk, access.today)
    missing = [purpose for purpose in NEEDED_TO_ORDER if purpose not in in_force]
    if not missing:
        return []
    url = _link(access, "my_consent", missing[0])
    title = f"Подпишите согласие: {PURPOSE_LABELS[missing[0]]}"
    return [Step(6, "pen", title, "Прочитайте текст, это займёт минуту", "Прочитать и подписать", url)]


def _documents(access: Access, states: dict[str, int]) -> list[Step]:
    found = []
    waiting = states.get(DocumentState.ON_AGREEMENT, 0)
    if waiting and access.may(Permission.DOCUMENTS_SIGN):
        words = counted(waiting, "приказ ждёт", "приказа ждут", "приказов ждут")
        url = _link(access, "document_list") + "?state=on_agreement"
        found.append(Step(1, "pencil-square", f"{words} вашей подписи", "Прочитайте и подпишите", "К подписи", url))
    elif waiting:
        words = counted(waiting, "приказ на согласовании", "приказа на согласовании", "приказов на согласовании")
        url = _link(access, "document_list") + "?state=on_agreement"
        found.append(Step(40, "hourglass-split", words, "Ждут подписи руководителя", "Посмотреть", url, "teal"))
    drafts = states.get(DocumentState.DRAFT, 0)
    if drafts and access.may(Permission.DOCUMENTS_DRAFT):
        words = counted(
            drafts, "проект приказа не отправлен", "проекта приказа не отправлены", "проектов не отправлено"
        )
        url = _link(access, "document_list") + "?state=draft"
        found.append(Step(10, "send", words, "Проверьте текст и отправьте на подпись", "Открыть", url))
    return found


def _pairings(access: Access, figures: BankFigures, pairs: dict[str, int]) -> list[Step]:
    found = []
    if pairs["agreed"]:
        words = counted(pairs["agreed"], "согласованная пара ждёт", "согласованные пары ждут", "согласованных пар ждут")
        detail = "Составьте приказ о закреплении: текст уже готов"
        found.append(
            Step(8, "file-earmark-plus", f"{words} приказа", detail, "Составить приказ", _link(access, "order_draft"))
        )
    withdrawn = pairs["no_consent"]
    if withdrawn:
        words = counted(withdrawn, "пара работает", "пары работают", "пар работают")
        url = _link(access, "pair_list") + "?states=no_consent"
        detail = "Согласие отозвано или истекло: решите, что с ними делать"
        found.append(Step(4, "shield-exclamation", f"{words} без согласия", detail, "Посмотреть", url, "red"))
    found += _replies(access, figures, pairs)
    if figures.waiting:
        words = counted(figures.waiting, "наставляемый", "наставляемых", "наставляемых")
        days = counted(figures.longest_wait_days, "день", "дня", "дней")
        detail = f"дольше всех — {figures.longest_waiting}, {days}"
        url = _link(access, "queue")
        found.append(Step(12, "person-exclamation", f"{words} без наставника", detail, "Подобрать", url, "amber"))
    return found


def _replies(access: Access, figures: BankFigures, pairs: dict[str, int]) -> list[Step]:
    found = []
    willing = pairs["unanimous"]
    asked = pairs["proposed"] - willing
    if willing:
        words = counted(willing, "пара согласна, но нет", "пары согласны, но нет", "пар согласны, но нет")
        url = _link(access, "pair_list") + "?states=willing"
        detail = "Внесите подписанные согласия: пара согласуется сама"
        found.append(Step(11, "shield-exclamation", f"{words} бумаг", detail, "Посмотреть", url, "amber"))
    if asked:
        words = counted(asked, "пара ждёт ответов", "пары ждут ответов", "пар ждут ответов")
        url = _link(access, "pair_list") + "?states=asked"
        found.append(Step(15, "link-45deg", words, "Напомните или внесите ответ с бумаги", "Открыть", url))
    if figures.refused:
        words = counted(figures.refused, "наставляемый", "наставляемых", "наставляемых")
        detail = f"{words} без пары после отказа"
        url = _link(access, "queue")
        found.append(Step(9, "person-x", "Отказ: подберите другого наставника", detail, "Подобрать", url, "red"))
    return found


def _banks(access: Access, figures: BankFigures) -> list[Step]:
    if not figures.people:
        return [
            Step(
                2,
                "upload",
                "Банки пока пусты",
                "Загрузите таблицу наставников или наставляемых, как она ведётся сейчас",
                "Загрузить",
                _link(access, "import_start", "mentors"),
            )
        ]
    return [
        *_consents_wanted(
            access,
            "mentor_list",
            figures.mentors - figures.mentors_with_consent,
            ("наставник", "наставника", "наставников"),
        ),
        *_consents_wanted(
            access,
            "mentee_list",
            figures.mentees - figures.mentees_with_consent,
            ("наставляемый", "наставляемых", "наставляемых"),
        ),
    ]


def _consents_wanted(access: Access, bank: str, missing: int, words: tuple[str, str, str]) -> list[Step]:
    """The list it leads to shows as many people as the step says."""
    if not missing:
        return []
    title = f"{counted(missing, *words)} без согласия на обработку данных"
    detail = "без него нельзя предложить пару, издать приказ и выгрузить данные"
    url = _link(access, bank) + "?consent=wanted"
    return [Step(20, "shield-exclamation", title, detail, "Внести согласия", url, "red")]


def _sharing(access: Access) -> list[Step]:
    """Requests of other organisations to answer, and mentors they have lent whose consents are to be asked anew."""
    found = []
    requests = waiting_requests(access)
    to_answer = [request for request in requests if request.guest_id is None]
    if to_answer:
        title = f"{to_answer[0].organisation.short_name} просит наставника: ответьте"
        url = _link(access, "sharing_answer", to_answer[0].pk)
        if len(to_answer) > 1:
            title = f"Просят наставников: {counted(len(to_answer), 'просьба', 'просьбы', 'просьб')}, ответьте"
            url = _link(access, "sharing_list")
        found.append(Step(9, "building", title, to_answer[0].topics, "Ответить", url))
    guests = [request.guest_id for request in requests if request.guest_id]
    if guests:
        words = counted(len(guests), "наставник", "наставника", "наставников")
        who = "Наставник согласован" if len(guests) == 1 else f"Согласованы {words}"
        detail = "Другая школа отпустила наставника к вам. Его согласия нужны и у вас"
        url = _link(access, "person_detail", guests[0])
        found.append(Step(7, "person-badge", f"{who}: внесите согласия", detail, "Внести", url))
    return found
