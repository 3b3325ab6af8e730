"""What the page Om uppgifterna says."""

from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.municipality import Plan
from trygghetskarta.words.texts import RESIDENTS_CAVEAT, level_word

ABOUT_INTRO = "Vad siffrorna betyder, var de kommer ifrån och vad som inte visas."
ABOUT_STORE = "I lagret just nu"
ABOUT = {
    "Säkerhet och trygghet är två saker": (
        "Säkerhet är den faktiska risken att utsättas för brott. Trygghet är hur människor "
        "upplever sin vardag. De visas sida vid sida och vägs aldrig ihop till ett index.",
    ),
    "Anmälda brott": (
        "Kartan visar anmälda brott, inte alla brott som sker. Hur stor del som anmäls skiljer sig "
        "mellan brottstyper och mellan områden; i ett utsatt område anmäls färre.",
        "Antal räknas på anmälningsdatum, som i Brås statistik, om inget annat väljs.",
    ),
    "Noll, dold och uppgift saknas": (
        "0 betyder att inget har anmälts. Dold betyder att antalet är för litet för att visas, "
        "eller att det skulle röja ett sådant antal. Uppgift saknas betyder att vi inte vet.",
    ),
    "Per 1 000 invånare": (
        "Tal per invånare visas alltid med antal, invånare och 95 % intervall. De är utjämnade mot "
        "kommunens nivå (empirisk Bayes), så att små områden inte hoppar av en slump. Områden med "
        "färre än 50 invånare får inget tal per invånare.",
        RESIDENTS_CAVEAT,
    ),
    "Förändring": (
        "En förändring kallas säkerställd bara när hela 95 %-intervallet ligger på ena sidan om "
        "noll. ”Kan inte avgöras” betyder att talen är så små att inte ens en fördubbling skulle "
        "synas; det är något annat än ”ingen säkerställd förändring”.",
    ),
    "Områden": (
        "Stadsdelarna bygger på SCB:s RegSO 2025, där ett område är delat så att Kronogården och "
        "Lextorp kan visas var för sig. De är inte kommunens officiella indelning. DeSO-gränserna "
        "inne i varje RegSO är ungefärliga (cirka 40 meter).",
        "Källa för områden och befolkning: SCB (CC0). Källa för kommunens årssummor: Brå.",
    ),
    "Hotspots": (
        "En hopning kallas säkerställd när en ruta och dess grannar har fler anmälda brott än vad "
        "slumpen brukar ge bland alla rutor där något brott är känt. Den säger inte att platsen är "
        "farlig för den som är där, och inte varför det hopar sig. Jämför med slumpen på sidan.",
        "Brott som saknar en punkt finns inte på den kartan; bildtexten säger hur många.",
    ),
    "Tider": (
        "Ett brott som kan ha skett när som helst i ett intervall fördelas över alla dess timmar "
        "(aoristiskt). Klockslaget 00.00 betyder ofta att tiden är okänd.",
    ),
    "Prioriterade områden": (
        "Ett prioriterat område i planen är ett tema, inte en plats. Bara temat Utsatt område är "
        "en geografi, och den är daterad: polisens lista ändras över tid.",
    ),
}
THEME_COLUMNS = {
    "name": "Prioriterat område",
    "internal": "Visas internt",
    "public": "Visas för allmänheten",
    "caveats": "Att tänka på",
}


def about_plan(plan: Plan) -> str:
    """Head the list of a plan's themes."""
    return f"Planens prioriterade områden {plan.year}"


def show_rule(rule: ShowRule) -> str:
    """Say what an audience may see."""
    if rule.finest is None:
        return "inte på karta"
    finest = level_word(rule.finest)
    return f"{finest}, minst {rule.threshold}" if rule.threshold > 1 else finest
