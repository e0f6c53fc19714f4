from django.urls import path

from programmes.views import figures, handouts, items, pages, shelf

app_name = "programmes"

urlpatterns = [
    path("", pages.programmes, name="list"),
    path("new/", pages.create, name="create"),
    path("<uuid:programme_id>/", items.edit, name="edit"),
    path("<uuid:programme_id>/avoid/", items.avoid, name="avoid"),
    path("<uuid:programme_id>/preview/", pages.preview, name="preview"),
    path("<uuid:programme_id>/handout/", handouts.handout, name="handout"),
    path("<uuid:programme_id>/pictures/<slug:mark>/", figures.pictures, name="pictures"),
    path("<uuid:programme_id>/publish/", pages.publish, name="publish"),
    path("<uuid:programme_id>/revise/", pages.revise, name="revise"),
    path("<uuid:programme_id>/copy/", pages.copy, name="copy"),
    path("<uuid:programme_id>/rename/", shelf.rename, name="rename"),
    path("<uuid:programme_id>/archive/", shelf.archive, name="archive"),
    path("<uuid:programme_id>/bring-back/", shelf.bring_back, name="bring_back"),
    path("<uuid:programme_id>/template/", shelf.save_as_template, name="save_as_template"),
    path("<uuid:programme_id>/delete/", pages.delete, name="delete"),
    path("<uuid:programme_id>/items/", items.add, name="add_item"),
    path("<uuid:programme_id>/items/<uuid:item_id>/", items.change, name="change_item"),
    path(
        "<uuid:programme_id>/items/<uuid:item_id>/version/", items.take_version, name="take_version"
    ),
    path(
        "<uuid:programme_id>/items/<uuid:item_id>/motion/<slug:mark>/",
        figures.item_motion,
        name="item_motion",
    ),
    path("<uuid:programme_id>/items/<uuid:item_id>/fields/", items.fields, name="item_fields"),
    path("<uuid:programme_id>/items/<uuid:item_id>/how/", items.how, name="item_how"),
    path("<uuid:programme_id>/items/<uuid:item_id>/move/", items.move, name="move_item"),
    path("<uuid:programme_id>/items/<uuid:item_id>/remove/", items.remove, name="remove_item"),
    path("<uuid:programme_id>/items/<uuid:item_id>/restore/", items.restore, name="restore_item"),
]
