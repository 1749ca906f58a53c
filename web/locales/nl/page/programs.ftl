# Programma's die meedoen: maken, bekijken en intrekken.

programs-title = Programma's
programs-hint = Ook een programma kan meedoen: een bot die antwoord geeft, of een script dat iets overneemt.
programs-link = Bekijk de programma's
programs-lead = Een programma doet mee met een token. Achter de naam lezen mensen altijd dat het een programma is.
programs-new = Maak een programma
programs-empty-title = Nog geen programma's
programs-empty-text = Maak een token en geef het aan een bot of een script. Wat het mag, kies jij; intrekken sluit het meteen buiten.
programs-not-yours = Over programma's gaan de eigenaren
programs-not-yours-text = Wil je dat er een bot meedoet? Vraag het aan een van hen.
programs-revoked = Het programma is ingetrokken.

program-used = voor het laatst hier op { $day }
program-unused = nooit hier geweest
program-made = gemaakt op { $day }
program-made-by = gemaakt op { $day } door { $name }
program-revoke = Trek in
program-revoke-of = Trek in: { $name }
program-revoke-title = { $name } intrekken?
program-revoke-text = Het wordt meteen buitengesloten en het token werkt niet meer. Wat het zei, blijft. Dit kun je niet terugdraaien; een nieuw programma maken kan altijd.

program-name = Hoe heet het?
program-name-hint = Bijvoorbeeld: Weerbericht. Erachter komt te staan dat het een programma is.
program-name-missing = Vul in hoe het programma heet.
program-role = Wat mag het?
program-may-guest = Doet mee in de chat, en in sessies waar het met de code binnenkomt.
program-may-member = Leest en schrijft in alle ruimtes, en zoekt in de bibliotheek.
program-may-moderator = Leidt ook sessies, haalt weg wat niet hoort en werkt aan de bibliotheek.
program-make = Maak het token
program-made-title = Het token van { $name }
program-made-text = Kopieer het nu: je ziet het niet nog eens. Wie het heeft, doet mee onder deze naam, dus bewaar het waar alleen het programma erbij kan.
program-token = Token
program-copied = Het token is gekopieerd.
program-selected = Het token is geselecteerd. Kopieer het met Ctrl+C, of houd het ingedrukt.
