"""The workbench of an office: who has signed in, and what the roles of an account open, address by address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import URLPattern

from planner.errors import InputError
from planner.web.acting import ALL
from planner.web.addresses import urlpatterns
from planner.web.office import OfficeAccess
from planner.web.throttle import Throttle
from tests.unit.web.conftest import HOST, Desk
from tests.unit.web.plans import SMALL, kept_run

PASSWORD = "kapal-layar-77"
HOME = "Contoh"
"""The agency of the small example."""
ACCOUNTS = {
    "adi": ("administrator", ALL),
    "rina": ("reader", ALL),
    "budi": ("planner", HOME),
    "siti": ("reviewer", HOME),
    "asing": ("planner", "Dinas Lain"),
}


_HASHED: dict[str, str] = {}


@dataclass
class Office:
    """A workbench with accounts, and its plan that was kept."""

    desk: Desk
    run: str

    def browser(self, name: str = "") -> Client:
        """A browser in which `name` has signed in."""
        client = self.desk.browser(entered=False)
        if name:
            assert self.post(client, "/masuk", username=name, password=PASSWORD).status_code == 302
        return client

    def post(self, client: Client, address: str, **fields: Any) -> Any:
        client.get("/masuk")
        return client.post(address, {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value, **fields})


@pytest.fixture
def office(make_desk: Callable[..., Desk]) -> Office:
    desk = make_desk(OfficeAccess("127.0.0.1", 8765, ""))
    from planner.web.accounts import register

    run = kept_run(desk)
    _HASHED.setdefault(PASSWORD, _HASHED.get(PASSWORD) or make_password(PASSWORD))
    known = {"full_name": "", "password": _HASHED[PASSWORD], "open": True}
    register.restore_accounts(known | {"name": name, "rights": [right]} for name, right in ACCOUNTS.items())
    return Office(desk, run)


def addresses(run: str) -> list[str]:
    """Every address, with names of what is there."""
    given = {
        "<str:name>": "contoh-kecil.yaml",
        "<str:run>": run,
        "<str:document>": "plan.json",
        "<str:account>": "rina",
        "<str:word>": "semat",
    }
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        text = f"/{pattern.pattern}"
        for part, value in given.items():
            text = text.replace(part, value)
        found.append(text)
    return found


def test_nobody_sees_anything_before_signing_in(office: Office) -> None:
    client = office.browser()
    before = office.desk.files()
    for address in addresses(office.run):
        answer = client.get(address)
        if address in ("/masuk", "/style.css"):
            assert answer.status_code == 200
        elif answer.status_code == 302:
            assert answer["Location"].startswith("/masuk"), address
        else:
            assert answer.status_code == 405, address
        assert b"contoh-kecil" not in answer.content.replace(b"%2Fskenario%2Fcontoh-kecil", b"")
        if address not in ("/masuk", "/keluar", "/bahasa"):
            assert office.post(client, address, do="close", who="x", note="x").status_code in (403, 405), address
    assert {k: v for k, v in office.desk.files().items() if "sqlite" not in k} == {
        k: v for k, v in before.items() if "sqlite" not in k
    }


def test_a_tab_left_open_over_a_restart_is_told_that_its_news_have_ended(office: Office) -> None:
    for address in (f"{SMALL}berita", f"{SMALL}tanya/habits/berita"):
        answer = office.browser().get(address, HTTP_ACCEPT="text/event-stream")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/event-stream")
        assert "event: over" in answer.content.decode(), "the browser does not ask again"


def test_a_page_that_leads_to_signing_in_says_why(office: Office) -> None:
    client = office.browser()
    assert "no longer" in client.get(client.get(SMALL)["Location"]).content.decode()
    assert "no longer" not in client.get("/masuk").content.decode()


CHANGING = ("ubah", "periksa", "urungkan", "bila", "susun", "cari-lagi", "hentikan", "ajukan")


def test_who_does_not_plan_changes_no_scenario(office: Office) -> None:
    before = office.desk.text()
    for name in ("rina", "siti", "adi"):
        client = office.browser(name)
        assert client.get(f"{SMALL}kartu").status_code == 200
        assert b"/susun" not in client.get(SMALL).content
        for word in CHANGING:
            assert office.post(client, f"{SMALL}{word}", text="x", name="y").status_code == 403, word
        assert office.post(client, "/baru", name="y", source="contoh-kecil.yaml").status_code == 403
    assert office.desk.text() == before
    assert office.desk.bench.runs.latest("contoh-kecil.yaml") is None


def test_another_agency_sees_neither_scenario_nor_plan(office: Office) -> None:
    client = office.browser("asing")
    for address in addresses(office.run):
        answer = client.get(address)
        assert b"Contoh kecil" not in answer.content, address
        assert b"contoh-kecil" not in answer.content or "contoh-kecil" in address, address
        if "/skenario/" in address or "/rencana/" in address:
            assert answer.status_code in (404, 405), address
            assert office.post(client, address, text="x", note="x").status_code in (404, 405), address
    assert client.get("/riwayat").status_code == 200
    assert client.get(f"/riwayat/banding?rencana={office.run}&rencana={office.run}x").status_code == 404
    copied = office.post(client, "/baru", name="salinan", source="contoh-kecil.yaml")
    assert copied.status_code == 404
    built = "extends: contoh-kecil.yaml\nscenario: {id: intip, agency: Dinas Lain}\n"
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("intip.yaml", built.encode())
    assert office.post(client, "/baru", name="intip", file=sent).status_code == 422
    assert sorted(path.name for path in office.desk.folder.glob("*.yaml")) == ["contoh-kecil.yaml"]


def test_a_planner_of_an_agency_writes_no_scenario_of_another(office: Office) -> None:
    client = office.browser("budi")
    page = client.get(f"{SMALL}ubah").content.decode()
    opened = page.split('name="opened" value="')[1].split('"')[0]
    text = office.desk.text()
    for other in (text.replace("agency: Contoh", "agency: Dinas Lain"), "format: [", "", "scenario: 5\n"):
        assert office.post(client, f"{SMALL}ubah", text=other, opened=opened).status_code == 403, other[:20]
    assert office.desk.text() == text
    assert office.post(client, f"{SMALL}ubah", text=text + "# x\n", opened=opened).status_code == 302
    last = [line for _next, line in office.desk.bench.archive.journal.lines()][-1]
    assert last is not None
    assert (last.who, last.action, last.subject) == ("budi", "saved", "contoh-kecil.yaml")


def test_nobody_approves_their_own_and_only_reviewers_approve(office: Office) -> None:
    from planner.web.accounts import register

    archive = office.desk.bench.archive
    register.give(archive, register.account("budi"), "reviewer", HOME)
    budi, siti, rina = (office.browser(name) for name in ("budi", "siti", "rina"))
    assert office.post(budi, f"/rencana/{office.run}/ajukan", who="Siti").status_code == 302
    assert archive.run(office.run).submitted_by == "budi"
    for client in (budi, rina, office.browser("adi")):
        assert office.post(client, f"/rencana/{office.run}/setujui", who="siti", note="x").status_code == 409
    assert office.post(siti, f"/rencana/{office.run}/hapus").status_code == 409
    assert office.post(siti, f"/rencana/{office.run}/kembalikan", note="kurang").status_code == 302
    last = [line for _next, line in archive.journal.lines()][-1]
    assert last is not None
    assert (last.who, last.signed_in) == ("siti", True)


def test_who_only_reads_is_offered_no_field_for_words_that_they_cannot_send(office: Office) -> None:
    assert office.post(office.browser("budi"), f"/rencana/{office.run}/ajukan").status_code == 302
    address = f"/rencana/{office.run}/"
    assert b"review-note" in office.browser("siti").get(address).content
    assert b"review-note" in office.browser("budi").get(address).content
    assert b"review-note" not in office.browser("rina").get(address).content


def test_only_administrators_see_and_change_accounts(office: Office) -> None:
    for name in ("rina", "budi", "siti"):
        client = office.browser(name)
        for address in ("/akun", "/catatan"):
            assert client.get(address).status_code == 403
        asked = {"name": "baru", "password": PASSWORD, "role": "administrator", "do": "give"}
        for address in ("/akun", f"/akun/{name}"):
            assert office.post(client, address, **asked).status_code == 403


def test_an_administrator_makes_accounts_and_cannot_lock_everybody_out(office: Office) -> None:
    client = office.browser("adi")
    made = {"name": "Dewi", "full_name": "Dewi <b>", "password": PASSWORD, "role": "reader", "agency": HOME}
    for wrong in (
        {"password": "pendek"},
        {"password": "dewi" * 4},
        {"name": "../x"},
        {"role": "dewa"},
        {"name": "adi"},
    ):
        assert office.post(client, "/akun", **(made | wrong)).status_code == 422, wrong
    assert office.post(client, "/akun", **made).status_code == 302
    page = client.get("/akun").content.decode()
    assert "Dewi &lt;b&gt;" in page
    assert office.post(client, "/akun/adi", do="close").status_code == 422
    right = page.split('name="right" value="')[1].split('"')[0]
    for taken in (right, "\N{SUPERSCRIPT TWO}", "9" * 5_000, "9" * 15):
        assert office.post(client, "/akun/adi", do="take", right=taken).status_code == (422 if taken == right else 302)
    dewi = office.browser("dewi")
    assert dewi.get("/").status_code == 200
    assert office.post(client, "/akun/dewi", do="close").status_code == 302
    assert dewi.get("/").status_code == 302
    actions = [line.action for _next, line in office.desk.bench.archive.journal.lines() if line]
    assert actions[-3:] == ["role given", "signed in", "account closed"]
    assert PASSWORD not in office.desk.bench.archive.journal.path.read_text()


def test_who_fails_often_waits(office: Office) -> None:
    client = office.browser()
    for _try in range(5):
        assert office.post(client, "/masuk", username="budi", password="salah").status_code == 403
    assert office.post(client, "/masuk", username="budi", password=PASSWORD).status_code == 429
    assert office.post(client, "/masuk", username="rina", password=PASSWORD).status_code == 302
    throttle = Throttle(2)
    assert [throttle.failed("x", 0.0), throttle.failed("x", 1.0)] == [1, 2]
    assert throttle.wait("x", 1.0) == 30
    assert throttle.wait("x", 40.0) == 0
    assert throttle.failed("x", 40.0) == 3
    assert throttle.wait("x", 40.0) == 60
    assert throttle.failed("x", 99_999.0) == 1


def test_signing_in_leads_nowhere_else(office: Office) -> None:
    for there in ("//evil.com", "https://evil.com", "/\\evil.com", "javascript:x", "/a\nb"):
        answer = office.post(office.browser(), "/masuk", username="budi", password=PASSWORD, next=there)
        assert answer["Location"] == "/"
    assert (
        office.post(office.browser(), "/masuk", username="budi", password=PASSWORD, next="/riwayat")["Location"]
        == "/riwayat"
    )


def test_a_changed_password_ends_other_sessions(office: Office) -> None:
    one, other = office.browser("budi"), office.browser("budi")
    new = "perahu-baru-88"
    assert office.post(one, "/sandi", old="salah", new=new, again=new).status_code == 422
    assert office.post(one, "/sandi", old=PASSWORD, new=new, again=new + "x").status_code == 422
    assert office.post(one, "/sandi", old=PASSWORD, new=new, again=new).status_code == 302
    assert one.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert office.post(one, "/keluar").status_code == 302
    assert one.get("/").status_code == 302


def test_other_hosts_and_pages_are_refused_and_the_link_of_one_machine_opens_nothing(office: Office) -> None:
    client = office.browser("budi")
    assert client.get("/", HTTP_HOST="evil.com").status_code == 403
    assert client.get("/", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post(f"{SMALL}susun", HTTP_ORIGIN="https://evil.com").status_code == 403
    followed = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "navigate"}
    assert client.get("/riwayat", **followed, HTTP_SEC_FETCH_DEST="document").status_code == 200
    assert client.get("/riwayat", **followed, HTTP_SEC_FETCH_DEST="iframe").status_code == 403
    assert client.post(f"{SMALL}susun", **followed, HTTP_SEC_FETCH_DEST="document").status_code == 403
    assert office.browser().get("/masuk?token=x").status_code == 200
    behind = OfficeAccess("127.0.0.1", 8765, "https://diklat.example.go.id")
    assert behind.hosts == {"diklat.example.go.id"}
    assert behind.link == "https://diklat.example.go.id/"
    for host, url in (
        ("0.0.0.0", ""),
        ("::", ""),
        ("127.0.0.1", "ftp://x"),
        ("127.0.0.1", "https://x/y"),
        ("::1", "x"),
    ):
        with pytest.raises(InputError):
            OfficeAccess(host, 8765, url)
    assert HOST in office.desk.bench.access.hosts


def test_what_was_typed_before_a_session_ended_is_not_lost(office: Office) -> None:
    answer = office.post(office.browser(), "/skenario/contoh-kecil.yaml/ubah", text="headcount: 31")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Sign in first." in page
    assert re.search(r"<textarea[^>]* readonly>\s*headcount: 31</textarea>", page)
    assert b"rahasia" not in office.post(office.browser(), "/sandi", old="rahasia", new="rahasia").content
