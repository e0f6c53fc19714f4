from django.urls import path

from offline.views import manifest, worker

app_name = "offline"

urlpatterns = [
    path("worker.js", worker.script, name="worker"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("favicon.ico", manifest.favicon, name="favicon"),
]
