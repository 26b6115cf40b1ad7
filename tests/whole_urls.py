"""The addresses of both processes' public doors under one, for tests that go from one to the other."""

from waypost.config import live_urls, urls

urlpatterns = [*live_urls.urlpatterns, *urls.urlpatterns]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
