from django.urls import path

from exercises.views import (
    detail,
    drafts,
    favourites,
    figure,
    history,
    library,
    motion,
    photos,
    review,
    writing,
)

app_name = "exercises"

urlpatterns = [
    path("", library.exercise_list, name="list"),
    path("filters/<slug:name>/", library.filter_values, name="filter"),
    path("body/<slug:mark>/", motion.body, name="body"),
    path("favourites/<uuid:exercise_id>/", favourites.favourite, name="favourite"),
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
    path("drafts/<uuid:draft_id>/figure/", figure.adjust, name="figure"),
    path("drafts/<uuid:draft_id>/figure/choose/", figure.choose, name="choose_figure"),
    path("new/", drafts.create, name="create"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<uuid:version_id>/", writing.edit, name="edit"),
    path("drafts/<uuid:version_id>/preview/", writing.preview, name="preview"),
    path("drafts/<uuid:version_id>/discard/", drafts.discard, name="discard"),
    path("versions/<uuid:version_id>/own/", drafts.make_own, name="make_own"),
    path("versions/<uuid:version_id>/start/", drafts.start_from, name="start_from"),
    path("versions/<uuid:version_id>/revise/", drafts.revise, name="revise"),
    path("versions/<uuid:version_id>/remove/", drafts.remove, name="remove"),
    path("versions/<uuid:version_id>/restore/", drafts.restore, name="restore"),
    path("versions/<uuid:version_id>/history/", history.history, name="history"),
    path("versions/<uuid:version_id>/motion/<slug:mark>/", motion.motion, name="motion"),
    path(
        "versions/<uuid:version_id>/pictures/<slug:shown>/<slug:mark>/",
        motion.picture,
        name="picture",
    ),
    path("versions/<uuid:version_id>/review/", review.sign, name="review"),
    path("signatures/<uuid:signature_id>/withdraw/", review.withdraw, name="withdraw"),
    path("<slug:slug>/", detail.exercise_detail, name="detail"),
]
