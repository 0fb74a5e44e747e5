"""Invented employers, providers and advisers, with gaps in what is known about some of them."""

from __future__ import annotations

from random import Random

from careers.demonstration.plan import Plan, reference
from careers.partners.models import Partner

# name | SIC section | size | self-employed | STEM | specialism      (n = no, y = yes, ? = nobody has asked)
EMPLOYERS = """
Rushbrook Dairy|A|medium|n|y|Dairy farming and cheese
Hollin Edge Nurseries|A|small|n|n|Trees and garden plants
Merrow Forestry|A|micro|n|?|Woodland management
Tarn Quarries|B|medium|n|y|Stone and aggregates
Calderstone Castings|C|large|n|y|Precision castings
Brackley Weave|C|medium|n|n|Technical textiles
Oakfold Joinery|C|micro|y|n|Staircases and windows
Penhallow Bakes|C|small|n|n|Bread and pastry
Sidwell Instruments|C|medium|n|y|Measuring instruments
Thrupp Packaging|C|large|n|?|Cartons and labels
Vale Power Networks|D|large|n|y|Electricity distribution
Lantern Solar|D|small|n|y|Solar panels
Beckwater|E|large|n|y|Water supply and treatment
Second Turn Recycling|E|medium|n|y|Materials recovery
Garrow and Daughters|F|micro|n|n|House building
Highmoor Civil Works|F|large|n|y|Roads and bridges
Pask Plastering|F|micro|y|n|Plastering
Ridgeway Roofing|F|small|n|?|Roofs
Sparks by Imelda|F|micro|y|y|Electrical installation
Whin Hill Plumbing|F|micro|y|n|Heating and plumbing
Fenwick Motors|G|small|n|y|Car sales and repair
Marlow Street Books|G|micro|y|n|Bookshop
Pennyfold Stores|G|large|n|n|Supermarkets
Corner House Pharmacy|G|small|n|y|Community pharmacy
Ashmere Rail Services|H|large|n|y|Train maintenance
Swiftgate Haulage|H|medium|n|n|Road freight
Vale Buses|H|medium|n|n|Local buses
The Sorting Shed|H|small|n|n|Parcels
Millrace Hotel|I|medium|n|n|Hotel and weddings
Saffron Kitchen|I|small|n|n|Restaurant
The Copper Kettle|I|micro|y|n|Café
Blue Gate Studios|J|small|n|?|Games and animation
Cairn Software|J|medium|n|y|Software for hospitals
Northlight Radio|J|micro|n|n|Local radio
Pixelwright|J|micro|y|y|Web design
Ashmere Building Society|K|medium|n|n|Savings and mortgages
Harbour Mutual|K|large|n|n|Insurance
Dunmore Lettings|L|small|n|n|Lettings
Key and Lintel|L|micro|?|n|Estate agency
Calder and Pike|M|small|n|y|Architects
Fothergill Reed|M|medium|n|n|Solicitors
Marchbank Surveyors|M|small|n|y|Land surveying
Otterley Vets|M|small|n|y|Veterinary practice
Tilda Rowe Photography|M|micro|y|n|Photography
Wren Accountants|M|small|n|n|Accountancy
Brightside Cleaning|N|medium|n|n|Contract cleaning
Greenlane Landscapes|N|small|n|n|Grounds maintenance
Ashmere Borough Council|O|large|n|n|Local government
Vale Fire and Rescue|O|large|n|y|Fire service
Vale Reserve Training Centre|O|large|n|?|Armed forces
County Police, Ashmere Division|O|large|n|n|Police
Little Acorns Nursery|P|small|n|n|Early years
Tarnside General Hospital|Q|large|n|y|Hospital
Larch House Care|Q|medium|n|n|Residential care
Moorside Dental|Q|small|n|y|Dentistry
Ashmere Youth Trust|Q|small|n|n|Youth work
Vale Leisure|R|medium|n|n|Sports centres
Gallery on the Wharf|R|micro|n|n|Art gallery
Ashmere Rovers in the Community|R|small|n|n|Sport
Silver Scissors|S|micro|y|n|Hairdressing
Mends and Makes|S|micro|?|?|Repairs
Insight at a Distance|M||?|?|Virtual work experience
"""

