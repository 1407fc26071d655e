"""Paths of meetings inside an organisation."""

from django.urls import path

from community.views import attendance, events, guests, preferences

urlpatterns = [
    path("events/", events.event_list, name="event_list"),
    path("events/new/", events.event_new, name="event_new"),
    path("events/<int:event_id>/", events.event_detail, name="event_detail"),
    path("events/<int:event_id>/edit/", events.event_edit, name="event_edit"),
    path("events/<int:event_id>/cancel/", events.event_cancel, name="event_cancel"),
    path("events/<int:event_id>/close/", events.event_close, name="event_close"),
    path("events/<int:event_id>/poster/", events.event_poster, name="event_poster"),
    path("events/<int:event_id>/invite/", guests.event_invite, name="event_invite"),
    path("events/<int:event_id>/letters/", guests.event_letters, name="event_letters"),
    path("events/<int:event_id>/guests.xlsx", guests.event_guests_export, name="event_guests_export"),
    path("events/<int:event_id>/guests/print/", guests.event_guests_print, name="event_guests_print"),
    path("events/<int:event_id>/attendance/", attendance.event_attendance, name="event_attendance"),
    path("events/<int:event_id>/ask/", preferences.event_ask, name="event_ask"),
    path("events/<int:event_id>/ask/latecomers/", preferences.event_ask_latecomers, name="event_ask_latecomers"),
    path("my/events/<int:event_id>/", attendance.my_event, name="my_event"),
    path("my/events/<int:event_id>/here/<str:seal>/", attendance.my_event_here, name="my_event_here"),
    path("my/events/<int:event_id>/here/<str:seal>/mark/", attendance.my_event_mark, name="my_event_mark"),
]
