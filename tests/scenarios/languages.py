"""The small scenario in English, and words by which a text in the other language is recognised."""

from __future__ import annotations

import json
import re

from planner.domain.scenario import Scenario
from tests.scenarios.builders import SMALL

IN_ENGLISH = {
    "Rencana Bangkom Contoh TA 2027": "Sample plan 2027",
    "BPSDM Provinsi Jambi": "Jambi Training Agency",
    "Rencana kecil untuk menguji laporan.": "A small plan to test reports.",
    "Data ilustratif untuk pengujian.": "Illustrative data.",
    "Harga satuan bersifat ilustratif.": "Unit prices are illustrative.",
    "Pedoman penyusunan APBD TA 2019": "Budget guideline 2019",
    "PP 11/2017 pasal 203 ayat (4)": "Regulation 11/2017 article 203",
    "Pengelolaan keuangan daerah": "Public finance",
    "Komunikasi": "Communication",
    "Perekat bangsa": "Cohesion",
    "Analis keuangan BPKAD": "Finance analysts",
    "BPKAD": "Treasury",
    "Perencana Dinas Kesehatan Kerinci": "Health planners",
    "Dinas Kesehatan": "Health Office",
    "fungsional": "expert",
    "Bimtek pengelolaan keuangan daerah": "Finance workshop",
    "Pelatihan komunikasi efektif": "Communication course",
    "Honorarium narasumber": "Fees",
    "Konsumsi": "Meals",
    "Perjalanan dinas": "Travel",
    "Penyusunan kurikulum": "Curriculum",
    "Lisensi": "Licence",
    "APBD Provinsi Jambi": "Provincial budget",
    "Universitas Jambi": "Jambi University",
    "Kursi gratis Komdigi": "Ministry seats",
    "Sedikitnya 30% biaya untuk kompetensi teknis": "30% for technical skills",
    "Kerinci sedikitnya 40 peserta": "Forty from Kerinci",
    "Kota Jambi": "Jambi City",
}


ENGLISH = re.compile(
    r"\b(the|of|and|are|is|not|for|with|by|to|from|in|at|most|least|plan|plans|fund|funds|gap|gaps|closed|needed|left|"
    r"open|class|classes|participants?|programmes?|groups?|agency|agencies|costs?|paid|pays|spent|rule|rules|goal|"
    r"held|missed|holds|met|share|total|amount|people|person|period|page|proven|best|found|seats|free|each|which|that|"
    r"added|removed|changed|base|input|inputs|rows?|part)\b",
    re.IGNORECASE,
)


INDONESIAN = re.compile(
    r"\b(yang|dan|dari|untuk|dengan|tidak|pada|ini|itu|atau|oleh|dalam|adalah|kesenjangan|biaya|peserta|angkatan|kelompok|"
    r"sumber|dana|aturan|sasaran|rencana|jumlah|kursi|tertutup|terbuka|kebutuhan|perangkat|daerah|halaman|terpenuhi|"
    r"terpakai|sisa|pagu|orang|periode|masukan|dasar|terbukti|terbaik|sebab|belum|juta|miliar|baris|bagian)\b",
    re.IGNORECASE,
)


KEYS = re.compile(r"\bfunds\.[\w.-]+|\bplanner [a-z]+")
"""Keys of a scenario and commands, which are the same in both languages."""
"""Paths of inputs, which are written in the words of the scenario format in every language."""


def english_scenario() -> Scenario:
    """The small scenario with English names, in English."""
    text = json.dumps(SMALL)
    for indonesian, english in sorted(IN_ENGLISH.items(), key=lambda entry: -len(entry[0])):
        text = text.replace(json.dumps(indonesian)[1:-1], json.dumps(english)[1:-1])
    plain = json.loads(text)
    plain["scenario"]["language"] = "en"
    return Scenario.model_validate(plain)
