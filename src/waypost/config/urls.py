"""All addresses: the public site and the APIs."""

from django.urls import include, path, re_path

from waypost.api.errors import problem_under_the_apis
from waypost.web import errors

# Named, not included: the APIs are loaded on their first request, so that a new worker serves its
# first page in half the time.
APIS = ("waypost.api.urls", None, None)

urlpatterns = [
    re_path(r"^(?=(?:api|hsds|locator|fhir)(?:/|$))", APIS),  # type: ignore[arg-type]  # Django takes a name as well
    path("", include("waypost.web.urls")),
]

handler400 = problem_under_the_apis(errors.bad_request, 400)
handler404 = problem_under_the_apis(errors.not_found, 404)
handler500 = problem_under_the_apis(errors.server_error, 500)
