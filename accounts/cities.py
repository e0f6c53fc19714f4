"""Big cities that no time zone is named after, and the zones they are in."""

# The zones of the columns' data name one city each; people type the one they live in.
_OF_A_ZONE = {
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria",
    "Africa/Lagos": "Abuja",
    "Africa/Nairobi": "Mombasa",
    "America/Chicago": "Austin, Dallas, Houston, Minneapolis, New Orleans, San Antonio, St Louis",
    "America/Edmonton": "Calgary",
    "America/Los_Angeles": "Las Vegas, Sacramento, San Diego, San Francisco, Seattle",
    "America/New_York": "Atlanta, Baltimore, Boston, Charlotte, Miami, Philadelphia, Washington",
    "America/Sao_Paulo": "Brasilia, Rio de Janeiro",
    "America/Toronto": "Montreal, Ottawa, Quebec",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Ho_Chi_Minh": "Hanoi",
    "Asia/Karachi": "Islamabad, Lahore",
    "Asia/Kolkata": "Bangalore, Bengaluru, Chennai, Delhi, Hyderabad, Mumbai, New Delhi, Pune",
    "Asia/Riyadh": "Jeddah",
    "Asia/Shanghai": "Beijing, Guangzhou, Shenzhen",
    "Asia/Tokyo": "Kyoto, Nagoya, Osaka, Sapporo",
    "Australia/Brisbane": "Gold Coast",
    "Europe/Amsterdam": "Eindhoven, Rotterdam, The Hague, Utrecht",
    "Europe/Athens": "Thessaloniki",
    "Europe/Berlin": "Bremen, Cologne, Dortmund, Dresden, Düsseldorf, Essen, Frankfurt, Hamburg, "
    "Hannover, Köln, Leipzig, Munich, München, Nuremberg, Nürnberg, Stuttgart",
    "Europe/Brussels": "Antwerp, Ghent",
    "Europe/Copenhagen": "Aarhus",
    "Europe/Dublin": "Cork, Galway, Limerick",
    "Europe/Istanbul": "Ankara, Izmir",
    "Europe/Lisbon": "Porto",
    "Europe/London": "Aberdeen, Bristol, Cardiff, Derry, Edinburgh, Glasgow, Leeds, Leicester, "
    "Liverpool, Manchester, Newcastle upon Tyne, Nottingham, Sheffield, Southampton",
    "Europe/Madrid": "Barcelona, Bilbao, Seville, Valencia",
    "Europe/Moscow": "St Petersburg",
    "Europe/Oslo": "Bergen, Trondheim",
    "Europe/Paris": "Bordeaux, Lille, Lyon, Marseille, Nantes, Nice, Strasbourg, Toulouse",
    "Europe/Rome": "Bologna, Florence, Milan, Naples, Turin, Venice",
    "Europe/Stockholm": "Gothenburg, Malmö",
    "Europe/Vienna": "Graz, Innsbruck, Linz, Salzburg",
    "Europe/Warsaw": "Gdansk, Krakow, Wroclaw",
    "Europe/Zurich": "Basel, Bern, Geneva, Lausanne",
    "Pacific/Auckland": "Christchurch, Wellington",
}

# Several cities have these names.
_OF_SEVERAL = {
    "Birmingham": ("Europe/London", "America/Chicago"),
    "Newcastle": ("Europe/London", "Australia/Sydney"),
    "Portland": ("America/Los_Angeles", "America/New_York"),
}

CITIES: dict[str, tuple[str, ...]] = {
    **{city: (zone,) for zone, cities in _OF_A_ZONE.items() for city in cities.split(", ")},
    **_OF_SEVERAL,
}
