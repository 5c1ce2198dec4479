"""Lists of people: read to exact groups, with every row that cannot be read named."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.cli.settings import typed
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.people.ids import plain_id
from planner.people.profiles import _readable
from planner.scenario_io import read_located
from planner.store.forgetting import plain_person
from tests.unit.people.people_files import GOOD, SCENARIO, write


def groups(scenario: Scenario) -> dict[str, tuple[int, dict[str, int]]]:
    return {group.id: (group.headcount, dict(group.gaps)) for group in scenario.groups}


def faults(file: Path, *changes: str) -> str:
    with pytest.raises(InputError) as error:
        read_located(file, changes)
    return "\n".join(str(problem) for problem in error.value.problems)


def test_people_with_equal_attributes_and_gaps_are_one_group(tmp_path: Path) -> None:
    read = read_located(write(tmp_path, GOOD))
    assert groups(read.scenario) == {
        "BPKAD / pns / keu": (2, {"keu": 2}),
        "BPKAD / pns / keu+kom": (2, {"keu": 2, "kom": 2}),
        "BPKAD / pppk / kom": (1, {"kom": 1}),
    }
    assert read.scenario.people is not None
    assert read.scenario.people.read is not None
    assert (read.scenario.people.read.people, read.scenario.people.read.groups) == (5, 3)


def test_every_row_that_cannot_be_read_is_named_by_its_line(tmp_path: Path) -> None:
    rows = [
        *GOOD[:2],
        '198001012005011009;"Fajar',
        'dua baris";BPKAD;PNS;0;0;0',
        "",
        "19800101;X;BPKAD;PNS;0;1;1",  # line 7
        "198013012005011001;X;BPKAD;PNS;0;1;1",
        "198001012005131001;X;BPKAD;PNS;0;1;1",
        "199001012022212005;X;BPKAD;PPPK;abc;mungkin;1",  # line 10
        ";X;BPKAD;PNS;0;1;1",
        "198001012005011005;X;BPKAD;Honorer;0;1;1",
        "198001012005011002;Budi lagi;BPKAD;PNS;0;0;0",  # line 13
        "198001012005011006;X;BPKAD",
        '198001012005011007;"X;BPKAD;PNS;0;1;1',
    ]
    file = write(tmp_path, rows)
    text = faults(file)
    for line, reason in [
        (7, "the id is not a NIP of 18 figures (8 figures)"),
        (8, "the first eight figures of the NIP are no date of birth"),
        (9, "figures 13 and 14 of the NIP are no month of appointment"),
        (10, "'JP' cannot be read (text, 3 characters)"),
        (10, "'gap:keu' cannot be read (text, 7 characters)"),
        (11, "the row has no id"),
        (12, "the kind of employment is neither PNS nor PPPK (text, 7 characters)"),
        (13, "the same id stands in two rows (3 = 13)"),
        (14, "the row has fewer cells than there are columns"),
        (15, "a double quote in the row is not closed"),
    ]:
        assert f"pegawai.csv:{line}: {reason}" in text
    assert "19800" not in text, "ids are in no message"
    told = str(read_located(file, ["people.lenient=true"]).warnings[0])
    assert "'JP' cannot be read: 1" in told, "a column has the name that it has in the file"
    assert "'hours'" not in told


def test_no_cell_of_people_is_told(tmp_path: Path) -> None:
    """Columns that have slipped, and a table without heads, have names and NIP where they do not belong."""
    slipped = ["Budi Santoso;198001012005011001;Budi Santoso;198001012005011001;Budi Santoso;Budi Santoso;?"]
    file = write(tmp_path, [*GOOD, *slipped])
    lenient = read_located(file, ["people.lenient=true"])
    texts = [faults(file), *(str(told) for told in (*lenient.warnings, *lenient.noticed))]
    texts.append(faults(write(tmp_path, GOOD[1:], head=GOOD[0] + "\n")))
    assert "the first row has a NIP" in texts[-1]
    for text in texts:
        assert "Budi" not in text
        assert "1980" not in text


def test_jp_that_may_be_thousands_are_refused_by_row(tmp_path: Path) -> None:
    join = "table: pegawai.csv\n  join: [{table: riwayat.csv, layout: training}]"
    read = ["0,125", "1.5", "12", "1200"]
    written = [f"19800101200501100{n};A;B;PNS;{jp};0;0" for n, jp in enumerate(["1.200", "12,500", *read], start=1)]
    file = write(tmp_path, written, SCENARIO.replace("table: pegawai.csv", join))
    (tmp_path / "riwayat.csv").write_text("nip;JP\n198001012005011003;1,5\n198001012005011004;1,500\n")
    text = faults(file)
    for place in ("pegawai.csv:2", "pegawai.csv:3", "riwayat.csv:3"):
        assert f"{place}: 'JP' could be read in two ways, as 1.200 could. Write 1200 or 1,2" in text
    assert text.count("two ways") == 3
    done = read_located(file, ["people.lenient=true"]).scenario.people
    assert done is not None
    assert done.read is not None
    assert done.read.rows_left_out == 2
    assert done.read.hours_done == {"B / pns / -": {"1.5": 1, "1.625": 1, "12": 1, "20": 1}}


def test_columns_that_nothing_is_read_of_are_told_once_by_their_heads(tmp_path: Path) -> None:
    plain = SCENARIO.replace("  columns: {NIP: id, Nama: name, OPD: agency, Jenis: employment, JP: hours}\n", "")
    head = "No.;NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom\n"
    file = write(tmp_path, [f"{n};{row}" for n, row in enumerate(GOOD, start=1)], plain, head)
    (told,) = [str(one) for one in read_located(file).warnings if "not read" in str(one)]
    assert "pegawai.csv: columns Nama, OPD, Jenis, JP are not read; say under columns what they hold" in told
    named = "people.columns={Nama: unused, OPD: agency, Jenis: employment, JP: hours}"
    assert not [one for one in read_located(file, [named]).warnings if "not read" in str(one)]


def test_a_history_without_hours_is_refused(tmp_path: Path) -> None:
    join = "table: pegawai.csv\n  join: [{table: riwayat.csv, layout: training}]"
    file = write(tmp_path, GOOD, SCENARIO.replace("table: pegawai.csv", join))
    (tmp_path / "riwayat.csv").write_text("nip;lama\n198001012005011001;10\n")
    assert "no column holds 'hours'. Name it under columns, for example columns: {JP: hours}" in faults(file)
    (tmp_path / "riwayat.csv").write_text("nip;JP\n198001012005011001;10\n")
    read = read_located(file, ["people.each=[{max_hours: 24}]"])
    assert 14 in {group.hours_before for group in read.scenario.groups}, "4 of the list and 10 of the history"


def test_rows_of_a_history_that_add_no_jp_are_told(tmp_path: Path) -> None:
    join = "table: pegawai.csv\n  join: [{table: riwayat.csv, layout: training}]"
    file = write(tmp_path, GOOD, SCENARIO.replace("table: pegawai.csv", join))
    rows = ["198001012005011001;;01-02-2027", "198001012005011001;10;null", "198001012005011001;3;01-02-2020",
            "198001012005011002;5;01-02-2027"]  # fmt: skip
    (tmp_path / "riwayat.csv").write_text("nip;JP;tanggal_selesai\n" + "".join(row + "\n" for row in rows))
    read = read_located(file)
    assert read.scenario.people is not None
    assert read.scenario.people.read is not None
    assert read.scenario.people.read.without_jp == 2
    assert any("2 rows of training histories have no JP" in str(told) for told in read.warnings)
    assert read.scenario.people.read.hours_done == {"BPKAD / pns / keu+kom": {"4": 1, "5": 1}}


def test_a_programme_attended_before_that_there_is_not_is_a_fault_of_its_row(tmp_path: Path) -> None:
    head = "NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom;completed\n"
    file = write(tmp_path, [f'{GOOD[0]};" dua ;"', f'{GOOD[1]};"el;dua"', f"{GOOD[2]};198001012005011003"], head=head)
    text = faults(file)
    assert "pegawai.csv:4: 'completed' names a programme that the scenario does not have (18 figures)" in text
    assert "groups[" not in text
    assert "198001" not in text
    assert sum(len(group.completed) for group in read_located(file, ["people.lenient=true"]).scenario.groups) == 3


@pytest.mark.parametrize(("nip", "agency"), [("true", "1980 0101 200501 1 001"), ("false", "19800101")])
def test_an_id_among_what_reports_show_is_refused(tmp_path: Path, nip: str, agency: str) -> None:
    file = write(tmp_path, [GOOD[1], f"198001012005011009;X;{agency};PNS;0;1;1", "19800101;X;B;PNS;0;1;1"])
    assert "pegawai.csv:3: 'OPD' holds an id" in faults(file, f"people.nip={nip}")


def test_a_nip_in_the_name_of_a_unit_is_refused(tmp_path: Path) -> None:
    head = "NIP;Nama;unit;Jenis;JP;gap:keu;gap:kom;unit_id\n"
    rows = ["198001012005011002;Budi;Bidang 1980.0101.200501.1.001;PNS;0;1;1;a", f"{GOOD[2]};b", f"{GOOD[3]};c"]
    named = "table: pegawai.csv\n  units: {table: unit.csv, layout: units}"
    scenario = SCENARIO.replace("table: pegawai.csv", named).replace("OPD: agency, ", "")
    file = write(tmp_path, rows, scenario, head)
    (tmp_path / "unit.csv").write_text("id;nama_unit\na;Dinas\nb;--UPT (198001012005011003)\nc;--Bidang\n")
    text = faults(file)
    assert "pegawai.csv:2: 'unit' holds an id" in text
    assert "unit.csv:3: 'nama_unit' holds an id" in text
    assert "198001" not in text
    assert {group.agency for group in read_located(file, ["people.lenient=true"]).scenario.groups} == {None, "Bidang"}


def test_a_nip_is_read_as_it_is_printed_and_no_number_is_one(tmp_path: Path) -> None:
    rows = ["NIP. 19800101 200501 1 001;A;B;PNS;0;1;1", "1980-0101-200501-1-002;A;B;PNS;0;1;1",
            "1980.0101.200501.1.003;A;B;PNS;0;1;1", "1.980010120050E+17;A;B;PPPK;0;1;1"]  # fmt: skip
    assert "pegawai.csv:5: the id is not a NIP of 18 figures" in (text := faults(write(tmp_path, rows)))
    assert text.count("pegawai.csv:") == 1
    assert [plain_id(text) for text in (" '1980 0101 200501 1 001 ", "NIP: 198001012005011001", "K-12")] == [
        "198001012005011001", "198001012005011001", "K-12",
    ]  # fmt: skip


def test_an_apostrophe_in_front_is_a_mark_and_two_around_a_name_belong_to_it(tmp_path: Path) -> None:
    rows = ["'198001012005011001';A;'Kutip';'PNS';'4';'1';'1", "'198001012005011002;B;'BPKAD;PNS;\"=\"\"4\"\"\";'1;1",
            '198001012005011003;C;"=""Dinas """"A"""" """;PNS;4;1;1', "198001012005011004;D;SD 'Aisyiyah';PNS;4;1;1",
            "198001012005011005;E;  'a' dan 'b' ;PNS;4;1;1", "198001012005011006;F;'';PNS;4;1;1"]  # fmt: skip
    scenario = read_located(write(tmp_path, rows)).scenario
    agencies = ["'Kutip'", "BPKAD", 'Dinas "A"', "SD 'Aisyiyah'", "'a' dan 'b'", None]
    assert sorted(str(group.agency) for group in scenario.groups) == sorted(map(str, agencies))
    assert {group.gaps.get("keu") for group in scenario.groups} == {1}
    assert plain_id(" '198001012005011001' ") == plain_person("'198001012005011001'") == "198001012005011001"
    assert plain_id("'O'Brien") == plain_person("'O'Brien") == "O'Brien"


