"""What a Word template may ask for: texts, lists of signatories, the logo, and blocks that take a paragraph's place.

The names are Indonesian, since those who edit templates write letters, not programs. docs/word.md lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from planner.locale import N_
from planner.report.material import Material
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.views.signatures import Signature, place_and_date
from planner.report.views.word.letter import CoveringLetter, subject
from planner.report.views.word.reference import DocumentBlock, TermsOfReference, fund_names, periods
from planner.report.wording.formats import BLANK
from planner.report.wording.markdown import paragraph
from planner.report.wording.terbilang import rupiah_terbilang

TEXTS: Final = {
    "jenis": N_("kak in terms of reference, surat in the covering letter"),
    "judul": N_("Title of the document"),
    "instansi": N_("Agency"),
    "rencana": N_("Name of the plan"),
    "tahun_anggaran": N_("Fiscal year"),
    "kode_sub_kegiatan": N_("Code of the sub-activity"),
    "sub_kegiatan": N_("Name of the sub-activity"),
    "nomor_dokumen": N_("Number of the document"),
    "tanggal": N_("Date of the document"),
    "tempat_tanggal": N_("Place and date"),
    "tujuan_surat": N_("To whom the letter goes"),
    "perihal": N_("Subject of the letter"),
    "biaya": N_("What own funds pay, in the RKA"),
    "biaya_terbilang": N_("What own funds pay, in words"),
    "biaya_mitra": N_("What partners pay, outside the RKA"),
    "sumber_dana": N_("Funding sources"),
    "peserta": N_("Number of participants"),
    "angkatan": N_("Number of classes"),
    "jam_pelajaran": N_("Lesson hours [JP]"),
    "waktu": N_("Periods with training"),
    "sidik": N_("Fingerprint of the scenario"),
}
"""Texts, and what each holds."""

BLOCKS: Final = {
    "isi": N_("The whole document: terms of reference, or letter"),
    "identitas": N_("Label block"),
    "dasar_hukum": N_("Legal basis"),
    "latar_belakang": N_("Background"),
    "tujuan": N_("Aims"),
    "indikator": N_("Performance indicators"),
    "penerima_manfaat": N_("Beneficiaries"),
    "metode": N_("Method"),
    "jadwal": N_("Schedule"),
    "rincian_biaya": N_("Cost: funds, accounts and budget lines"),
    "penutup": N_("Closing"),
    "isi_surat": N_("Text of the letter"),
    "tanda_tangan": N_("Signature block"),
}
"""Blocks of paragraphs and tables; each stands in a paragraph of its own."""

WITHOUT_TABLES: Final = frozenset({"dasar_hukum", "tujuan", "penutup", "tanda_tangan"})
"""Blocks that hold no table of figures."""

LOGO: Final = "logo"
SIGNATORIES: Final = "penanda_tangan"
"""A list for {% for %}; each has jabatan, nama, nip and pangkat."""

KNOWN: Final = frozenset({*TEXTS, *BLOCKS, LOGO, SIGNATORIES})

OF_SECTION: Final = {
    "legal_basis": "dasar_hukum",
    "background": "latar_belakang",
    "aims": "tujuan",
    "indicators": "indikator",
    "beneficiaries": "penerima_manfaat",
    "method": "metode",
    "schedule": "jadwal",
    "cost": "rincian_biaya",
    "closing": "penutup",
}
"""The block of each section."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading among blocks."""

    text: str


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature block among blocks."""

    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A paragraph with a place of its own, as a title or a date."""

    text: str
    align: Literal["left", "center", "right"]
    bold: bool = False


type FilledBlock = DocumentBlock | Head | Signing | Aligned


@dataclass(frozen=True)
class Filling:
    """The values of one document."""

    title: str
    texts: Mapping[str, str]
    blocks: Mapping[str, tuple[FilledBlock, ...]]
    signatories: tuple[dict[str, str], ...] = field(default=())


