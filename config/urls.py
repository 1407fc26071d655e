"""All addresses: the doors without an organisation, then everything inside one."""

from allauth.account import views as account
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from config import health, now
from documents.views.register import document_check
from people.views.links import link_enter, password_change
from people.views.organisations import home
from roadmap.views.outputs import feed_ics
from surveys.views.answering import answer_form, answer_save, answer_send

inside = [
    path("", now.now, name="now"),
    path("", include("people.urls")),
    path("", include("jobs.urls")),
    path("", include("documents.urls")),
    path("", include("mentoring.urls")),
    path("", include("surveys.urls")),
    path("", include("community.urls")),
    path("", include("roadmap.urls")),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", home, name="home"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/password/", password_change, name="account_change_password"),
    path("account/reset/", account.password_reset, name="account_reset_password"),
    path("account/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/reset/key/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/signup/", login_not_required(now.no_signup), name="account_signup"),
    path("admin/", admin.site.urls),
    path("l/<str:token>/", link_enter, name="link_enter"),
    path("a/<str:token>/", answer_form, name="answer_form"),
    path("a/<str:token>/save/", answer_save, name="answer_save"),
    path("a/<str:token>/send/", answer_send, name="answer_send"),
    path("check/<uuid:check_key>/", document_check, name="document_check"),
    path("calendar/<str:token>.ics", feed_ics, name="feed_ics"),
    path("o/<slug:org>/", include(inside)),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
