"""Headings and notes of the lägesbild."""

from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.terms.verdicts import Verdict

CONTENTS = "Innehåll"
OWN_TEXT = "Egen text"
SITUATION_KINDS = {
    ReportKind.SITUATION: "Lägesbild",
    ReportKind.STEERING: "Styrgruppsrapport",
    ReportKind.PLAN_AREA: "SKA-underlag",
}
SITUATION_AUDIENCES = {
    Audience.INTERNAL: "Intern version",
    Audience.PUBLIC: "Offentlig version",
}
SITUATION_FOOTERS = {
    Audience.INTERNAL: "Intern version – får inte spridas",
    Audience.PUBLIC: "Offentlig version",
}
SITUATION_FOR = {
    Audience.INTERNAL: "Polis och kommun (internt)",
    Audience.PUBLIC: "Alla: små antal är dolda",
}
SITUATION_FACT_PERIOD = "Gäller"
SITUATION_FACT_BEFORE = "Jämförs med"
SITUATION_FACT_FOR = "För"
SITUATION_FACT_PLAN = "Plan"
SITUATION_FACT_AS_OF = "Läget den"
SITUATION_SECTIONS = {
    "sammanfattning": "Sammanfattning",
    "kartlaggning": "Kartläggning",
    "oversikt": "Översikt",
    "alla": "Alla anmälda brott",
    "nar": "När det händer",
    "bra": "Brås statistik som referens",
    "annan_information": "Annan information",
    "undersokning": "Trygghetsundersökningen",
    "vandringar": "Trygghetsvandringar och trygghetsronder",
    "fynd": "Öppna fynd per ansvarig",
    "handelser": "Polisens publicerade händelser",
    "analys": "Analys",
    "okningar": "Säkerställda ökningar",
    "minskningar": "Säkerställda minskningar",
    "oavgjort": "Det som inte kan avgöras",
    "okant": "Det vi inte vet",
    "slutsatser": "Samlad bedömning",
}
"""Headings of a lägesbild by the section's word, in the order in which they stand."""
SITUATION_MAPPING_INTRO = (
    "Den här delen visar vad som har anmälts till polisen, var och när. Den visar inte allt som "
    "har hänt: en del brott anmäls sällan, andra upptäcks bara när polisen letar."
)
SITUATION_OTHER_INTRO = (
    "Den här delen samlar det som anmälningarna inte visar: hur tryggheten upplevs, vad "
    "vandringarna har sett och vad polisen har berättat. Säkerhet (risken att utsättas) och "
    "trygghet (upplevelsen) redovisas var för sig och vägs aldrig ihop."
)
SITUATION_ANALYSIS_INTRO = (
    "Punkterna i den här delen följer av siffrorna ovan. En förändring kallas säkerställd bara när "
    "hela dess 95-procentsintervall ligger på ena sidan om noll, med hänsyn till hur mycket "
    "antalen brukar variera, vad som saknar plats och hur många jämförelser som görs. Varför något "
    "har ändrats säger siffrorna inte."
)
SITUATION_ONE_RISEN = "Säkerställd ökning"
SITUATION_ONE_FALLEN = "Säkerställd minskning"
SITUATION_VERDICTS = {
    Verdict.INCREASE: "ökning",
    Verdict.DECREASE: "minskning",
    Verdict.NO_CLEAR_CHANGE: "ej säkerställd",
    Verdict.TOO_FEW: "för få",
    Verdict.SHORT_HISTORY: "kort historik",
    Verdict.UNPLACED: "saknar plats",
}
SITUATION_NO_CONCLUSION = (
    "Ingen bedömning är skriven ännu. Den skrivs av de ansvariga på sidan Lägesbild; programmet "
    "drar inga slutsatser om orsaker."
)
SITUATION_NOT_COMPARED = (
    "Perioden har inte jämförts med den före: uppgifterna täcker inte båda, se sammanfattningen."
)
SITUATION_NONE_RISEN = "Ingen säkerställd ökning, varken i kommunen som helhet eller per stadsdel."
SITUATION_NONE_FALLEN = "Ingen säkerställd minskning, varken i kommunen eller per stadsdel."
SITUATION_NONE_OPEN = "Alla jämförelser kunde göras."
SITUATION_OVERVIEW_COLUMNS = (
    "Tema",
    "Antal",
    "Per 1 000 inv. (95 %)",
    "Året före",
    "Förändring (95 %)",
    "Bedömning",
)
SITUATION_DISTRICT_COLUMNS = (
    "Stadsdel",
    "Antal",
    "Invånare",
    "Per 1 000 inv. (95 %)",
    "Året före",
    "Förändring (95 %)",
    "Bedömning",
)
SITUATION_OVERVIEW_NOTE = (
    "Ett brott kan höra till flera teman, så raderna ska inte summeras. Per 1 000 invånare avser "
    "hela kommunens befolkning. Bedömning: ökning och minskning är säkerställda; ej säkerställd "
    "betyder att slumpen kan förklara skillnaden; för få, kort historik (under 24–30 månader) och "
    "saknar plats (mer än var femte anmälan) betyder att det inte kan avgöras."
)
SITUATION_DISTRICT_NOTE = (
    "Per 1 000 invånare är utjämnat mot kommunens nivå (empirisk Bayes). Antal per invånare säger "
    "mindre där många vistas utan att bo, till exempel i centrum."
)
SITUATION_REPORTING = (
    "Benägenheten att anmäla brott är lägre i en del stadsdelar. Ett lägre antal anmälningar är "
    "inte i sig en förbättring."
)
SITUATION_NO_FIGURES = "Inga anmälda brott räknas till temat."
SITUATION_NOT_TOLD_PUBLIC = (
    "Temat gäller utpekade stadsdelar och redovisas inte för sig i den offentliga versionen. "
    "Brotten där ingår i tabellerna för övriga teman."
)
SITUATION_NO_CLASSIFIED = "Ingen stadsdel var klassad som utsatt område vid periodens slut."
SITUATION_FEW_FOR_MAP = "Antalen är för små för en karta; tabellen visar dem med osäkerhet."
SITUATION_MUNICIPALITY_ONLY = (
    "Temat visas bara för kommunen som helhet, för att inte röja enskilda händelser."
)
SITUATION_WHOLE_HIDDEN = (
    "Summan för kommunen är dold: den skulle röja ett litet antal i en stadsdel."
)
SITUATION_WHEN_PUBLIC = "Tid på dygnet visas inte i den offentliga versionen."
SITUATION_WHEN_FEW = "För få brott har känt klockslag för att timmar ska kunna visas."
SITUATION_OFFICIAL_COLUMNS = ("Brottskategori (Brå)", "Antal", "Per 100 000 inv.", "Året före")
SITUATION_OFFICIAL_NAMES = {
    "total": "Samtliga brott",
    "person": "Brott mot person",
    "theft": "Stöldbrott",
    "burglary": "Inbrott",
    "vandalism": "Skadegörelse",
    "drugs_weapons": "Narkotika- och vapenbrott",
}
SITUATION_OFFICIAL_NOTE = (
    "Brås statistik är den officiella och räknar anmälda brott efter anmälningsdatum. Den kan "
    "skilja sig från polisens uttag, som rättas löpande."
)
SITUATION_PRELIMINARY = "Uppgifterna från Brå är preliminära."
SITUATION_DIMENSIONS = {
    "perceived_safety": "Trygghet: hur det upplevs",
    "safety": "Säkerhet: att ha utsatts",
}
SITUATION_SELF_SELECTED = (
    "Svaren kommer från en öppen webbenkät där vem som helst kunde svara. De är synpunkter, inte "
    "ett mått på vad invånarna tycker, och har därför inget intervall. Följ inte någon linje från "
    "tidigare undersökningar med annat urval."
)
SITUATION_SURVEY_RANDOM = "Slumpmässigt urval. Färre än 30 svar visas inte; under 100 är osäkert."
SITUATION_WALK_FIGURES = ("Uppgift", "Värde")
SITUATION_WALK_ROWS = {
    "walks": "Närvaropass",
    "audits": "Trygghetsronder",
    "hours": "Persontimmar",
    "found": "Fynd",
    "safe": "Trygga platser som pekats ut",
    "done": "Åtgärdade fynd",
    "open": "Öppna fynd",
}
SITUATION_WALK_HOURS = "Persontimmar per stadsdel"
SITUATION_WALK_FOUND = "Fynd efter slag"
SITUATION_WALK_NOTE = (
    "Fynd görs där någon går. Få fynd i en stadsdel kan betyda att ingen har gått där."
)
SITUATION_WALK_FEW = (
    "Antal fynd är avrundade till närmaste femtal. Antal från ett till fyra, och sådana som skulle "
    "röja dem, visas inte; slag av fynd som är så få är inte med."
)
SITUATION_OWNER_COLUMNS = ("Ansvarig", "Öppna", "Försenade", "Äldsta, dagar")
SITUATION_OVERDUE = "Försenade fynd"
SITUATION_OVERDUE_COLUMNS = ("Ansvarig", "Fynd", "Stadsdel", "Skulle vara klart")
SITUATION_NO_WORK = "Inga fynd är öppna."
SITUATION_WORK_PUBLIC = "Öppna fynd"
SITUATION_WORK_WITHHELD = (
    "Enskilda fynd, och vem som har ansvar för dem, visas inte i den offentliga versionen."
)
SITUATION_NO_OVERDUE = "Inget öppet fynd har passerat sitt datum."
SITUATION_EVENT_COLUMNS = ("Dag", "Händelse")
SITUATION_TABLE_OF = "Anmälda brott per stadsdel, i bokstavsordning"
SITUATION_CLUSTERS = "Där det samlas mest"
SITUATION_DRAFT = "Utkast: inte fryst. Siffrorna kan ändras när nya uppgifter läses in."
SITUATION_MISSING = {
    "official": (
        "Brås statistik för perioden saknas. Hämta den på bra.se och läs in den på sidan Data."
    ),
    "survey": "Ingen trygghetsundersökning är inläst. Läs in den på sidan Data.",
    "survey_old": (
        "Den senaste trygghetsundersökningen är mer än ett år äldre än perioden. Finns en nyare, "
        "läs in den på sidan Data."
    ),
    "actions": (
        "Inga åtgärder hör till perioden. Lägg in dem på sidan Åtgärder eller läs in en lista på "
        "sidan Data."
    ),
    "follow_ups": (
        "Uppföljningar saknas; de står per ansvarig i rapporten. Skriv dem på sidan Åtgärder."
    ),
    "walks": (
        "Inga vandringar är registrerade i perioden. Lägg in dem på sidan Vandringar om det har "
        "gåtts."
    ),
    "events": (
        "Polisens publicerade händelser för perioden är inte inlästa. Läs in dem på sidan Data."
    ),
}
