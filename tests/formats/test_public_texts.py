"""Published specimens and payloads, where they are at hand."""

import json
from pathlib import Path

from fourcorners.formats import aamva, mrz


def rows(root: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (root / "labels" / name).read_text(encoding="utf-8").splitlines()]


def test_every_labelled_zone_is_read_and_judged_as_labelled(eval_root: Path) -> None:
    judged = [(row, mrz.parse(row["mrz_lines"])) for row in rows(eval_root, "mrz.jsonl") if row["mrz_lines"]]
    assert len(judged) > 40
    assert [row["image"] for row, read in judged if read.format != row["mrz_format"]] == []
    assert [row["image"] for row, read in judged if read.check_digits_agree != row["all_check_digits_ok"]] == []


def test_every_payload_is_read(eval_root: Path) -> None:
    """All that repositories expect to be readable have a name and dates of eight digits."""
    texts = [row for row in rows(eval_root, "aamva.jsonl") if row["role"] in ("positive", "magstripe")]
    assert len(texts) > 50
    for row in texts:
        read = aamva.parse((eval_root / "images" / row["file"]).read_bytes())
        assert read.fields["family_name"], row["file"]
        assert len(read.fields["birth_date"]) == len("1974-08-12"), row["file"]
        assert read.version == row["aamva_version"], row["file"]
