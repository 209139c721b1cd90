"""Addresses behind labels, labels over several lines, and what speaks for one address among several."""

import tomllib
from importlib.resources import files

from placed_lines import HEIGHT, read

from fourcorners.vision.papers.blocks import AddressBlock
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.ranking import choose_address, speaks_for


def test_a_label_over_two_lines_is_one_label() -> None:
    wage = read(
        (380, 155, "Form W-2 Wage and Tax Statement 2025", 22),
        (180, 375, "c Employer's name, address, and"),
        (180, 397, "ZIP code"),
        (180, 419, "PELICAN FREIGHT LLC"),
        (180, 441, "100 PORT RD"),
        (180, 463, "MOBILE AL 36602"),
        (180, 510, "e Employee's first name and"),
        (180, 532, "initial, last name"),
        (180, 554, "ROSA M DELGADO"),
        (180, 590, "f Employee's address and ZIP"),
        (180, 612, "code"),
        (180, 634, "640 DAUPHIN ST APT 2"),
        (180, 656, "MOBILE AL 36604"),
    )
    assert wage.name is not None
    assert wage.name.value == "ROSA M DELGADO"
    assert wage.address is not None
    assert wage.address.value == "640 DAUPHIN ST APT 2, MOBILE AL 36604"


def test_a_town_called_like_a_telephone_is_no_contact() -> None:
    bill = read((80, 200, "ROSA M DELGADO"), (80, 222, "640 DAUPHIN ST APT 2"), (80, 244, "MOBILE AL 36604"))
    assert bill.address is not None
    assert bill.address.value == "640 DAUPHIN ST APT 2, MOBILE AL 36604"


def test_cells_of_a_form_are_put_together_and_other_cells_are_not() -> None:
    form = read(
        (80, 100, "Certificate of residence", 30),
        (80, 200, "Name"),
        (300, 200, "Anna Berg"),
        (80, 230, "Address"),
        (300, 230, "Lindenweg 4"),
        (80, 260, "Postcode"),
        (300, 260, "88212"),
        (80, 290, "City"),
        (300, 290, "Ravensburg"),
        (80, 320, "Register number"),
        (300, 320, "88 212 771"),
    )
    assert form.address is not None
    assert form.address.value == "Lindenweg 4, 88212, Ravensburg"


def test_an_address_of_supply_with_its_label_ends_the_one_of_the_letter() -> None:
    bill = read(
        (80, 200, "Mr S van Wyk"),
        (80, 222, "PO Box 1188"),
        (80, 244, "Stellenbosch"),
        (80, 266, "7599"),
        (80, 288, "Service address: 4 Dorp Street, Stellenbosch, 7600"),
    )
    assert bill.name is not None
    assert bill.name.value == "S van Wyk"
    assert bill.address is not None
    assert "PO Box" not in bill.address.value or "Dorp" not in bill.address.value


def test_a_post_box_alone_is_read() -> None:
    notice = read((80, 200, "JANE Q DOE"), (80, 222, "PO BOX 331"), (80, 244, "KEENE NH 03431"))
    assert notice.address is not None
    assert notice.address.value == "PO BOX 331, KEENE NH 03431"


def _block(top: float, *texts: str, names: tuple[str, ...] = (), label: str = "", kind: str = "block") -> AddressBlock:
    lines = [PaperLine(t, (80, top + 22 * i, 300, top + 22 * i + 18)) for i, t in enumerate((*names, *texts))]
    split = len(names)
    return AddressBlock(tuple(lines[:split]), tuple(lines[split:]), label, None, contact=False, whole=True, kind=kind)


def test_each_sign_is_named_with_its_points() -> None:
    letter = _block(300, "12 Oak St", "Ashby, MA 01431", names=("Ann Cole",))
    rules = tomllib.loads(files("fourcorners.vision.papers").joinpath("ranking.toml").read_text(encoding="utf-8"))
    signs = dict(speaks_for(letter, [letter], Gathered([], HEIGHT, [], []), "Ann Cole"))
    assert signs == {sign: rules["points"][sign] for sign in ("address", "named", "in_window", "person")}


def test_a_cell_beats_the_address_of_a_company_and_a_letter_beats_a_cell() -> None:
    company = _block(60, "1 Plant Road", "Ashby, MA 01431", names=("Ashby Power",))
    letter = _block(300, "12 Oak St", "Ashby, MA 01431", names=("Ann Cole",))
    cell = _block(500, "77 Elm Ave, Ashby, MA 01431", label="holder", kind="cell")

    def chosen(*found: AddressBlock) -> AddressBlock | None:
        return choose_address(found, Gathered([], HEIGHT, [], [], "Ashby Power"), "")

    assert chosen(company, cell) is cell
    assert chosen(company, letter, cell) is letter
    assert chosen(company) is None
