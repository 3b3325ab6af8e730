"""How persons are called in Sweden: common given names, and the shapes of surnames."""

_COMMON = """
    abdi abdul abdullah adam adrian agnes agneta ahmad ahmed aisha albin aleksandra alex
    alexander alexandra alf ali alice alicia alva amanda amina amir anders andreas andré anette
    angelica anita anki anna anneli annelie annica annika anton antonia arne arvid asta astrid
    august axel barbro beatrice bengt berit bertil birger birgit birgitta bosse britt britta
    börje calle camilla carina carl carolina caroline casper cecilia charlie charlotte christer
    christian christina christoffer claes clara conny daniel daniela david dennis diana ebba
    ebbe edvin elias elin elina elis elisabet elisabeth ellen ellinor elsa elvira emelie emil
    emilia emma erik erika ernst ester eva evelina evert fabian fatima felicia felix filip
    filippa folke fredrik freja frida gabriel george gerd gisela greger greta gunilla gunnar
    gunnel gustaf gustav göran gösta hampus hanna hannah hannes harald hasan hassan hedda hedvig
    helen helena helge henrik henry hilda hjördis hugo hussain hussein håkan ibrahim ida igor
    ines ingemar ingrid ingvar irene irma isabella isabelle isak ivan ivar jakob jana janne
    jenny jens jerker jerry jesper jessica jim jimmy joakim johan johanna johannes john johnny
    jonas jonathan jonna josef josefin josefine julia julian jörgen kajsa kalle karin karl
    karolina katarina katja kenneth kerstin khadija khaled kim kjell klas kristian kristina
    kristoffer lars lasse lea leif leila lena lennart leo lilian lina linda linnea linnéa linus
    lisa lisbeth louise lovisa lucas ludvig lukas mads magdalena magnus maja majken malin malte
    margareta margaretha margit maria mariam marianne marie marika markus martin martina maryam
    mathias matilda mats mattias melvin micael michael mikael milo mirjam moa mohamed mohammad
    mohammed mona monica monika morgan muhammad mustafa nadia naima nasrin nathalie nathan nelly
    nicklas niclas nicole niklas nils nina noah noel nour ola olga olivia olle olof olov omar
    omid oscar oskar osman otto patricia patrick patrik paul pauline pelle pernilla peter petra
    philip pia pontus ragnar ramona rasmus rebecca rebecka reza richard rickard robert robin
    roger rolf ronja ronny ruben rune sabina said salma samir samira samuel sandra sara sarah
    sebastian selma signe sigrid simon siri sixten sofi sofia sofie sonja staffan stefan stella
    stellan stina sture suleiman sune susanna susanne svante sven sylvia tanja theo theodor
    therese thomas tilda tilde tina tobias tomas tommy tony torbjörn torsten tyra ulf ulla
    ulrica ulrika valter vera veronica veronika victor victoria vidar viktor viktoria vilgot
    vilhelm vilma vincent viveka wiggo wilhelm william wilma yasmin ylva youssef yusra yusuf
    yvonne zahra zainab zara åke åsa örjan östen
"""
GIVEN = frozenset(_COMMON.split())
"""Common given names that are neither ordinary words nor towns, in small letters."""

_NATURE = (
    "ahl|ek|alm|ander|ask|asp|berg|björk|blom|borg|bäck|ceder|dahl|edel|eng|engel|fager|falk|fors|"
    "frid|gran|grön|gyllen|hag|hall|hammar|hammer|hed|hell|holm|hult|häger|hägg|kall|kull|käll|"
    "lager|lilje|lind|ljung|lund|löf|löv|malm|mell|mo|my|nor|nord|norr|ny|näs|palm|ros|rosen|ryd|"
    "sand|sjö|skog|sten|stjern|strand|ström|stål|sund|svan|svärd|söder|thor|tor|törn|ung|vall|"
    "vest|vester|vik|väst|väster|wall|west|wester|wik|åhl|åker|ål|äng|å|ö|öst|öster"
)
_ENDINGS = "bergh?|blad|dahl|feldt|gren|holm|[kq]vist|lundh?|stedt|ström"
SURNAME = (
    rf"(?:(?<!\w)\w{{2,}}sson|(?:{_NATURE})(?:{_ENDINGS})|"
    r"(?:berg|ek|hed|lind|nor|ny|öh|öst|åker)man)"
)
"""A pattern of surnames that are no ordinary words, in small letters: patronymics and words of
nature put together. Foreign surnames and short ones (Berg, Lund) are not among them."""
