"""Who of several people holds a paper, and captions that a value shares its line with. All people are invented."""

from placed_lines import read


def test_tenants_with_numbers_are_joined_and_the_landlords_section_is_passed_over() -> None:
    reading = read(
        (90, 83, "Residential tenancy agreement", 30),
        (90, 232, "This agreement is made on 2 April 2026 between"),
        (99, 274, "Landlord"),
        (90, 310, "Name: Beryl Anne Stanton"),
        (90, 337, "Address: Shop 3, 88 Quay Street, Pelton NSW 2571"),
        (99, 379, "Tenants"),
        (90, 415, "Tenant name (1): Laura Jane Dorman Phone: 0400 004 178"),
        (90, 440, "Tenant name (2): Sam Keating Phone: 0400 008 820"),
        (99, 716, "Residential premises"),
        (90, 752, "The residential premises are:"),
        (90, 778, "Unit 6, 31 Wattle Crescent"),
        (90, 803, "Kurrabeen NSW 2571"),
    )
    assert reading.name is not None
    assert reading.address is not None
    assert reading.name.value == "Laura Jane Dorman & Sam Keating"
    assert reading.address.value == "Unit 6, 31 Wattle Crescent, Kurrabeen NSW 2571"


def test_all_people_before_the_word_for_tenants_hold_a_lease() -> None:
    reading = read(
        (90, 80, "CONTRAT DE LOCATION", 30),
        (90, 200, "1° La SCI LES OMBRES, dont le siège est 9, avenue du Lac, 38000 Grenoble, représentée par son"),
        (90, 226, "gérant M. Hubert Caste, ci-après « le bailleur » ;"),
        (90, 270, "2° M. Thierry Mbala, né le 3 août 1997 à Lyon, et Mme Clara Vasse-Roland, née le 19 janvier 1999 à"),
        (90, 296, "Vienne (Isère), ci-après « le locataire », tenus solidairement ;"),
    )
    assert reading.name is not None
    assert reading.name.value == "Thierry Mbala et Clara Vasse-Roland"


def test_captions_inside_a_line_are_captions() -> None:
    reading = read(
        (67, 63, "FUNDICAO SERRA LTDA"),
        (67, 123, "COD 000318 NOME: WALTER APARECIDO DO NORTE CBO 724440 DEPTO 04 CALDEIRARIA"),
        (67, 156, "ADMISSAO 03/05/2018 FUNCAO: CALDEIREIRO II"),
    )
    assert reading.name is not None
    assert reading.name.value == "WALTER APARECIDO DO NORTE"


def test_two_people_on_two_lines_over_an_address_are_both_its_holders() -> None:
    reading = read(
        (80, 60, "Caja del Valle", 34),
        (600, 185, "D. ANTONIO MEDINA IBARRA"),
        (600, 207, "D.ª M.ª DOLORES GRACIA SANZ"),
        (600, 231, "C/ ARENAL 8, ESC. 2, 5.º DCHA."),
        (600, 254, "50010 ZARAGOZA"),
    )
    assert reading.name is not None
    assert reading.name.value == "ANTONIO MEDINA IBARRA & M.ª DOLORES GRACIA SANZ"


def test_a_family_name_may_be_said_once_for_two() -> None:
    reading = read(
        (80, 60, "Bank of Munster", 34),
        (80, 185, "MR DONAL & SORCHA RYAN"),
        (80, 207, "12 MAIN ST"),
        (80, 229, "TRALEE"),
    )
    assert reading.name is not None
    assert reading.name.value == "DONAL & SORCHA RYAN"


def test_an_address_label_may_have_its_value_behind_a_colon_or_none() -> None:
    reading = read(
        (90, 83, "АО «Тарлан Банк»", 40),
        (90, 168, "ВЫПИСКА", 30),
        (90, 244, "Сейтова Айгуль Болатовна", 25),
        (97, 406, "Адрес клиента г. Караганда, р-н Алихана Бокейхана"),
        (218, 430, "мкр. Степной-3, д. 27, кв. 61"),
    )
    assert reading.address is not None
    assert reading.address.value == "г. Караганда, р-н Алихана Бокейхана, мкр. Степной-3, д. 27, кв. 61"
