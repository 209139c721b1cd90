"""What a case shows of a proof of address: all that it says, what was typed in, and where it stands."""

from fourcorners.web.console.proofs import papers_of, said_by_proof

BOX = [[10.2, 20.0], [90.0, 20.0], [90.0, 40.6], [10.2, 40.6]]


def field(value, page=1):
    return {"value": value, "confidence": 0.9, "box": BOX, "page": page}


def verdict():
    return {
        "address": {
            "compared": {
                "name": {"claimed": "Ann Lee", "read": "Ann Lee", "outcome": "same"},
                "address": {"claimed": "4 Mill Lane", "read": None, "outcome": "missing"},
            },
            "read": {
                "kind": "water_bill",
                "fields": {
                    "name": field("Ann Lee"),
                    "address": None,
                    "issuer": field("Tidewater", 2),
                    "issue_date": None,
                    "lease_end": None,
                },
            },
            "files": [
                {"pages": 9, "pages_read": 1, "width": 1190, "height": 1684},
                {"pages": 1, "pages_read": 1, "width": 1500, "height": 2000},
            ],
        }
    }


def test_every_field_is_told_found_or_not():
    rows = [(s.name, s.claimed, s.read, s.outcome) for s in said_by_proof(verdict())]
    assert rows == [
        ("name", "Ann Lee", "Ann Lee", "same"),
        ("address", "4 Mill Lane", "", "missing"),
        ("issuer", "", "Tidewater", ""),
        ("issue_date", "", "", ""),
    ]
    assert said_by_proof({}) == []
    assert said_by_proof({"address": None}) == []


KEPT = {"u1", "u2", "u3"}


def test_each_file_shows_the_places_on_its_own_first_page():
    uploads = {"document_front": "u3", "paper": "u1", "paper_2": "u2", "attestation": "gone"}
    papers = papers_of(uploads, KEPT, lambda item, turns: f"/{item}", verdict())
    assert [(p.item, p.address, p.size, [name for name, _ in p.marks]) for p in papers] == [
        ("paper", "/paper", (1190, 1684), ["name"]),
        ("paper_2", "/paper_2", (1500, 2000), ["issuer"]),
    ]
    assert papers[0].marks[0][1] == "10,20 90,20 90,41 10,41"


def test_a_verdict_of_an_earlier_version_shows_its_files_without_places():
    told = verdict()
    for file in told["address"]["files"]:
        del file["width"], file["pages_read"]
    papers = papers_of({"paper": "u1"}, KEPT, lambda item, turns: f"/{item}", told)
    assert [(p.size, list(p.marks)) for p in papers] == [(None, [])]
    assert papers_of({"paper": "u1"}, KEPT, lambda item, turns: None, told) == []
