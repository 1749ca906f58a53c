# Wat Kring van mensen bewaart.

privacy-title = Wat Kring van je bewaart
privacy-link = Wat Kring van je bewaart
privacy-lead = Kring draait op een server van deze gemeenschap zelf. Er gaat niets naar anderen.

privacy-said = Wat je zegt
privacy-said-stays = Berichten, vragen en briefjes blijven. Zolang de ruimte open is, kun jij weghalen wat je zei, en een moderator wat wie dan ook zei.
privacy-said-goes = Wat in een sessie is gezegd, wordt { $days ->
    [one] een dag
   *[other] { $days } dagen
} na het sluiten verwijderd. Wat ze opleverde, blijft.
privacy-said-chat = In een chat staat je naam erbij. Iedereen in de gemeenschap kan het lezen en doorzoeken, gasten zolang ze binnen zijn.
privacy-said-library = Wat een sessie opleverde gaat naar de bibliotheek, waar leden het vinden.
privacy-said-reported = Meld je iets, dan zien moderators wat en waarom, en niemand dat jij het was.

privacy-levels = Als je in een sessie vraagt of schrijft
privacy-levels-lead = Elke sessie zegt hoeveel er van je te zien is. Minder laten zien mag altijd.
privacy-seen = Zolang ze open is, zien anderen
privacy-seen-named = je naam
privacy-seen-pseudonymous = een schuilnaam, dezelfde bij alles wat je in die ruimte schrijft
privacy-seen-anonymous = niets van jou, en moderators ook niet
privacy-left = Als ze gesloten is, heeft Kring
privacy-left-named = je naam en je woorden
privacy-left-pseudonymous = de schuilnaam en de woorden, en niets dat naar jou leidt
privacy-left-anonymous = de woorden, en niets dat naar jou leidt
privacy-beyond = Zolang een sessie open is, zou wie de server beheert kunnen uitzoeken wie wat schreef. Hoe je schrijft, en een kleine groep, kunnen je altijd verraden.

privacy-you = Over jou
privacy-you-name = De naam die je gaf, je rol, de maand waarin je kwam, en waarover je zei dat men je kan vragen.
privacy-you-day = De laatste dag dat je er was, nooit een tijdstip.
privacy-you-mail = Je mailadres, als je het toevoegde: alleen om je een link te sturen waarmee je inlogt.
privacy-you-passkey = Van een passkey de openbare helft. Je vinger of gezicht komt nooit van je apparaat af.

privacy-device = Op je apparaat
privacy-cookie = Eén cookie, dat je { $days } dagen ingelogd houdt. Voor iets anders geen.
privacy-drafts = Wat je typte en nog niet verstuurde, en wat op de verbinding wacht. Uitloggen haalt het weg.
privacy-nobody-else = De pagina vraagt niets aan andere servers: geen tellers, geen lettertypen, geen kaarten.

privacy-not = Wat Kring niet bewaart
privacy-not-votes = Wie waarop stemde, zodra een sessie gesloten is; en daarvoor laat Kring het nooit zien.
privacy-not-times = Wanneer je er was, waar je klikte, wat je zocht.
privacy-not-log = Geen namen, woorden of adressen in het logboek. Je netwerkadres staat alleen in het geheugen, om raden tegen te gaan.

privacy-out = Het eruit halen
privacy-out-yours = Verwijder een bericht of briefje: de woorden zijn weg, ook uit het zoeken. Trek een vraag in: alleen jij en moderators zien haar nog.
privacy-out-leave = Verlaat de gemeenschap op je eigen pagina. Ben je nergens meer lid, dan vergeet Kring ook je mailadres en passkeys. Wat je zei blijft, onder de naam van toen.
privacy-out-community = Heft de eigenaar de gemeenschap op, dan blijft er niets van over in de bestanden van de server.
privacy-out-copies = Na een upgrade blijft { $days } dagen een kopie van de bestanden bewaard. Hoelang back-ups blijven, bepaalt wie de server beheert: vraag het.
