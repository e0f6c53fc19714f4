from django.urls import path

from exercises.views import detail, library

app_name = "exercises"

urlpatterns = [
    path("", library.exercise_list, name="list"),
    path("<slug:slug>/", detail.exercise_detail, name="detail"),
]
