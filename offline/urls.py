from django.urls import path

from offline.views import sessions, worker

app_name = "offline"

urlpatterns = [
    path("worker.js", worker.script, name="worker"),
    path("offline/sessions/", sessions.sessions, name="sessions"),
]
