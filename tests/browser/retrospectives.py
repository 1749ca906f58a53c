"""Made up for the pictures: what two communities wrote on a board, in Dutch and in English."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.evenings import PIPELINES, WOUNDS, Evening

Written = tuple[str, str, int]
"""Who, what, and how many dots it gets."""


@dataclass(frozen=True, kw_only=True)
class Retrospective:
    """`notes`: of the columns keep, change and try. `mine`: the participant's own, for keep and change; `half`: what
    they are writing. `together`: two notes that get `name`. `actions`: what, by whom, by when; from the first note."""

    evening: Evening
    session: str
    title: str
    notes: tuple[tuple[Written, ...], ...]
    mine: tuple[str, str]
    half: str
    together: tuple[str, str]
    name: str
    dots: int
    actions: tuple[tuple[str, str, str], ...]
    decisions: tuple[str, ...]


DISC = Retrospective(
    evening=WOUNDS,
    session="Negen weken met de draaischijf",
    title="Wat nemen we mee?",
    notes=(
        (
            ("Samira", "De schijf hangt zichtbaar aan het bed", 3),
            ("Els", "De overdracht is een kwartier korter", 6),
            ("Wim", "Wie twijfelt belt, en er neemt altijd iemand op", 1),
        ),
        (
            ("Thijs", "De avondroute kreeg de schijven pas in week drie", 2),
            ("Samira", "Mantelzorgers wisten niet waar de schijf voor was", 0),
            ("Joost", "Familie draait de schijf mee, goed bedoeld", 0),
        ),
        (
            ("Els", "Een kaartje met één minuut uitleg voor mantelzorgers", 4),
            ("Thijs", "De schijf vertalen, in elk geval in het Turks en het Pools", 3),
            ("Joost", "Een vaste vraag aan het begin van elke dienst: hoe was de huid?", 1),
        ),
    ),
    mine=("Elke week een foto in het dossier", "We noteren op twee plekken: op de schijf én in het dossier"),
    half="Nieuwe collega’s kregen geen uitl",
    together=("Mantelzorgers wisten niet waar de schijf voor was", "Familie draait de schijf mee, goed bedoeld"),
    name="De mantelzorg erbij",
    dots=9,
    actions=(
        ("Een kaartje met uitleg maken, en het bij elk bed leggen", "Els", "14"),
        ("Alle schijven naar de avondroute brengen", "Thijs", "5"),
    ),
    decisions=("We noteren alleen nog in het dossier.",),
)

LOADS = Retrospective(
    evening=PIPELINES,
    session="The week we loaded twice",
    title="What do we take with us?",
    notes=(
        (
            ("Sam", "The status page said it before anybody asked", 3),
            ("Lea", "We ran the backfill in daylight, with two people", 6),
            ("Omar", "Contract tests caught the renamed column", 1),
        ),
        (
            ("Priya", "Alerts go to a list that nobody reads", 0),
            ("Sam", "Three of us repaired the same table", 2),
            ("Omar", "Finance heard it from their own dashboard", 0),
        ),
        (
            ("Lea", "Alert the owner of the process, not of the table", 4),
            ("Tom", "A key that the source gives us, in every contract", 3),
            ("Priya", "A drill of ten minutes on the first Monday", 1),
        ),
    ),
    mine=("One channel, and one person who writes in it", "The runbook still names the old warehouse"),
    half="Nobody knew who decides to st",
    together=("Alerts go to a list that nobody reads", "Finance heard it from their own dashboard"),
    name="Who hears it first",
    dots=9,
    actions=(
        ("Send freshness alerts to whoever owns the process", "Lea", "14"),
        ("Rewrite the runbook, then drill it once", "Dana", "5"),
    ),
    decisions=("Backfills happen in daylight.",),
)

RETROSPECTIVES = (DISC, LOADS)
