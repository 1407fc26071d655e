"""The page that waits for a job."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from jobs.models import Job
from people.access import Access
from people.domain.roles import Permission
from people.gate import requires


@requires(Permission.OWN_PAGES)
def job_detail(request: HttpRequest, access: Access, job_id: int) -> HttpResponse:
    """Progress of one's own job; leads to the result when it is done."""
    job = get_object_or_404(Job.objects.visible_to(access), pk=job_id)
    if job.state == Job.State.DONE:
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": job.return_path})
        return redirect(job.return_path)
    template = "jobs/_progress.html" if request.htmx else "jobs/job_detail.html"
    return render(request, template, {"job": job})
