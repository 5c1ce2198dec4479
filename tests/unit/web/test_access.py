"""Nobody but the workbench's own pages may talk to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.web.conftest import HOST, LINKS, OWN, Desk

POSTS = ["/bahasa", "/baru"] + [
    f"/skenario/contoh-kecil.yaml/{action}"
    for action in ("ubah", "ubah/isian", "ubah/tabel", "periksa", "urungkan", "susun", "cari-lagi", "hentikan")
]
"""Every address that changes something, or takes a form."""
GETS = ["/", "/style.css", "/baru", "/banding", "/static/workbench.js"] + [
    f"/skenario/contoh-kecil.yaml/{page}"
    for page in ("", "kartu", "ubah", "ubah/tabel", "ubah/tabel/isi", "berita", "laporan", "berkas/plan.json")
]
"""Every page."""


def test_a_link_opens_the_workbench_once_and_tells_the_next(desk: Desk) -> None:
    link = f"/masuk?token={desk.token}"
    entered = desk.browser(entered=False).get(link)
    assert (entered.status_code, entered["Location"]) == (302, "/")
    cookie = entered.cookies[desk.bench.access.cookie]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert desk.browser(entered=False).get(link).status_code == 403
    assert [desk.bench.access.link] == LINKS
    assert desk.token not in link


@pytest.mark.parametrize("address", [*GETS, *POSTS])
def test_without_the_cookie_no_address_answers(desk: Desk, address: str) -> None:
    client = desk.browser(entered=False)
    client.cookies[desk.bench.access.cookie] = "guessed"
    answer = client.post(address) if address in POSTS else client.get(address)
    assert answer.status_code == 403
    assert b"contoh-kecil" not in answer.content


def test_a_tab_left_open_over_a_restart_is_told_that_its_news_have_ended(desk: Desk) -> None:
    address = "/skenario/contoh-kecil.yaml/berita"
    answer = desk.browser(entered=False).get(address, HTTP_ACCEPT="text/event-stream")
    assert answer["Content-Type"] == "text/event-stream"
    assert "event: over" in answer.content.decode(), "the browser does not ask again"


@pytest.mark.parametrize(
    "host", ["evil.com", "127.0.0.1.evil.com:8765", "127.0.0.1:80", "127.0.0.1", "localhost:8765.", ""]
)
@pytest.mark.parametrize("address", ["/", "/masuk?token=x", "/static/workbench.js"])
def test_another_host_is_refused(desk: Desk, host: str, address: str) -> None:
    assert desk.browser(HTTP_HOST=host, HTTP_ORIGIN="").get(address).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
@pytest.mark.parametrize("address", ["/", "/masuk?token=x", "/skenario/contoh-kecil.yaml/berkas/plan.json"])
def test_another_page_is_refused_whatever_it_asks(desk: Desk, site: str, address: str) -> None:
    assert desk.browser(HTTP_SEC_FETCH_SITE=site).get(address).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.com", "null", "https://127.0.0.1:8765", "http://localhost:8765", "http://127.0.0.1:9"]
)
@pytest.mark.parametrize("address", POSTS)
def test_a_form_of_another_origin_is_refused(desk: Desk, origin: str, address: str) -> None:
    before, client = desk.files(), desk.browser()
    client.get("/baru")
    fields = {"csrfmiddlewaretoken": client.cookies[f"{desk.bench.access.cookie}-form"].value, "name": "baru"}
    assert client.post(address, fields, HTTP_ORIGIN=origin).status_code == 403
    assert desk.files() == before
    assert desk.bench.runs.latest("contoh-kecil.yaml") is None


@pytest.mark.parametrize("address", POSTS)
def test_a_form_without_its_token_or_without_any_origin_is_refused(desk: Desk, address: str) -> None:
    before = desk.files()
    assert desk.browser().post(address).status_code == 403
    silent = desk.browser(HTTP_ORIGIN="", HTTP_SEC_FETCH_SITE="")
    answer = desk.post(address, silent)  # with its token
    assert (answer.status_code, answer["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert desk.files() == before


@pytest.mark.parametrize("address", POSTS[2:])
def test_no_link_and_no_picture_changes_anything(desk: Desk, address: str) -> None:
    before = desk.files()
    if address not in GETS:
        assert desk.browser().get(address).status_code == 405
    assert desk.files() == before
    assert desk.bench.runs.latest("contoh-kecil.yaml") is None


@pytest.mark.parametrize("address", GETS)
def test_pages_keep_to_themselves(desk: Desk, address: str) -> None:
    answer = desk.browser().get(address)
    answer.close()
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http:" not in policy


def test_this_machine_may_be_called_by_its_other_names(desk: Desk) -> None:
    client = desk.browser(HTTP_HOST="localhost:8765", HTTP_ORIGIN="http://localhost:8765")
    assert client.get("/").status_code == 200
    assert HOST in OWN["HTTP_ORIGIN"]


@pytest.mark.parametrize(
    "back", ["//evil.com", "http://evil.com", "/\\evil.com", "/x\r\nSet-Cookie: a=b", "javascript:alert(1)"]
)
def test_choosing_a_language_leads_nowhere_else(desk: Desk, back: str) -> None:
    answer = desk.post("/bahasa", language="id", back=back)
    assert answer["Location"] == "/"
    assert desk.post("/bahasa", language="id", back="/baru")["Location"] == "/baru"


def test_what_was_typed_while_the_server_began_anew_is_not_lost(desk: Desk) -> None:
    client = desk.browser()
    client.get("/baru")
    client.cookies[desk.bench.access.cookie] = "of the server before"
    answer = client.post("/skenario/contoh-kecil.yaml/ubah", {"text": "headcount: <31>", "opened": "x", "then": "plan"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The workbench is locked" in page
    assert re.search(r"<textarea[^>]* readonly>\s*headcount: &lt;31&gt;</textarea>", page)
    assert page.count("<textarea") == 1, "but not what the page itself had put in"
    assert "<style>" in page
    assert "style-src 'unsafe-inline'" in answer["Content-Security-Policy"]
    answer = client.post("/masuk?token=x", {"password": "rahasia"})
    assert b"rahasia" not in answer.content


def test_what_was_typed_into_a_page_from_before_signing_in_again_is_not_lost(desk: Desk) -> None:
    before = desk.files()
    fields = {"csrfmiddlewaretoken": "of the session before", "text": "headcount: <32>"}
    answer = desk.browser().post("/skenario/contoh-kecil.yaml/ubah", fields)
    assert answer.status_code == 403
    assert "This page is out of date" in answer.content.decode()
    assert re.search(r"<textarea[^>]* readonly>\s*headcount: &lt;32&gt;</textarea>", answer.content.decode())
    assert desk.files() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
        ("application/x-www-form-urlencoded; charset=latin-1", b"a=b"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=" + "b" * 5_000, b"--"),
        ("application/x-www-form-urlencoded", b"text=" + b"a" * (12 * 2**20)),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(20_001))),
    ],
)
@pytest.mark.parametrize("address", ["/skenario/contoh-kecil.yaml/ubah", "/baru", "/bahasa"])
def test_a_request_that_cannot_be_read_is_no_error_of_the_server(
    desk: Desk, kind: str, body: bytes, address: str
) -> None:
    client, before = desk.browser(), desk.files()
    client.get("/baru")
    answer = client.post(address, body, content_type=kind)
    assert (answer.status_code, answer.content.decode()) == (400, "This request cannot be read, or it is too large.")
    assert desk.files() == before


def test_a_link_that_leads_out_of_the_folder_is_no_scenario(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "rahasia.yaml"
    outside.write_text("sandi: 1\n", encoding="utf-8")
    (desk.folder / "luar.yaml").symlink_to(outside)
    (desk.folder / "putus.yaml").symlink_to(tmp_path / "tidak-ada.yaml")
    (desk.folder / "berputar.yaml").symlink_to(desk.folder / "berputar.yaml")
    (desk.folder / "dalam.yaml").symlink_to(desk.folder / "contoh-kecil.yaml")
    client = desk.browser()
    listed = client.get("/").content.decode()
    assert [name in listed for name in ("luar.yaml", "putus.yaml", "berputar.yaml", "dalam.yaml")] == [False] * 3 + [
        True
    ]
    for address in ("/skenario/luar.yaml/", "/skenario/luar.yaml/ubah/yaml", "/skenario/berputar.yaml/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"sandi" not in answer.content
    assert client.get("/skenario/dalam.yaml/").status_code == 200
