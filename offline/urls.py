from django.urls import path

from offline.views import kept, manifest, notices, sessions, worker

app_name = "offline"

urlpatterns = [
    path("offline/kept/", kept.kept, name="kept"),
    path("offline/days/<uuid:day_id>/", kept.day, name="day"),
    path(
        "offline/days/<uuid:day_id>/session/<uuid:programme_id>/",
        kept.session,
        name="day_session",
    ),
    path("offline/stopped/<uuid:record_id>/", kept.stopped, name="stopped"),
    path("worker.js", worker.script, name="worker"),
    path("offline/sessions/", sessions.sessions, name="sessions"),
    path("offline/", worker.without_network, name="without_network"),
    path("notices/<slug:language>/<slug:mark>/", notices.notices, name="notices"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("favicon.ico", manifest.favicon, name="favicon"),
]
