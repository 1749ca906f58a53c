"""Made up for the pictures: a morning among menders of bicycles, in Dutch, and one among bookbinders, in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reaction = Literal["thanks", "agree", "helps", "laugh"]


@dataclass(frozen=True, kw_only=True)
class Message:
    """`time`: of the second day, or of the first when it begins with "-"; `key`: what others answer it by."""

    time: str
    who: str
    text: str
    key: str = ""
    answers: str = ""
    reactions: tuple[tuple[Reaction, str], ...] = ()
    pinned: bool = False
    saved: bool = False


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """`owner` looks at it, `typist` is about to say something, `waiting` is said while the server is away."""

    lang: str
    community: str
    purpose: str
    chat: str
    owner: str
    newcomer: str
    typist: str
    messages: tuple[Message, ...]
    search: str
    waiting: tuple[str, ...]
    now: str

    @property
    def people(self) -> list[str]:
        """Everybody but the owner, in the order in which they come in."""
        return [name for name in dict.fromkeys(message.who for message in self.messages) if name != self.owner]


BIKES = Conversation(
    lang="nl",
    community="De Fietswerkplaats",
    purpose="Fietsenmakers uit elf buurtwerkplaatsen leren van elkaar wat werkt, wat niet, en waarom.",
    chat="Werkbank",
    owner="Marieke de Wit",
    newcomer="Sander Prins",
    typist="Yusuf Aydin",
    now="10:26",
    search="remblokken",
    waiting=("Dan zet ik het donderdag op de agenda", "Wie neemt een wiel mee om op te oefenen?"),
    messages=(
        Message(
            time="-16:40",
            who="Marieke de Wit",
            text="Donderdag om half acht is de avond over hydraulische remmen. Neem je eigen ontluchtset mee als je er "
            "een hebt, dan vergelijken we ze.",
            pinned=True,
            key="avond",
            reactions=(("agree", "Joris Bakker"), ("agree", "Noor el Idrissi"), ("agree", "Wim Hoekstra")),
        ),
        Message(
            time="-16:52",
            who="Joris Bakker",
            text="Ik ben er. Ik neem ook een bak oude remblokken mee om te laten zien "
            "hoe je olie op de voering herkent.",
        ),
        Message(time="-16:58", who="Wim Hoekstra", text="Goed idee, dat zie ik bij ons elke week misgaan.", answers=""),
        Message(
            time="09:12",
            who="Noor el Idrissi",
            text="Goedemorgen. Ik heb hier een stadsfiets met een trommelrem die blijft aanlopen zodra het regent. "
            "Kabel is nieuw, hefboom loopt soepel. Waar zou je beginnen?",
            key="trommel",
        ),
        Message(
            time="09:15",
            who="Joris Bakker",
            text="Voel eens of de remsleutel terugveert als je de kabel losmaakt. Zo niet, "
            "dan zit er roest op het asje.",
            answers="trommel",
            key="asje",
            reactions=(("helps", "Noor el Idrissi"), ("agree", "Wim Hoekstra")),
        ),
        Message(time="09:16", who="Joris Bakker", text="Een druppel dunne olie op het asje, nooit op de voering."),
        Message(
            time="09:21",
            who="Tineke van Dam",
            text="Bij ons was het een keer de veer in de trommel: die was maar een "
            "halve slag te kort. Sindsdien meten we hem bij elke beurt. https://example.org/trommelrem-nameten",
        ),
        Message(
            time="09:34",
            who="Noor el Idrissi",
            text="Het was het asje. Schoongemaakt, drie keer nat gespoten, en hij komt "
            "nu elke keer los. Dank jullie wel.",
            answers="asje",
            reactions=(("thanks", "Joris Bakker"), ("laugh", "Tineke van Dam"), ("thanks", "Marieke de Wit")),
            saved=True,
        ),
        Message(
            time="09:58",
            who="Wim Hoekstra",
            text="Andere vraag: wie heeft er remblokken die het in de winter goed uithouden op "
            "een bakfiets? De onze zijn na zes weken op.",
            key="blokken",
        ),
        Message(
            time="10:03",
            who="Yusuf Aydin",
            text="Wij zijn overgestapt op gesinterde remblokken. Ze piepen de eerste week, "
            "daarna gaan ze twee keer zo lang mee.",
            answers="blokken",
            reactions=(("helps", "Wim Hoekstra"), ("helps", "Marieke de Wit")),
        ),
        Message(
            time="10:05",
            who="Tineke van Dam",
            text="Let dan wel op de schijf, die slijt sneller. Wij schrijven de dikte op bij elke beurt.",
        ),
        Message(
            time="10:11",
            who="Marieke de Wit",
            text="Mooi, dit bewaar ik voor de bibliotheek. Yusuf, wil jij de merken erbij "
            "zetten die jullie geprobeerd hebben?",
            reactions=(("agree", "Yusuf Aydin"),),
        ),
        Message(time="10:24", who="Wim Hoekstra", text="Ik kan foto’s maken van onze versleten set, als dat helpt."),
    ),
)

BOOKS = Conversation(
    lang="en",
    community="The Bindery",
    purpose="Bookbinders and paper restorers who show each other what works at the bench, what does not, and why.",
    chat="At the bench",
    owner="Harriet Lowe",
    newcomer="Miles Okafor",
    typist="Priya Raman",
    now="10:26",
    search="paste",
    waiting=("I will put it on the agenda for Thursday", "Who can bring a spine to practise on?"),
    messages=(
        Message(
            time="-16:40",
            who="Harriet Lowe",
            text="Thursday at half past seven is our evening on leather repair. Bring the knife you pare with, sharp "
            "or not: we will look at the edges together.",
            pinned=True,
            key="evening",
            reactions=(("agree", "Tom Ashby"), ("agree", "Ines Duarte"), ("agree", "Gwen Pritchard")),
        ),
        Message(
            time="-16:52",
            who="Tom Ashby",
            text="I will be there, with a jar of wheat paste that is two weeks old and one "
            "that is fresh, so that you can feel the difference.",
        ),
        Message(
            time="-16:58", who="Gwen Pritchard", text="Good idea, that is where it goes wrong with us every month."
        ),
        Message(
            time="09:12",
            who="Ines Duarte",
            text="Good morning. I have a parish register whose spine cracks again each time "
            "it is opened, a week after lining. The tissue holds, the paste seems dry. Where would you begin?",
            key="spine",
        ),
        Message(
            time="09:15",
            who="Tom Ashby",
            text="Feel whether the old glue underneath still gives. If it does not, you have "
            "lined on something brittle, and it breaks for you.",
            answers="spine",
            key="glue",
            reactions=(("helps", "Ines Duarte"), ("agree", "Gwen Pritchard")),
        ),
        Message(
            time="09:16", who="Tom Ashby", text="A poultice for ten minutes, then a bone folder. Never a scalpel first."
        ),
        Message(
            time="09:21",
            who="Bea Lindqvist",
            text="Once it was the grain of the tissue with us: it ran across the spine. "
            "Since then we pencil an arrow on every sheet. https://example.org/grain-direction",
        ),
        Message(
            time="09:34",
            who="Ines Duarte",
            text="It was the glue. Cleaned, lined anew, opened and closed thirty times, and "
            "nothing moves. Thank you both.",
            answers="glue",
            reactions=(("thanks", "Tom Ashby"), ("laugh", "Bea Lindqvist"), ("thanks", "Harriet Lowe")),
            saved=True,
        ),
        Message(
            time="09:58",
            who="Gwen Pritchard",
            text="Something else: who has a paste that does not go off in summer? Ours "
            "turns after three days, even in the cold room.",
            key="paste",
        ),
        Message(
            time="10:03",
            who="Priya Raman",
            text="We cook less of it, every second day, and strain it twice. It costs ten "
            "minutes and we throw nothing away any more.",
            answers="paste",
            reactions=(("helps", "Gwen Pritchard"), ("helps", "Harriet Lowe")),
        ),
        Message(
            time="10:05", who="Bea Lindqvist", text="Mind the jar as well: ours was the culprit. We boil the lids now."
        ),
        Message(
            time="10:11",
            who="Harriet Lowe",
            text="Lovely, I keep this for the library. Priya, would you add how much flour you take, and which?",
            reactions=(("agree", "Priya Raman"),),
        ),
        Message(
            time="10:24",
            who="Gwen Pritchard",
            text="I can take pictures of the paste on day one, two and three, if that helps.",
        ),
    ),
)

CONVERSATIONS = (BIKES, BOOKS)
