# Programma's die meedoen: wat de server erover zegt.

## Staat achter de naam van elk programma
program-mark = (programma)

http-program-name-taken = Iemand of iets heet hier al “{ $name }”. Kies een andere naam.
http-programs-full = Er zijn al { $most } programma's. Trek er een in die niemand meer nodig heeft, en maak dan een nieuwe.

## kring token
token-made = Het token van “{ $name }”, { $role }. Je ziet het alleen nu, dus bewaar het waar alleen het programma erbij kan:
token-no-community = Er is geen kring “{ $community }”. Kies een van: { $known }.
help-token = Maak een token voor een programma, in een rol: { $roles }
help-token-name = Hoe het programma heet; mensen zien erachter dat het een programma is.
help-token-community = De kring waar het bij hoort: de naam of het id. De eerste, als je er geen noemt.
