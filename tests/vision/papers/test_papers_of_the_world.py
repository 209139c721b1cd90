"""POA5 on papers of Arabia, Asia, the East and South America, and in sentences. Everybody and everything is made up."""

import pytest

from fourcorners.formats.addresses import addresses_agree
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.reading import PaperReading, read_paper

HEIGHT, RIGHT = 1684, 1110.0


def read(*placed: tuple[float, float, str] | tuple[float, float, str, float]) -> PaperReading:
    """Lines with their left edge (their right one, where it is negative), top, text and height."""
    lines = []
    for x, y, text, *size in placed:
        height = size[0] if size else 18.0
        wide = 0.48 * height * len(text) * (1.9 if "\u3040" <= text[0] <= "\u9fff" else 1.0)
        left = -x - wide if x < 0 else x
        share = [(i + 0.5) / len(text) for i in range(len(text))]
        places = tuple(1 - s for s in share) if x < 0 else tuple(share)
        lines.append(PaperLine(text, (left, y, left + wide, y + height), places=places))
    return read_paper(lines, HEIGHT)


PAPERS = {
    "SA: label before value in one line": (
        read(
            (-RIGHT, 60, "شركة الساحل للكهرباء", 30),
            (-RIGHT, 110, "فاتورة الكهرباء", 24),
            (-RIGHT, 200, "اسم المشترك: خالد سعد العتيبي"),
            (-RIGHT, 230, "العنوان: 12 شارع الملك فهد، حي الورود، الرياض 12215"),
            (-RIGHT, 260, "تاريخ الإصدار: 12/10/2026"),
        ),
        ("electricity_bill", "خالد سعد العتيبي", "12 شارع الملك فهد، حي الورود، الرياض 12215", "2026-10-12"),
    ),
    "AE: the value stands left of its label, the name over the address": (
        read(
            (-RIGHT, 60, "بنك الواحة", 30),
            (-RIGHT, 110, "كشف حساب", 24),
            (-RIGHT, 200, "ليلى حسن الكعبي"),
            (-RIGHT, 224, "شقة 1204، برج النخيل"),
            (-RIGHT, 248, "شارع الشيخ زايد"),
            (-RIGHT, 272, "دبي، الإمارات العربية المتحدة"),
            (-RIGHT, 340, "التاريخ"),
            (-800, 340, "31/10/2026"),
        ),
        ("bank_statement", "ليلى حسن الكعبي", "شقة 1204، برج النخيل، شارع الشيخ زايد، دبي", "2026-10-31"),
    ),
    "JP: postcode over the address, an honorific behind the name": (
        read(
            (80, 60, "青葉ガス株式会社", 28),
            (80, 110, "神奈川県横浜市西区みなとみらい2-2-1", 16),
            (110, 210, "〒231-0023"),
            (110, 234, "神奈川県横浜市中区山下町12-3"),
            (110, 258, "メゾン海岸501号室"),
            (110, 300, "佐藤 花子 様", 20),
            (680, 210, "発行日 令和8年10月20日"),
            (80, 400, "ガス料金 4,880円"),
        ),
        ("gas_bill", "佐藤 花子", "〒231-0023 神奈川県横浜市中区山下町12番3号 メゾン海岸501", "2026-10-20"),
    ),
    "TW: labels parted by a space, years of the republic": (
        read(
            (80, 60, "臺北水務股份有限公司", 28),
            (450, 110, "水費通知單", 24),
            (80, 200, "用戶名稱 林淑芬"),
            (80, 224, "用水地址 臺北市中山區民生東路三段8巷5號4樓"),
            (80, 248, "水號 3-11-882204-0"),
            (80, 272, "列印日期 115年10月9日"),
        ),
        ("water_bill", "林淑芬", "台北市中山區民生東路三段8巷5號4樓", "2026-10-09"),
    ),
    "KR: no label, the postcode over the address": (
        read(
            (80, 60, "한솔통신", 28),
            (80, 200, "박지민 고객님"),
            (80, 224, "03925"),
            (80, 248, "서울특별시 마포구 월드컵북로 396, 101동 1502호"),
            (680, 200, "청구일자 2026년 10월 11일"),
            (450, 320, "휴대폰 요금 청구서", 24),
        ),
        ("mobile_bill", "박지민", "서울특별시 마포구 월드컵북로 396, 101동 1502호", "2026-10-11"),
    ),
    "TH: vowels over and under letters, the Buddhist year": (
        read(
            (80, 60, "การไฟฟ้าบางแสน", 28),
            (80, 110, "ใบแจ้งค่าไฟฟ้า", 24),
            (80, 200, "ชื่อผู้ใช้ไฟฟ้า สมชาย ใจดี"),
            (80, 230, "ที่อยู่ 88/24 ซอยสุขุมวิท 71"),
            (80, 254, "แขวงพระโขนงเหนือ เขตวัฒนา"),
            (80, 278, "กรุงเทพมหานคร 10110"),
            (680, 200, "วันที่ออกใบแจ้ง 07/10/2569"),
        ),
        (
            "electricity_bill",
            "สมชาย ใจดี",
            "88/24 ซอยสุขุมวิท 71, แขวงพระโขนงเหนือ เขตวัฒนา, กรุงเทพมหานคร 10110",
            "2026-10-07",
        ),
    ),
    "VN: wards and districts, no postcode": (
        read(
            (80, 60, "Công ty Cổ phần Cấp nước Bến Tre", 24),
            (340, 110, "HÓA ĐƠN TIỀN NƯỚC", 26),
            (80, 200, "Tên khách hàng: Lê Thu Hà"),
            (80, 224, "Địa chỉ: Số 7 ngõ 12 Láng Hạ, phường Thành Công, quận Ba Đình, Hà Nội"),
            (680, 200, "Ngày lập: 04/10/2026"),
        ),
        ("water_bill", "Lê Thu Hà", "Số 7 ngõ 12 Láng Hạ, phường Thành Công, quận Ba Đình, Hà Nội", "2026-10-04"),
    ),
    "CO: crossing ways, no postcode": (
        read(
            (80, 60, "Banco del Páramo", 30),
            (80, 110, "EXTRACTO CUENTA DE AHORROS"),
            (80, 200, "CAMILA TORRES RUIZ"),
            (80, 222, "CALLE 93 # 11A - 28 APTO 502"),
            (80, 244, "BOGOTA - CUNDINAMARCA"),
            (680, 200, "DESDE: 2026/08/31"),
            (680, 222, "HASTA: 2026/09/30"),
            (80, 320, "28-09 NOMINA"),
            (900, 320, "3,902,000.00"),
        ),
        ("bank_statement", "CAMILA TORRES RUIZ", "Calle 93 # 11A-28 Apto 502, Bogotá, Cundinamarca", "2026-09-30"),
    ),
    "ZA: the postcode alone in its line": (
        read(
            (80, 60, "Drakensberg Bank Ltd", 30),
            (80, 120, "Cheque account statement", 24),
            (80, 200, "MR THABO NKOSI"),
            (80, 222, "8 AMARYLLIS ROAD"),
            (80, 244, "GLENWOOD"),
            (80, 266, "DURBAN"),
            (80, 288, "4001"),
            (680, 200, "Statement date: 25 October 2026"),
        ),
        ("bank_statement", "THABO NKOSI", "8 Amaryllis Road, Glenwood, Durban, 4001", "2026-10-25"),
    ),
    "HU: the street under the city": (
        read(
            (80, 60, "Mátra Vízmű Zrt.", 28),
            (80, 200, "Vevő"),
            (80, 224, "Kis Eszter"),
            (80, 246, "3300 Eger"),
            (80, 268, "Dobó utca 14."),
            (680, 200, "Számla kelte: 2026.10.12."),
            (80, 330, "Víz- és csatornadíj számla", 24),
        ),
        ("water_bill", "Kis Eszter", "3300 Eger, Dobó utca 14.", "2026-10-12"),
    ),
    "DE: a lease whose brackets follow the addresses": (
        read(
            (300, 60, "WOHNRAUMMIETVERTRAG", 30),
            (80, 120, "zwischen"),
            (80, 150, "Uwe Brand, Lange Straße 9, 26122 Oldenburg (im Folgenden: Vermieter)"),
            (80, 180, "und"),
            (80, 210, "Mia Sommer, derzeit wohnhaft Am Wall 4, 28195 Bremen (im Folgenden: Mieterin)"),
            (80, 270, "Vermietet wird die Wohnung Rosenweg 3, 2. OG, 26121 Oldenburg."),
            (80, 300, "Das Mietverhältnis beginnt am 01.08.2026 und endet am 31.07.2028."),
            (80, 1400, "Oldenburg, den 20.07.2026"),
        ),
        ("rental_agreement", "Mia Sommer", "Rosenweg 3, 2. OG, 26121 Oldenburg", "2026-07-20"),
    ),
    "IT: a letter that says who lives where": (
        read(
            (80, 60, "Meccanica Brenta S.r.l.", 28),
            (750, 160, "Padova, 20 ottobre 2026"),
            (80, 240, "Oggetto: dichiarazione di impiego"),
            (80, 290, "Si dichiara che il sig. Paolo Ferri, nato a Pavia il 04/05/1988, residente in"),
            (80, 316, "Via Dante 71, 35139 Padova, è alle nostre dipendenze dal 01/02/2019."),
        ),
        ("employer_letter", "Paolo Ferri", "Via Dante 71, 35139 Padova", "2026-10-20"),
    ),
}


