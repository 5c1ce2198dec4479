"""A planner's morning at the workbench, in a real browser."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from planner.locale import speaking
from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook import workbook_bytes as form_of
from tests.browser.conftest import ROOT, Site, Visitor
from tests.browser.keys import REACHED, press, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

Serve = Callable[..., Site]
Visit = Callable[..., Visitor]


def test_a_morning_of_a_planner(serve: Serve, visit: Visit, picture: Any) -> None:
    planner = visit(serve("contoh-kecil.yaml"))
    page = planner.page
    _a_mistake_is_marked_and_mended(page)
    picture(planner, "meja-formulir")
    page.get_by_role("button", name="Simpan dan susun rencana").click()
    page.locator(".run-done").wait_for()
    picture(planner, "meja-rencana")
    _a_slider_shows_what_it_changes(page, picture, planner)
    _a_gap_is_explained(page, planner)
    _two_plans_are_compared(page)
    address = _a_plan_is_submitted(page)
    reviewer = visit(planner.site, like=planner)
    _it_is_approved(reviewer.page, planner.site.top + address, picture, reviewer)
    page.goto(planner.site.top + address)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def _a_mistake_is_marked_and_mended(page: Page) -> None:
    page.get_by_role("link", name="Contoh kecil").click()
    page.get_by_role("link", name="Ubah").click()
    page.get_by_role("link", name="Dana dan mitra").click()
    page.get_by_role("link", name="APBD").click()
    amount = page.get_by_label("Jumlah (Rp)")
    before = amount.input_value()
    amount.fill("dua puluh empat")
    page.locator("[aria-invalid=true]").wait_for()
    amount.fill(before)
    page.locator("[aria-invalid=true]").wait_for(state="detached")


def _a_slider_shows_what_it_changes(page: Page, picture: Any, planner: Visitor) -> None:
    page.get_by_role("link", name="Bagaimana jika").click()
    slider = page.get_by_label("Jumlah dana sendiri, dalam persen")
    slider.focus()
    for _step in range(5):
        slider.press("ArrowLeft")
    page.locator("#answer .answer-state.done").wait_for()
    assert "own" in page.url, "the address has what was changed"
    picture(planner, "meja-bagaimana-jika")
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(
        "() => [...document.querySelectorAll('.answer-box .scroll')].every(e => e.scrollWidth <= e.clientWidth)"
    ), "who pays is seen whole on a phone"
    page.set_viewport_size(wide)
    page.get_by_text("Simpan sebagai skenario").click()
    page.get_by_label("Nama berkas").fill("hemat")
    page.get_by_role("button", name="Simpan dan susun rencana").click()
    page.locator(".run-done").wait_for()


def _a_gap_is_explained(page: Page, planner: Visitor) -> None:
    planner.open("/skenario/contoh-kecil.yaml/peta")
    page.locator(".tiles-map a").first.click()
    page.locator(".group-gaps .tiles-map a").first.click()
    assert page.locator(".sentences li").count() >= 1


def _two_plans_are_compared(page: Page) -> None:
    page.get_by_role("link", name="Skenario", exact=True).first.click()
    for box in page.get_by_label("bandingkan").all():
        box.check()
    page.get_by_role("button", name="Bandingkan rencana yang dipilih").click()
    page.get_by_role("navigation", name="Daftar isi").wait_for()
    assert page.url.count("dengan=") == 2


def _a_plan_is_submitted(page: Page) -> str:
    """Submit the plan of the small example; return the address of its run."""
    page.goto("/".join([*page.url.split("/")[:3], "skenario", "contoh-kecil.yaml", ""]))
    page.locator("details.submitting summary").click()
    page.get_by_label("Nama Anda").fill("Budi")
    page.locator(".submitting").get_by_role("button").click()
    page.get_by_role("button", name="Setujui").wait_for()
    return "/" + page.url.split("/", 3)[3]


def _it_is_approved(page: Page, address: str, picture: Any, reviewer: Visitor) -> None:
    page.goto(address)
    page.get_by_label("Nama Anda").fill("Siti")
    page.get_by_role("button", name="Setujui").click()
    page.locator(".approved").wait_for()
    assert "Siti" in page.locator(".approved").inner_text()
    picture(reviewer, "meja-persetujuan")


def test_a_province_at_a_glance(serve: Serve, visit: Visit, picture: Any) -> None:
    files = (
        "jambi-2027.yaml",
        "jambi-2027-perjalanan.csv",
        "jambi-2027-tanpa-mitra.yaml",
        "kabupaten-2027.yaml",
        "contoh-harga.csv",
    )
    planner = visit(serve(*files, plans=("jambi-2027", "kabupaten-2027")))
    page = planner.page
    page.locator(".wait").first.wait_for(state="detached")
    planner.settle()
    assert page.locator(".state-planned").count() == 2
    assert page.locator(".state-draft").count() == 1
    picture(planner, "meja-kerja")
    planner.open("/skenario/jambi-2027.yaml/peta")
    assert page.locator(".tiles-map a").count() > 10
    picture(planner, "meja-peta")


PAGES = (
    "/",
    "/baru",
    "/banding",
    "/riwayat",
    *(
        f"/skenario/{{}}/{page}"
        for page in ("", "laporan", "ubah", "ubah?di=funds", "ubah?di=funds/apbd", "ubah/tabel", "ubah/yaml", "bila",
                     "peta", "mengapa", "tanya/", "tanya/curve/", "tanya/why/", "tanya/partners/", "realisasi")
    ),
)  # fmt: skip


def test_everybody_can_use_every_page(shared: Site, own: str, visit: Visit, more: bool) -> None:
    """Keys alone suffice; axe finds nothing, on a phone in the dark and at a desk in the light by turns, with --more in
    both and on a wide screen; nothing is wider than a phone."""
    visitor = visit(shared)
    page = visitor.open(f"/skenario/{own}/")
    press(page, "form[action$='susun'] button")
    page.locator(".run-done").wait_for()
    _by_keys_alone(visitor, own)
    visitor.open(f"/skenario/{own}/tanya/partners/")
    page.get_by_role("button", name="Tanyakan").click()
    page.locator("section.answer").wait_for()
    found = {}
    for number, address in enumerate(PAGES):
        visitor.looks("dark", 390)
        visitor.open(address.format(own))
        visitor.settle()
        found[address, "phone"] = (visitor.violations() if more or number % 2 else [], visitor.fits())
        if more or not number % 2:
            visitor.looks("light", 1280)
            found[address, "desk"] = visitor.violations(), visitor.fits()
        for scheme in ("light", "dark") if more else ():
            visitor.looks(scheme, 1920)
            found[address, f"{scheme} and wide"] = visitor.violations(), visitor.fits()
    assert {key: each for key, each in found.items() if each != ([], True)} == {}
    visitor.looks("dark", 390)
    visitor.open(f"/skenario/{own}/")
    long = "all => all.forEach(each => each.textContent = 'antara 384,09 dan 394,04')"
    page.eval_on_selector_all(".tile-value", long)
    assert page.locator(".tile-value").count() > 1
    assert visitor.fits(), "ranges in tiles wrap on a phone"


def _by_keys_alone(visitor: Visitor, own: str) -> None:
    """Try, explain, submit and approve a plan by pressing keys only; what is reached is seen to be."""
    page = visitor.page
    press(page, ".tabs a[href$='/bila']", to="/bila")
    tab_to(page, ".slide")
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    page.locator("#answer .answer-state.done").wait_for()
    assert page.evaluate(REACHED, ".slide") == "seen", "the answer takes nobody away from the slider"
    press(page, ".tabs a[href$='/peta']", back=True, to="/peta")
    tab_to(page, ".tiles-map a")
    shown = [page.evaluate("document.activeElement.textContent")]
    for key in ("End", "Home", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        shown.append(page.evaluate("document.activeElement.textContent"))
    assert shown[0] == shown[2] == shown[4] != shown[1] == shown[3]
    page.keyboard.press("Enter")
    page.wait_for_url("**bagian=**")
    press(page, ".group-gaps .tiles-map a", to="/mengapa?kelompok=*")
    assert page.locator(".sentences li").count() >= 1
    visitor.open(f"/skenario/{own}/")
    press(page, ".submitting summary")
    tab_to(page, ".submitting input[name=who]")
    page.keyboard.type("Budi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rencana/**")
    tab_to(page, ".review input[name=who]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Siti")
    press(page, "button[formaction$='setujui']")
    page.locator(".approved", has_text="Siti").wait_for()


def test_without_scripts_a_plan_is_made_seen_and_taken_home(shared: Site, own: str, visit: Visit) -> None:
    plain = visit(shared, java_script_enabled=False)
    page = plain.open(f"/skenario/{own}/")
    page.get_by_role("button", name="Susun rencana").click()
    for _look in range(60):
        if page.locator(".run-done").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert page.get_by_role("heading", name="Ringkasan").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="plan.json").click()
    assert download.value.path().read_bytes().startswith(b"{")


def test_two_windows_lose_no_edit(shared: Site, own: str, visit: Visit) -> None:
    first = visit(shared)
    second = visit(shared, like=first)
    for visitor in (first, second):
        visitor.open(f"/skenario/{own}/ubah/yaml")
    for visitor, people in ((first, "31"), (second, "32")):
        text = visitor.page.locator("#text")
        text.fill(text.input_value().replace("headcount: 30", f"headcount: {people}"))
        visitor.page.get_by_role("button", name="Simpan", exact=True).click()
        visitor.page.wait_for_load_state()
    assert "headcount: 31" in (shared.folder / own).read_text()
    shown = " ".join(second.page.locator(".difference").all_inner_texts())
    assert "headcount: 31" in shown
    assert "headcount: 32" in shown


def test_another_id_is_followed_by_keyboard_alone(shared: Site, own: str, visit: Visit) -> None:
    """In the table as in the text; what a cell says is told as soon as it says it."""
    visitor = visit(shared)
    file = shared.folder / own
    before = file.read_text().replace("    costs:", "    for: {id: [analis]}\n    costs:", 1)
    file.write_text(before)
    page = visitor.open(f"/skenario/{own}/ubah/tabel")
    page.locator("#grid .tabulator-row").first.wait_for()
    page.locator("#grid .tabulator-tableholder").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    for keys in ("F2", "Control+a"):
        page.keyboard.press(keys)
    page.keyboard.type("penyusun")
    page.keyboard.press("Enter")
    page.locator("#grid-cell", has_text="Id: penyusun").wait_for()
    page.keyboard.press("Control+s")
    page.get_by_text("Tersimpan.").wait_for()
    assert file.read_text() == before.replace("{id: analis,", "{id: penyusun,").replace("[analis]", "[penyusun]")
    text = visitor.open(f"/skenario/{own}/ubah/yaml").locator("#text")
    text.fill(text.input_value().replace("{id: arsip,", "{id: kearsipan,"))
    offer = page.get_by_role("button", name="Ganti juga di sana, lalu simpan")
    offer.wait_for()
    assert (visitor.violations(), visitor.fits()) == ([], True)
    offer.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Tersimpan.").wait_for()
    assert "closes: {kearsipan: 60%}" in file.read_text()


def test_an_excel_file_is_dropped_and_its_faulty_cell_is_corrected(serve: Serve, visit: Visit, picture: Any) -> None:
    planner = visit(serve())
    page = planner.page
    page.get_by_text("Belum ada skenario").wait_for()
    _drop(page, "Isian Diklat.xlsx", _workbook("tiga puluh"))
    page.locator(".faulty", has_text="tiga puluh").wait_for()
    assert planner.violations() == []
    picture(planner, "meja-sel-salah")
    planner.looks("dark", 390)
    assert (planner.violations(), planner.fits()) == ([], True)
    page.get_by_label("Kelompok!H3").fill("30")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name="tiga puluh").wait_for()
    assert (planner.violations(), planner.fits()) == ([], True)
    page.get_by_role("link", name="Lanjut").click()
    page.locator(".empty").wait_for()
    assert page.url.endswith("/skenario/isian-diklat.yaml/")
    assert (planner.site.folder / "isian-diklat.yaml").is_file()


def _workbook(people: str) -> bytes:
    """The small example as a workbook, with another number of people in its first group."""
    with speaking("id"):
        book = load_workbook(BytesIO(form_of(read_scenario(ROOT / "scenarios" / "contoh-kecil.yaml"))))
    book["Kelompok"]["H3"] = people
    book.save(saved := BytesIO())
    return saved.getvalue()


def _drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file on the page, as a mouse does."""
    made = """([name, content]) => {
        const moved = new DataTransfer();
        moved.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
        return moved;
    }"""
    moved = page.evaluate_handle(made, [name, b64encode(content).decode()])
    page.dispatch_event("main", "drop", {"dataTransfer": moved})
