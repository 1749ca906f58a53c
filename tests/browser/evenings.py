"""Made up for the pictures: an evening of questions among district nurses, in Dutch, and one among data people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fate = Literal["review", "open", "next", "stage", "answered", "follow_up", "declined", "parked"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, how many vote for it, and where it is in the picture. `answer`: also the note of a decline."""

    minute: str
    text: str
    votes: int = 0
    fate: Fate = "open"
    level: str | None = None
    label: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Evening:
    """`moderator` sits at the desk beside `other`; `participant` is about to ask `asking`; `said`: in the chat."""

    lang: str
    community: str
    purpose: str
    chat: str
    title: str
    level: str
    now: str
    moderator: str
    other: str
    participant: str
    asking: str
    asked: tuple[Asked, ...]
    said: tuple[tuple[str, str, str], ...]
    people: int = 24


WOUNDS = Evening(
    lang="nl",
    community="Wondzorg in de wijk",
    purpose="Wijkverpleegkundigen uit negen teams leren van elkaar hoe wonden heel worden, en heel blijven.",
    chat="Koffiekamer",
    title="Drukplekken voorkomen in de thuiszorg",
    level="pseudonymous",
    now="19:45",
    moderator="Marit Brouwer",
    other="Joris Vink",
    participant="Anouk Hendriks",
    asking="Mag je een rode hiel nog masseren of insmeren?",
    asked=(
        Asked(
            minute="19:29",
            text="Wie vraagt in jullie regio het antidecubitusmatras aan, en hoe lang duurt dat?",
            votes=9,
            fate="follow_up",
            label="hulpmiddelen",
        ),
        Asked(
            minute="19:33",
            text="Hoe herken je roodheid die niet wegdrukbaar is op een donkere huid?",
            votes=11,
            fate="answered",
            answer="Kijk naast kleur vooral naar temperatuur, hardheid en pijn, en vergelijk met de andere kant van "
            "het lichaam. Leg vast wat je voelt, niet alleen wat je ziet.",
        ),
        Asked(
            minute="19:34",
            text="Welk merk matras moeten we vermijden?",
            fate="declined",
            answer="Vraag gerust naar de eigenschappen.",
        ),
        Asked(
            minute="19:36",
            text="Gebruikt iemand de foto in het dossier om het verloop te bespreken met de huisarts?",
            votes=6,
        ),
        Asked(
            minute="19:38",
            text="Mijn cliënt weigert de wisselligging omdat hij dan slecht slaapt. "
            "Wat spreek je af, en hoe leg je dat vast?",
            votes=14,
            label="wisselligging",
        ),
        Asked(
            minute="19:39",
            text="Hoe vaak draai je iemand die ’s nachts alleen is en zelf niet kan liggen wisselen?",
            votes=23,
            fate="stage",
        ),
        Asked(
            minute="19:41",
            text="Wanneer is een schuimverband op de hiel zinvol, en wanneer leg je de hiel alleen vrij?",
            votes=18,
            fate="next",
        ),
        Asked(
            minute="19:42",
            text="Zullen we de verschillen tussen de teams eens naast elkaar leggen, met cijfers?",
            votes=3,
            fate="parked",
        ),
        Asked(
            minute="19:43",
            text="Krijgt een mantelzorger ergens een korte instructie over tillen en schuiven?",
            fate="review",
        ),
        Asked(
            minute="19:44",
            text="Ik zie bij een collega dat de huid niet wordt nagekeken. Hoe begin je daarover?",
            fate="review",
            level="anonymous",
        ),
        Asked(minute="19:44", text="Is er een kussen dat in de rolstoel én in de auto past?", fate="review"),
    ),
    said=(
        ("19:37", "Samira", "Bij ons hangt de draaischijf aan het bed, scheelt veel discussie bij de overdracht."),
        ("19:39", "Wim", "Welke draaischijf is dat? Zelf gemaakt?"),
        ("19:39", "Samira", "Ja, twee kartonnen cirkels. Ik neem er volgende keer een mee."),
        (
            "19:42",
            "Els",
            "Elke vier uur was bij ons met een goed matras genoeg, na een nacht goed kijken naar de huid.",
        ),
        ("19:43", "Thijs", "Wij spreken met de nachtroute één vast moment af en de rest doet het matras."),
    ),
)

PIPELINES = Evening(
    lang="en",
    community="Pipeline Guild",
    purpose="People who move data at eleven organisations compare what works, what broke, and what they would do now.",
    chat="Workbench",
    title="Late data without late nights",
    level="pseudonymous",
    now="15:45",
    moderator="Noor Visser",
    other="Ivo Kuipers",
    participant="Dana Hill",
    asking="Do you alert on freshness per table or per business process?",
    asked=(
        Asked(
            minute="15:27",
            text="Could we compare orchestrators honestly, once, with numbers?",
            votes=8,
            fate="follow_up",
        ),
        Asked(
            minute="15:30",
            text="What makes a load idempotent in practice?",
            votes=12,
            fate="answered",
            label="loading",
            answer="A key that the source gives you, a merge on it, and a test that runs every load twice.",
        ),
        Asked(
            minute="15:31",
            text="Which vendor should we avoid?",
            fate="declined",
            answer="Names a company; please ask about the practice.",
        ),
        Asked(
            minute="15:34", text="Can someone show a schema contract that survived a year?", votes=17, label="contracts"
        ),
        Asked(
            minute="15:35", text="How do you explain “data as of” to people who only look at the dashboard?", votes=14
        ),
        Asked(
            minute="15:38",
            text="How do you pick a watermark when one source is always two days late?",
            votes=23,
            fate="stage",
        ),
        Asked(
            minute="15:39", text="Who owns a backfill: the producer or the team that noticed?", votes=19, fate="next"
        ),
        Asked(minute="15:40", text="Does anyone run backfills in daylight hours on purpose?", votes=5),
        Asked(
            minute="15:41",
            text="What is a sane retention for raw files if storage is cheap but audits are not?",
            votes=2,
            fate="parked",
        ),
        Asked(
            minute="15:42",
            text="Is there a way to rerun just one partition without triggering every downstream model again?",
            fate="review",
        ),
        Asked(
            minute="15:43",
            text="Our finance mart doubles every time the vendor resends a file. What do others key on?",
            fate="review",
        ),
        Asked(
            minute="15:44",
            text="How do you tell your lead that the on-call rota is the problem?",
            fate="review",
            level="anonymous",
        ),
    ),
    said=(
        ("15:36", "Sam", "We keep a table of what each source promised, and one of what it did."),
        ("15:38", "Lea", "Is that by hand, or does something fill it?"),
        ("15:38", "Sam", "By hand for the promise, a view for the rest. I will paste the view here."),
        ("15:42", "Omar", "Ours is late so reliably that the watermark is simply Wednesday."),
        ("15:43", "Priya", "That is the most honest watermark I have heard of."),
    ),
)

EVENINGS = (WOUNDS, PIPELINES)
