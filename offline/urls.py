from django.urls import path

from offline.views import worker

app_name = "offline"

urlpatterns = [
    path("worker.js", worker.script, name="worker"),
    path("offline/", worker.without_network, name="without_network"),
]
