# Perencana diklat ASN. Mulai dari sini / start here:
#
#   make plan     siapkan semuanya, susun rencana scenarios/jambi-2027.yaml, dan tunjukkan laporannya
#   make test     siapkan semuanya, periksa gaya dan tipe, lalu jalankan uji
#
# Semua perintah lain: make help. Python lain: make PYTHON=/jalur/ke/python3.12 plan

SCENARIO = scenarios/jambi-2027.yaml
SCAN = 5000
OPTIONS =
TESTS = tests
BIN = .venv/bin
UV = $(or $(shell command -v uv),.venv-uv/bin/uv)
CODE = planner tests set_up.py $(if $(wildcard benchmarks/*.py),benchmarks)

.DEFAULT_GOAL = help
unexport PYTHONDONTWRITEBYTECODE  # setiap perintah memakai kode yang sudah dikompilasi, bukan mengompilasi semuanya lagi
.PHONY: help plan serve test checks programs setup lint types unit more scan campaign mutants format bench bench-peers bench-growth locale gallery licences sbom audit test-lowest lock clean

help: ## daftar perintah ini
	@sed -n 's/^\([a-z-]*\):.*## /make \1 @/p' Makefile | while IFS=@ read -r command does; do \
		printf '%-14s %s\n' "$$command" "$$does"; done

plan: setup ## susun rencana SCENARIO (bawaan: scenarios/jambi-2027.yaml) dan laporannya di reports/
	@$(BIN)/planner plan "$(SCENARIO)"

serve: setup ## buka meja kerja di peramban untuk skenario di scenarios/
	@$(BIN)/planner serve scenarios

test: ## gaya, tipe, dan uji; dari banyak kasus yang serupa sebagian
	@$(MAKE) --no-print-directory -j 2 setup programs
	@$(MAKE) --no-print-directory -j 2 checks unit

checks: lint types

setup: ## buat .venv dengan .venv/bin/planner; sekejap bila sudah ada
	@python=$$(./find-python) && "$$python" set_up.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy $(CODE)

unit: setup
	$(BIN)/python -m tests.system_programs
	$(BIN)/python -m pytest

programs: # what some tests need of the system, while the packages are installed; `unit` says what is missing
	@python=$$(./find-python) && "$$python" -m tests.system_programs --before-setup

more: setup ## semua uji, dengan lebih banyak skenario acak dan semua varian
	$(BIN)/python -m pytest --more

scan: setup ## periksa SCAN skenario acak (bawaan: 5000) terhadap kebenaran; boleh dihentikan dan dilanjutkan
	$(BIN)/python -m tests.scan --to "$(SCAN)"

campaign: setup ## uji panjang yang boleh dihentikan dan dilanjutkan, sejam di dua inti; laporannya docs/campaign.md
	$(BIN)/python -m tests.campaign $(OPTIONS)

mutants: setup ## ubah satu tempat kode setiap kali, dan lihat apakah ada uji yang melihatnya; laporannya docs/mutants.md
	$(BIN)/python -m tests.campaign.mutants $(OPTIONS)

format: setup ## rapikan kode
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## ukur waktu membangun dan memecahkan model
	$(BIN)/python -m benchmarks

bench-peers: setup ## bandingkan dengan pemecah dan pustaka lain, dalam .venv-bench tersendiri (OPTIONS=--quick: beberapa menit)
	$(BIN)/python benchmarks/environment.py
	.venv-bench/bin/python -m benchmarks.peers $(OPTIONS)

bench-growth: setup ## ukur waktu dan memori tiap langkah dari 50 sampai 50.000 kelompok
	$(BIN)/python benchmarks/environment.py
	.venv-bench/bin/python -m benchmarks.growth $(OPTIONS)

locale: setup ## perbarui katalog bahasa dari kode
	$(BIN)/python -m tests.contract.catalog

gallery: setup ## buat ulang contoh dokumen di reports/gallery/ dari scenarios/
	$(BIN)/python -m planner.report.gallery

licences: setup ## perbarui docs/third-party.md dari requirements.lock
	$(BIN)/python -m tests.contract.third_party

sbom: setup ## daftar semua paket dengan versi, lisensi, dan sidiknya (CycloneDX) di sbom.cdx.json
	@$(BIN)/python -m tests.contract.sbom > sbom.cdx.json && echo sbom.cdx.json

audit: $(UV) ## periksa requirements.lock terhadap kelemahan yang diketahui (perlu jaringan)
	$(UV) tool run pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

test-lowest: $(UV) ## jalankan uji dengan versi terendah setiap paket, dalam .venv-lowest
	$(UV) venv --quiet --allow-existing --python 3.12 .venv-lowest
	$(UV) pip compile pyproject.toml --quiet --resolution lowest-direct --python-version 3.12 --all-extras --group dev \
		--output-file .venv-lowest/requirements.txt
	$(UV) pip install --quiet --python .venv-lowest/bin/python --requirement .venv-lowest/requirements.txt
	PYTHONPATH=. .venv-lowest/bin/python -m pytest $(OPTIONS) $(TESTS)

lock: $(UV) ## susun ulang requirements.lock dari pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.12 \
		--all-extras --group dev --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock

.venv-uv/bin/uv: # where the system has no uv
	python=$$(./find-python) && "$$python" -m venv .venv-uv && .venv-uv/bin/python -m pip install --quiet uv

clean: ## hapus .venv dan semua sisa; laporan di reports/ tetap
	rm -rf .venv .venv-bench .venv-lowest .venv-uv .venv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find planner tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
