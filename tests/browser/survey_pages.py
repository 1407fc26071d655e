"""Arguments of the pages about questionnaires, in every state that a school of the demo has them in."""

from datetime import timedelta

from people.access import Access
from people.models import Organisation
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import QuestionKind
from surveys.models import Sheet, SwotPoint, Wave
from surveys.operations.waves import draft_wave


def survey_pages(curator: Access) -> dict[str, object]:
    """Values of arguments; under "routes" those that only one page takes, by its name."""
    organisation = curator.organisation
    requests, entry, pleased, ready = (_wave(organisation, title) for title in _TITLES)
    draft = _draft(curator, ready)
    sheets = Sheet.objects.filter(organisation=organisation).order_by("pk")
    SwotPoint.objects.get_or_create(
        organisation=organisation, wave=entry, quadrant="strength", text="Дружный коллектив"
    )
    kinds = {question.kind: question.code for question in requests.version.asked().questions}
    statement = sheets.filter(about__isnull=False)[0]
    return {
        "wave_id": [requests.pk, entry.pk, pleased.pk, ready.pk, draft.pk],
        "questionnaire_id": [requests.version.questionnaire_id],
        "index": [0],
        "code": [kinds[kind] for kind in (QuestionKind.YES_NO, QuestionKind.SEVERAL)],
        "key": ["self-assessment"],
        "routes": {
            "sheet_detail": {"sheet_id": [sheets.filter(wave=requests)[0].pk]},
            "statement_detail": {"sheet_id": [statement.pk]},
            "statement_ask": {"person_id": [statement.about_id]},
            "wave_edit": {"wave_id": [draft.pk]},
            "wave_links": {"wave_id": [ready.pk]},
            "wave_paper": {"wave_id": [ready.pk]},
            "wave_prolong": {"wave_id": [ready.pk]},
            "wave_results": {"wave_id": [requests.pk, entry.pk, pleased.pk]},
            "wave_texts": {"wave_id": [requests.pk, entry.pk]},
            "wave_swot": {"wave_id": [entry.pk]},
        },
        "queries": {
            "wave_new": f"?questionnaire={requests.version.questionnaire_id}",
            "wave_paper": f"?invitation={ready.invitations.filter(is_answered=False).earliest('pk').pk}",
        },
    }


_TITLES = ("Запросы на учебный год", "Оценка на входе", "Как идёт наставничество", "Готовность наставников")


def _wave(organisation: Organisation, title: str) -> Wave:
    return Wave.objects.select_related("version__questionnaire").get(organisation=organisation, title=title)


def _draft(curator: Access, like: Wave) -> Wave:
    values = {
        "title": "Ещё не запущено",
        "audience": Audience(sides=("mentor", "mentee")).as_json(),
        "opens_on": curator.today,
        "closes_on": curator.today + timedelta(days=7),
    }
    return draft_wave(curator, questionnaire_id=like.version.questionnaire_id, values=values)
