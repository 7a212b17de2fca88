"""Addresses of the customers' door."""

from django.apps import apps
from django.urls import path

app_name = "portal"
urlpatterns = []

if apps.is_installed("ombud.features.channels"):  # the form is one of them
    from ombud.doors.portal.views import contact

    urlpatterns += [
        path("contact/", contact.contact, name="contact"),
        path("contact/thanks/<str:mark>", contact.thanks, name="thanks"),
    ]
