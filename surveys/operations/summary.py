"""The summary of a wave as a document."""

from django.db import transaction

from documents.domain.kinds import SUMMARY
from documents.models import Document
from documents.operations.acts import draft_act
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.models import Wave
from surveys.papers import summary_annexes, summary_heading, summary_points, summary_preamble
from surveys.printing.charts import CHARTS
from surveys.queries.results import wave_results, waves_with_results
from surveys.queries.texts import swot_boxes, wave_words


@transaction.atomic
def draft_summary(access: Access, *, wave_id: int) -> Document:
    """Draft the summary of a closed wave from the figures that may be shown; a second press gives the same draft.

    Refuses a wave that is still open and one that nobody answered. Raises Wave.DoesNotExist.
    """
    access.check(Permission.SURVEYS_EDIT)
    access.check(Permission.DOCUMENTS_DRAFT)
    wave = waves_with_results(access).select_for_update(of=("self",)).get(pk=wave_id)
    if wave.summary:
        return wave.summary
    if wave.state != Wave.State.CLOSED:
        raise RefusedError("Сначала завершите анкетирование: пока ответы приходят, итоги меняются.")
    results = wave_results(access, wave, for_others=True)
    if not results.sheets:
        raise RefusedError("Никто не ответил: сводку составлять не из чего.")
    charts = {name: draw(results) for name, draw in CHARTS.items()}
    wave.summary = draft_act(
        access,
        kind=SUMMARY,
        heading=summary_heading(wave),
        preamble=summary_preamble(results),
        points=summary_points(results),
        annexes=summary_annexes(results, wave_words(access, wave, for_others=True), swot_boxes(access, wave), charts),
    )
    wave.save(update_fields=["summary"])
    return wave.summary