def test_a_line_that_names_a_wrong_separator_is_told_as_in_other_tables(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    table = tmp_path / "pegawai.csv"
    text = table.read_text()
    table.write_text("sep=;\n" + text)
    assert len(read_located(file).scenario.groups) == 3
    table.write_text("sep=;\n" + text.replace(";", "|"))
    assert "pegawai.csv:1: people: this line says that ';' separates cells, but '|' does. Write 'sep=|'" in faults(file)
    table.write_text("sep=;\n" + text.replace(";", "\t"))
    assert "says that ';' separates cells, but a tab does. Write 'sep=' with a tab behind it, or delete" in faults(file)
    wrong = "sep=,\n" + text.replace("gap:keu", "gap:keu, ya") + "198001012005011009;Fajar, S.E.;BPKAD;PNS;0;1;1\n"
    table.write_text(wrong)
    assert "pegawai.csv:1: people: this line says that ',' separates cells, but ';' does. Write 'sep=;'" in faults(file)
    table.write_text("sep=;\n" + text.replace("Ani", "Ani, S.E., M.Si., Ph.D., Dr., Prof., Hj., Ir."))
    assert len(read_located(file).scenario.groups) == 3
    table.write_text("NIP\n1\n")
    assert "separated by semicolons, commas, tabs or |." in faults(file)


def test_a_workbook_with_too_many_rows_says_how_many_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.scenario_io.tables.xlsx_table.MAX_ROWS", 3)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ["NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom", *GOOD]:
        sheet.append(row.split(";"))
    book.save(tmp_path / "pegawai.xlsx")
    text = faults(write(tmp_path, GOOD, SCENARIO.replace("pegawai.csv", "pegawai.xlsx")))
    assert "more than 3 rows, the most that are read of a workbook. Save the table as CSV or Parquet." in text


def test_a_workbook_says_why_a_nip_cannot_be_read_and_takes_a_printed_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["NIP", "Nama", "OPD", "Jenis", "JP", "gap:keu", "gap:kom"])
    for nip, name, agency in [
        ("1980 0101 200501 1 001", "=x", "BPKAD"),
        (198001012005011002, "Budi", "BPKAD"),
        ("'19800101200501100X", "Budi", "BPKAD"),
        ("198001012005011005", "Budi", "#N/A"),
        ("#REF!", "#N/A", "BPKAD"),
        ("198001012005011000", "#N/A", "BPKAD"),
        ("198001012005011007", "#N/A", "BPKAD"),
    ]:
        sheet.append([nip, name, agency, "PNS", 0, 1, "tidak"])
    book.save(tmp_path / "pegawai.xlsx")
    file = write(tmp_path, GOOD, SCENARIO.replace("pegawai.csv", "pegawai.xlsx"))
    text = faults(file)
    for line, reason in [
        (
            3,
            "'NIP' cannot be read (this number is larger than a worksheet holds exactly: of more than",
        ),
        (4, "the id is not a NIP of 18 figures (text, 18 characters)"),
        (5, "'OPD' cannot be read (this cell holds the error #N/A)"),
        (6, "'NIP' cannot be read (this cell holds the error #REF!)"),
    ]:
        assert f"pegawai.xlsx:{line}: {reason}" in text
    assert "1980" not in text
    assert {group.headcount for group in read_located(file, ["people.lenient=true"]).scenario.groups} == {3}


