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
