from django.urls import path

from exercises.views import detail, library, photos

app_name = "exercises"

urlpatterns = [
    path("", library.exercise_list, name="list"),
    path("drafts/<uuid:draft_id>/photos/", photos.photos, name="photos"),
    path(
        "drafts/<uuid:draft_id>/photos/<uuid:shown_id>/words/",
        photos.describe,
        name="describe_photo",
    ),
    path("drafts/<uuid:draft_id>/photos/<uuid:shown_id>/move/", photos.move, name="move_photo"),
    path(
        "drafts/<uuid:draft_id>/photos/<uuid:shown_id>/remove/",
        photos.remove,
        name="remove_photo",
    ),
    path("photos/<uuid:photo_id>/", photos.photo, name="photo"),
    path("<slug:slug>/", detail.exercise_detail, name="detail"),
]
