"""All addresses: the public site and the APIs."""

from django.urls import include, path

urlpatterns = [
    path("", include("waypost.web.urls")),
    path("", include("waypost.api.urls")),
]

handler400 = "waypost.web.errors.bad_request"
handler404 = "waypost.web.errors.not_found"
handler500 = "waypost.web.errors.server_error"