def test_a_lenient_plan_does_without_unreadable_rows_and_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, [*GOOD, "19800101;X;BPKAD;PNS;0;1;1", "198001012005011001;Ani;BPKAD;PNS;5;1;1"])
    assert "--lenient" in faults(file)
    read = read_located(file, ["people.lenient=true"])
    assert groups(read.scenario)["BPKAD / pns / keu+kom"] == (1, {"keu": 1, "kom": 1})
    assert read.scenario.people is not None
    assert read.scenario.people.read is not None
    assert read.scenario.people.read.rows_left_out == 3
    assert "the plan does without 3 rows of the list of people" in str(read.warnings[0])
    assert any("pegawai.csv:8: the same id stands in two rows (2 = 8)" in str(warning) for warning in read.warnings)
    assert typed("a b.yaml", ("people.lenient=true", "x=1 y")) == "'a b.yaml' --lenient --set 'x=1 y'"


def test_of_equal_rows_of_one_id_a_lenient_plan_keeps_the_first(tmp_path: Path) -> None:
    again = "198001012005011001;Ani;BPKAD;PNS;4;1;1"
    file = write(tmp_path, [*GOOD, again, "198001012005011002;Budi;BPKAD;PNS;8;1;1"])
    assert "stands in two rows" in faults(file), "both rows are told all the same"
    read = read_located(file, ["people.lenient=true"]).scenario
    assert groups(read)["BPKAD / pns / keu+kom"] == (1, {"keu": 1, "kom": 1}), "Ani stays, and Budi's JP are not known"
    assert read.people is not None
    assert read.people.read is not None
    assert read.people.read.rows_left_out == 3


