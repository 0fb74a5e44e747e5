"""The sections of industry of the Standard Industrial Classification of 2007: its letters, with names in our own plain words."""

SECTIONS: dict[str, str] = {
    "A": "Farming, forestry and fishing",
    "B": "Mining and quarrying",
    "C": "Manufacturing",
    "D": "Electricity and gas",
    "E": "Water, sewerage and waste",
    "F": "Building and construction",
    "G": "Shops, wholesale and vehicle repair",
    "H": "Transport and storage",
    "I": "Hotels, food and drink",
    "J": "Information, media and computing",
    "K": "Banking, finance and insurance",
    "L": "Property",
    "M": "Professional, scientific and technical work",
    "N": "Administration and support, such as cleaning and security",
    "O": "Government, the forces and emergency services",
    "P": "Education",
    "Q": "Health and social care",
    "R": "Arts, sport and leisure",
    "S": "Other services, such as hairdressing and repairs",
    "T": "Work in people’s homes",
    "U": "Embassies and international bodies",
}
CHOICES = [(letter, f"{words} ({letter})") for letter, words in SECTIONS.items()]
