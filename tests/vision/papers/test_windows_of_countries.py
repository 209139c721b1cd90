"""The window of a letter in many countries, none of whose towns or streets a list names: all below the person is it."""

import pytest
from placed_lines import read

WINDOWS = (
    ("US", "MARISOL T VANDERHEIDEN", "MARISOL T VANDERHEIDEN|4417 COTTONWOOD DR APT 12B|TULSA OK 74105-3318"),
    ("GB", "T P Ashworth", "Mr T P Ashworth|Flat 3, Kestrel House|12 Mill Lane|Otley|West Yorkshire|LS21 3AB"),
    ("DE", "Annegret Köhler", "Frau Annegret Köhler|Lindenstr. 14 a|04277 Leipzig"),
    (
        "FR",
        "LEROUX Patrick",
        "M. et Mme LEROUX Patrick|APPT 12 BAT C|RESIDENCE LES GLYCINES|8 RUE DES FRERES LUMIERE|69680 CHASSIEU",
    ),
    ("IT", "ROSSETTI MARIO", "ROSSETTI MARIO|FRAZIONE SAN PIETRO 12|06081 ASSISI (PG)"),
    ("ES", "Lucía Ferrándiz Molina", "Dª. Lucía Ferrándiz Molina|C/ Alcalde José Ramírez, 7, 3º B|30007 Murcia"),
    ("NL", "A. de Groot-Visser", "Mevr. A. de Groot-Visser|Oude Gracht 112 bis|3511 AX UTRECHT"),
    ("BE", "Koen Vermeulen", "De heer Koen Vermeulen|Stationsstraat 44 bus 12|9000 Gent"),
    ("AT", "Doris Hinterleitner", "Mag. Doris Hinterleitner|Grabenstraße 24/3/11|8010 Graz"),
    ("SE", "Karin Lindqvist", "Karin Lindqvist|Storgatan 5 B lgh 1102|903 26 UMEÅ"),
    ("NO", "Håkon Bjørnstad", "Håkon Bjørnstad|Fjordveien 22 C|6013 ÅLESUND"),
    ("DK", "Mette Skovgaard", "Mette Skovgaard|Nørrebrogade 128, 3. tv.|2200 København N"),
    ("FI", "Virtanen Pekka Juhani", "Virtanen Pekka Juhani|Mannerheimintie 44 A 16|00260 HELSINKI"),
    ("IS", "Guðrún Helgadóttir", "Guðrún Helgadóttir|Sólvallagötu 18|101 Reykjavík"),
    ("IE", "Aoife Gallagher", "Ms Aoife Gallagher|Ballymacool|Letterkenny|Co. Donegal|F92 XY45"),
    ("PL", "Katarzyna Wrońska", "Pani Katarzyna Wrońska|ul. Kwiatowa 8 m. 14|60-791 Poznań"),
    ("CZ", "Petr Novotný", "Ing. Petr Novotný|Na Výsluní 1204/7|100 00 Praha 10"),
    ("SK", "Zuzana Horváthová", "Zuzana Horváthová|Hlavná 56/12|040 01 Košice"),
    ("HU", "Szabó Gergely", "Szabó Gergely|Pécs|Rákóczi út 22. 2/8|7621"),
    (
        "RO",
        "Ionescu Mihai",
        "Dl. Ionescu Mihai|Str. Mihai Viteazu nr. 14, bl. B3, sc. 2, ap. 17|Cluj-Napoca, jud. Cluj|400123",
    ),
    ("GR", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ|ΑΓΙΟΥ ΔΗΜΗΤΡΙΟΥ 45|54630 ΘΕΣΣΑΛΟΝΙΚΗ"),
    ("HR", "Ivana Horvat", "Ivana Horvat|Ilica 125/2|10000 Zagreb"),
    ("SI", "Matej Kovačič", "Matej Kovačič|Cesta v Mestni log 7|1000 Ljubljana"),
    ("RS", "Милош Јовановић", "Милош Јовановић|Булевар краља Александра 73/12|11000 Београд"),
    ("BA", "Amra Hadžić", "Amra Hadžić|Titova 12/3|71000 Sarajevo"),
    ("MK", "Бојан Стојановски", "Бојан Стојановски|ул. Партизанска бр. 15/4|1000 Скопје"),
    ("AL", "Arben Hoxha", "Arben Hoxha|Rruga e Durrësit, Pallati 12, Shk. 2, Ap. 8|Tiranë 1001"),
    ("LT", "Jonas Kazlauskas", "Jonas Kazlauskas|Gedimino pr. 24-7|LT-01103 Vilnius"),
    ("LV", "Anna Bērziņa", "Anna Bērziņa|Brīvības iela 105-12|Rīga, LV-1001"),
    ("EE", "Kadri Tamm", "Kadri Tamm|Pärnu mnt 67-12|10135 Tallinn"),
    ("BG", "Иван Петров Димитров", "Иван Петров Димитров|ж.к. Люлин, бл. 412, вх. Б, ет. 3, ап. 45|1336 София"),
    ("KZ", "Ахметов Данияр Серікұлы", "Ахметов Данияр Серікұлы|г. Алматы, мкр. Самал-2, д. 33, кв. 12|050051"),
    ("GE", "ნინო ბერიძე", "ნინო ბერიძე|ჭავჭავაძის გამზირი 37, ბინა 12|თბილისი 0179"),
    ("UA", "Коваленко Олена Петрівна", "Коваленко Олена Петрівна|вул. Соборна, буд. 14, кв. 32|м. Вінниця, 21050"),
    ("RU", "Петров Сергей Николаевич", "Петров Сергей Николаевич|443099, г. Самара, ул. Куйбышева, д. 91, кв. 7"),
    ("BY", "Козлов Андрей Викторович", "Козлов Андрей Викторович|ул. Притыцкого, 62-114|220140, г. Минск"),
    ("AM", "Արամ Պետրոսյան", "Արամ Պետրոսյան|Մաշտոցի պող. 15, բն. 24|Երևան 0002"),
    ("AZ", "Əliyev Rəşad Məmməd oğlu", "Əliyev Rəşad Məmməd oğlu|Nizami küç. 203, mənzil 45|Bakı, AZ1010"),
    (
        "UZ",
        "Karimov Jasur Anvarovich",
        "Karimov Jasur Anvarovich|Chilonzor tumani, 9-mavze, 14-uy, 52-xonadon|Toshkent 100115",
    ),
    ("TR", "Elif Yıldırım", "Sayın Elif Yıldırım|Cumhuriyet Mah. 1204 Sk. No:14 D:6|35100 Bornova/İzmir"),
    (
        "AE",
        "Faisal Rahman",
        "Mr. Faisal Rahman|Flat 1204, Marina Heights Tower|Al Marsa Street, Dubai Marina|Dubai, United Arab Emirates",
    ),
    ("SA", "Khalid Al-Harbi", "Khalid Al-Harbi|7412 King Abdulaziz Rd|Al Nuzhah Dist.|Riyadh 12474 - 3321"),
    ("EG", "Mohamed Hassan Ali", "Mohamed Hassan Ali|14 Abbas El Akkad St., Apt 6|Nasr City|Cairo"),
    ("MA", "Fatima Zahra Bennani", "Mme Fatima Zahra Bennani|N 24, Rue Oued Sebou, Appt 6|Agdal|Rabat 10080"),
    ("DZ", "BOUZID Karim", "BOUZID Karim|Cité 200 Logements Bt 4 N° 12|Bab Ezzouar|16024 ALGER"),
    ("TN", "Slim Trabelsi", "M. Slim Trabelsi|12, Rue Ibn Khaldoun|2070 La Marsa"),
    ("NG", "Chukwuemeka Obi", "Mr. Chukwuemeka Obi|No 14 Adeola Odeku Street|Victoria Island|Lagos"),
    ("KE", "Grace Wanjiku Kamau", "Grace Wanjiku Kamau|P.O. Box 4417-00200|Nairobi"),
    ("GH", "Kwame Asante", "Kwame Asante|H/No. 24 Ringway Estates|Osu, Accra|GA-183-8164"),
    ("ZA", "N Dlamini", "Ms N Dlamini|14 Protea Street|Brackenfell|Cape Town|7560"),
    ("TZ", "Neema Joseph Mushi", "Neema Joseph Mushi|Plot No. 41, Block B, Mikocheni|Dar es Salaam"),
    ("UG", "Okello David", "Okello David|Plot 12 Ntinda-Kiwatule Road|Kampala"),
    ("ET", "Abebe Kebede Tadesse", "Abebe Kebede Tadesse|Bole Sub City, Woreda 03, House No. 1204|Addis Ababa"),
    (
        "IN",
        "Lakshmi Narayanan",
        "Mrs Lakshmi Narayanan|Old No 14 New No 27, 2nd Cross|Kasturba Nagar|Near Bus Depot|Chennai 600020|Tamil Nadu",
    ),
    ("PK", "Muhammad Asif Khan", "Muhammad Asif Khan|House 14-B, Street 7, Sector G-9/2|Islamabad 44000"),
    ("BD", "Md. Kamrul Hasan", "Md. Kamrul Hasan|House 12, Road 5, Sector 7|Uttara, Dhaka-1230"),
    ("LK", "Nuwan Perera", "Mr. Nuwan Perera|No. 45/2, Temple Road|Nugegoda 10250"),
    ("NP", "Ram Bahadur Thapa", "Ram Bahadur Thapa|Baneshwor-10|Kathmandu"),
    ("TH", "สมชาย ใจดี", "นายสมชาย ใจดี|99/12 หมู่ 4 ถนนสุขุมวิท|ตำบลบางเมือง อำเภอเมือง|จังหวัดสมุทรปราการ 10270"),
    (
        "VN",
        "Nguyễn Thị Hồng Nhung",
        "Nguyễn Thị Hồng Nhung|Số 12, ngõ 45 phố Trần Thái Tông|Phường Dịch Vọng Hậu, Quận Cầu Giấy|Hà Nội",
    ),
    (
        "ID",
        "Budi Santoso",
        "Bapak Budi Santoso|Jl. Kemang Raya No. 24 RT 003/RW 05|Kel. Bangka, Kec. Mampang|Jakarta Selatan 12730",
    ),
    ("MY", "Ahmad Faiz bin Ismail", "Encik Ahmad Faiz bin Ismail|No 14, Jalan SS 15/4D|47500 Subang Jaya|Selangor"),
    ("SG", "LIM WEI JIE", "MR LIM WEI JIE|BLK 214 ANG MO KIO AVE 3|#08-1142|SINGAPORE 560214"),
    (
        "PH",
        "Ma. Cristina D. Reyes",
        "Ma. Cristina D. Reyes|Unit 4B Sampaguita Bldg., 221 Katipunan Ave.|Brgy. Loyola Heights|Quezon City 1108",
    ),
    ("HK", "CHAN SIU MING", "MS CHAN SIU MING|FLAT B 12/F|HOI FUNG MANSION|45 NATHAN ROAD|TSIM SHA TSUI KOWLOON"),
    ("AU", "Georgia Papas", "Ms Georgia Papas|12/45 Wattle Street|BRUNSWICK WEST VIC 3055"),
    ("NZ", "Wiremu Paki", "Wiremu Paki|45A Rata Street|Naenae|Lower Hutt 5011"),
    ("CA", "Geneviève Tremblay", "Mme Geneviève Tremblay|1204-45, rue Saint-Jean|Québec (Québec) G1R 1N8"),
    (
        "MX",
        "MARIA GUADALUPE HERNANDEZ LOPEZ",
        "MARIA GUADALUPE HERNANDEZ LOPEZ|CALLE 16 DE SEPTIEMBRE 24 INT 3|COL CENTRO|GUADALAJARA, JAL. C.P. 44100",
    ),
    (
        "BR",
        "Ana Paula Ferreira",
        "Ana Paula Ferreira|Rua das Acácias, 214 - Apto 302|Jardim América|Goiânia - GO|74255-120",
    ),
    (
        "AR",
        "Martín Aguirre",
        "Sr. Martín Aguirre|Av. San Martín 1842 Piso 4 Dto. B|C1416CRQ Ciudad Autónoma de Buenos Aires",
    ),
    ("CL", "Camila Fuentes Rojas", "Camila Fuentes Rojas|Pasaje Los Aromos 1142, Depto. 34|Ñuñoa|Santiago"),
    ("CO", "Diana Marcela Gómez", "Sra. Diana Marcela Gómez|Calle 93 # 14-20 Apto 501|Chicó|Bogotá D.C."),
    ("PE", "QUISPE MAMANI ROSA", "QUISPE MAMANI ROSA|JR. HUALLAGA 340 DPTO 12|CERCADO DE LIMA"),
    ("EC", "Byron Guamán", "Sr. Byron Guamán|Av. 10 de Agosto N34-120 y Atahualpa|Quito"),
    (
        "VE",
        "MARIA ALEJANDRA PEREZ",
        "MARIA ALEJANDRA PEREZ|AV LIBERTADOR RES EL PARQUE PISO 4 APTO 42|CHACAO, CARACAS 1060",
    ),
    ("UY", "Sofía Rodríguez", "Sofía Rodríguez|Bvar. Artigas 1842 Apto. 304|11800 Montevideo"),
    ("BO", "Juan Carlos Mamani", "Juan Carlos Mamani|Av. Arce Nº 2147, Edif. Illimani Piso 5|La Paz"),
    (
        "CR",
        "Laura Jiménez Mora",
        "Laura Jiménez Mora|200 m norte de la iglesia católica|San Pedro, Montes de Oca|San José",
    ),
    ("DO", "RAMON ANTONIO BATISTA", "RAMON ANTONIO BATISTA|C/ PRIMERA NO. 14, ENS. OZAMA|SANTO DOMINGO ESTE"),
    ("GT", "Ana Lucía Morales", "Ana Lucía Morales|7a. Avenida 14-20, Zona 10|Guatemala"),
    ("JM", "Shanice Brown", "Ms. Shanice Brown|14 Hope Road|Kingston 6"),
    ("CY", "Andreas Georgiou", "Andreas Georgiou|Makariou III 45, Flat 302|3030 Limassol"),
    ("MT", "Maria Borg", "Ms Maria Borg|24, Triq il-Kbira|Birkirkara BKR 1204"),
    ("LB", "Georges Khoury", "Mr. Georges Khoury|Rue Gouraud, Imm. Sursock, 3e étage|Achrafieh|Beyrouth"),
    ("JO", "Rania Haddad", "Ms. Rania Haddad|Bldg 14, Mecca Street|Amman 11185"),
    ("KW", "Yousef Al-Mutairi", "Yousef Al-Mutairi|Block 4, Street 12, House 8|Salmiya"),
    ("QA", "Hassan Ibrahim", "Mr. Hassan Ibrahim|Building 14, Zone 25, Street 840|Al Mansoura, Doha"),
    ("BH", "Fatima Ali", "Fatima Ali|Flat 12, Bldg 445, Road 2214, Block 322|Manama"),
    ("SN", "Awa Diop", "Mme Awa Diop|Villa N° 221, Sicap Liberté 4|Dakar"),
    ("CI", "KOUASSI Yao Serge", "KOUASSI Yao Serge|Cocody Angré 7e Tranche, Lot 1204|Abidjan"),
    ("CM", "Ngono Paul", "M. Ngono Paul|Quartier Bastos, Rue 1.842|Yaoundé"),
    ("LU", "Sophie Weber", "Madame Sophie Weber|12, rue de la Gare|L-4571 Oberkorn"),
    ("KH", "Sok Dara", "Mr. Sok Dara|No. 14, St. 271, Sangkat Toul Tompoung|Phnom Penh"),
    ("MM", "Khin Mar Aye", "Daw Khin Mar Aye|No. 45, 3rd Floor, Anawrahta Road|Lanmadaw Township, Yangon"),
)


@pytest.mark.parametrize(("country", "name", "window"), WINDOWS)
def test_a_window_is_read_in_the_grammar_of_any_country(country: str, name: str, window: str) -> None:
    person, *address = window.split("|")
    placed = [(80, 60, "Novelis Energy", 34), (700, 200, "Bill date: 3 March 2026"), (700, 224, "Account: 4417 2210")]
    alike = [(80, 200, person), *((80, 224 + 24 * i, line) for i, line in enumerate(address))]
    larger = [(80, 190, person, 28), *((80, 228 + 22 * i, line, 17) for i, line in enumerate(address))]
    for lines in (alike, larger):
        reading = read(*placed, *lines, (80, 600, "Electricity bill"), (80, 630, "Energy charge 220 kWh"))
        assert reading.name is not None, country
        assert reading.address is not None, country
        assert (reading.name.value, reading.address.value) == (name, ", ".join(address)), country
