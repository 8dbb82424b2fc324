"""The closed lists of the room. Values of addresses and of official keys are German or numbers."""

from django.db import models

# Key of a Land → its name and its short form, as the register numbers them (domain.md 4.3).
LAENDER = {
    "01": ("Schleswig-Holstein", "SH"),
    "02": ("Hamburg", "HH"),
    "03": ("Niedersachsen", "NI"),
    "04": ("Bremen", "HB"),
    "05": ("Nordrhein-Westfalen", "NW"),
    "06": ("Hessen", "HE"),
    "07": ("Rheinland-Pfalz", "RP"),
    "08": ("Baden-Württemberg", "BW"),
    "09": ("Bayern", "BY"),
    "10": ("Saarland", "SL"),
    "11": ("Berlin", "BE"),
    "12": ("Brandenburg", "BB"),
    "13": ("Mecklenburg-Vorpommern", "MV"),
    "14": ("Sachsen", "SN"),
    "15": ("Sachsen-Anhalt", "ST"),
    "16": ("Thüringen", "TH"),
}


class DistrictKind(models.TextChoices):
    """Textkennzeichen of a Kreis."""

    CITY = "41", "Kreisfreie Stadt"
    CITY_BW = "42", "Stadtkreis"
    KREIS = "43", "Kreis"
    LANDKREIS = "44", "Landkreis"
    REGIONAL = "45", "Regionalverband"


class AssociationKind(models.TextChoices):
    """Textkennzeichen of a Gemeindeverband; 50 („verbandsfrei“) is no association and never stored."""

    AMT = "51", "Amt"
    SAMTGEMEINDE = "52", "Samtgemeinde"
    VERBANDSGEMEINDE = "53", "Verbandsgemeinde"
    VERWALTUNGSGEMEINSCHAFT = "54", "Verwaltungsgemeinschaft"
    KIRCHSPIEL = "55", "Kirchspielslandgemeinde"
    VERWALTUNGSVERBAND = "56", "Verwaltungsverband"
    TRAEGERMODELL = "57", "VG Trägermodell"
    ERFUELLENDE = "58", "Erfüllende Gemeinde"


class TownKind(models.TextChoices):
    """Textkennzeichen of a municipality."""

    MARKT = "60", "Markt"
    CITY = "61", "Kreisfreie Stadt"
    CITY_BW = "62", "Stadtkreis"
    STADT = "63", "Stadt"
    GEMEINDE = "64", "Gemeinde"
    FREE_INHABITED = "65", "Gemeindefreies Gebiet, bewohnt"
    FREE_EMPTY = "66", "Gemeindefreies Gebiet, unbewohnt"
    GROSSE_KREISSTADT = "67", "Große Kreisstadt"


# Areas without a municipality: nobody speaks for them and no directory lists them.
NO_MUNICIPALITY = (TownKind.FREE_INHABITED, TownKind.FREE_EMPTY)


class SizeClass(models.IntegerChoices):
    """Stadt- und Gemeindetyp, with the keys of the BBSR (domain.md 4.1).

    The bounds above the Kleinstadt (20 000, 50 000, 100 000, 500 000) are the customary ones.
    """

    LARGE_CITY = 11, "Große Großstadt"
    CITY = 12, "Kleinere Großstadt"
    LARGE_MIDDLE = 21, "Größere Mittelstadt"
    SMALL_MIDDLE = 22, "Kleinere Mittelstadt"
    LARGE_SMALL = 30, "Größere Kleinstadt"
    SMALL = 40, "Kleine Kleinstadt"
    RURAL = 50, "Landgemeinde"

    @classmethod
    def of_inhabitants(cls, inhabitants: int) -> "SizeClass":
        """The class by inhabitants of an Einheitsgemeinde or a Gemeindeverband alone."""
        bounds = ((500_000, 11), (100_000, 12), (50_000, 21), (20_000, 22), (10_000, 30), (5_000, 40))
        return cls(next((key for least, key in bounds if inhabitants >= least), 50))


SMALL_TOWN_CLASSES = (SizeClass.LARGE_SMALL, SizeClass.SMALL)


class Location(models.TextChoices):
    """Lage by the Raumtypen 2010 of the BBSR (domain.md 4.2)."""

    VERY_CENTRAL = "sehr-zentral", "sehr zentral"
    CENTRAL = "zentral", "zentral"
    PERIPHERAL = "peripher", "peripher"
    VERY_PERIPHERAL = "sehr-peripher", "sehr peripher"


class Regiostar(models.IntegerChoices):
    """RegioStaR 7 of the federal ministry of transport (domain.md 4.2)."""

    METROPOLIS = 71, "Stadtregion: Metropole"
    REGIOPOLIS = 72, "Stadtregion: Regiopole, Großstadt"
    MIDDLE_TOWN = 73, "Stadtregion: Mittelstadt, städtischer Raum"
    SMALL_TOWN = 74, "Stadtregion: kleinstädtischer, dörflicher Raum"
    RURAL_CENTRE = 75, "Ländliche Region: zentrale Stadt"
    RURAL_URBAN = 76, "Ländliche Region: städtischer Raum"
    RURAL_SMALL_TOWN = 77, "Ländliche Region: kleinstädtischer, dörflicher Raum"


class Direction(models.TextChoices):
    OFFERS = "bietet", "bietet"
    SEEKS = "sucht", "sucht"


class Visibility(models.TextChoices):
    """Who may see a profile, once it is admitted."""

    PUBLIC = "oeffentlich", "öffentlich"
    NETWORK = "netzwerk", "Netzwerk"
    HIDDEN = "verborgen", "verborgen"


class ActorForm(models.TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"


class ActorKind(models.TextChoices):
    """Kinds of actors: the proposal of domain.md 3.2."""

    MAYOR = "buergermeister", "Bürgermeister:in"
    COUNCIL = "rat", "Rat, Politik"
    PLANNING = "stadtplanung", "Stadtplanung, Bauamt"
    ECONOMY = "wirtschaftsfoerderung", "Wirtschaftsförderung, Citymanagement"
    ADMINISTRATION = "verwaltung", "Klima, Digitales, Soziales in der Verwaltung"
    CIVIL_SOCIETY = "verein", "Verein, Initiative"
    BUSINESS = "unternehmen", "Unternehmen, Handel"
    HOUSING = "wohnungswirtschaft", "Wohnungswirtschaft"
    SCIENCE = "wissenschaft", "Wissenschaft, Hochschule"
    CONSULTANCY = "buero", "Planungs- und Moderationsbüro"
    FEDERATION = "verband", "Verband, Stiftung"
    STATE = "land-bund", "Land, Bund"
    YOUTH = "jugend", "Jugendvertretung"


class SeatRole(models.TextChoices):
    MAYOR = "buergermeister", "Bürgermeister:in"
    DEPUTY = "stellvertretung", "Stellvertretung"
    ADMINISTRATION = "verwaltung", "Verwaltung"
    COUNCIL = "rat", "Rat"
