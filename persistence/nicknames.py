"""What people are called in a room where they don't go by name: a bird and a number, made of their second id there.

Nothing is kept: the same id gives the same nickname, another room another (C7).
"""

from __future__ import annotations

import hashlib

from rooms.model import ActorId, PersonName

NUMBERS = range(10, 100)

DUTCH = """
    Aalscholver Albatros Appelvink Baardman Barmsijs Bergeend Bijeneter Blauwborst Boerenzwaluw Bokje Bonte-kraai
    Boomklever Boomkruiper Boomleeuwerik Boomvalk Bosuil Braamsluiper Brandgans Brilduiker Buizerd Draaihals
    Duinpieper Ekster Eider Fitis Fluiter Fuut Gaai Gans Geelgors Gierzwaluw Goudhaan Goudplevier Goudvink
    Graspieper Grauwe-gans Griel Groenling Groenpootruiter Grutto Halsbandparkiet Havik Heggenmus Holenduif Hop
    Houtduif Houtsnip Huismus Huiszwaluw IJsduiker IJseend IJsgors IJsvogel Kaapse-duif Kauw Kanoet Karekiet Keep
    Kemphaan Kerkuil Kievit Klapekster Kleine-zwaan Kluut Kneu Knobbelzwaan Koekoek Kokmeeuw Kolgans Koolmees
    Koperwiek Kraai Kraanvogel Krakeend Kramsvogel Krombekstrandloper Kruisbek Kuifeend Kuifmees Kwak Kwartel
    Kwikstaart Lepelaar Lijster Matkop Meerkoet Merel Middelste-jager Morinelplevier Nachtegaal Nachtzwaluw Nonnetje
    Oehoe Oeverloper Oeverzwaluw Ooievaar Paapje Patrijs Papegaaiduiker Pestvogel Pijlstaart Pimpelmees
    Porseleinhoen Purperreiger Putter Ransuil Regenwulp Reiger Rietgans Rietgors Rietzanger Ringmus Roek Roerdomp
    Roodborst Roodmus Rotgans Ruigpootuil Scholekster Sijs Slechtvalk Slobeend Smelleken Smient Snor Sperwer
    Spotvogel Spreeuw
"""
ENGLISH = """
    Albatross Avocet Barn-owl Bee-eater Bittern Blackbird Blackcap Bluetail Bluethroat Brambling Bullfinch Bunting
    Bustard Buzzard Canary Chaffinch Chiffchaff Chough Condor Coot Cormorant Corncrake Crane Crossbill Crow Cuckoo
    Curlew Dipper Diver Dotterel Dove Duck Dunlin Dunnock Eagle Egret Eider Falcon Fieldfare Finch Firecrest
    Flamingo Flycatcher Fulmar Gadwall Gannet Garganey Godwit Goldcrest Goldeneye Goldfinch Goosander Goose Goshawk
    Grebe Greenfinch Greenshank Grouse Guillemot Gull Harrier Hawfinch Heron Hobby Hoopoe Ibis Jackdaw Jay Kestrel
    Kingfisher Kite Kittiwake Knot Lapwing Lark Linnet Magpie Mallard Martin Merlin Moorhen Nightingale Nightjar
    Nuthatch Oriole Osprey Ouzel Owl Partridge Pelican Peregrine Petrel Phalarope Pheasant Pigeon Pintail Pipit
    Plover Pochard Puffin Quail Rail Raven Redpoll Redshank Redstart Redwing Robin Roller Rook Ruff Sanderling
    Sandpiper Serin Shearwater Shelduck Shoveler Shrike Siskin Skua Skylark Snipe Sparrow Spoonbill Starling Stilt
    Stonechat Stork
"""
BIRDS = {"nl": DUTCH.split(), "en": ENGLISH.split()}
"""Two words are joined by a hyphen."""


def nickname(second: ActorId, lang: str) -> PersonName:
    """`lang`: the community's; English birds where none are known."""
    number = int.from_bytes(hashlib.blake2b(second.encode(), digest_size=8).digest())
    birds = BIRDS.get(lang, BIRDS["en"])
    number, bird = divmod(number, len(birds))
    return PersonName(f"{birds[bird].replace('-', ' ')} {NUMBERS[number % len(NUMBERS)]}")
