"""Results of a wave: the page, its charts, its files, its summary."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from documents.views.pressing import page_of_document
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import xlsx_answer
from surveys.models import Wave
from surveys.operations.closing import count_anew
from surveys.operations.summary import draft_summary
from surveys.printing.charts import CHARTS
from surveys.queries.answer_table import answer_table
from surveys.queries.feeding import feeds_banks
from surveys.queries.results import WaveResults, wave_results, waves_with_results
from surveys.queries.texts import wave_words
from surveys.spreadsheets import results_csv, results_xlsx

CHART_POLICY = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [NONE]}
"""A chart carries its own styles and needs nothing else: opened by its address it can load and run nothing."""


def wave_or_404(access: Access, wave_id: int) -> Wave:
    """A wave whose results may be asked for."""
    return get_object_or_404(waves_with_results(access), pk=wave_id)


def _counted(access: Access, wave_id: int) -> WaveResults:
    wave = wave_or_404(access, wave_id)
    count_anew(access, wave_id=wave_id)
    return wave_results(access, wave)


@requires(Permission.SURVEYS_VIEW)
def results_page(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The figures of a wave, as far as they may be shown."""
    results = _counted(access, wave_id)
    context = {"results": results, "wave": results.wave, "may_feed": feeds_banks(results.wave)}
    return render(request, "surveys/wave_results.html", context)


@requires(Permission.SURVEYS_VIEW)
@csp(CHART_POLICY)
def results_chart(request: HttpRequest, access: Access, wave_id: int, chart: str) -> HttpResponse:
    """One chart of the page."""
    if chart not in CHARTS:
        raise Http404
    drawing = CHARTS[chart](wave_results(access, wave_or_404(access, wave_id)))
    if not drawing:
        raise Http404
    return HttpResponse(drawing, content_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})


@requires(Permission.SURVEYS_VIEW)
def results_export(request: HttpRequest, access: Access, wave_id: int, table_format: str) -> HttpResponse:
    """The figures as a workbook or as one flat table."""
    results = _counted(access, wave_id)
    name = f"survey-{wave_id}-{access.today:%Y-%m-%d}"
    if table_format == "xlsx":
        words, answers = wave_words(access, results.wave), answer_table(access, results.wave)
        return xlsx_answer(results_xlsx(results, words, answers), name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(results_csv(results), content_type="text/csv; charset=utf-8", headers=headers)


@requires(Permission.SURVEYS_EDIT)
@post_only
def results_summary(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Draft the summary, or go to the one that is there."""
    wave_or_404(access, wave_id)
    try:
        document = draft_summary(access, wave_id=wave_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("wave_results", access.organisation.slug, wave_id)
    return page_of_document(access, document)
