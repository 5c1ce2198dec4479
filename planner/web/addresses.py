"""The addresses of the workbench and the methods that each takes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import Error as DatabaseError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import path

from planner.errors import PlannerError, reason_of
from planner.locale import _
from planner.people.discretion import without_cells
from planner.web import rights
from planner.web.ownership import NotYours
from planner.web.pages import home
from planner.web.rights import ANYBODY, SIGNED_IN
from planner.web.workspace import Unknown, problems_of

View = Callable[..., Any]


class Views:
    """The views of a module of pages, which is loaded when one of them is asked for, so that a server starts soon."""

    def __init__(self, module: str) -> None:
        self._module = f"planner.web.pages.{module}"

    def __getattr__(self, name: str) -> View:
        return lambda request, **parts: getattr(import_module(self._module), name)(request, **parts)


accounts = Views("accounts")
asking = Views("asking")
comparing = Views("comparing")
editing = Views("editing")
forms = Views("forms")
grid = Views("grid")
journal = Views("journal")
kept_runs = Views("kept_runs")
making = Views("making")
names = Views("names")
people = Views("people")
planning = Views("planning")
replanning = Views("replanning")
run_acts = Views("run_acts")
signing_in = Views("signing_in")
varying = Views("varying")
why = Views("why")


def by_method(needs: str = "", **views: View) -> View:
    """Return one view for each method; GET answers HEAD too. A scenario that is not there is a page that says so.

    The user needs the role `needs`, usually that of readers to look and that of planners to change.
    """

    def view(request: Any, **parts: str) -> Any:
        found = views.get("GET" if request.method == "HEAD" else request.method)
        if found is None:
            return HttpResponseNotAllowed(list(views))
        try:
            rights.ensure(needs or rights.usual_role(request.method), parts)
            with without_cells():  # all roles would see them
                return found(request, **parts)
        except Unknown:
            return home.missing(request) if request.method == "GET" else home.homeless(request)
        except (rights.Forbidden, NotYours) as error:
            return home.trouble(request, _("Not open to you"), problems_of(error), 403)
        except PlannerError as error:
            return home.trouble(request, _("This cannot be done"), problems_of(error), 409)
        except OSError as error:
            words = _("A file cannot be read or written: {reason}.").format(reason=reason_of(error))
            return home.trouble(request, _("This cannot be done"), [words], 507)
        except DatabaseError:
            return home.trouble(request, _("The database does not answer"), [_("Try again in a moment.")], 503)

    return view


urlpatterns = [
    path("", by_method(GET=home.home)),
    path("style.css", by_method(ANYBODY, GET=home.style_sheet)),
    path("bahasa", by_method(ANYBODY, POST=home.choose_language)),
    path("skenario/<str:name>/", by_method(GET=planning.scenario), name="skenario"),
    path("skenario/<str:name>/ringkasan", by_method(GET=planning.beginning)),
    path("skenario/<str:name>/kartu", by_method(GET=home.card)),
    path("skenario/<str:name>/ubah", by_method(GET=forms.edit, POST=editing.save)),
    path("skenario/<str:name>/ubah/isian", by_method(POST=forms.save)),
    path("skenario/<str:name>/ubah/isian/periksa", by_method(POST=forms.check)),
    path("skenario/<str:name>/ubah/urutan", by_method(POST=forms.move)),
    path("skenario/<str:name>/ubah/harga", by_method(GET=forms.prices)),
    path("skenario/<str:name>/ubah/tabel", by_method(GET=grid.edit, POST=grid.save)),
    path("skenario/<str:name>/ubah/tabel/isi", by_method(GET=grid.content)),
    path("skenario/<str:name>/ubah/tabel/periksa", by_method(POST=grid.check)),
    path("skenario/<str:name>/ubah/yaml", by_method(GET=editing.edit)),
    path("skenario/<str:name>/ubah/yaml/ikut", by_method(POST=editing.follow)),
    path("skenario/<str:name>/periksa", by_method(POST=editing.check)),
    path("skenario/<str:name>/urungkan", by_method(POST=editing.undo)),
    path("skenario/<str:name>/bila", by_method(GET=varying.what_if, POST=varying.save)),
    path("skenario/<str:name>/bila/hitung", by_method("reader", POST=varying.compute)),
    path("skenario/<str:name>/bila/jawaban", by_method(GET=varying.answer)),
    path("skenario/<str:name>/peta", by_method(GET=why.coverage)),
    path("skenario/<str:name>/mengapa", by_method(GET=why.why)),
    path("skenario/<str:name>/pegawai", by_method("planner", GET=people.people, POST=people.act)),
    path("skenario/<str:name>/nama", by_method("names", GET=names.names, POST=names.look)),
    path("skenario/<str:name>/realisasi", by_method(GET=replanning.actuals, POST=replanning.replan)),
    path("skenario/<str:name>/realisasi/isian.xlsx", by_method(GET=replanning.blank)),
    path("skenario/<str:name>/tanya/", by_method(GET=asking.questions)),
    path("skenario/<str:name>/tanya/<str:question>/", by_method(GET=asking.question, POST=asking.ask)),
    path("skenario/<str:name>/tanya/<str:question>/hentikan", by_method(POST=asking.stop)),
    path("skenario/<str:name>/tanya/<str:question>/banyaknya", by_method(GET=asking.foreseen)),
    path("skenario/<str:name>/tanya/<str:question>/berita", by_method(GET=asking.news)),
    path("skenario/<str:name>/tanya/<str:question>/terapkan", by_method(POST=asking.apply)),
    path("skenario/<str:name>/susun", by_method(POST=planning.start)),
    path("skenario/<str:name>/cari-lagi", by_method(POST=planning.go_on)),
    path("skenario/<str:name>/hentikan", by_method(POST=planning.stop)),
    path("skenario/<str:name>/berita", by_method(GET=planning.news)),
    path("skenario/<str:name>/laporan", by_method(GET=planning.report)),
    path("skenario/<str:name>/berkas/<str:document>", by_method(GET=planning.download)),
    path("skenario/<str:name>/ajukan", by_method(POST=run_acts.submit_current)),
    path("riwayat", by_method(GET=kept_runs.runs)),
    path("riwayat/banding", by_method(GET=kept_runs.compare)),
    path("rencana/<str:run>/", by_method(GET=kept_runs.run), name="rencana"),
    path("rencana/<str:run>/laporan", by_method(GET=kept_runs.report)),
    path("rencana/<str:run>/berkas/<str:document>", by_method(GET=kept_runs.download)),
    path("rencana/<str:run>/<str:word>", by_method(SIGNED_IN, POST=run_acts.act)),
    path("catatan", by_method("administrator", GET=journal.journal)),
    path("masuk", by_method(ANYBODY, GET=signing_in.form, POST=signing_in.sign_in)),
    path("keluar", by_method(ANYBODY, POST=signing_in.sign_out)),
    path("sandi", by_method(SIGNED_IN, GET=signing_in.password, POST=signing_in.change_password)),
    path("akun", by_method("administrator", GET=accounts.accounts, POST=accounts.make)),
    path("akun/<str:account>", by_method("administrator", POST=accounts.change)),
    path("baru", by_method(GET=making.new, POST=making.create)),
    path("baru/isian.xlsx", by_method(GET=making.blank)),
    path("banding/cetak", by_method(GET=comparing.printed)),
    path("banding", by_method(GET=comparing.compare)),
]


def not_found(request: Any, exception: Exception) -> HttpResponse:
    return home.missing(request)


def form_refused(request: Any, reason: str = "") -> HttpResponse:
    """Refuse a form without the token of this session, such as one of a page that was opened before signing in
    again."""
    problems = [_("Open the page again and send it once more.")]
    return home.trouble(request, _("This page is out of date; nothing was changed"), problems, 403)


def bad_request(request: Any, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, without reading it: Django's own answer would try once more."""
    words = _("This request cannot be read, or it is too large.")
    return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")


handler400 = "planner.web.addresses.bad_request"
handler404 = "planner.web.addresses.not_found"
