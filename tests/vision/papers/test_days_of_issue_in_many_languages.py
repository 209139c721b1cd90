"""Which of several days a paper was issued on, by the words of many languages. All lines are invented."""

import pytest
from placed_lines import read

from fourcorners.vision.papers.date_captions import named_date

LINES = """
DE Rechnungsdatum: 12.10.2026 | Fällig am: 26.10.2026 | Abrechnungszeitraum 01.09.2026 - 30.09.2026
DE Ihr Schreiben vom: 02.10.2026 | Datum: 12. Oktober 2026
DE Bescheiderstellung: 12.10.2026 | Zählerablesung: 01.10.2026
FR Facture n° 88120943 du 12/10/2026 | Prélèvement le 26/10/2026
FR Votre courrier du 02/10/2026 | Émise le 12 octobre 2026
ES Fecha de expedición: 12/10/2026 | Fecha de lectura: 30/09/2026 | Vencimiento: 26/10/2026
IT Bolletta n. 2026/448211 emessa il 12/10/2026 | da pagare entro il 26/10/2026
PT Data de emissão: 12/10/2026 | Data da próxima leitura: 01/11/2026
NL Factuurdatum 12-10-2026 | Vervaldatum 26-10-2026 | Uw contract d.d. 12-09-2021
PL Kraków, 12.10.2026 | Umowa kompleksowa z dnia 14.06.2012
PL Faktura VAT nr 12/2026 z dnia 12.10.2026 | Termin płatności 26.10.2026
CZ Datum vystavení: 12. 10. 2026 | Datum splatnosti: 26. 10. 2026
SK Dátum vyhotovenia: 12.10.2026 | Dátum splatnosti: 26.10.2026
HU Számla kelte: 2026.10.12. | Fizetési határidő: 2026.10.26.
RO Data emiterii: 12.10.2026 | Data scadentă: 26.10.2026
HR Datum izdavanja računa: 12.10.2026. | Datum dospijeća: 26.10.2026.
SI Datum izdaje: 12. 10. 2026 | Rok plačila: 26. 10. 2026
RS Датум издавања: 12.10.2026. | Рок плаћања: 26.10.2026.
BG Дата на издаване: 12.10.2026 г. | Краен срок: 26.10.2026 г.
RU Дата выставления счёта: 12.10.2026 | Оплатить до: 26.10.2026
UA «12» жовтня 2026 р. | Договір від 18.06.2014 р.
GR Ημερομηνία έκδοσης: 12/10/2026 | Εξόφληση έως: 26/10/2026
TR Düzenlenme tarihi: 12.10.2026 | Son ödeme tarihi: 26.10.2026
SE Fakturadatum: 2026-10-12 | Förfallodatum: 2026-10-26
DK Fakturadato: 12.10.2026 | Betalingsdato: 26.10.2026
NO Utstedt: 12.10.2026 | Forfallsdato: 26.10.2026
FI Laskun päivä: 12.10.2026 | Eräpäivä: 26.10.2026
EE Arve väljastatud: 12.10.2026 | Maksetähtaeg: 26.10.2026
LV Rēķina datums: 12.10.2026 | Apmaksāt līdz: 26.10.2026
LT Sąskaitos data: 2026-10-12 | Apmokėti iki: 2026-10-26
IS Útgáfudagur: 12.10.2026 | Eindagi: 26.10.2026
MT Data tal-ħruġ: 12/10/2026 | Data tan-nofs: tħallas sa 26/10/2026
ID Tanggal penerbitan: 12 Oktober 2026 | Jatuh tempo: 26 Oktober 2026
MY Tarikh bil: 12/10/2026 | Tarikh akhir bayaran: 26/10/2026
VN Ngày lập: 12/10/2026 | Hạn thanh toán: 26/10/2026
PH Petsa ng singil: Oktubre 12, 2026 | Takdang araw: Oktubre 26, 2026
KE Tarehe ya ankara: 12/10/2026 | Tarehe ya mwisho: 26/10/2026
TH วันที่ออกใบแจ้ง : 12 ตุลาคม 2569 | วันที่อ่านหน่วย : 10 ตุลาคม 2569
JP 発行日 令和8年10月12日 | 検針日 令和8年10月10日
TW 列印日期：115年10月12日 | 繳費期限：115年10月26日
CN 开票日期：2026年10月12日 | 截止日期：2026年10月26日
KR 작성일: 2026.10.12 | 납부기한: 2026.10.26
AE تاريخ الإصدار 12/10/2026 | تاريخ الاستحقاق 26/10/2026
IR تاریخ صدور ۱۴۰۵/۰۷/۲۰ | مهلت پرداخت ۱۴۰۵/۰۸/۰۵
IL תאריך הפקה: 12/10/2026 | לתשלום עד: 26/10/2026
IN बिल दिनांक: 12/10/2026 | अंतिम तिथि: 26/10/2026
GE გამოწერის თარიღი: 12.10.2026 | გადახდის ვადა: 26.10.2026
KZ Берілген күні / Дата выдачи: 12.10.2026 ж./г. | Срок действия: 12.12.2026
GB Statement prepared: 12 October 2026 | Payment required by: 26 October 2026
US Amount due by November 3, 2026 | Invoice date October 12, 2026
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_poa5_the_day_of_issue_is_told_from_others(line: str) -> None:
    pieces = line[3:].split(" | ")
    days = [(700 if n else 80, 140 + 60 * n, piece) for n, piece in enumerate(pieces)]
    reading = read((80, 40, "Quellbrunn Versorgung GmbH", 30), *days)
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-10-12"


def test_a_caption_that_no_list_holds_goes_by_its_words() -> None:
    bill = ("", "fourcorners.vision.papers")
    assert named_date("Bescheiderstellung am Datum", bill) == "issue_likely"
    assert named_date("Fecha última lectura", bill) == "other"
    assert named_date("Nr 12/2026 z dnia", bill) == "linking"
    assert named_date("the next annual general meeting of members takes place", bill) is None


def test_poa5_a_day_alone_below_a_letter_is_its_day() -> None:
    reading = read(
        (400, 100, "在 职 及 居 住 证 明", 34),
        (146, 220, "兹证明欧阳雪梅自 2018 年 7 月 2 日起在我公司工作，现任工程师。"),
        (800, 1043, "宏岳精密机械有限公司（盖章）"),
        (818, 1090, "二〇二六年十月十二日"),
    )
    assert reading.kind.name == "employer_letter"
    assert reading.issue_date is not None
    assert reading.issue_date.value == "2026-10-12"
