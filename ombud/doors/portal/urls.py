"""Addresses of the customers' door."""

from django.apps import apps
from django.urls import path

from .views import frame, requests, room, sign_in, you

app_name = "portal"
urlpatterns = [
    path("brand/<slug:slug>.css", frame.brand_style, name="brand_style"),
    path("brand/<slug:slug>/logo", frame.brand_logo, name="brand_logo"),
    path("c/<str:token>/", room.room, name="room"),
    path("c/<str:token>/<slug:deed>", room.act, name="room_act"),
    path("c/<str:token>/files/<int:pk>/<str:name>", room.file, name="room_file"),
    path("my/", requests.requests, name="requests"),
    path("my/in", sign_in.sign_in, name="sign_in"),
    path("my/in/password", sign_in.password, name="password"),
    path("my/in/<str:secret>", sign_in.way_in, name="way_in"),
    path("my/out", sign_in.leave, name="leave"),
    path("my/self", you.you, name="you"),
    path("my/requests/<int:number>", requests.one, name="request"),
    path("my/requests/<int:number>/solved", requests.solved, name="solved"),
    path("my/requests/<int:number>/more", requests.more, name="more"),
    path("my/requests/<int:number>/files/<int:pk>/<str:name>", requests.file, name="file"),
]

if apps.is_installed("ombud.features.channels"):  # what customers write comes in through them
    from .views import contact, writing

    urlpatterns += [
        path("contact/", contact.contact, name="contact"),
        path("contact/thanks/<str:mark>", contact.thanks, name="thanks"),
        path("my/new", writing.new, name="new"),
        path("my/requests/<int:number>/reply", writing.reply, name="reply"),
    ]

if apps.is_installed("ombud.features.surveys"):
    from ombud.doors.portal.views import surveys

    urlpatterns += [
        path("survey/<str:token>", surveys.survey, name="survey"),
        path("survey/<str:token>/<int:score>", surveys.survey, name="survey"),
    ]
