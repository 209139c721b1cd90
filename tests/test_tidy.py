"""Style rules that neither the linter nor the import contracts can express."""

import ast
import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from fourcorners.migrations import MODELS
from fourcorners.vision.networks.weights import cards

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "fourcorners"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
OWN = [p for p in [*SOURCES, *TESTS] if p != Path(__file__)]
DATA = sorted(p for suffix in ("*.toml", "*.j2", "*.css") for p in PACKAGE.rglob(suffix))

LINES_MAX = 400
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "misc",
    "common",
    "base",
    "service",
    "services",
}
PICTURES_AND_FONTS = {
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".heic",
    ".tif",
    ".tiff",
    ".bmp",
    ".pdf",
    ".ttf",
    ".otf",
    ".woff",
    ".woff2",
}
CLOCKS = {"now", "utcnow", "today"}
NETWORKED = {
    PACKAGE / "cli" / "serving.py",
    PACKAGE / "infra" / "mail" / "deliver.py",
    PACKAGE / "infra" / "scanning.py",
    PACKAGE / "infra" / "webhooks" / "network.py",
    PACKAGE / "client" / "connection.py",
    PACKAGE / "operations" / "doctor.py",
}
"""Files that speak to a machine which the operator, or whoever uses the client, has named."""
GENERATED = {"versions"}
"""Folders whose files a program writes."""


def declares_tables(path):
    """Does this file declare a table?"""
    return "__tablename__ = " in path.read_text(encoding="utf-8")


def tracked():
    """What git keeps; what is on the disk where there is no git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.splitlines() if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in OWN]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [p for p in OWN if p.parent.name not in GENERATED], ids=relative)
def test_no_file_is_too_long_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


@pytest.mark.parametrize("path", [*(p for p in DATA if p.suffix == ".toml"), ROOT / "pyproject.toml"], ids=relative)
def test_every_table_of_data_can_be_read(path):
    """A key that stands there twice is refused too."""
    assert tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_names_explain_themselves(path):
    assert path.stem not in EMPTY_NAMES
    assert path.parent.name not in EMPTY_NAMES


def test_nothing_is_left_for_later():
    word = re.compile(r"\b(TODO|FIXME|XXX(?!\w|\"|'|`|,)|HACK)\b")
    found = [
        f"{relative(p)}:{n}"
        for p in [*OWN, *DATA]
        for n, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
        if word.search(line) and "states" not in p.name
    ]
    assert found == []


def test_no_picture_and_no_font_of_others_is_kept():
    """Only pictures of our own reports and pages for the docs; people in them are drawn, or blurred."""
    kept = [relative(p) for p in tracked() if p.suffix.lower() in PICTURES_AND_FONTS]
    assert [path for path in kept if not re.fullmatch(r"docs/pictures/[a-z0-9-]+\.png", path)] == []


def test_every_network_has_a_card_and_every_card_of_ours_its_network():
    ours = {c.path: c for c in cards().values() if c.package == "fourcorners"}
    held = {str(p.relative_to(PACKAGE)): p for p in PACKAGE.rglob("*.onnx")}
    kept = {str(p.relative_to(PACKAGE)) for p in tracked() if p.suffix == ".onnx"}
    assert kept <= set(ours)
    for path, card in ours.items():
        assert hashlib.sha256(held[path].read_bytes()).hexdigest() == card.sha256, path


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_nothing_asks_the_clock_or_the_network_on_its_own(path):
    """Replaying a case gives the same bytes, and the service's time can be moved by a test.

    Only the command line, `check()` and `kit.clock` may ask the time, only what an operator sets up the network.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    if path not in NETWORKED:
        assert imported.isdisjoint({"socket", "ssl", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib"})
        assert "urllib.request" not in path.read_text(encoding="utf-8")
    if path.parent.name in ("cli", "evaluation") or path in (PACKAGE / "__init__.py", PACKAGE / "kit" / "clock.py"):
        return
    calls = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
    assert calls.isdisjoint(CLOCKS - {"today"})
    assert "date.today()" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((PACKAGE / "checks").glob("*/*.py")), ids=relative)
def test_thresholds_are_data(path):
    """A check compares with its limits: a number with a fraction inside `check` belongs into limits.toml."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    check = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "check"), None)
    if check is None:
        return
    literal = [
        n.lineno
        for compare in ast.walk(check)
        if isinstance(compare, ast.Compare)
        for n in ast.walk(compare)
        if isinstance(n, ast.Constant) and isinstance(n.value, float) and n.value not in (0.0, 1.0)
    ]
    assert literal == []


def test_every_table_is_known_to_the_migrations():
    declared = {str(p.relative_to(PACKAGE.parent))[:-3].replace("/", ".") for p in SOURCES if declares_tables(p)}
    assert declared == set(MODELS)


def test_every_test_asserts_something():
    silent = []
    for path in TESTS:
        functions = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]
        asserting = {f.name for f in functions if asserts(f, set())}
        silent += [
            f"{relative(path)}: {f.name}" for f in functions if f.name.startswith("test_") and not asserts(f, asserting)
        ]
    assert silent == []


def asserts(function, asserting):
    """Is there an assertion in it, or a call of a function of the same file that asserts?"""
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    calls = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    known = {"pytest.raises", "pytest.warns", "pytest.fail", *asserting}
    return any(call in known or call.split(".")[-1].startswith("assert_") for call in calls)


def test_no_line_of_a_page_asks_another_machine():
    """Reports and styles fetch nothing: no address in them but those of namespaces."""
    pages = [p for p in DATA if p.suffix in (".j2", ".css")]
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"https?://|//[a-z]+\.|@import|url\((?!data:)", text), relative(page)
