# Everything lives in .venv; `make demo` and `make test` set it up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAIRS ?= train.tsv.gz
LINES ?=
MODEL ?= align/models/kk-en
DATA ?= .
# The CPU build of PyTorch spares gigabytes of CUDA libraries: where pip's own index offers no CPU build, add
#   make install PIP_FLAGS="--extra-index-url https://download.pytorch.org/whl/cpu"
PIP_FLAGS ?=

.PHONY: install demo demo-news test test-slow check fix docs bench bench-quality messages models models-clean screenshot screens tour clean

install: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt $(PIP_FLAGS) torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt $(PIP_FLAGS) --editable '.[dev]'
	touch $@

demo: install
	$(BIN)/align run seeds --out out/demo --translator gloss
	$(BIN)/align export out/demo --format hf --out out/demo-dataset
	@echo "Open out/demo/report.html in a browser; the pairs are in out/demo/links.jsonl, the dataset in out/demo-dataset."
	@echo "To judge the pairs: $(BIN)/align review out/demo"

# 88 written news documents whose true links are known (CC BY 4.0, examples/news): what is found, right and missed.
demo-news: install
	$(BIN)/align score comparable examples/news out/news --write
	$(BIN)/align run out/news --out out/demo-news
	$(BIN)/align score comparable examples/news out/demo-news
	@echo "Open out/demo-news/report.html in a browser."

# Files are shared out among up to four processes; a file stays in one, since its tests share what they set up.
test: install
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

# The trainings and long drives that are too slow for every change.
test-slow: install
	$(BIN)/python -m pytest -m slow -n auto --maxprocesses 4 --dist loadfile

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/codespell

fix: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the review says, listed for its translators: new texts come into both catalogues untranslated.
messages: install
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k _ --no-location --sort-output -o out/review.pot align/review
	$(BIN)/pybabel -q update -i out/review.pot -d align/review/locale -D review --no-fuzzy-matching --ignore-obsolete -w 110

# The documentation, into site/: a dead link or a name that the API page cannot find fails it.
docs: install
	$(BIN)/zensical build --strict

# Retrain the models from the training pairs and lines of one language each, into align/models/kk-en or another MODEL folder:
# make models PAIRS="path/to/train.tsv.gz ..." LINES="path/to/mono-kk.tsv.gz path/to/mono-en.tsv.gz"
# Vocabulary, beads and pairing are of the first file. One thread of linear algebra, since sums of floats depend on how they are shared out.
models: install
	$(BIN)/align train encoder $(PAIRS) --out $(MODEL)
	$(BIN)/align train vocabulary $(firstword $(PAIRS)) --out $(MODEL)
	OPENBLAS_NUM_THREADS=1 $(BIN)/align train verifier $(PAIRS) --out $(MODEL) --news examples/news \
	    $(if $(LINES),--lines $(LINES) --labels examples/lines/labels.tsv)
	OPENBLAS_NUM_THREADS=1 $(BIN)/align train beads $(firstword $(PAIRS)) --out $(MODEL)
	OPENBLAS_NUM_THREADS=1 $(BIN)/align train pairing $(firstword $(PAIRS)) --out $(MODEL)

# The same without the sources that are GPL, LGPL or AGPL or state no licence, into out/kk-en-clean: align run ... --encoder out/kk-en-clean
models-clean: install
	$(BIN)/python benchmarks/licence_clean.py $(PAIRS) $(if $(LINES),--lines $(LINES)) --out out/clean
	$(MAKE) models MODEL=out/kk-en-clean PAIRS="$(foreach file,$(PAIRS),out/clean/$(notdir $(file)))" \
	    LINES="$(foreach file,$(LINES),out/clean/$(notdir $(file)))"

bench: install
	$(BIN)/python benchmarks/encode_speed.py

# Quality needs the development sets: make bench-quality DATA=folder/of/dev-*.tsv.gz
bench-quality: install
	$(BIN)/python benchmarks/quality.py $(DATA)
	$(BIN)/python benchmarks/perturb.py $(DATA)

# The pictures of docs/, with Debian's chromium and fonts-noto-core.
screenshot: demo
	for scheme in report:1 report-dark:0; do \
	  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir=out/chromium \
	    --window-size=1280,900 --blink-settings=preferredColorScheme=$${scheme#*:} \
	    --screenshot=docs/$${scheme%:*}.png file://$(CURDIR)/out/demo/report.html; \
	done

# The pictures of the review in docs/: needs chromium, the fonts above and playwright.
screens: demo-news
	$(BIN)/python benchmarks/screens.py out/demo-news

# The picture in motion of README.md: needs chromium, the fonts above, and pip install pillow.
tour: demo-news
	$(BIN)/python benchmarks/tour.py

clean:
	rm -rf $(VENV) out build dist site .mypy_cache .ruff_cache .pytest_cache
