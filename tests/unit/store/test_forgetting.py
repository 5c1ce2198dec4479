"""A person is taken out of every table, byte for byte beside it, and whatever else holds the id is named."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from planner.cli.group import cli
from planner.errors import InputError
from planner.store import forgetting
from planner.store.forgetting import PlaceOfPerson, forget

NIP, OTHER = "198001012005011001", "197902022004012002"
CSV = f'NIP;Nama;Catatan\r\n{NIP};Budi;"satu\r\ndua"\r\n{OTHER};Siti;"tetap; ya"\r\n\'{NIP};B;\r\n="{NIP}";C;\r\n'
PRINTED = ("19800101 200501 1 001", "19800101.200501.1.001", "NIP. 19800101-200501-1-001", "1980 0101\u00a02005011001")
REST = f'NIP;Nama;Catatan\r\n{OTHER};Siti;"tetap; ya"\r\n'


def book(rows: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(content := io.BytesIO())
    return content.getvalue()


def parquet() -> bytes:
    pq.write_table(pa.table({"id": [NIP, OTHER], "jp": [3, None]}), content := io.BytesIO())
    return content.getvalue()


def packed(content: bytes, name: str = "scenarios/pegawai.csv") -> bytes:
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".runs" / "satu").mkdir(parents=True)
    (tmp_path / "pegawai.csv").write_bytes(CSV.encode())
    (tmp_path / "lama.csv").write_bytes(CSV.encode("utf-16"))
    (tmp_path / ".runs" / "satu" / "penugasan.xlsx").write_bytes(
        book([["Id", "Nama"], [NIP, "Budi"], [OTHER, "Siti"], [f" {NIP} ", "B"], [198001012005011, "lain"]])
    )
    (tmp_path / "penugasan.parquet").write_bytes(parquet())
    (tmp_path / "lain.csv").write_text("id,jumlah\nx,5\n")
    return tmp_path


def test_every_table_loses_the_rows_of_the_person_and_nothing_else(folder: Path) -> None:
    before = (folder / "lain.csv").read_bytes()
    found = forget(NIP, folder)
    assert {(place.file.name, place.rows, place.left) for place in found} == {
        ("pegawai.csv", 3, False),
        ("lama.csv", 3, False),
        ("penugasan.xlsx", 2, False),
        ("penugasan.parquet", 1, False),
    }
    assert (folder / "pegawai.csv").read_bytes() == REST.encode()
    assert (folder / "lama.csv").read_bytes().decode("utf-16") == REST
    sheet = openpyxl.load_workbook(folder / ".runs" / "satu" / "penugasan.xlsx").worksheets[0]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Id", OTHER, 198001012005011]
    assert pq.read_table(folder / "penugasan.parquet").to_pylist() == [{"id": OTHER, "jp": None}]
    assert (folder / "lain.csv").read_bytes() == before
    assert forget(NIP, folder) == ()


@pytest.mark.parametrize("printed", PRINTED)
def test_a_number_as_it_is_printed_is_the_persons_in_every_table(tmp_path: Path, printed: str) -> None:
    (tmp_path / "pegawai.csv").write_text(f"NIP;Nama\n{printed};Budi\n{OTHER};Siti\n")
    (tmp_path / "pegawai.xlsx").write_bytes(book([["NIP"], [printed], [OTHER]]))
    pq.write_table(pa.table({"id": [printed, OTHER]}), tmp_path / "pegawai.parquet")
    assert {(place.file.suffix, place.rows, place.left) for place in forget(printed, tmp_path)} == {
        (".csv", 1, False),
        (".xlsx", 1, False),
        (".parquet", 1, False),
    }
    assert (tmp_path / "pegawai.csv").read_text() == f"NIP;Nama\n{OTHER};Siti\n"


def test_what_is_too_large_or_too_deep_to_look_through_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "LARGEST_PART", 100)
    monkeypatch.setattr(forgetting, "DEEPEST", 1)
    (tmp_path / "besar.zip").write_bytes(packed(bytes(101)))
    (tmp_path / "besar.gz").write_bytes(gzip.compress(bytes(101)))
    (tmp_path / "dalam.gz").write_bytes(gzip.compress(gzip.compress(bytes(20))))
    (tmp_path / "kecil.zip").write_bytes(packed(bytes(100)))
    (tmp_path / "rusak.gz").write_bytes(gzip.compress(bytes(90))[:-9])
    assert [place.file.name for place in forget(NIP, tmp_path)] == ["besar.gz", "besar.zip", "dalam.gz"]


OTHERS: dict[str, Callable[[], bytes]] = {
    "skenario.yaml": lambda: f"groups: [{{id: '{NIP}'}}]\n".encode(),
    "cadangan.zip": lambda: packed(CSV.encode()),
    "rusak.xlsx": lambda: NIP.encode(),
    f"{NIP}.txt": lambda: b"",
    "catatan.txt": lambda: NIP.encode("utf-16-le"),
    "cetak.yaml": lambda: f"nip: {PRINTED[0]}\n".encode(),
    "cetak-16.txt": lambda: PRINTED[1].encode("utf-16-be"),
    "makro.xlsm": lambda: book([["NIP"], [PRINTED[1]]]),
    "pegawai.xlsx.lama": lambda: book([["NIP"], [NIP]]),
    "pegawai.csv.gz": lambda: gzip.compress(CSV.encode()),
    "cadangan-parquet.zip": lambda: packed(parquet(), "penugasan.parquet"),
    "garis-bawah.csv": lambda: b"NIP;Nama\n1980_0101_2005_01_1_001;Budi\n",
    "tanda-hubung.txt": lambda: "NIP 19800101\u2010200501\u20111\u2013001".encode(),
    "tanda-hubung-16.txt": lambda: "19800101\u2010200501\u20111\u2010001".encode("utf-16-le"),
    "tanda-hubung-kantor.txt": lambda: b"19800101\x96200501\xa01\xad001",
    "dua-baris.txt": lambda: b"atas nama NIP 1980010120-\r\n    05011001, Budi",
    "dua-blanko.txt": lambda: b"19800101  200501 - 1 - 001",
    "1980_0101_200501_1_001.txt": lambda: b"",
    "cadangan-dua.zip": lambda: packed(packed(book([["NIP"], [NIP]]), "a.xlsx"), "dalam"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_table_is_named_and_left(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(content := OTHERS[name]())
    assert forget(NIP, tmp_path) == (PlaceOfPerson(tmp_path / name, 0, True),)
    assert (tmp_path / name).read_bytes() == content


THIRD = "196803031990031003"


@pytest.mark.parametrize(
    "name", [NIP, "1980.0101.200501.1.002 a", "berkas_1980_0101_2005011001", "19800101 200501 1 001"]
)
def test_a_folder_that_is_called_by_the_id_is_named(tmp_path: Path, name: str) -> None:
    person = NIP if name != "1980.0101.200501.1.002 a" else "198001012005011002"
    (inside := tmp_path / "arsip" / name).mkdir(parents=True)
    (inside / "surat.txt").write_text("kosong")
    assert forget(person, tmp_path) == (PlaceOfPerson(inside, 0, True),)
    assert forget(person, inside) == (PlaceOfPerson(inside, 0, True),)
    done = CliRunner().invoke(cli, ["--lang", "en", "forget", person, str(tmp_path)])
    assert (done.exit_code, "the name of this folder holds the id" in done.output) == (2, True), done.output
    assert "in no file" not in done.output


@pytest.mark.parametrize("person", ["a budi", "abudi", "A.budi", "a-budi", "320101 800101 0001", "3201018001010001"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_an_id_that_is_no_nip_is_another_one_with_a_blank_a_dot_or_other_letters(
    tmp_path: Path, kind: str, person: str
) -> None:
    ids = [
        "a budi",
        "abudi",
        "Abudi",
        "A.budi",
        "a.budi",
        "a-budi",
        "a  budi",
        "320101 800101 0001",
        "3201018001010001",
    ]
    file = tmp_path / f"pegawai.{kind}"
    if kind == "csv":
        file.write_text("".join(f"{cell};Nama\n" for cell in ["id", *ids]))
    elif kind == "xlsx":
        file.write_bytes(book([[cell] for cell in ["id", *ids]]))
    else:
        pq.write_table(pa.table({"id": ids}), file)
    assert [place.rows for place in forget(f" {person} ", tmp_path)] == [1]
    if kind == "csv":
        left = [row.partition(";")[0] for row in file.read_text().splitlines()[1:]]
    elif kind == "xlsx":
        rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True)
        left = [str(row[0]) for row in rows]
    else:
        left = pq.read_table(file)["id"].to_pylist()
    assert left == [cell for cell in ids if cell != person]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_mentor_is_taken_out_of_the_rows_of_others_which_stay(tmp_path: Path, kind: str) -> None:
    rows = [["diklat", OTHER, NIP], ["diklat", NIP, OTHER], ["diklat", THIRD, OTHER]]
    file = tmp_path / f"pasangan.{kind}"
    if kind == "csv":
        file.write_text("".join(";".join(row) + "\n" for row in rows))
    elif kind == "xlsx":
        file.write_bytes(book(list(rows)))  # type: ignore[arg-type]
    else:
        columns = dict(zip("abc", zip(*rows, strict=True), strict=True))
        pq.write_table(pa.table({name: list(column) for name, column in columns.items()}), file)
    assert forget(NIP, tmp_path) == (PlaceOfPerson(file, 1, False, 1),)
    if kind == "csv":
        assert file.read_text() == f"diklat;{OTHER};\ndiklat;{THIRD};{OTHER}\n"
    elif kind == "xlsx":
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert [row[1:] for row in sheet.iter_rows(values_only=True)] == [(OTHER, None), (THIRD, OTHER)]
    else:
        assert pq.read_table(file)["c"].to_pylist() == [None, OTHER]


def test_a_rounded_number_and_a_linked_table_are_named_and_left(tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "luar" / "pegawai.csv").write_bytes(CSV.encode())
    (tmp_path / "folder" / "pegawai.csv").symlink_to(tmp_path / "luar" / "pegawai.csv")
    (tmp_path / "folder" / "angka.xlsx").write_bytes(book([["Id"], [float(NIP)]]))
    found = forget(NIP, tmp_path / "folder")
    assert {(place.file.name, place.rows, place.left) for place in found} == {
        ("pegawai.csv", 0, True),
        ("angka.xlsx", 0, True),
    }
    assert (tmp_path / "luar" / "pegawai.csv").read_bytes() == CSV.encode()


def test_an_id_that_could_be_any_number_is_refused(folder: Path) -> None:
    with pytest.raises(InputError):
        forget(" 12 ", folder)
    with pytest.raises(InputError):
        forget(NIP, folder / "tidak-ada")


def test_an_id_that_may_be_a_year_counts_in_columns_of_ids_alone(tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_text("fund,period,amount\napbd,2027,5\n")
    (tmp_path / "funds.csv").write_text("id,kind,amount\n2027,own,7\n")
    (tmp_path / "pegawai.csv").write_text("nama;NIP Baru;OPD\nBudi;2027;X\nSiti;2028;2027\n")
    (tmp_path / "daftar.xlsx").write_bytes(
        book([["Daftar 2027"], ["No.", "Id", "Nama"], [1, "2027", "Budi"], [2, 2028, "Siti"]])
    )
    table = pa.table({"programme": ["2027", "b"], "id": ["2028", "2027"], "mentor": ["2027", "2029"]})
    pq.write_table(table, tmp_path / "penugasan.parquet")
    found = {(place.file.name, place.rows, place.cells, place.left) for place in forget("2027", tmp_path)}
    assert found == {("pegawai.csv", 1, 0, False), ("daftar.xlsx", 1, 0, False), ("penugasan.parquet", 1, 1, False)}
    assert (tmp_path / "pegawai.csv").read_text() == "nama;NIP Baru;OPD\nSiti;2028;2027\n"
    assert pq.read_table(tmp_path / "penugasan.parquet").to_pylist() == [
        {"programme": "2027", "id": "2028", "mentor": None}
    ]


def test_a_cell_far_from_a_table_takes_no_time(tmp_path: Path) -> None:
    data = io.BytesIO(book([["Id", "Nama"], [NIP, "Budi"], [OTHER, "Siti"]]))
    workbook = openpyxl.load_workbook(data)
    workbook["Sheet"]["XFD1048576"] = "x"
    workbook.save(tmp_path / "pegawai.xlsx")
    began = time.process_time()
    assert forget(NIP, tmp_path) == (PlaceOfPerson(tmp_path / "pegawai.xlsx", 1, False),)
    assert time.process_time() - began < 2
    left = openpyxl.load_workbook(tmp_path / "pegawai.xlsx", read_only=True)["Sheet"]
    held = [(cell.coordinate, cell.value) for row in left.iter_rows(max_row=2, max_col=2) for cell in row]
    assert held == [("A1", "Id"), ("B1", "Nama"), ("A2", OTHER), ("B2", "Siti")]


def test_a_table_that_is_refused_is_named_where_an_id_may_be_anywhere_in_it(tmp_path: Path) -> None:
    (tmp_path / "pegawai.xlsx").write_bytes(packed(b"<!DOCTYPE x>", "[Content_Types].xml"))
    assert forget("A-123456", tmp_path) == (PlaceOfPerson(tmp_path / "pegawai.xlsx", 0, True),)
    assert forget(NIP, tmp_path) == ()


def test_the_command_says_where_and_may_only_look(folder: Path) -> None:
    def run(*arguments: str, given: str | None = None) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--lang", "en", "forget", *arguments], input=given)
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        return done.exit_code, done.output

    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, said = run(NIP, str(folder), "--dry-run")
    assert (code, "pegawai.csv: 3 rows" in said, "Nothing was changed" in said) == (0, True, True)
    assert {path: path.read_bytes() for path in before} == before
    assert NIP not in said
    (folder / "skenario.yaml").write_text(f"x: '{NIP}'\n")
    code, said = run("-", str(folder), given=f"{NIP}\n")
    assert code == 2, said
    assert "skenario.yaml: holds the id" in said
    (folder / "skenario.yaml").unlink()
    assert run(NIP, str(folder)) == (0, "The id is in no file.\n")