def test_of_equal_rows_the_one_that_is_kept_is_named_and_not_counted(tmp_path: Path) -> None:
    file = write(tmp_path, [*GOOD, GOOD[0], GOOD[1], GOOD[1]])
    assert "pegawai.csv:7: the row is equal to another of the same id (2 = 7). Remove one of them." in faults(file)
    told = "\n".join(map(str, read_located(file, ["people.lenient=true"]).warnings))
    assert "does without 3 rows of the list of people that could not be read (the row is equal to another" in told
    assert "of the same id: 3)" in told
    assert "pegawai.csv:8: the row is equal to another of the same id (row 3 is kept)." in told
    assert "the row is equal to another of the same id: 3 rows in all." in told, "three of two people"


def test_at_most_twenty_rows_of_a_kind_are_named_with_the_count(tmp_path: Path) -> None:
    text = faults(write(tmp_path, [f"{n};X;BPKAD;PNS;0;1;1" for n in range(30)]))
    assert text.count("is not a NIP") == 21
    assert "30 rows in all" in text


def test_jp_done_count_where_jp_are_limited(tmp_path: Path) -> None:
    limited = SCENARIO.replace("JP: hours}", "JP: hours}\n  each: [{where: {employment: pns}, max_hours: 24}]")
    read = read_located(write(tmp_path, GOOD, limited))
    assert {group.id: f"{group.hours_before} of {group.max_hours}" for group in read.scenario.groups} == {
        "BPKAD / pns / keu": "0 of 24",
        "BPKAD / pns / keu+kom": "0 of 24",
        "BPKAD / pns / 4 JP / keu+kom": "4 of 24",
        "BPKAD / pppk / kom": "0 of None",
    }


