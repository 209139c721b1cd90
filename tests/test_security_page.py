"""The page on security: every requirement of ASVS 5.0 on files, sessions and authorisation, and no invented test."""

import re
from pathlib import Path

from fourcorners.evidence.rules import size_max_bytes, types_of
from fourcorners.kit.data import load_toml

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "reference" / "security.md").read_text(encoding="utf-8")
ASKED = {  # how many requirements each section of the chapters has
    "5": {1: 1, 2: 6, 3: 3, 4: 3},
    "7": {1: 3, 2: 4, 3: 2, 4: 5, 5: 3, 6: 2},
    "8": {1: 4, 2: 4, 3: 3, 4: 2},
}
WITHOUT_TEST = {"7.1.3", "7.6.1"}  # nothing to be tested: the page says why
ROW = re.compile(r"^\| ([\d., to]+) \| .* \|(.*)\|$", re.MULTILINE)


def test_every_requirement_of_files_sessions_and_authorisation_is_answered_with_a_test():
    told = {number: tests.strip() for numbers, tests in ROW.findall(PAGE) for number in numbers.split(", ")}
    for chapter, sections in ASKED.items():
        for section, count in sections.items():
            for number in (f"{chapter}.{section}.{n}" for n in range(1, count + 1)):
                assert number in told, number
                assert bool(told[number]) is (number not in WITHOUT_TEST), number


def test_every_test_that_is_named_exists():
    files = {path.name: path.read_text(encoding="utf-8") for path in HERE.rglob("test_*.py")}
    names = set(re.findall(r"def (test_\w+)\(", "\n".join(files.values())))
    named = re.findall(r"`(test_\w+)(\.\.\.|\.py|)`", PAGE)
    assert len(named) > 90
    for name, end in named:
        found = f"{name}.py" in files if end == ".py" else any(n == name or (end and n.startswith(name)) for n in names)
        assert found, name


def test_the_page_says_what_is_taken():
    """ASVS 5.0, 5.1.1."""
    kinds = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC"}
    form = r"pictures \((.*?)\) and proofs of\naddress \(those and PDF\) up to (\d+) MB, papers .* below (\d+) MB"
    said = re.search(form, PAGE)
    assert said[1].split(", ") == [kinds[kind] for kind in types_of("document_front")]
    assert set(types_of("paper")) == {"application/pdf", *types_of("document_front")}
    assert size_max_bytes("selfie") == size_max_bytes("paper") == int(said[2]) * 1_000_000
    assert size_max_bytes("institution_paper") == int(said[3]) * 1_000_000 - 1
    assert load_toml("fourcorners.evidence", "uploads.toml")["quota"]["within_h"] == 24
