"""What people would type who read these conversations, or would like to have, and what they then hope to find.

Written before there was any ranking. A passage is told by a few of its words. The Dutch ones are about content of our
own (DUTCH): an evening of energy coaches.
"""

from __future__ import annotations

from msgspec import Struct


class Wanted(Struct, frozen=True):
    """`query`: as typed; `hoped`: what should be among the first five, best or not, each told by words that are in it.

    `why`: what makes it more than a word that stands there as typed.
    """

    query: str
    hoped: list[str]
    why: str = ""


CHANNEL = [
    Wanted("swap file in home folder", ["can i have the swap file in the /home", "have the swap file anywhere"]),
    Wanted(
        "enlarge swap file", ["can swap files be enlarged", "if the swap file is on LVM"], "another form; an answer"
    ),
    Wanted(
        "primary partitions limit",
        ["a 4 primary partition limit", "only allowed four primary partitions", "up to 4 primary partitions"],
        "another form; not all words",
    ),
    Wanted(
        "keyboard shortcuts",
        ["useful guide for ubuntu keyboard shortcuts", "configure keyboard shortcuts", "Keyboard shortcuts can be set"],
    ),
    Wanted("apparmor", ["is creating security profiles", "what AppArmor does?", "community/AppArmor"]),
    Wanted(
        "static ip switches back to dhcp",
        ["suddenly Ubuntu switches back to DHCP", "starts using a DHCP lease again", "manually killed the dhclient"],
        "some say it in other words",
    ),
    Wanted("record webcam video", ["record my webcam video", "could record my USB video device"]),
    Wanted("touchpad too sensitive", ["touchpad seems to be too sensitive"]),
    Wanted("remember brightness setting", ["remember my different brightness", "remember different brightness"]),
    Wanted("uninstalling steam games", ["uninstall a game from steam", "remove a steam game"], "another form"),
    Wanted("encrypted folder", ["encrypt a single folder", "encrypt home folder"], "another form"),
    Wanted("software raid mirror", ["software raid 1 (mirror)"]),
    Wanted("reset keyring password", ["reset the keyring password"]),
    Wanted(
        "printing from windows", ["a Windows Pc to print on", "community/NetworkPrintingWithUbuntu"], "another form"
    ),
    Wanted("hibernte swap", ["if you want to use the hibernate"], "a slip of the finger"),
    Wanted("virtualbx bus error", ["a weird bus error"], "a slip of the finger"),
    Wanted("teamv", ["use teamviewer instead of ssh", "alternative to vnc is teamviewer"], "a beginning"),
]

MEETING = [
    Wanted("cloud anchors", ["bring back cloud anchors", "think that they are cloud anchors"]),
    Wanted("difference depth sensing and geometry", ["difference between depth sensing and real world geometry"]),
    Wanted("QR codes", ["QR code tracking built-in", "interested on the QR code side"], "another form"),
    Wanted("webgpu", ["everyone is really interested in the WebGPU", "natural to fold WebGPU"]),
    Wanted("anchors shipped in chrome", ["we shipped anchors in m85"]),
    Wanted("tag review", ["API does need TAG review"]),
    Wanted("volunteer for dom overlay", ["one point of contact for DOM overlays"], "another form"),
    Wanted("lighting estimations", ["poor, poor lighting estimation", "on to lighting estimation"], "another form"),
    Wanted("privacy hurdles", ["the biggest hurdles are still the privacy"]),
    Wanted("sticky notes", ["similar to sticky notes exercise"]),
    Wanted("acessibility", ["There's work on improving accessibility", "XR accessibility documentation"], "a slip"),
]

EVENING = [
    Wanted("huizen isoleren", ["Hoe isoleer je een huis"], "other forms: z and s, singular and plural"),
    Wanted("subsidie warmtepompen", ["subsidieaanvraag voor een warmtepomp"], "a compound"),
    Wanted("reunie", ["de reünie van de eerste coaches"], "without its dots"),
    Wanted("vergaderingen", ["De vergadering van maart"], "another form"),
    Wanted(
        "warmtepmp", ["subsidieaanvraag voor een warmtepomp", "Een warmtepomp maakt geluid"], "a slip of the finger"
    ),
    Wanted("besluit parkeren", ["niet meer geparkeerd"], "another form: ge-t"),
    Wanted("zonnepan", ["zonnepanelen op een plat dak"], "a beginning"),
    Wanted("brief aan gemeente", ["De brieven aan de gemeente"], "another form: v and f"),
    Wanted("tochtige ramen", ["tocht bij de ramen"], "another form"),
    Wanted("bewoners langs de deur", ["langs de deuren gaan bij bewoners"], "another form"),
]

DUTCH = [
    "Hoe isoleer je een huis uit 1930 zonder spouwmuur?",
    "Begin met de vloer en het dak, dan pas de gevel.",
    "De subsidieaanvraag voor een warmtepomp moet voor 1 december binnen zijn.",
    "Een warmtepomp maakt geluid: zet hem niet onder het slaapkamerraam van de buren.",
    "Wie gaat er mee naar de reünie van de eerste coaches?",
    "De vergadering van maart is verzet naar donderdag.",
    "We besluiten dat er bij het buurthuis niet meer geparkeerd wordt.",
    "Kun je zonnepanelen op een plat dak leggen zonder te boren?",
    "De brieven aan de gemeente liggen klaar om getekend te worden.",
    "Plak een strip tegen de tocht bij de ramen, dat kost bijna niets.",
    "Wie wil er op zaterdag langs de deuren gaan bij bewoners van de Lindenlaan?",
    "De koffie is op, wie haalt er nieuwe?",
    "Een infraroodcamera leen je bij de bibliotheek.",
    "Mijn energierekening is twee keer zo hoog als vorig jaar.",
    "Vraag eerst of iemand tijd heeft, en begin dan pas over de ketel.",
    "Het dak van de school is te zwak voor panelen.",
    "Er komt een nieuwe folder over ventileren.",
    "Zullen we volgende keer met een rondje beginnen?",
    "De gemeente betaalt de huur van de zaal.",
    "Ik heb een huis gezien met drie ketels.",
]