@pytest.mark.parametrize("about", PAPERS)
def test_poa5_papers_of_the_world(about: str) -> None:
    reading, (kind, name, address, day) = PAPERS[about]
    assert (reading.kind.name, reading.name.value, reading.issue_date.value) == (kind, name, day)
    assert addresses_agree(address, reading.address.value, about[:2]).holds, reading.address.value


def test_labels_that_no_list_holds_still_leave_name_and_address_in_a_table() -> None:
    reading = read(
        (80, 60, "Vlietstad Water B.V.", 28),
        (80, 200, "Perceel van levering"),
        (420, 200, "Beukenlaan 155"),
        (420, 222, "4811 CD Breda"),
        (80, 260, "Bewoner"),
        (420, 260, "Daan Bakker"),
    )
    assert (reading.name.value, reading.address.value) == ("Daan Bakker", "Beukenlaan 155, 4811 CD Breda")


def test_entries_of_an_account_do_not_tell_the_kind() -> None:
    entry = (80, 300, "05-10 RECIBO DE LUZ"), (700, 300, "61,22")
    head = (80, 60, "Extracto de movimientos")
    assert read(head, *entry).kind.name == "bank_statement"
    assert read(*entry, (80, 60, "Recibo de luz", 30)).kind.name == "electricity_bill"
