"""Every check file is in its list, and says what it is and what it can say."""

import re
from pathlib import Path

import pytest

import fourcorners.checks
from fourcorners.checks.limits import GROUPS, limits_for
from fourcorners.checks.registry import FRONT_ONLY, REGISTRY, CheckUnknown, checks_for, group_of, names, require_known
from fourcorners.checks.run import SLOW

ROOT = Path(fourcorners.checks.__file__).parent
ALL = [(group, module) for group, modules in REGISTRY.items() for module in modules]
NAMED = pytest.mark.parametrize(("group", "module"), ALL, ids=[f"{g}/{m.NAME}" for g, m in ALL])


def test_every_group_is_registered():
    assert tuple(REGISTRY) == GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_every_check_file_is_in_the_list_of_its_group(group):
    files = {
        p.stem
        for p in (ROOT / group).glob("*.py")
        if p.stem != "__init__" and "def check(" in p.read_text(encoding="utf-8")
    }
    listed = [module.NAME for module in REGISTRY[group]]
    assert files == set(listed)
    assert len(listed) == len(set(listed))


@NAMED
def test_a_check_says_what_it_is(group, module):
    assert module.__name__ == f"fourcorners.checks.{group}.{module.NAME}"
    assert isinstance(module.VERSION, int)
    assert module.__doc__.strip()
    assert module.REASONS
    assert len(set(module.REASONS)) == len(module.REASONS)


@NAMED
def test_a_check_has_limits_that_can_be_read(group, module):
    limits = limits_for(group, module.NAME)
    for key, value in limits.values.items():
        if isinstance(value, dict) and "pass_at" in value:
            assert limits.scale(key).passes(limits.scale(key).pass_at)


@NAMED
def test_a_check_gives_no_reason_that_it_does_not_declare(group, module):
    source = Path(module.__file__).read_text(encoding="utf-8")
    body = source.split("REASONS", 1)[1].split(")", 1)[1]
    called = re.findall(r"\b(?:fail|unsure|not_assessed)\)?\(NAME, VERSION, \"(\w+)\"", body)
    assert set(called) <= set(module.REASONS)


def test_names_are_shared_only_by_pictures_of_two_kinds():
    for name in names():
        groups = {group for group, module in ALL if name == module.NAME}
        assert len(groups) == 1 or groups == {"document", "selfie"}


def test_what_only_the_front_carries_is_not_asked_of_the_back():
    assert {m.NAME for m in checks_for("front")} >= FRONT_ONLY
    assert FRONT_ONLY.isdisjoint(m.NAME for m in checks_for("back"))


def test_a_finding_leads_back_to_its_group():
    assert group_of("in_date", "front") == "case"
    assert group_of("sharp", "selfie") == "selfie"
    assert group_of("sharp", "back") == "document"


def test_an_unknown_check_is_refused():
    require_known(names())
    with pytest.raises(CheckUnknown, match="no_such_check"):
        require_known(("in_date", "no_such_check"))


def test_the_checks_that_begin_first_are_checks_of_documents():
    assert set(SLOW) <= {check.NAME for check in REGISTRY["document"]}
