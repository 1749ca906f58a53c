# Wat Kring over kringen zelf zegt: er een beginnen, veranderen, weghalen.

board-of-session = Bord

http-already-begun = Deze kring is al ingericht. Veranderen kan bij de instellingen van de kring.
http-community-name-empty = Geef de kring een naam, zodat mensen weten waar ze zijn.
http-other-name = Dat is niet de naam van deze kring. Neem hem precies over; er is niets weggehaald.

## kring init

init-done = { $name } is er, met { $owner } als eigenaar. Start de server (kring serve) en open dan deze link. Hij werkt één keer, binnen 30 minuten; een nieuwe: kring link owner --person "{ $owner }"
init-begun = Deze Kring is al van een kring: { $name }. Verander hem op zijn pagina, of kies andere bestanden met KRING_DATA.
init-nameless = De kring en de eigenaar hebben allebei een naam nodig die te lezen is.
help-init = Zeg wat de kring is, zonder pagina: dat kan één keer. Geeft de inloglink van de eigenaar.
help-init-name = Hoe de kring heet.
help-init-owner = Hoe de eigenaar heet.
help-init-purpose = Waar de kring voor is, in een zin.
help-init-lang = De taal van wat Kring er zelf zegt: nl of en.
help-init-preset = Waar de kring vooral voor is: helping (elkaar helpen), best_practice (goede praktijken), stewarding (kennis beheren) of innovation (vernieuwen).
