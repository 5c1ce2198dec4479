"""The addresses of the workbench and the methods that each takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import path

from planner.web import pages
from planner.web.workspace import Unknown

View = Callable[..., Any]


def by_method(**views: View) -> View:
    """One view for each method; GET answers HEAD too. A scenario that is not there is a page that says so."""

    def view(request: Any, **parts: str) -> Any:
        found = views.get("GET" if request.method == "HEAD" else request.method)
        if found is None:
            return HttpResponseNotAllowed(list(views))
        try:
            return found(request, **parts)
        except Unknown:
            return pages.missing(request)

    return view


urlpatterns = [
    path("", by_method(GET=pages.home)),
    path("style.css", by_method(GET=pages.style_sheet)),
    path("bahasa", by_method(POST=pages.choose_language)),
    path("skenario/<str:name>/", by_method(GET=pages.scenario), name="skenario"),
    path("skenario/<str:name>/kartu", by_method(GET=pages.card)),
    path("skenario/<str:name>/ubah", by_method(GET=pages.edit, POST=pages.save)),
    path("skenario/<str:name>/periksa", by_method(POST=pages.check)),
    path("skenario/<str:name>/urungkan", by_method(POST=pages.undo)),
    path("skenario/<str:name>/bila", by_method(GET=pages.what_if, POST=pages.vary)),
    path("skenario/<str:name>/susun", by_method(POST=pages.start)),
    path("skenario/<str:name>/hentikan", by_method(POST=pages.stop)),
    path("skenario/<str:name>/berita", by_method(GET=pages.news)),
    path("skenario/<str:name>/laporan", by_method(GET=pages.report)),
    path("skenario/<str:name>/berkas/<str:document>", by_method(GET=pages.download)),
    path("baru", by_method(GET=pages.new, POST=pages.create)),
    path("banding", by_method(GET=pages.compare)),
]


def not_found(request: Any, exception: Exception) -> HttpResponse:
    return pages.missing(request)


handler404 = "planner.web.addresses.not_found"