def test_names_of_groups_have_a_decimal_comma_in_jp() -> None:
    assert _readable("BPKAD / PNS / 11.5 JP / keu") == "BPKAD, PNS, 11,5 JP, keu"
    assert _readable("BPKAD / 12 JP / keu") == "BPKAD, 12 JP, keu"


def test_settings_for_an_attribute_that_groups_do_not_have_are_refused(tmp_path: Path) -> None:
    limited = SCENARIO.replace("JP: hours}", "JP: hours}\n  each: [{where: {employment: pppk}, max_hours: 24}]")
    assert "selects none of the groups" in faults(write(tmp_path, GOOD, limited), "people.by=agency")


def test_settings_for_nobody_are_warned_of(tmp_path: Path) -> None:
    limited = SCENARIO.replace("JP: hours}", "JP: hours}\n  each: [{where: {employment: pppk}, max_hours: 24}]")
    read = read_located(write(tmp_path, GOOD[:4], limited))
    told = "skenario.yaml:8:18: people.each[0].where: nobody in the tables has employment: pppk."
    assert any(told in str(warning) for warning in read.warnings)
    read = read_located(tmp_path / "skenario.yaml", ["people.each=[{where: {agency: BPKD}, max_hours: 24}]"])
    assert any("nobody in the tables has agency: BPKD. Did you mean 'BPKAD'?" in str(told) for told in read.warnings)


