"""Where a value begins and ends beside its caption, and what of it is told in a sentence. All people are invented."""

from placed_lines import read


def address_of(*placed: tuple[float, float, str] | tuple[float, float, str, float]) -> str | None:
    address = read(*placed).address
    return None if address is None else address.value


def name_of(*placed: tuple[float, float, str] | tuple[float, float, str, float]) -> str | None:
    name = read(*placed).name
    return None if name is None else name.value


def test_a_caption_may_stand_at_half_the_height_of_its_value() -> None:
    rows = (
        (111, 442, "Full name"),
        (393, 442, "GULDANA ERBOLEVA"),
        (393, 529, "KAZAKHSTAN, KARAGANDA REGION, ALIKHAN"),
        (111, 549, "Address"),
        (393, 549, "DISTRICT, GULDER-1 QUARTER, 18 HOUSE"),
        (393, 569, "FLAT 44"),
        (111, 640, "Registered"),
        (393, 640, "07.11.2019"),
    )
    assert address_of(*rows) == "KAZAKHSTAN, KARAGANDA REGION, ALIKHAN, DISTRICT, GULDER-1 QUARTER, 18 HOUSE, FLAT 44"


def test_a_caption_over_two_lines_does_not_end_its_value() -> None:
    rows = (
        (84, 203, "Nama Pengguna"),
        (276, 203, ": Ni Luh Saras Dewi"),
        (84, 307, "Alamat sesuai"),
        (276, 307, ": Jl. Tukad Gg. XII No. 4, Br. Kerta, Kota Denpasar,"),
        (84, 327, "KTP"),
        (276, 327, "Bali 80225"),
        (84, 375, "Periode"),
        (276, 375, ": 1 - 31 Mei 2026"),
    )
    assert address_of(*rows) == "Jl. Tukad Gg. XII No. 4, Br. Kerta, Kota Denpasar, Bali 80225"
    assert name_of(*rows) == "Ni Luh Saras Dewi"


def test_an_address_is_told_in_a_sentence_whatever_stands_between() -> None:
    text = "Her term-time address, as held on our records, is Room 6, 12 Hylton Road, Worcester, WR2 5JN. Her"
    assert address_of((80, 400, text)) == "Room 6, 12 Hylton Road, Worcester, WR2 5JN"


def test_a_lease_tells_a_town_before_its_street_or_no_postcode() -> None:
    dutch = "De verhuurder geeft in huur een woning gelegen te 8820 Torhout, Bruggestraat 118, omvattende keuken"
    assert address_of((80, 400, dutch)) == "8820 Torhout, Bruggestraat 118"
    romanian = (
        "apartamentul situat în Cluj-Napoca, str. Bucegi nr. 13, bl. B4, ap. 74, jud. Cluj, având suprafața de 51 mp"
    )
    assert address_of((80, 400, romanian)) == "Cluj-Napoca, str. Bucegi nr. 13, bl. B4, ap. 74, jud. Cluj"


def test_a_chinese_letter_tells_name_and_address_up_to_the_full_stop() -> None:
    letter = (
        (192, 522, "兹证明欧阳雪梅（女）自2018年7月2日起在我公司工作。", 26),
        (147, 666, "该员工现居住地址为：安徽省合肥市蜀山区望江西路188号翡", 26),
        (147, 700, "翠雅苑7幢2单元1103室。", 26),
    )
    assert (name_of(*letter), address_of(*letter)) == (
        "欧阳雪梅",
        "安徽省合肥市蜀山区望江西路188号翡翠雅苑7幢2单元1103室",
    )


def test_what_a_bank_prints_about_an_account_is_no_name_and_no_address() -> None:
    window = (
        (125, 240, "00004118 01 AB 0.593 01 TR 00021"),
        (125, 261, "MARISOL J QUINTERO-WEISS"),
        (125, 282, "DEREK A WEISS"),
        (125, 304, "PAYABLE ON DEATH BENEFICIARY ON FILE"),
        (125, 325, "5580 ELK RIVER RD UNIT C"),
        (125, 346, "EUREKA CA 95503-9514"),
    )
    assert name_of(*window) == "MARISOL J QUINTERO-WEISS & DEREK A WEISS"
    assert address_of(*window) == "5580 ELK RIVER RD UNIT C, EUREKA CA 95503-9514"


def test_forms_of_address_may_be_several_and_stand_in_a_line_of_their_own() -> None:
    for title in ("Frau DI Mag.", "MONSIEUR OU MADAME", "(MRS.)"):
        lines = (title, "Rosa Thurner-Pichler", "Sonnleiten 118, Top 4", "5570 Mauterndorf")
        placed = tuple((114, 310 + 24 * i, line) for i, line in enumerate(lines))
        assert name_of(*placed) == "Rosa Thurner-Pichler"


def test_a_name_alone_in_larger_type_is_taken_where_nothing_else_names_anybody() -> None:
    rows = (
        (90, 83, "Tarlan", 40),
        (90, 244, "Aigerim Bolatova", 25),
        *((97, 300 + 30 * i, f"{i} {i}00,00") for i in range(6)),
    )
    assert name_of(*rows) == "Aigerim Bolatova"


def test_rows_with_captions_of_no_known_language_part_a_column_of_values() -> None:
    rows = (
        (80, 200, "Klentin:"),
        (300, 200, "Jonas Petrauskas"),
        (80, 224, "Kontro:"),
        (300, 224, "8812-4417"),
        (80, 248, "Adrexa:"),
        (300, 248, "Gedimino pr. 24-7"),
        (300, 270, "Senamiestis, Vilnius"),
        (80, 294, "Perid:"),
        (300, 294, "01/02/2026 - 28/02/2026"),
    )
    assert (name_of(*rows), address_of(*rows)) == ("Jonas Petrauskas", "Gedimino pr. 24-7, Senamiestis, Vilnius")


def test_words_before_an_address_may_stand_on_two_lines() -> None:
    letter = (
        (80, 300, "We hereby confirm that Gulnara Aliyeva is employed by our company and resides"),
        (80, 326, "at Nizami str. 203, flat 45, Baku, AZ1010. This letter is issued at her request."),
    )
    assert address_of(*letter) == "Nizami str. 203, flat 45, Baku, AZ1010"


def test_words_written_short_make_no_sentence() -> None:
    window = ("Смирнова Ольга Игоревна", "ул. Ленина, д. 45, корп. 2, кв. 118", "г. Екатеринбург", "620014")
    placed = tuple((114, 310 + 24 * i, line) for i, line in enumerate(window))
    assert address_of((114, 60, "Novelis Energy", 34), *placed) == ", ".join(window[1:])


def test_a_companys_seat_at_the_foot_is_nobody_elses_address() -> None:
    rows = (
        (449, 100, "Ege Services Ltd. Şti.", 32),
        (124, 312, "Sayın Hüseyin Ozan", 21),
        (124, 339, "Kızılay Caddesi No: 148", 21),
        (124, 366, "16110 Nilüfer/Bursa", 21),
        (124, 1600, "Ege Services Ltd. Şti. - Merkez adresi: Fevzi Cad. No: 19, 07100 Muratpaşa/Antalya", 14),
    )
    assert address_of(*rows) == "Kızılay Caddesi No: 148, 16110 Nilüfer/Bursa"
