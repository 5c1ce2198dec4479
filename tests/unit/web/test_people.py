"""Lists of people in the workbench: sent, read and put in by planners; names for those who may see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from planner.domain.checks.warnings_people import people_sentences
from planner.locale import speaking
from planner.scenario_io import read_scenario
from planner.web.acting import ALL
from tests.unit.people.people_files import GOOD, SCENARIO, write
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import store_plan

PASSWORD = "kapal-layar-77"
HERE = "/skenario/orang.yaml/"
NAMES = f"{HERE}nama"
LIST = f"{HERE}pegawai"
SIASN = "nip_baru;nama;unor_induk_nama;kedudukan_hukum_id;Kurang keuangan\n"
ROWS = [
    "'198001012005011001;Ani;BPKAD;1;ya",
    "'198001012005011002;Budi;BPKAD;1;ya",
    "'199001012022212004;Eka;BPKAD;71;tidak",
    "19800101;Rahasia;BPKAD;1;Rahasia",
]
OWN = SCENARIO.replace("scenario: {id: orang", "scenario: {id: orang, agency: Contoh")


def with_people(desk: Desk, rows: list[str] | None = None) -> Desk:
    write(desk.folder, GOOD if rows is None else rows, OWN).rename(desk.folder / "orang.yaml")
    return desk


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    desk = with_people(make_desk())
    store_plan(desk, "orang.yaml")
    return desk


def sent(rows: list[str], name: str = "asn.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ("\ufeff" + SIASN + "".join(row + "\n" for row in rows)).encode())


def form_of(page: str) -> dict[str, str]:
    """The fields of the form of columns as they stand."""
    form = page.split('name="daftar"')[1].split("</form>")[0]
    fields = dict(re.findall(r'hidden" name="([\w-]+)" value="([^"]*)"', form)) | {
        "daftar": page.split('daftar" value="')[1].split('"')[0]
    }
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)">(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields | dict.fromkeys(re.findall(r'type="checkbox" name="(\w+)" checked', form), "on")


def signed_in(desk: Desk, name: str) -> Client:
    """A browser in which `name` has signed in."""
    client = desk.browser(entered=False)
    assert by_form(client, "/masuk", username=name, password=PASSWORD).status_code == 302
    return client


def by_form(client: Client, address: str, **fields: Any) -> Any:
    client.get("/masuk")
    return client.post(address, {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value, **fields})


def looks(desk: Desk) -> list[Any]:
    lines = [line for _next, line in desk.bench.archive.journal.lines() if line is not None]
    return [(line.facts.get("what"), line.facts.get("whom")) for line in lines if line.action == "looked"]


def test_an_export_is_sent_its_columns_are_named_and_it_becomes_the_people(desk: Desk) -> None:
    with_people(desk)
    before = desk.text("orang.yaml")
    assert "data-drop" in desk.browser().get(HERE).content.decode()
    assert desk.post(LIST, file=sent(ROWS))["Location"] == LIST
    page = desk.browser().get(LIST).content.decode()
    fields = form_of(page)
    assert [fields[f"kolom-{at}"] for at in range(5)] == ["id", "name", "agency", "employment", ""]
    assert fields["tata"] == "siasn"
    assert "no column says who lacks which competency" in page
    assert "Say of the list of people which columns tell it" in page
    assert "measured:" not in page.replace('"measured:', ""), "keys of the file are no words of the form"
    fields["kolom-4"] = "gap:keu"
    page = desk.post(LIST, **fields, aksi="lihat").content.decode()
    assert "2 people are read" not in page
    assert "3 people are read, 2 of them lack something." in page
    assert "the id is not a NIP of 18 figures" in page
    assert "Rahasia" not in page, "what stands in cells may be a name"
    refused = desk.post(LIST, **fields, aksi="simpan")
    assert refused.status_code == 422
    assert desk.text("orang.yaml") == before
    assert desk.post(LIST, **fields, aksi="simpan", tanpa="on")["Location"] == HERE
    people = read_scenario(desk.folder / "orang.yaml").people
    assert people is not None
    assert people.read is not None
    assert (people.read.people, people.read.rows_left_out, people.layout) == (3, 1, "siasn")
    assert (desk.folder / people.table).is_file()
    assert people.table.startswith("pegawai/orang-")
    assert not list((desk.folder / ".planner-people").rglob("*.csv"))


def test_tables_beside_an_export_say_who_lacks_what(desk: Desk) -> None:
    with_people(desk)
    before = desk.files()
    gaps = b"nip;Kurang keuangan;gap:kom\n198001012005011001;ya;0\n1;ya;0\n"
    assert desk.post(LIST, aksi="samping", file=SimpleUploadedFile("asesmen.csv", gaps)).status_code == 422, (
        "the list comes first"
    )
    assert desk.files() == before
    desk.post(LIST, file=sent(ROWS[:3]))
    assert desk.post(LIST, aksi="samping", file=SimpleUploadedFile("asesmen.csv", gaps))["Location"] == LIST
    history = SimpleUploadedFile("diklat.csv", b"nip;jumlahJam\n198001012005011002;30\n198001012005011002;\n")
    desk.post(LIST, aksi="samping", file=history)
    fields = form_of(desk.browser().get(LIST).content.decode())
    assert [fields[f"kolom-t1-{at}"] for at in range(3)] == ["id", "", "gap:kom"]
    assert (fields["tata-t1"], fields["tata-t2"], fields["kolom-t2-1"]) == ("", "training", "hours")
    fields["kolom-t1-1"] = "gap:keu"
    page = desk.post(LIST, **fields, aksi="lihat").content.decode()
    assert "3 people are read, 1 of them lacks something." in page
    assert "table 1 beside the list" in page, "a row of it has no NIP"
    assert "1 row of a table beside the list is not used: its person is planned without what it says" in page
    assert "0 people are left out" not in page
    assert ".planner-people" not in page
    assert desk.post(LIST, **fields, aksi="simpan", tanpa="on")["Location"] == HERE
    people = read_scenario(desk.folder / "orang.yaml").people
    assert people is not None
    assert people.read is not None
    with speaking("en"):
        told = [*people_sentences(people.read)]
    assert any("their people are planned without what these rows say" in each for each in told)
    assert [each.layout for each in people.join] == [None, "training"]
    assert people.join[0].columns["Kurang keuangan"] == "gap:keu"
    assert all((desk.folder / each.table).is_file() for each in people.tables)
    assert (people.read.people, people.read.without_jp, list(people.read.hours_done.values())) == (3, 1, [{"20": 1}])
    assert not list((desk.folder / ".planner-people").rglob("*.csv"))


def test_a_table_beside_the_list_is_put_away_alone(desk: Desk) -> None:
    with_people(desk)
    desk.post(LIST, file=sent(ROWS[:3]))
    desk.post(LIST, aksi="samping", file=SimpleUploadedFile("unor.csv", b"Id;NamaUnor\na;Dinas\n"))
    page = desk.browser().get(LIST).content.decode()
    assert form_of(page)["tata-t1"] == "units"
    assert desk.post(LIST, aksi=re.findall(r'value="(buang-\w+)"', page)[0]).status_code == 302
    page = desk.browser().get(LIST).content.decode()
    assert "kolom-0" in page
    assert "kolom-t1" not in page


def test_a_column_that_is_known_may_stay_unread(desk: Desk) -> None:
    with_people(desk)
    desk.post(LIST, file=sent(ROWS[:3]))
    fields = form_of(desk.browser().get(LIST).content.decode()) | {"kolom-4": "gap:kom", "kolom-1": ""}
    assert desk.post(LIST, **(fields | {"aksi": "simpan"})).status_code == 302
    people = read_scenario(desk.folder / "orang.yaml").people
    assert people is not None
    assert people.columns["nama"] == "unused"


def test_a_list_that_is_no_export_has_no_layout_and_its_heads_are_understood(desk: Desk) -> None:
    with_people(desk)
    table = b"No;NIP;Nama;Perangkat Daerah;Golongan;gap:keu\n1;198001012005011001;Ani;BPKAD;III/a;1\n"
    desk.post(LIST, file=SimpleUploadedFile("daftar.csv", table))
    page = desk.browser().get(LIST).content.decode()
    fields = form_of(page)
    assert fields["tata"] == "", "ids and names are in any list"
    assert [fields[f"kolom-{at}"] for at in range(6)] == ["", "id", "name", "agency", "", "gap:keu"]
    assert "1 person is read" in page
    assert desk.post(LIST, **fields | {"aksi": "simpan"}).status_code == 302
    people = read_scenario(desk.folder / "orang.yaml").people
    assert people is not None
    assert people.layout is None
    assert people.columns["Perangkat Daerah"] == "agency"
    assert people.columns["Golongan"] == "unused"


@pytest.mark.parametrize(("layout", "first"), [("siasn", "nip_baru;unor_induk_nama"), ("", "NIP;Perangkat Daerah")])
def test_a_column_called_like_a_competency_tells_who_lacks_it(desk: Desk, layout: str, first: str) -> None:
    with_people(desk)
    table = f"{first};Keuangan;KOM;kom\n198001012005011001;BPKAD;ya;tidak;x\n198001012005011002;BPKAD;tidak;tidak;\n"
    desk.post(LIST, file=SimpleUploadedFile("daftar.csv", table.encode()))
    desk.post(LIST, aksi="samping", file=SimpleUploadedFile("a.csv", b"nip;KOMUNIKASI\n198001012005011002;ya\n"))
    page = desk.browser().get(LIST).content.decode()
    fields = form_of(page)
    assert fields["tata"] == layout
    assert [fields[f"kolom-{at}"] for at in range(2, 5)] == ["gap:keu", "gap:kom", ""], "an id goes before a name"
    assert fields["kolom-t1-1"] == "gap:kom"
    assert (
        "2 people are read, 2 of them lack something."
        in desk.post(LIST, **(fields | {"kolom-3": "", "aksi": "lihat"})).content.decode()
    )


def test_columns_that_are_left_unread_are_called_so_in_the_scenario(desk: Desk) -> None:
    with_people(desk)
    table = b"No;NIP;Perangkat;Golongan;Catatan;gap:keu;gap:lain\n1;198001012005011001;BPKAD;III/a;x;1;0\n"
    desk.post(LIST, file=SimpleUploadedFile("daftar.csv", table))
    page = desk.browser().get(LIST).content.decode()
    assert "under columns" not in page, "the form says what is not read"
    fields = form_of(page)
    fields |= {f"kolom-{at}": holds for at, holds in enumerate(("", "id", "agency", "level", "", "gap:keu", ""))}
    assert desk.post(LIST, **fields | {"aksi": "simpan"}).status_code == 302
    people = read_scenario(desk.folder / "orang.yaml").people
    assert people is not None
    assert {head: holds for head, holds in people.columns.items() if holds == "unused"} == {
        "Catatan": "unused",
        "gap:lain": "unused",
    }
    assert "is not read" not in desk.browser().get(HERE).content.decode()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("asn.csv", b""),
        SimpleUploadedFile("../asn.exe", b"a;b\n"),
        SimpleUploadedFile("asn.csv", b"x" * (10 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_no_list_is_not_kept(desk: Desk, file: SimpleUploadedFile) -> None:
    with_people(desk)
    before = desk.files()
    assert desk.post(LIST, file=file).status_code == 422
    assert desk.files() == before


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 broken", b"\xff\xfea", b"198001012005011001;Ani\n198001012005011002;Budi\n"]
)
def test_a_list_that_cannot_be_read_is_said_and_put_away(desk: Desk, content: bytes) -> None:
    with_people(desk)
    desk.post(LIST, file=SimpleUploadedFile("asn.csv", content))
    page = desk.browser().get(LIST)
    assert "What has to be corrected" in page.content.decode()
    assert str(desk.folder) not in page.content.decode()
    assert "198001012005011002" not in page.content.decode()
    assert desk.post(LIST, aksi="buang").status_code == 302
    assert desk.browser().get(LIST).status_code == 200


def test_names_are_shown_to_whom_may_see_them_and_every_look_is_written_down(planned: Desk) -> None:
    page = planned.browser().get(NAMES).content.decode()
    assert "Ani" not in page
    assert looks(planned) == []
    found = planned.post(NAMES, cari="orang", id=" '19800101 200501 1 001").content.decode()
    assert "<dd>PNS</dd>" in found
    assert ">Ani<" in found
    assert "Budi" not in found
    assert planned.post(NAMES, cari="orang", id="1").status_code == 422
    agency = planned.post(NAMES, cari="perangkat", perangkat="BPKAD").content.decode()
    assert all(name in agency for name in ("Ani", "Budi", "Citra", "Dwi", "Eka"))
    course = page.split('name="angkatan" required>')[1].split('value="')[1].split('"')[0].replace("&#34;", '"')
    seats = planned.post(NAMES, cari="angkatan", angkatan=course).content.decode()
    assert sum(name in seats for name in ("Ani", "Budi", "Citra", "Dwi", "Eka")) >= 1
    for book in ("penugasan", "lampiran", "peserta"):
        assert planned.post(NAMES, cari="buku", buku=book, angkatan=course).content.startswith(b"PK")
    assert [what for what, _whom in looks(planned)] == ["person", "person", "agency", "class", "book", "book", "class"]
    journal = planned.browser().get("/catatan").content.decode()
    assert "looked at names of BPKAD" in journal
    assert not re.search("Ani|19800101", planned.bench.archive.journal.path.read_text())


def test_names_of_a_plan_of_several_years_have_the_jp_of_each(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    years = "periods: [{id: A, year: 2027}, {id: B, year: 2028}]\ncompetencies:"
    write(desk.folder, GOOD, OWN.replace("competencies:", years, 1)).rename(desk.folder / "orang.yaml")
    store_plan(desk, "orang.yaml")
    person = desk.post(NAMES, cari="orang", id="198001012005011001").content.decode()
    told = [re.findall(f"<dt>{words}</dt><dd>(.*?)</dd>", person) for words in ("JP in 2027", "JP in 2028")]
    assert [len(each) for each in told] == [1, 1]
    assert "planned, 4 before, " in told[0][0]
    assert "before" not in told[1][0], "JP before the plan are of its first year"
    assert all(f"<dt>Target reached in {year}</dt>" in person for year in (2027, 2028))
    agency = desk.post(NAMES, cari="perangkat", perangkat="BPKAD").content.decode()
    heads = re.findall('<th scope="col">(.*?)</th>', agency)
    assert heads[4:8] == ["JP in 2027", "Target reached in 2027", "JP in 2028", "Target reached in 2028"]


def test_names_that_are_not_there_are_not_looked_at(planned: Desk) -> None:
    for asked in ({"cari": "perangkat", "perangkat": "X"}, {"cari": "angkatan", "angkatan": "[]"}):
        assert planned.post(NAMES, **asked).status_code == 422
    assert planned.browser().get("/skenario/contoh-kecil.yaml/nama").status_code == 302
    assert looks(planned) == []
    (planned.folder / "pegawai.csv").unlink()
    assert planned.post(NAMES, cari="orang", id="198001012005011001")["Location"] == HERE


def test_readers_see_no_names_and_no_cells(make_desk: Callable[..., Desk]) -> None:
    from django.contrib.auth.hashers import make_password

    from planner.web.accounts import register
    from planner.web.office import OfficeAccess

    desk = with_people(make_desk(OfficeAccess("127.0.0.1", 8765, "")))
    store_plan(desk, "orang.yaml")
    desk.bench.archive.open()
    rights = {"rina": ("reader", ALL), "budi": ("planner", "Contoh"), "siti": ("reviewer", "Contoh"),
              "adi": ("administrator", ALL), "asing": ("planner", "Dinas Lain")}  # fmt: skip
    known = {"full_name": "", "password": make_password(PASSWORD), "open": True}
    register.restore_accounts(known | {"name": name, "rights": [right]} for name, right in rights.items())
    asked = {"cari": "orang", "id": "198001012005011001"}
    clients = {name: signed_in(desk, name) for name in rights}
    for name, status in [("rina", 403), ("budi", 200), ("siti", 200), ("adi", 200), ("asing", 404)]:
        answer = by_form(clients[name], NAMES, **asked)
        assert answer.status_code == status, name
        assert (b">Ani<" in answer.content) == (status == 200)
        assert clients[name].get(NAMES).status_code == status
    assert b"/nama" not in clients["rina"].get(HERE).content
    for name in ("rina", "siti", "adi"):
        assert by_form(clients[name], LIST, file=sent(ROWS)).status_code == 403
    # a scenario of another agency that names the same list opens no names to its planners
    theirs = desk.text("orang.yaml").replace("agency: Contoh", "agency: Dinas Lain").replace("id: orang", "id: intip")
    (desk.folder / "intip.yaml").write_text(theirs)
    store_plan(desk, "intip.yaml")
    assert by_form(clients["asing"], "/skenario/intip.yaml/nama", **asked).status_code == 403
    assert by_form(clients["budi"], NAMES, **asked).status_code == 403, "until one of the two is gone"
    # a list whose columns have slipped shows readers nobody's name
    write(desk.folder, [*GOOD, "198001012005011009;BPKAD;x;Rahasia;0;Rahasia;1"], OWN).unlink()
    page = clients["rina"].get(HERE).content.decode()
    assert "cannot be read" in page
    assert "Rahasia" not in page
