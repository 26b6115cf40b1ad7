"""All addresses: the public site and the APIs."""

from django.urls import include, path

from waypost.api.errors import problem_under_the_apis
from waypost.web import errors

urlpatterns = [
    path("", include("waypost.web.urls")),
    path("", include("waypost.api.urls")),
]

handler400 = problem_under_the_apis(errors.bad_request, 400)
handler404 = problem_under_the_apis(errors.not_found, 404)
handler500 = problem_under_the_apis(errors.server_error, 500)
