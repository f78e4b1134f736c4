"""Invented names of people and places."""

from random import Random
from typing import Final

from people.models import PersonId

_GIVEN_NAMES: Final = (
    "Aaron Abena Adil Agnes Aisha Alba Amir Ana Andrei Anwen Asha Bela Bianca Bilal Bronwen Carla Chidi Dalia Dana "
    "Dawit Dewi Diana Edith Ehsan Elif Emeka Ewa Farah Felix Fiona Gareth Gita Hamid Hannah Helga Hugo Ida Ines Irina "
    "Isaac Jamal Jana Joana Joel Kadir Karin Kemi Kofi Kwame Laila Lars Leila Lin Lucia Magda Malik Maren Mei Milan "
    "Mina Nadia Naveen Nia Niamh Olga Omari Oona Pavel Petra Rafael Rania Rhys Rosa Sahar Salma Selam Seren Silvia "
    "Simon Sofia Stella Sunil Tamar Tariq Thea Tomas Uma Vera Wanda Yara Yusuf Zainab Zofia"
)
_FAMILY_NAMES: Final = (
    "Abara Adeyemi Ahmadi Albu Amsel Anders Arslan Asante Aydin Baker Banda Barros Berg Bianchi Boateng Brandt Byrne "
    "Castro Chaudhry Chen Costa Daher Dahl Diallo Dogan Duarte Eriksen Evans Farouk Ferreira Fischer Fofana Gallo "
    "Georgiou Gomes Griffiths Gupta Haddad Hansen Hassan Horvat Hughes Ibrahim Iqbal Ivanov Jansen Jones Kaplan Karimi "
    "Kaya Keller Khalil Kovacs Kumar Lange Lewis Lopes Mahdi Marino Mbeki Mendes Mensah Meyer Mohamud Morgan Mutasa "
    "Nagy Nasser Nielsen Novak Nunes Obi Okoye Olsen Osman Owens Palmer Park Patel Pereira Popa Price Quaye Rahman "
    "Ramos Rees Rossi Sadiq Salazar Santos Sato Schmid Sesay Shah Silva Singh Soares Tadesse Tanaka Teixeira Thapa "
    "Turner Usman Vargas Vogel Wagner Walsh Weiss Yilmaz Zaman"
)
_FIRST_OF_PLACE: Final = (
    "Alder Amber Birch Bramble Copper Dove Elm Fern Hazel Heron Larch Linden Maple Otter Rowan Willow"
)
_LAST_OF_PLACE: Final = "bridge brook field ford gate hill lock mead mill moor port quay stead vale view wharf"
_GIVEN: Final = _GIVEN_NAMES.split()
_FAMILY: Final = _FAMILY_NAMES.split()
_PLACES: Final = tuple(first + last for last in _LAST_OF_PLACE.split() for first in _FIRST_OF_PLACE.split())


def draw_name(rng: Random) -> tuple[str, str]:
    """Return a given name and a family name."""
    return rng.choice(_GIVEN), rng.choice(_FAMILY)


def login_of(given: str, family: str, person_id: PersonId) -> str:
    """Return a sign-in name that nobody else has, such as `mei.santos.1042`."""
    return f"{given}.{family}.{person_id}".lower()


def place_name(number: int) -> str:
    """Return the name of a place, each another one, such as `Elmbrook`."""
    again, place = divmod(number, len(_PLACES))
    return _PLACES[place] if not again else f"{_PLACES[place]} {again + 1}"