def test_rare_profiles_are_mixed_only_where_there_are_too_many_and_it_is_said(tmp_path: Path) -> None:
    rows = [f"19800101200501{n:04d};X;A;PNS;0;{n % 2};{n // 2 % 2}" for n in range(7)]
    rows += ["198001012005017777;X;A;PNS;0;1;1", "198001012005018888;X;A;PNS;0;1;1"]
    read = read_located(write(tmp_path, rows), ["people.most_groups=3"])
    assert groups(read.scenario) == {
        "A / pns / -": (2, {}),
        "A / pns / keu+kom": (3, {"keu": 3, "kom": 3}),
        "A / pns / *": (4, {"keu": 2, "kom": 2}),
    }
    assert {group.name for group in read.scenario.groups} == {"A, PNS", "A, PNS, keu + kom", "A, PNS, *"}
    assert read.scenario.people is not None
    assert read.scenario.people.read is not None
    assert (read.scenario.people.read.profiles, read.scenario.people.read.mixed_people) == (4, 4)
    assert read.scenario.total_need == 10


def test_the_export_of_siasn_is_read_with_units_and_histories(tmp_path: Path) -> None:
    scenario = SCENARIO.replace(
        "columns: {NIP: id, Nama: name, OPD: agency, Jenis: employment, JP: hours}",
        "layout: siasn\n  units: {table: unor.csv, layout: units}\n  join:\n"
        "    - {table: gap.csv, columns: {nip: id}}\n"
        "    - {table: diklat.csv, layout: training}\n    - {table: kursus.csv, layout: training}\n"
        "  each: [{max_hours: 40}]",
    )
    head = "pns_id,nip_baru,nama,KEDUDUKAN HUKUM ID,jenis_jabatan_id,unor_id,tmt_golongan\n"
    file = write(tmp_path, ["a,'198001012005011001,Ani,01,2,u3,01-04-2020", "b,199001012022212004,Eka,71,4,u2,null"],
                 scenario, head)  # fmt: skip
    (tmp_path / "unor.csv").write_text("\ufeffId;NamaUnor;DiatasanId\nu1;Pemprov;\nu2;--Dinas A;\nu3;----Bidang B;\n")
    (tmp_path / "gap.csv").write_text("nip;gap:keu;measured:kom;standard:kom\n198001012005011001;1;2;3\n"
                                      "199001012022212004;0;3,5;3\n199001012022212999;0;3;3\n")  # fmt: skip
    (tmp_path / "diklat.csv").write_text("nip;jumlahJam;tanggalSelesai\n198001012005011001;10;31-01-2027\n"
                                         "198001012005011001;90;31-01-2020\n")  # fmt: skip
    (tmp_path / "kursus.csv").write_text("nip;jumlahJam;tanggalSelesaiKursus\n198001012005011001;4;15-02-2027\n")
    read = read_located(file)
    assert groups(read.scenario) == {
        "Dinas A / fungsional / pns / 14 JP / keu+kom": (1, {"keu": 1, "kom": 1}),
        "Dinas A / pelaksana / pppk / -": (1, {}),
    }
    assert any("gap.csv: 1 row is of people who are not in the list" in str(told) for told in read.noticed)
