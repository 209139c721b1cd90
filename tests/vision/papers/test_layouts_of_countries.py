"""Papers set as they are in many countries: who, where, from whom, when. Names and companies are invented."""

import pytest
from placed_lines import read

PAPERS = {
    "GB: the supply address has no name over it": (
        read(
            (80, 60, "Octavia Energy", 40),
            (80, 200, "Mr A Smith"),
            (80, 222, "Flat 2"),
            (80, 244, "10 High Street"),
            (80, 266, "London"),
            (80, 288, "SW1A 1AA"),
            (700, 244, "Bill date: 3 March 2024"),
            (80, 400, "Your electricity bill", 30),
            (80, 450, "Supply address: Flat 2, 10 High Street, London, SW1A 1AA"),
            (80, 540, "You need to pay by 20 March 2024"),
            (80, 1600, "Octavia Energy Ltd. Registered office: 164 Oxford Street, London, W1D 1NN", 14),
        ),
        ("electricity_bill", "A Smith", "Flat 2, 10 High Street, London, SW1A 1AA", "Octavia Energy", "2024-03-03"),
    ),
    "US: a slip to tear off at the foot": (
        read(
            (80, 60, "Gotham Power Company, Inc.", 26),
            (80, 120, "Name: JOHN DOE"),
            (700, 120, "Bill date: Mar 14, 2024"),
            (700, 142, "Next meter reading: Apr 12, 2024"),
            (80, 250, "Your electricity bill", 26),
            (80, 300, "Billing period: Feb 12, 2024 to Mar 13, 2024"),
            (80, 1400, "JOHN DOE"),
            (80, 1422, "123 W 4TH ST APT 5B"),
            (80, 1444, "NEW YORK NY 10012-1234"),
            (700, 1400, "GOTHAM POWER"),
            (700, 1422, "PO BOX 1701"),
            (700, 1444, "NEW YORK NY 10116-1701"),
        ),
        (
            "electricity_bill",
            "JOHN DOE",
            "123 W 4TH ST APT 5B, NEW YORK NY 10012-1234",
            "Gotham Power Company, Inc.",
            "2024-03-14",
        ),
    ),
    "US: a statement has no date of issue but its period": (
        read(
            (80, 60, "Harbour Bank, N.A."),
            (80, 82, "P O Box 182051"),
            (80, 104, "Columbus, OH 43218"),
            (700, 60, "March 01, 2024 through March 31, 2024"),
            (80, 260, "JANE Q DOE"),
            (80, 282, "4321 ELM ST"),
            (80, 304, "ANYTOWN TX 75001-1234"),
            (80, 490, "Beginning Balance $1,200.00"),
            (80, 534, "Ending Balance $1,500.00"),
        ),
        ("bank_statement", "JANE Q DOE", "4321 ELM ST, ANYTOWN TX 75001-1234", "Harbour Bank, N.A.", "2024-03-31"),
    ),
    "DE: a sender's line, a salutation, a place before the date": (
        read(
            (80, 190, "Stadtwerke Neustadt GmbH · Werkstr. 5 · 67433 Neustadt", 12),
            (80, 220, "Herrn"),
            (80, 242, "Max Mustermann"),
            (80, 264, "Musterstr. 1"),
            (80, 286, "12345 Musterstadt"),
            (750, 300, "Neustadt, 12. März 2024"),
            (80, 420, "Jahresabrechnung Strom", 26),
            (80, 520, "Ihr Verbrauch vom 01.01.2023 bis 31.12.2023: 2.310 kWh"),
        ),
        (
            "electricity_bill",
            "Max Mustermann",
            "Musterstr. 1, 12345 Musterstadt",
            "Stadtwerke Neustadt GmbH",
            "2024-03-12",
        ),
    ),
    "FR: a flat over the street, the date behind the title": (
        read(
            (80, 40, "Électricité du Midi SA", 36),
            (650, 260, "M. DUPONT JEAN"),
            (650, 282, "APPT 12 BAT B"),
            (650, 304, "5 RUE VICTOR HUGO"),
            (650, 326, "75011 PARIS"),
            (80, 300, "Facture du 14 mars 2024", 24),
            (80, 500, "Électricité - Abonnement"),
            (80, 530, "Montant à payer avant le 30/03/2024 : 84,12 €"),
        ),
        (
            "electricity_bill",
            "DUPONT JEAN",
            "APPT 12 BAT B, 5 RUE VICTOR HUGO, 75011 PARIS",
            "Électricité du Midi SA",
            "2024-03-14",
        ),
    ),
    "IT: the issue in the title, the seat in the foot": (
        read(
            (80, 40, "Elettra Energia", 36),
            (650, 200, "ROSSI MARIO"),
            (650, 222, "VIA ROMA 12"),
            (650, 244, "00184 ROMA RM"),
            (80, 300, "Bolletta n. 4012345 del 12/03/2024", 20),
            (80, 330, "Fornitura di energia elettrica"),
            (80, 360, "Scade il 02/04/2024"),
            (80, 390, "Totale 61,20 €"),
            (80, 1600, "Elettra Energia SpA - Sede Legale 00198 Roma, Viale Margherita 125", 14),
        ),
        ("electricity_bill", "ROSSI MARIO", "VIA ROMA 12, 00184 ROMA RM", "Elettra Energia", "2024-03-12"),
    ),
    "IN: name and address behind their labels": (
        read(
            (80, 40, "Lakeside Electricity Supply Company Limited", 24),
            (80, 120, "Consumer Name : RAMESH KUMAR"),
            (80, 142, "Address : 45 4TH CROSS, INDIRANAGAR, BANGALORE 560038"),
            (80, 164, "Bill Date : 12-MAR-2024"),
            (80, 186, "Due Date : 27-MAR-2024"),
            (80, 260, "Electricity Bill", 26),
        ),
        (
            "electricity_bill",
            "RAMESH KUMAR",
            "45 4TH CROSS, INDIRANAGAR, BANGALORE 560038",
            "Lakeside Electricity Supply Company Limited",
            "2024-03-12",
        ),
    ),
    "SA: Arabic labels": (
        read(
            (700, 40, "شركة المدينة للكهرباء", 30),
            (700, 120, "اسم المشترك: محمد عبدالله"),
            (700, 142, "العنوان: شارع الملك فهد 12، الرياض 12211"),
            (700, 164, "تاريخ الفاتورة: 05/03/2024"),
            (700, 186, "فاتورة الكهرباء", 26),
        ),
        ("electricity_bill", "محمد عبدالله", "شارع الملك فهد 12، الرياض 12211", "شركة المدينة للكهرباء", "2024-03-05"),
    ),
    "CN: Chinese labels": (
        read(
            (80, 40, "明湖市电力公司", 30),
            (80, 120, "户名：张三"),
            (80, 142, "地址：明湖市建国路88号"),
            (80, 164, "账单日期：2024年3月5日"),
            (80, 186, "电费账单", 26),
        ),
        ("electricity_bill", "张三", "明湖市建国路88号", "明湖市电力公司", "2024-03-05"),
    ),
}


@pytest.mark.parametrize("about", PAPERS)
def test_poa5_who_where_from_whom_when(about: str) -> None:
    reading, expected = PAPERS[about]
    values = [
        None if f is None else f.value for f in (reading.name, reading.address, reading.issuer, reading.issue_date)
    ]
    assert (reading.kind.name, *values) == expected


def test_the_parties_of_a_lease_in_prose() -> None:
    reading = read(
        (300, 40, "RESIDENTIAL LEASE AGREEMENT", 30),
        (80, 120, 'Made on March 1, 2024 between Bob Hill ("Landlord") and Alice Moore ("Tenant").'),
        (80, 160, "Premises: 77 Sunset Blvd, Austin, TX 78701"),
        (80, 200, "The term begins on April 1, 2024 and ends on March 31, 2025."),
    )
    assert reading.kind.name == "rental_agreement"
    assert (reading.name.value, reading.address.value) == ("Alice Moore", "77 Sunset Blvd, Austin, TX 78701")
    assert reading.lease_end.value == "2025-03-31"
