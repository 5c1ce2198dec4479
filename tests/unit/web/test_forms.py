"""Forms of a scenario: what was not changed stays byte for byte, and what was changed is said and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.scenario_io.amending import amended, data_of
from planner.web.forms.edited_file import EditedFile
from planner.web.forms.fields import Control, controls, name_of
from planner.web.forms.form import Form, form_at, wanted
from planner.web.forms.labels import has_label
from planner.web.forms.posted import Posted
from planner.web.forms.shapes import SECTIONS, FieldKind, shape_at, shapes_of
from planner.web.forms.texts import meant, shown
from planner.web.workspace import ScenarioFile, state_of
from tests.sampled import sampled
from tests.unit.web.conftest import SHIPPED, Desk
from tests.unit.web.form_of_page import FormOfPage

SMALL = "/skenario/contoh-kecil.yaml/ubah"
FORM = f"{SMALL}/isian"
FILES = sorted(SHIPPED.glob("*.yaml"))


def opened(desk: Desk, di: str, address: str = SMALL) -> dict[str, Any]:
    page = desk.browser().get(address, {"di": di})
    assert page.status_code == 200, di
    fields: dict[str, Any] = {**FormOfPage(page.content.decode()).fields}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def at(*steps: str | int) -> str:
    return name_of(steps)


def lines_changed(before: str, after: str) -> list[str]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in old] + [line for line in old if line not in new]


@pytest.mark.parametrize("di", ["", *SECTIONS, "funds/apbd", "funds/+", "programmes/bimtek-keuangan", "groups/analis"])
def test_a_form_that_is_sent_as_it_is_changes_no_byte(desk: Desk, di: str) -> None:
    before = desk.files()
    fields = opened(desk, di)
    assert desk.files() == before
    if fields:
        sent = desk.post(FORM, **fields)
        assert sent.status_code == (422 if di.endswith("+") else 302)
        assert (
            "Saved." not in desk.browser().get(sent["Location"]).content.decode() if sent.status_code == 302 else True
        )
    assert desk.files() == before


def test_a_changed_amount_is_one_changed_line(desk: Desk) -> None:
    before, fields = desk.text(), opened(desk, "funds/apbd")
    fields[at("funds", 0, "amount")] = "30.500.000"
    assert desk.post(FORM, **fields)["Location"].endswith("di=funds%2Fapbd&tersimpan=1")
    assert desk.text() == before.replace("amount: 24_500_000", "amount: 30_500_000")
    fields = opened(desk, "funds/apbd")
    fields[at("funds", 0, "amount")] = "2,5 miliar"
    desk.post(FORM, **fields)
    assert desk.text() == before.replace("amount: 24_500_000", "amount: '2,5 miliar'")


def test_keys_and_records_are_added_and_taken_out(desk: Desk) -> None:
    before, fields = desk.text(), opened(desk, "groups/analis")
    fields |= {at("groups", 0, "uptake"): "80%", at("groups", 0, "gaps", "arsip"): "1.250"}
    desk.post(FORM, **fields)
    group = "  - {id: analis, name: Analis keuangan, headcount: 30, gaps: {keuangan: 25, arsip: 1250}, uptake: 80%}"
    assert group in desk.text()
    desk.post(
        FORM, **opened(desk, "groups/analis") | {at("groups", 0, "uptake"): "", at("groups", 0, "gaps", "arsip"): ""}
    )
    assert desk.text() == before
    new = opened(desk, "funds/+") | {
        at("funds", 2, "id"): "unja",
        at("funds", 2, "kind"): "partner",
        at("funds", 2, "amount"): "5 juta",
    }
    assert desk.post(FORM, **new)["Location"].endswith("di=funds%2Funja&tersimpan=1")
    assert desk.text() == before + "  - {id: unja, kind: partner, amount: 5 juta}\n"
    copied = opened(desk, "funds/+") | {"dari": "kampus"}
    page = desk.browser().get(SMALL, {"di": "funds/+", "dari": "kampus"}).content.decode()
    copied = {**FormOfPage(page).fields, at("funds", 3, "id"): "lain"}
    copied.pop("csrfmiddlewaretoken")
    desk.post(FORM, **copied)
    assert data_of(desk.text())["funds"][3] == data_of(before)["funds"][1] | {"id": "lain"}
    for name in ("lain", "unja"):
        assert desk.post(FORM, **opened(desk, f"funds/{name}"), aksi="hapus")["Location"].endswith(
            "di=funds&tersimpan=1"
        )
    assert desk.text() == before


def test_cost_lines_are_changed_added_and_taken_out_within_their_programme(desk: Desk) -> None:
    before, di = desk.text(), "programmes/bimtek-keuangan"
    fields = opened(desk, di)
    costs = ("programmes", 0, "costs")
    fields |= {at(*costs, 0, "quantity"): "4 OJ x 3 hari", at(*costs, 1, "@remove"): "1"}
    fields |= {at(*costs, 2, "item"): "Modul", at(*costs, 2, "per"): "class", at(*costs, 2, "price", "@amount"): "1000"}
    desk.post(FORM, **fields)
    told = data_of(desk.text())["programmes"][0]["costs"]
    assert told[0]["quantity"] == "4 OJ x 3 hari"
    assert told[1] == {"item": "Modul", "per": "class", "price": 1000}
    assert len(lines_changed(before, desk.text())) == 4


def test_a_problem_stands_beside_its_field_while_typing_and_nothing_is_saved(desk: Desk) -> None:
    before, fields = desk.files(), opened(desk, "groups/analis")
    fields[at("groups", 0, "headcount")] = "tiga puluh"
    found = desk.post(f"{FORM}/periksa", **fields).content.decode()
    key = Control(at("groups", 0, "headcount"), ("groups", 0, "headcount"), "count", "", "").key
    assert f'data-field="{key}"' in found
    blank = desk.post(f"{FORM}/periksa", **fields | {at("groups", 0, "headcount"): ""}).content.decode()
    assert "&#39;People&#39; is missing. Add &#39;People&#39;." in blank, "a field is named by its label"
    assert desk.files() == before
    assert "In order" in desk.post(f"{FORM}/periksa", **opened(desk, "groups/analis")).content.decode()
    desk.post(FORM, **fields)
    page = desk.browser().get(SMALL, {"di": "groups/analis"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert "to its form" in desk.browser().get(SMALL, {"di": "funds"}).content.decode()


def test_two_forms_of_one_file_never_lose_an_edit(desk: Desk) -> None:
    before = desk.text()
    mine, theirs = opened(desk, "funds/apbd"), opened(desk, "funds/kampus")
    theirs[at("funds", 1, "amount")] = "7.000.000"
    desk.post(FORM, **theirs)
    mine[at("funds", 0, "amount")] = "25.000.000"
    answer = desk.post(FORM, **mine)
    assert answer.status_code == 409
    assert desk.text() == before.replace("amount: 6_000_000", "amount: 7_000_000")
    both = FormOfPage(answer.content.decode().replace("<form ", '<form id="editor" ')).fields["text"][0]
    assert "amount: 7_000_000" in both
    assert "amount: 25_000_000" in both
    later = opened(desk, "funds/kampus") | {at("funds", 1, "amount"): "9.000.000"}
    desk.post(FORM, **opened(desk, "funds/apbd"), aksi="hapus")
    moved = desk.post(FORM, **later)
    assert moved.status_code == 409
    assert "9.000.000" in moved.content.decode(), "its field has another place now"
    desk.post(f"{SMALL.removesuffix('ubah')}urungkan", opened=state_of(desk.text()))
    gone = opened(desk, "funds/kampus") | {at("funds", 1, "name"): "Kampus <b>lain"}
    desk.post(FORM, **opened(desk, "funds/kampus"), aksi="hapus")
    lost = desk.post(FORM, **gone)
    assert lost.status_code == 409
    assert "Kampus &lt;b&gt;lain" in lost.content.decode()


def test_a_scenario_that_builds_on_another_says_only_what_differs(desk: Desk) -> None:
    name = "contoh-kecil-perubahan.yaml"
    copyfile(SHIPPED / name, desk.folder / name)
    address, before = f"/skenario/{name}/ubah", desk.text(name)
    page = desk.browser().get(address, {"di": "funds"}).content.decode()
    assert "from contoh-kecil.yaml" in page
    fields = opened(desk, "funds/kampus", address)
    fields[at("funds", 1, "amount")] = "1 juta"
    desk.post(f"{address}/isian", **fields)
    assert desk.text(name) == before.replace("44_500_000}\n", "44_500_000}\n  - {id: kampus, amount: 1 juta}\n")
    fields[at("funds", 0, "amount")] = "banyak"
    wrong = opened(desk, "funds/apbd", address) | {at("funds", 0, "amount"): "banyak"}
    assert "data-field" in desk.post(f"{address}/isian/periksa", **wrong).content.decode()


def test_other_line_ends_and_broken_files(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    text = desk.text().replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    desk.post(FORM, **opened(desk, "funds/apbd") | {at("funds", 0, "amount"): "1"})
    assert file.read_bytes() == b"\xef\xbb\xbf" + text.replace("amount: 24_500_000", "amount: 1").encode()
    for broken in ("a: &x 1\n", "funds: [\n", "- 1\n", ""):
        file.write_text(broken)
        page = desk.browser().get(SMALL)
        assert page.status_code == 200
        assert "as YAML text" in page.content.decode()
        assert desk.post(FORM, di="funds", opened="").status_code == 409
        assert file.read_text() == broken


@pytest.mark.parametrize(
    "di", ["format", "x", "funds/tidak-ada", "funds/@9", "funds/@x", "../funds", "funds/apbd/pays/x/y", "scenario/%00"]
)
def test_what_no_form_has_is_not_found(desk: Desk, di: str) -> None:
    assert desk.browser().get(SMALL, {"di": di}).status_code == 404
    before = desk.files()
    assert desk.post(FORM, di=di, was="[]", opened="").status_code == 409
    assert desk.files() == before


def test_hostile_words_stay_words(desk: Desk) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'
    fields = opened(desk, "funds/kampus") | {at("funds", 1, "name"): hostile}
    forged = {**fields, "was": '{"[\\"scenario\\",\\"id\\"]": "x"}', at("scenario", "id"): "gone"}
    desk.post(FORM, **forged)
    assert data_of(desk.text())["scenario"]["id"] == "contoh-kecil"
    desk.post(FORM, **fields)
    assert data_of(desk.text())["funds"][1]["name"] == hostile
    for di in ("funds", "funds/kampus"):
        page = desk.browser().get(SMALL, {"di": di}).content.decode()
        assert "<script>alert" not in page
        assert "{{ 7*7 }}" in page


def forms_of(file: Path) -> list[Form]:
    """Every form of a file: of its parts and of each record in its lists."""
    edited = EditedFile(ScenarioFile(file.name, file), file.read_text(encoding="utf-8"))
    found = [form_at(edited, key) for key in SECTIONS]
    for key in SECTIONS:
        records = edited.data.get(key)
        found += [form_at(edited, f"{key}/@{n}") for n in range(len(records) if isinstance(records, list) else 0)]
    return found


def sent(form: Form, fields: dict[str, str]) -> Any:
    return wanted(form, Posted(json.loads(form.remembered), lambda name: [fields[name]]), "")


@pytest.mark.parametrize("file", sampled(FILES, 5), ids=lambda file: str(file.stem))
def test_each_field_changes_what_it_is_about_and_nothing_else(file: Path) -> None:
    with speaking("id"):
        found = forms_of(file)
        texts = [
            (form, control) for form in found for control in controls(form.parts) if control.text and not control.fixed
        ]
        for form, control in texts[:: max(1, len(texts) // 40)]:
            shown = json.loads(form.remembered)
            assert sent(form, shown) == form.edited.data
            data = sent(form, shown | {control.name: control.text.replace("\n", " ") + "9"})
            steps = tuple(step for step in control.steps if not str(step).startswith("@"))
            changed = differing(form.edited.data, data)
            assert changed
            assert len(changed) == 1 or "@how" in control.steps
            assert all(path == steps[: len(path)] or path[: len(steps)] == steps for path in changed)
            assert data_of(amended(form.edited.text, data)) == data


def differing(before: Any, after: Any, steps: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Paths of the values that are not the same."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in before | after if before.get(key) != after.get(key)]
        return {path for key in keys for path in differing(before.get(key), after.get(key), (*steps, key))}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return {path for n, (old, new) in pairs if old != new for path in differing(old, new, (*steps, n))}
    return {steps}


def test_every_key_of_the_format_has_a_field_and_a_name() -> None:
    waiting: list[Any] = [Scenario]
    seen: set[Any] = set()
    while waiting:
        model = waiting.pop()
        if model in seen or model.__name__ in (
            "ListedPrice",
            "AnyOf",
            "PeopleTable",
        ):  # people have a page of their own
            continue
        seen.add(model)
        for key, shape in shapes_of(model).items():
            assert has_label(model, key) or key in SECTIONS or key == "people", (model, key)
            waiting += [part.model for part in (shape, shape.inner) if part is not None and part.model is not None]
    assert len(seen) > 30
    assert all(shape_at((key,)) is not None for key in SECTIONS)


def test_a_price_is_picked_from_a_list_by_words_of_its_name(desk: Desk) -> None:
    copyfile(SHIPPED / "contoh-harga.csv", desk.folder / "contoh-harga.csv")
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(file.read_text() + "price_lists: {ssh: {table: contoh-harga.csv}}\n")
    steps = ("programmes", 0, "costs", 0, "price")
    asked = {at(*steps, "from"): "ssh", at(*steps, "code"): "narasumber ESELON", "x": "y"}
    offers = desk.browser().get(f"{SMALL}/harga", asked).content.decode()
    assert '<option value="1.1.12.03.01.0001">' in offers
    assert "Rp900" in offers
    for listed in ("tidak-ada", "", "../ssh"):
        nothing = desk.browser().get(f"{SMALL}/harga", asked | {at(*steps, "from"): listed})
        assert b"option" not in nothing.content
    fields = opened(desk, "programmes/bimtek-keuangan")
    fields |= {at(*steps, "@how"): "list", at(*steps, "from"): "ssh", at(*steps, "code"): "1.1.12.03.01.0001"}
    desk.post(FORM, **fields)
    assert "price: {from: ssh, code: 1.1.12.03.01.0001}}" in desk.text()
    assert "Honorarium narasumber" in desk.browser().get(SMALL, {"di": "programmes/bimtek-keuangan"}).content.decode()
    fields = opened(desk, "programmes/bimtek-keuangan") | {at(*steps, "@how"): "location"}
    desk.post(FORM, **fields | {at(*steps, "@amount"): "75.000"})
    assert data_of(desk.text())["programmes"][0]["costs"][0]["price"] == {"by": "location", "default": 75000}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("amount", 24_500_000, "24.500.000"),
        ("amount", "2,5 miliar", "2,5 miliar"),
        ("count", 1_250, "1.250"),
        ("number", Decimal("0.5"), "0,5"),
        ("share", "80%", "80%"),
        ("share", "0.34%", "0,34%"),
        ("coefficient", {"OJ": 4, "hari": Decimal("2.5")}, "4 OJ x 2,5 hari"),
        ("numbers", [3, Decimal("0.5")], "3; 0,5"),
        ("requires", ["a", {"any": ["b", "c"]}], "a\nb | c"),
        ("lists", [["a", "b"], ["c"]], "a; b\nc"),
        (
            "ceiling",
            [{"from": "ssh", "code": "1.2 b"}, {"from": "sbu", "code": "3", "of": "Kota"}],
            "ssh 1.2 b\nsbu 3 | Kota",
        ),
        ("flag", True, "true"),
        ("line", "012", "012"),
        ("year", 2027, "2027"),
    ],
)
def test_a_value_is_shown_as_planners_write_it_and_read_back(kind: FieldKind, value: Any, text: str) -> None:
    with speaking("id"):
        assert shown(kind, value) == text
        again = meant(kind, text)
    assert again == value or (kind, again) == ("coefficient", text)


@pytest.mark.parametrize(
    "kind", ["amount", "count", "lines", "requires", "ceiling", "coefficient", "numbers", "choice"]
)
def test_what_a_field_cannot_show_is_left_to_the_yaml_text(kind: FieldKind) -> None:
    for value in ([{"a": [1]}], {"x": {"y": 1}}, [[["a"]]]):
        assert shown(kind, value) is None or kind == "coefficient"


def test_what_is_no_record_is_shown_and_left_as_it_is(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    odd = (
        desk.text()
        .replace("funds:\n", "periods: [TW1, TW2]\nfunds:\n  - 5\n  - teks\n")
        .replace("    costs:\n", "    costs:\n      - x\n")
    )
    file.write_text(odd)
    for di in (*SECTIONS, "funds/@0", "funds/teks", "programmes/bimtek-keuangan", "funds/apbd"):
        fields = opened(desk, di)
        if fields:
            desk.post(FORM, **fields)
    assert desk.browser().get(f"{SMALL}/tabel").status_code == 200
    assert desk.text() == odd
    desk.post(FORM, **opened(desk, "periods/+") | {at("periods", 2, "id"): "TW3"})
    assert desk.text() == odd.replace("[TW1, TW2]", "[TW1, TW2, TW3]")


def test_another_id_is_followed_by_what_names_the_record(desk: Desk) -> None:
    fields = opened(desk, "competencies/keuangan")
    page = desk.browser().get(SMALL, {"di": "competencies/keuangan"}).content.decode()
    assert "Named at 2 places" in page
    assert "Programmes and costs: Bimtek pengelolaan keuangan · Closes" in page
    before = desk.text()
    desk.post(FORM, **fields | {at("competencies", 0, "id"): "keu"})
    assert desk.text() == before.replace("{id: keuangan,", "{id: keu,").replace("{keuangan: ", "{keu: ")
    fields = opened(desk, "competencies/keu") | {at("competencies", 0, "id"): "uang"}
    del fields["ikut"]
    before = desk.text()
    desk.post(FORM, **fields)
    assert desk.text() == before.replace("{id: keu,", "{id: uang,"), "only where it is wished for"


def test_what_is_named_elsewhere_is_not_taken_out_unseen(desk: Desk) -> None:
    (desk.folder / "turunan.yaml").write_text(
        "extends: contoh-kecil.yaml\nscenario: {id: turunan}\ngroups: [{id: analis, headcount: 40}]\n"
    )
    (desk.folder / "lain.yaml").write_text("extends: contoh-kecil.yaml\nscenario: {id: lain}\n")
    before = desk.text()
    fields = opened(desk, "competencies/arsip")
    refused = desk.post(FORM, **fields, aksi="hapus")
    assert refused.status_code == 422
    assert "It is still named: Groups: Pengelola arsip · Gaps" in refused.content.decode()
    assert desk.text() == before
    refused = desk.post(FORM, **opened(desk, "groups/analis"), aksi="hapus")
    assert "turunan.yaml builds on this file and names it." in refused.content.decode()
    assert "lain.yaml" not in refused.content.decode()
    assert desk.post(FORM, **fields, aksi="lepas").status_code == 302
    assert "arsip, name: Kearsipan" not in desk.text()


@pytest.mark.parametrize(
    ("di", "back"), [("funds/kampus", "di=funds%2Fkampus&"), ("funds/baru", ""), ("nothing/at", "")]
)
def test_an_undone_save_leads_back_to_the_form_where_there_still_is_one(desk: Desk, di: str, back: str) -> None:
    before = desk.text()
    new = opened(desk, "funds/+") | {at("funds", 2, key): text for key, text in (("id", "baru"), ("kind", "partner"))}
    assert desk.post(FORM, **new).status_code == 302
    assert "id: baru" in desk.text()
    undone = desk.post(f"{SMALL.removesuffix('ubah')}urungkan", opened=state_of(desk.text()), tab="ubah", di=di)
    assert desk.text() == before
    assert undone["Location"] == f"{SMALL}?{back}tersimpan=kembali"
    assert "The last save is undone" in desk.browser().get(undone["Location"]).content.decode()
