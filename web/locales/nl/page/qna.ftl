# Een sessie en haar vragen: wat iedereen erin ziet, en de woorden die bureau en scherm ermee delen.

## Overal

status-review = In behandeling
status-open = Open
status-stage = Aan de beurt
status-answered = Beantwoord
status-follow_up = Vervolg
status-declined = Afgewezen
status-withdrawn = Ingetrokken
because-off_topic = Buiten het onderwerp
because-asked_before = Al gevraagd
because-answered_before = Al beantwoord
because-unclear = Niet duidelijk genoeg
because-not_now = Nu geen tijd voor
because-conduct = Tegen de afspraken
level-named = Onder je naam
level-pseudonymous = Onder een schuilnaam
level-anonymous = Anoniem
votes-count =
    { $count ->
        [one] 1 stem
       *[other] { $count } stemmen
    }
to-community = Naar de kring
session-none-title = Je kunt deze sessie niet in
session-barred = Je kunt deze sessie nu niet openen. Laad de pagina opnieuw, of vraag het wie je uitnodigde.
session-is-closed = Deze sessie is gesloten. Je kunt nog lezen wat eruit kwam. Je eigen vragen kent alleen deze browser nog.
secret-is-gone = Het geheim van deze ruimte is weg. Kring weigert stemmen en vragen zonder naam, en maakt geen nieuw geheim. Sluit deze sessie en begin een andere.
desk = Bureau
rooms = Ruimtes
questions = Vragen
chat = Chat
unread = ongelezen
loading-questions = De vragen komen eraan

## Wie weet wat je vraagt

level-named-short = Je naam
level-pseudonymous-short = Schuilnaam
level-anonymous-short = Anoniem
level-named-means = Je naam staat bij wat je vraagt. Stemmen zijn geheim. Een vraag onder een schuilnaam of zonder naam mag ook.
level-pseudonymous-means = Je hebt hier een schuilnaam, dezelfde voor alles wat je in deze sessie vraagt. Ook moderators zien niet meer dan dat. Stemmen zijn geheim. De chat is onder je naam.
level-anonymous-means = Niemand ziet wie er vraagt, ook moderators niet. Stemmen zijn geheim. De chat is onder je naam.

## Vragen stellen

ask-title = Stel een vraag
ask-field = Je vraag
ask-placeholder = Wat wil je weten?
ask-how = Hoe je vraagt
ask-named = Als { $name }.
ask-pseudonymous = Als { $nickname }. Niemand hier ziet wie dat is.
ask-anonymous = Zonder naam. Niemand hier ziet wie er vraagt, ook moderators niet.
ask-reviewed = Een moderator leest eerst.
ask-few = Er zijn hier minder dan vijf mensen: je vraag kan je toch verraden.
ask-editing = Je wijzigt je vraag
ask-too-long = { $over } tekens te lang. Maak je vraag korter, of stel er twee.
ask = Stel vraag
ask-first = Stel een vraag
asking-closed = Vragen stellen kan nu niet. Lezen en stemmen wel; wat je schreef blijft bewaard.
asking-locked = Alleen begeleiders kunnen hier nu iets doen. Je kunt meelezen; wat je schreef blijft bewaard.
asking-closed-for-good = Hier kan niets meer worden gevraagd.

## De vragen

now-answering = Nu aan de beurt
since-now = sinds zojuist
since-minutes =
    { $count ->
        [one] sinds 1 minuut
       *[other] sinds { $count } minuten
    }
up-next = Hierna
which-questions = Welke vragen
tab-top = Top
tab-new = Nieuw
tab-answered = Beantwoord
tab-mine = Van mij
order-show = Nieuwe volgorde · tonen
vote = Stem op deze vraag
vote-take-back = Neem je stem terug
vote-give =
    { $count ->
        [one] Stem op deze vraag. 1 stem
       *[other] Stem op deze vraag. { $count } stemmen
    }
vote-given =
    { $count ->
        [one] Je stemde op deze vraag. 1 stem
       *[other] Je stemde op deze vraag. { $count } stemmen
    }
you-asked = Jij
your-question = Je vraag
only-you-see-it = Alleen jij en de moderators zien hem nu.
declined-because = Niet behandeld: { $why }.
follow-up-means = Wordt na deze sessie beantwoord.
answered-live = In de sessie beantwoord
answered-written = Schriftelijk beantwoord
withdraw = Trek in
withdrawn = Vraag ingetrokken
question-removed = Een vraag van jou is door een moderator verwijderd.
none-top-title = Nog geen vragen
none-new-title = Nog geen vragen
none-answered-title = Nog niets beantwoord
none-mine-title = Je hebt nog niets gevraagd
none-reviewed = Wat je hier vraagt staat er zodra een moderator het heeft gelezen. Met je stem zeg je wat eerst moet.
none-open = Wat je hier vraagt ziet iedereen meteen. Met je stem zeg je wat eerst moet.
none-answered = Wat beantwoord is, blijft hier te lezen.
none-mine = Je eigen vragen staan hier, met wat ervan werd. Alleen jij ziet ze bij elkaar.
questions-new =
    { $count ->
        [one] 1 nieuwe vraag
       *[other] { $count } nieuwe vragen
    }
mine-review = Je vraag is weer in behandeling
mine-open = Je vraag staat open: anderen kunnen erop stemmen
mine-stage = Je vraag is nu aan de beurt
mine-answered = Je vraag is beantwoord
mine-follow_up = Je vraag krijgt na deze sessie een vervolg
mine-declined = Je vraag is niet behandeld; de reden staat erbij
mine-removed = Je vraag is door een moderator verwijderd

## De chat ernaast

chat-named = onder je naam
chat-beginning-session = Iedereen in deze sessie leest hier mee.
chat-empty-session = Iedereen in deze sessie leest wat je hier schrijft, onder je naam.

## Toetsen

key-next-question = Volgende vraag
key-previous-question = Vorige vraag
key-vote = Stem, of neem je stem terug
key-ask = Stel een vraag
key-show-new = Toon wat nieuw is
key-tabs = Top, Nieuw, Beantwoord, Van mij
key-chat = Naar de chat
