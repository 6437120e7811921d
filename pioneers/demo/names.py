"""Words out of which the demonstration's people and companies are invented. None of them exists."""

_FIRST = (
    "Aafke Aisha Albert Amber Anouk Arjan Astrid Bas Bianca Bram Carlijn Cem Daan Daphne Dirk "
    "Elif Ellen Emma Erik Esther Fatima Femke Floor Frank Gerda Gijs Hanneke Hassan Heleen Henk "
    "Ilse Ingrid Iris Jaap Jasmijn Jelle Jeroen Joost Julia Karim Kees Klaas Laura Leila Lianne "
    "Lucas Maaike Maarten Margriet Marloes Mehmet Merel Michiel Mirjam Naomi Niels Noor Nynke "
    "Olaf Paula Peter Pieter Quinty Rachid Renske Rik Roos Ruben Sander Sanne Saskia Selma Sjoerd "
    "Sofie Stefan Sven Tamara Thijs Tineke Tom Truus Vera Vincent Wendy Wessel Willem Wouter Yara "
    "Yvonne Zeynep"
)
FIRST = tuple(_FIRST.split())

_FAMILY = (
    "|Aalderink|Baan|van der Beek|ten Berge|Boerkamp|de Boer|Boonstra|Bosch|ter Braak|Brinkhuis|"
    "van den Broek|Buursink|Damhuis|van Dijk|Doldersum|Eertink|Elferink|Engbers|Evers|van Essen|"
    "Geerdink|Gelderblom|ter Haar|Haarhuis|Hams|Heuver|Hilberink|ten Hove|Huls|Immink|de Jong|"
    "Kienhuis|van der Kolk|Kok|Kroeze|Krukkert|Lammertink|te Lintelo|Luttikhuis|Meenhuis|Mensink|"
    "Morsink|Nieuwenhuis|in 't Veld|Olde Riekerink|Oosterhof|Oude Nijhuis|Paalman|Pots|Reimert|"
    "Rikkerink|Rouwenhorst|Schepers|Scholten Linde|Schutte|Slotman|Snijders|Spekreijse|Stegeman|"
    "op de Steeg|ter Steege|Stroeve|Tijhuis|Tuinman|Veldhuis|Visscher|van Vliet|Vreeman|Wassink|"
    "Weghorst|Wesselink|te Wierik|Wiefferink|Wolbers|Zandvoort|Zweers|Zwijnenberg"
)
FAMILY = tuple(_FAMILY.split("|")[1:])

_PLACES = (
    "Salland Vecht Reest Regge Dinkel IJssel Berkel Twickel Sprengen Lutterzand Holterberg Weerrib "
    "Wieden Engbert Lemeler Haarle Averlo Diepen Nijenhuis Boerskotten Singraven Weldam Rechteren "
    "Eerde Beerze Junne Arrien Varsen Hessum Lenthe Rechterland Mastenbroek Zalk Veecaten"
)
PLACES = tuple(_PLACES.split())

# A trade: its word in a name, its SBI 2008 code, and how often it occurs.
TRADES = (
    ("Metaalbewerking", "2562", 9), ("Machinebouw", "2829", 7), ("Kunststoftechniek", "2229", 5),
    ("Houtindustrie", "1623", 4), ("Zuivel", "1051", 2), ("Bakkerij", "1071", 3),
    ("Textiel", "1392", 3), ("Bouw", "4120", 10), ("Installatietechniek", "4322", 8),
    ("Schilderwerken", "4334", 3), ("Groothandel", "4690", 7), ("Technische Handel", "4669", 5),
    ("Transport", "4941", 6), ("Logistiek", "5210", 4), ("Horeca", "5610", 4),
    ("Software", "6201", 8), ("ICT Diensten", "6202", 5), ("Accountants", "6920", 4),
    ("Advies", "7022", 7), ("Ingenieurs", "7112", 6), ("Ontwerp", "7410", 3),
    ("Reclame", "7311", 3), ("Schoonmaak", "8121", 4), ("Hoveniers", "8130", 4),
    ("Opleidingen", "8559", 3), ("Thuiszorg", "8810", 4), ("Fysiotherapie", "8691", 3),
    ("Akkerbouw", "0111", 3), ("Drukwerk", "1812", 3), ("Verhuur", "7732", 2),
)  # fmt: skip

FORMS = ("B.V.", "B.V.", "B.V.", "B.V.", "V.O.F.", "Groep B.V.", "")
FUNCTIONS = ("directeur", "eigenaar", "bedrijfsleider", "HR-manager", "teamleider", "")

# Towns by municipality code, with a weight after the size of the municipality.
TOWNS = (
    ("GM0141", "Almelo", 8), ("GM0147", "Borne", 3), ("GM0148", "Dalfsen", 4),
    ("GM0150", "Deventer", 10), ("GM1774", "Denekamp", 4), ("GM0153", "Enschede", 14),
    ("GM0158", "Haaksbergen", 3), ("GM0160", "Hardenberg", 8), ("GM0163", "Nijverdal", 5),
    ("GM0164", "Hengelo", 8), ("GM1735", "Goor", 4), ("GM0166", "Kampen", 6),
    ("GM0168", "Losser", 2), ("GM0173", "Oldenzaal", 4), ("GM1773", "Wijhe", 2),
    ("GM0175", "Ommen", 4), ("GM0177", "Raalte", 5), ("GM1742", "Rijssen", 6),
    ("GM0180", "Staphorst", 3), ("GM1708", "Steenwijk", 5), ("GM0183", "Tubbergen", 3),
    ("GM1700", "Vriezenveen", 4), ("GM0189", "Wierden", 3), ("GM1896", "Hasselt", 3),
    ("GM0193", "Zwolle", 15),
)  # fmt: skip

# Fans as the programme's description names them, with a town for their events.
FANS = (
    ("Ondernemershuis Vechtdal", "innovation_desk", "GM0160"),
    ("Ondernemend Twente", "business_network", "GM0164"),
    ("IKT", "innovation_desk", "GM0153"),
    ("Kennispoort regio Zwolle", "innovation_desk", "GM0193"),
    ("Boost", "business_network", "GM0141"),
    ("MKB Deventer", "business_network", "GM0150"),
    ("Cleantech regio", "business_network", "GM0150"),
)

# Subjects of the invented events; the kind is that of the event model.
SUBJECTS = (
    ("Ondernemersavond: loslaten kun je leren", "talk"),
    ("Slimmer organiseren met uw mensen", "workshop"),
    ("Kijken bij de buren", "excursion"),
    ("Netwerkbijeenkomst ondernemers", "network_meeting"),
    ("Dag van de vernieuwing", "conference"),
    ("Van massa naar maatwerk", "talk"),
    ("Roosteren doen ze zelf", "workshop"),
    ("Ontbijt met een pionier", "network_meeting"),
    ("Samen met klanten ontwerpen", "workshop"),
    ("Wat doet een leidinggevende straks nog?", "talk"),
)