# name | kind | eligible for provider access | on what basis
PROVIDERS = """
Ashmere College|fe_college|y|t_level
Tarnside College|fe_college|y|apprenticeship
Vale Land and Environment College|fe_college|y|other_approved
Beacon Hill Sixth Form College|sixth_form_college|n|
Northmoor Sixth Form College|sixth_form_college|y|t_level
Ashmere Vale Sixth Form|school_sixth_form|n|
St Wilfred's Sixth Form|school_sixth_form|n|
University of North Ashmere|he_provider|?|
Calder Metropolitan University|he_provider|y|apprenticeship
Thornley University|he_provider|n|
Makers' Training Partnership|itp_apprenticeship|y|apprenticeship
Steps into Care Training|itp_apprenticeship|y|apprenticeship
Vale Engineering Apprentices|itp_apprenticeship|y|apprenticeship
Digital Futures Academy|itp_apprenticeship|?|
Calderside UTC|utc|y|t_level
Wharf Studio School|studio_school|y|other_approved
Larch Grove Specialist College|specialist_post16|?|
"""

ADVISERS = ("Fingerpost Guidance", "Helen Marsh, careers adviser", "County Youth Support")
YES_NO = {"y": True, "n": False, "?": None}

TOWNS = ("Ashmere", "Ashmere", "Ashmere", "Tarnside", "Calder Bridge", "Thornley")


def give_towns(partners: list[Partner], rng: Random) -> None:
    """Where each partner is, but for those who meet pupils only online."""
    for partner in partners:
        town = rng.choice(TOWNS)
        partner.town = "" if partner.online_only else town


class Partners:
    """The partners of one school, to be chosen from."""

    def __init__(self, plan: Plan) -> None:
        rng = plan.dice("partners")
        self.employers = [self.employer(line, rng) for line in EMPLOYERS.strip().splitlines()]
        self.providers = [self.provider(line, rng) for line in PROVIDERS.strip().splitlines()]
        self.advisers = [Partner(name=name, kind=Partner.Kind.ADVISER, reference=reference(rng)) for name in ADVISERS]
        self.all = [*self.employers, *self.providers, *self.advisers]
        give_towns(self.all, plan.dice("towns"))
        self.named = {partner.name: partner for partner in self.all}

    def employer(self, line: str, rng: Random) -> Partner:
        name, section, size, alone, stem, specialism = line.split("|")
        return Partner(
            name=name,
            kind=Partner.Kind.EMPLOYER,
            sic_section=section,
            size_band=size,
            self_employed=YES_NO[alone],
            stem=YES_NO[stem],
            specialism=specialism,
            online_only=name == "Insight at a Distance",
            reference=reference(rng),
        )

    def provider(self, line: str, rng: Random) -> Partner:
        name, kind, eligible, basis = line.split("|")
        return Partner(
            name=name,
            kind=Partner.Kind.PROVIDER,
            provider_kind=kind,
            pal_eligible=YES_NO[eligible],
            pal_basis=basis,
            reference=reference(rng),
        )

    def some(self, wanted: str, rng: Random) -> list[Partner]:
        """Choose by a few words: "employer 3", "stem 1", "fair", "none", or names of providers parted by semicolons."""
        kind, _, number = wanted.partition(" ")
        if kind == "employer":
            return rng.sample(self.employers, int(number))
        if kind == "stem":
            return rng.sample([employer for employer in self.employers if employer.stem], int(number))
        if wanted == "fair":
            return [*rng.sample(self.employers, 24), *rng.sample(self.providers, 9)]
        if wanted == "none":
            return []
        return [self.named[name.strip()] for name in wanted.split(";")]