TRIALS: Final = tuple(
    Filling(
        "",
        dict.fromkeys(TEXTS, "1") | {"jenis": kind},
        dict.fromkeys(BLOCKS, (Head("1"), paragraph("1"))),
        (dict.fromkeys(("jabatan", "nama", "nip", "pangkat"), "1"),),
    )
    for kind in ("kak", "surat")
)
"""Values with which a template is tried before anything is made for it."""


def of_terms(document: TermsOfReference) -> Filling:
    """Return the values of terms of reference."""
    part = document.part
    sections = {OF_SECTION[section.name]: section.blocks for section in document.sections}
    whole: list[FilledBlock] = [
        Aligned(document.title.upper(), "center", True),
        Aligned(document.subject, "center", True),
        document.facts,
    ]
    for letter, section in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", document.sections, strict=False):
        whole += [Head(f"{letter}. {section.title}"), *section.blocks]
    whole.append(Signing(document.signatories))
    blocks: dict[str, tuple[FilledBlock, ...]] = {
        **dict.fromkeys(BLOCKS, ()),
        **sections,
        "isi": tuple(whole),
        "identitas": (document.facts,),
        "tanda_tangan": (Signing(document.signatories),),
    }
    title = f"{document.title}: {document.subject}"
    return Filling(title, _texts(part, "kak", document.title), blocks, _people(document.signatories))


def of_letter(letter: CoveringLetter, material: Material) -> Filling:
    """Return the values of the covering letter; its figures are of all parts together."""
    whole: list[FilledBlock] = []
    if letter.title:
        whole.append(Aligned(letter.title.upper(), "center", True))
    if letter.place_and_date:
        whole.append(Aligned(letter.place_and_date, "right"))
    whole.append(letter.head)
    whole += [Aligned(line, "left") for line in letter.addressee]
    whole += [Aligned("", "left"), *letter.body, Signing(letter.signatories)]
    blocks: dict[str, tuple[FilledBlock, ...]] = {
        **dict.fromkeys(BLOCKS, ()),
        "isi": tuple(whole),
        "identitas": (letter.head,),
        "isi_surat": letter.body,
        "tanda_tangan": (Signing(letter.signatories),),
    }
    title = letter.title or subject(material)
    return Filling(title, _texts(PlanPart(material), "surat", title), blocks, _people(letter.signatories))


def _texts(part: PlanPart, kind: str, title: str) -> dict[str, str]:
    material, formats = part.material, part.material.formats
    identity = material.scenario.scenario
    year = rka_form.year_shown(material)
    values = {
        "jenis": kind,
        "judul": title,
        "instansi": identity.agency or BLANK,
        "rencana": identity.label,
        "tahun_anggaran": str(year) if year else BLANK,
        "kode_sub_kegiatan": part.code or BLANK,
        "sub_kegiatan": part.title,
        "nomor_dokumen": identity.document_number or BLANK,
        "tanggal": place_and_date(material, place=False),
        "tempat_tanggal": place_and_date(material),
        "tujuan_surat": identity.addressee or BLANK,
        "perihal": subject(material),
        "biaya": formats.rupiah(part.own_cost),
        "biaya_terbilang": rupiah_terbilang(part.own_cost),
        "biaya_mitra": formats.rupiah(part.partner_cost),
        "sumber_dana": fund_names(part) or BLANK,
        "peserta": formats.count(part.participants),
        "angkatan": formats.count(part.classes),
        "jam_pelajaran": formats.number(part.hours),
        "waktu": ", ".join(periods(part)) or BLANK,
        "sidik": material.plan.scenario_sha256[:16],  # as the documents say it
    }
    assert values.keys() == TEXTS.keys()
    return values


def _people(signatures: tuple[Signature, ...]) -> tuple[dict[str, str], ...]:
    return tuple(
        {"jabatan": each.office, "nama": each.name, "nip": each.number.removeprefix("NIP "), "pangkat": each.rank}
        for each in signatures
    )
