"""The rules of matching: changing them, and back to the usual points."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentoring.domain.matching.values import Objective
from mentoring.forms.matching_settings import MatchingSettingsForm
from mentoring.operations.matching_settings import change_matching_settings, restore_usual_weights
from mentoring.queries.matching_settings import matching_settings as rules_of
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires


@requires(Permission.PAIRINGS_EDIT)
def matching_settings(request: HttpRequest, access: Access) -> HttpResponse:
    """Points per criterion, what comes first, whether training is demanded."""
    rules = rules_of(access)
    form = MatchingSettingsForm(request.POST or None, access=access, rules=rules)
    if form.is_valid():
        values = form.cleaned_data
        chosen = {"objective": Objective(values["objective"]), "demands_training": values["demands_training"]}
        try:
            change_matching_settings(access, weights=form.weights(), **chosen)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Сохранено. Следующий подбор пойдёт по этим правилам.")
            return redirect("matching_settings", access.organisation.slug)
    return render(request, "mentoring/matching_settings.html", {"form": form, "rules": rules})


@requires(Permission.PAIRINGS_EDIT)
@post_only
def matching_usual(request: HttpRequest, access: Access) -> HttpResponse:
    """Back to the usual points."""
    restore_usual_weights(access)
    messages.success(request, "Баллы снова обычные.")
    return redirect("matching_settings", access.organisation.slug)
