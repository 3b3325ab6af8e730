"""What publishers call their columns, by kind of table and role, in folded form (see ``fold``)."""

from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.tables.findings import FIELDS, FindingField
from trygghetskarta.terms.imports import TableKind

_QUARANTINE = {"quarantine_id": ("karantanid",)}

_AREA = (
    "desoomrade deso desokod desokoder desoomradeskod regsoomrade regso regsokod regsoomradeskod "
    "omradeskod omradesid areacode areakod stadsdelskod basomrade basomradeskod nyko nykokod "
    "statistikomrade statistikomradeskod regionkod kodomrade omradekod"
)
_PLACE = (
    "omradesnamnellerplats "
    "stadsdel stadsdelsnamn stadsdelar omrade omradesnamn omradenamn plats platsnamn delomrade "
    "bostadsomrade kommundel tatort ort brottsplats brottsplatsomrade desonamn regsonamn distrikt "
    "district area areaname placename place neighbourhood neighborhood namn name"
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_INCIDENTS = {
    # Not the numbers a program gives rows anew in every export: fid, OBJECTID, radnr, lopnr.
    "source_id": _words(
        "id brottsid brottid handelseid handelsenr handelsenummer incidentid recordid unikid uuid "
        "guid postid sourceid radensid"
    ),
    "case_id": _words(
        "diarienummer diarienr dnr knummer knr arendenummer arendenr arendeid arende "
        "anmalansnummer anmalningsnummer anmalningsnr anmalansnr arendereferens caseid casenumber "
        "casenr caseno case reportnumber reference"
    ),
    "offence_code": _words(
        "brottskod brottskoder brottkod brkod bkod brottskodnr brottskodbr offencecode crimecode "
        "offensecode kod code"
    ),
    "offence_text": _words(
        "brottskodklartext brottskodtext brottskodsklartext brottsklartext klartext brottskodnamn "
        "brottsbenamning brottskodbenamning benamning brottsrubricering rubricering brottstext "
        "brottsbeskrivning brott brottskodbeskrivning offencetext brottsnamn "
        "offence offense crime offencedescription offensedescription crimedescription"
    ),
    "offence_type": _words(
        "brottstyp brottstyper brottskategori brottsgrupp typavbrott offencetype crimetype "
        "offensetype crimecategory offencecategory offensecategory "
        "kategori typ type handelsetyp"
    ),
    "reported_date": _words(
        "inskrivningsdatum inskrdat inskrdatum inskrivningsdat inskrivningstid anmalningsdatum "
        "anmalandatum anmaldatum anmalantid anmalningsdag anmald anmaldat anmaltdatum "
        "anmdatum anmdat anmdag inskrdag reportdate reportedon reportedat dateofreport "
        "recordeddate "
        "uppratteddatum upprattad upprattat upprattatdatum upprattandedatum registreringsdatum "
        "registrerad regdatum regdat inkommen inkomdatum inkommendatum inrapporterad "
        "inrapporteratdatum rapporteringsdatum rapporterad reporteddate datereported datum date"
    ),
    "occurred_from_date": _words(
        "brottsdatumtidstart brottsdatumstart brottsdatumfran brottsdagstart brottsdagfran "
        "brottsdatumfrom brottstidpunktfran brottstidpunktstart brottsdatumtid brottsdatum "
        "brottsdag brottsdat brottstidpunkt begangenfran begangendatum begangen begangetfran "
        "handelsedatumstart handelsedatumfran handelsedatum handelsedag handelsetidpunkt "
        "handelsestart starttid startdatum startdatumtid datumfran datumstart fromdatum frandatum "
        "fran occurredfrom occurreddate dateoccurred occurredon occurredat occurred incidentdate "
        "dateofincident offencedate offensedate crimedate eventdate starttime startdate datetime "
        "datumtid tidpunkt"
    ),
    "occurred_from_time": _words(
        "brottstidstart brottstidfran brottstidfrom brottsklockslagstart brottsklockslag "
        "klockslagfran klockslagstart brottstid handelsetid handelsetidfran klockslag tidfran "
        "tidstart franklockan frantid klfran kl tid time occurredtime "
        "timeoccurred incidenttime offencetime crimetime"
    ),
    "occurred_to_date": _words(
        "brottsdatumtidslut brottsdatumslut brottsdatumtill brottsdagslut brottsdagtill "
        "brottsdatumtom brottstidpunkttill brottstidpunktslut begangentill begangettill "
        "handelsedatumslut handelsedatumtill handelseslut sluttid slutdatum slutdatumtid datumtill "
        "datumslut tomdatum tilldatum till occurredto occurreduntil endtime "
        "enddate"
    ),
    "occurred_to_time": _words(
        "brottstidslut brottstidtill brottstidtom brottsklockslagslut klockslagtill klockslagslut "
        "handelsetidtill tidtill tidslut tillklockan tilltid kltill"
    ),
    "count": _words(
        "antal antalbrott antalanmaldabrott antalanmalningar count brottantal offences "
        "numberofoffences numberofcrimes anmaldabrott polisanmaldabrott anmalningar summabrott "
        "summaanmaldabrott brotttotalt totaltbrott summaavantal summaantal totaltantal brottsvolym "
        "handelser incidenter arenden frekvens ant antst st totalt total summa"
    ),
    "period": _words(
        "period kvartal armanad arochmanad arkvartal manad tertial halvar tidsperiod "
        "redovisningsperiod quarter month"
    ),
    "year": _words("ar artal year"),
    "northing": _words(
        "northing nord norr n koordinatn nkoordinat nkoord sweref99n sweref99tmn swerefn "
        "nordkoordinat norrkoordinat nordlig nordligkoordinat coordn posn rt90x rt90n koordn"
    ),
    "easting": _words(
        "easting ost oster e koordinate ekoordinat ekoord sweref99e sweref99tme swerefe "
        "ostkoordinat ostlig ostligkoordinat coorde pose rt90y rt90e koorde"
    ),
    "latitude": _words("latitude latitud lat wgs84lat wgs84latitud latwgs84 breddgrad"),
    "longitude": _words(
        "longitude longitud lon lng long wgs84lon wgs84longitud lonwgs84 langdgrad"
    ),
    "wkt": _words("geometri wkt geometry geom thegeom geomwkt wktgeom shape"),
    "area_code": _words(_AREA),
    "place_name": _words(_PLACE),
    "municipality": _words("kommun kommunnamn kommunkod municipality brottskommun"),
    "county": _words("lan lansnamn lankod lanskod county polisregion region"),
    "preliminary": _words("preliminar preliminart prel preliminary"),
    **_QUARANTINE,
}

_INCIDENT_PATTERNS = {
    "case_id": r"(diarie|arende|anmalan).*(nr|nummer|id)$",
    "offence_code": r"brotts?kod(?!.*(text|namn|benamn|beskriv))|^offence.*code",
    "offence_text": r"brott.*(klartext|text|rubri|benamn|beskriv)",
    "offence_type": r"brott.*(typ|kategori|grupp)",
    "reported_date": r"(anmal|inskr|upprat|registr|inkom|rapport).*(dat|dag|tid)",
    "occurred_to_date": r"(brott|handels|begang|garning).*(dat|dag|punkt).*(slut|till|tom|end)",
    "occurred_to_time": r"(brott|handels|begang|garning).*(tid|klock).*(slut|till|tom|end)",
    "occurred_from_date": r"(brott|handels|begang|garning).*(dat|dag|punkt)",
    "occurred_from_time": r"(brott|handels|begang|garning).*(tid|klock)",
    "count": (  # of offences, and of nothing else, nor a rate of them
        r"^(?:(?:19|20)\d\d)?antal(?:et)?(?:av)?(?:total[ta]?|summa|(?:polis)?anmalda|inkomna|id|"
        r"registrerade|(?:in)?rapporterade|brott|(?:brotts|polis)?anmalningar|handelser|arenden|"
        r"garningar|per(?:ar|kvartal|manad)|(?:prel|slutl|defin)[a-z]*|(?:ar)?(?:19|20)\d\d)*$"
    ),
    "northing": r"^(n|nord|northing)\w*(sweref|koord|3006|3007|rt90)|(sweref|koord)\w*(nord|n)$",
    "easting": r"^(e|ost|easting)\w*(sweref|koord|3006|3007|rt90)|(sweref|koord)\w*(ost|e)$",
    "latitude": r"latitud",
    "longitude": r"longitud",
    "area_code": r"^(deso|regso)(?!.*namn)|(omrade|stadsdel).*kod",
    "place_name": r"stadsdel|bostadsomr|delomr|(omrade|plats).*namn",
}

_DISTRICTS = {
    "code": _words(
        "stadsdelskod omradeskod omradekod areacode areakod code kod desokod deso regsokod regso "
        "nyko nykokod basomrade basomradeskod statistikomradeskod distriktskod omradesid objektid "
        "objectid id"
    ),
    "name": _words(
        "stadsdel stadsdelsnamn omradesnamn omradenamn regsonamn desonamn namn name areaname "
        "distriktsnamn omrade delomrade kommundel benamning beteckning regso deso"
    ),
    "level": _words("niva arealevel level objekttyp indelning"),
    **_QUARANTINE,
}
_DISTRICT_PATTERNS = {
    "code": r"(omrade|stadsdel|distrikt|deso|regso).*(kod|id|nr)$",
    "name": r"(omrade|stadsdel|distrikt|deso|regso).*(namn|ben)",
}

_POPULATION = {
    "area_code": _words(f"{_AREA} region code kod stadsdelskod area {_PLACE}"),
    "year": _words("ar year tid period artal"),
    "population": _words(
        "folkmangd folkmangden befolkning befolkningen invanare antalinvanare antalpersoner antal "
        "population personer count value varde"
    ),
    "age": _words("alder aldersklass aldersgrupp age agegroup aldersklasser"),
    "sex": _words("kon sex gender"),
    **_QUARANTINE,
}
_POPULATION_PATTERNS = {
    "area_code": r"^(deso|regso)(?!.*namn)|(omrade|stadsdel).*kod",
    "population": (
        r"^(befolkning|folkmangd|invanare)(?!.*(okning|forandr|tathet|perkm|kvinn|man(?:\d|$)|"
        r"prognos|framskr|tusen|1000|medel|rikes|utland|svensk|barn|ungdom|vuxn|aldr|pojk|flick|"
        r"hushall|procent|andel|index|\d{1,2}ar|\d{4}ar))"
    ),
    "age": r"alder",
}

_METHOD = "urvalsmetod metod urval samplingmethod datainsamling insamlingsmetod undersokningsmetod"
_METHOD_KEY = "metodversion metodserie metodnyckel mattillfallesmetod methodkey"
_SURVEY = {
    "survey": _words("undersokning undersokningsnamn matning survey enkat serie"),
    "year": _words("ar year artal undersokningsar matar"),
    "question": _words("fraga fragetext question indikator pastaende fragestallning"),
    "dimension": _words("dimension sakerhetellertrygghet"),
    "area_code": _words(f"{_AREA} kod area"),
    "place_name": _words(_PLACE),
    "level": _words("niva arealevel level geografi"),
    "group": _words(
        "grupp group kon bakgrund redovisningsgrupp undergrupp kategori alder aldersgrupp "
        "aldersklass"
    ),
    "share": _words("andel share procent percent andelprocent andeli resultat varde value"),
    "lower": _words("undregrans nedregrans undregransprocent lagregrans lower kiundre undre"),
    "upper": _words("ovregrans ovregransprocent hogregrans upper kiovre ovre"),
    "answers": _words("antalsvar svar answers antalsvarande svarande n bas antal antalsvaranden"),
    "n_effective": _words("effektivtantalsvar effektivtantal effektivtn neff neffektiv neffective"),
    "sampling_method": _words(_METHOD),
    "method_key": _words(_METHOD_KEY),
    "source": _words("kalla source utforare"),
    **_QUARANTINE,
}
_SURVEY_PATTERNS = {
    "share": r"^andel|procent",
    "answers": r"^(?!.*vikt).*antal.*svar",
    "sampling_method": r"urval|metod",
    "question": r"fraga",
}

# Columns that play no role are the questions; what names a respondent is not one, nor kept.
_ANSWERS = {
    "survey": _SURVEY["survey"],
    "year": _SURVEY["year"],
    "question": _words("fraga fragetext question indikator pastaende fragestallning"),
    "answer": _words("svar answer svarsalternativ varde value"),
    "area_code": _words(_AREA),
    "place_name": _words(_PLACE),
    "group": _SURVEY["group"],
    "weight": _words("vikt viktning kalibreringsvikt kalvikt designvikt weight w"),
    "sampling_method": _words(_METHOD),
    "method_key": _words(_METHOD_KEY),
    "respondent": _words(
        "id respondent respondentid svarsid svarandeid lopnr lopnummer uuid nr nummer personid"
    ),
    "source": _words("kalla source utforare"),
    **_QUARANTINE,
}
_ANSWER_PATTERNS = {
    "weight": r"vikt$",
    "sampling_method": r"urval|metod",
    "place_name": r"stadsdel|bostadsomr|delomr|(omrade|plats).*namn",
}

_WALK_NAMES = (
    "vandring vandringsid vandringid pass passid passnummer rond rondid rondnummer walkid walk"
)
_PEOPLE = (
    "antalvuxna antaldeltagare antalvandrare antalpersoner vuxna deltagare vandrare personer antal "
    "participants people adults"
)

# No role for a column of names: a walker's name is not kept.
_WALKS = {
    "source_id": _words(f"{_WALK_NAMES} id uuid lopnummer lopnr nummer nr"),
    "walk_type": _words(
        "narvaropassellertrygghetsrond typ vandringstyp typavvandring slag walktype type"
    ),
    "date": _words("datum dag passdatum vandringsdatum startdatum datumstart date day"),
    "start": _words(
        "start starttid tid tider klockslag klockan kl timmar starttidpunkt paborjad startat "
        "startklockan franklockan fran starttime startedat"
    ),
    "end": _words(
        "slut sluttid slutdatum avslutad avslutat tillklockan till slutklockan endtime endedat end"
    ),
    "participants": _words(_PEOPLE),
    "team": _words("grupp lag team grupplag vandrargrupp gruppnamn"),
    "route": _words("rutt rundan runda slinga route stracka platsnamn"),
    "area_code": _words(_AREA),
    "place_name": _words(_PLACE),
    "track_file": _words("spar sparfil gpx gpxfil filnamn fil trackfile track file"),
    "nothing_to_report": _words("ingetattrapportera nothingtoreport utanobservationer"),
    "note": _words(
        "anteckning anteckningar kommentar kommentarer notering noteringar rapport text ovrigt "
        "note notes comment"
    ),
    "source": _words("kalla source"),
    **_QUARANTINE,
}
_WALK_PATTERNS = {
    "participants": r"^antal(?!.*(observation|fynd|barn|unga))",
    "walk_type": r"^typav",
    "place_name": r"stadsdel|bostadsomr|delomr|(omrade|plats).*namn",
}

_FACTORS = {
    "factor_ljus": "ljus ljusforhallanden belysningsgrad",
    "factor_sikt": "sikt siktlinjer sightlines",
    "factor_overblick": "overblick overblickbarhet orientering",
    "factor_gomstallen": "gomstallen gomslen",
    "factor_odslighet": "odslighet isolering befolkat",
    "factor_flyktvagar": "flyktvagar utvagar alternativavagar",
    "factor_skotsel": "skotsel underhall",
    "factor_orienterbarhet": "orienterbarhet skyltning",
    "factor_kansla": "kansla trygghetskansla upplevdtrygghet",
}
_FIELD_HEADS = {
    "seriousness": (
        "allvar allvarlighet allvarlighetsgrad allvarsgrad allvarlighetsniva grad prioritet prio "
        "seriousness severity"
    ),
    "text": (
        "text beskrivning observation iakttagelse kommentar anteckning fritext notering vadsags "
        "description note comment"
    ),
}
"""What publishers call a finding's fields beside what they are called here."""


def _field_heads(name: str, field: FindingField) -> tuple[str, ...]:
    own = (_FIELD_HEADS.get(name, ""), *map(fold, (field.words.label, field.words.column, name)))
    return tuple(dict.fromkeys(_words(" ".join(own))))


_OBSERVATIONS = {
    "source_id": _words("radensid id observationsid observationid fyndid uuid lopnummer lopnr"),
    "walk": _words(_WALK_NAMES),
    "stop": _words("stopp stoppnr stoppnummer hallplats ordning stop nr nummer"),
    "date": _words(
        "datum datumtid tidpunkt observerad observerat observeradtid dag tid date datetime "
        "observedat time start starttid starttime"
    ),
    "time": _words("klockslag klockan kl tid time"),
    "category": _words("kategori observationskategori typ typavobservation amne vad category type"),
    **{name: _field_heads(name, field) for name, field in FIELDS.items()},
    "northing": _INCIDENTS["northing"],
    "easting": _INCIDENTS["easting"],
    "latitude": _INCIDENTS["latitude"],
    "longitude": _INCIDENTS["longitude"],
    "wkt": _INCIDENTS["wkt"],
    "area_code": _words(_AREA),
    "place_name": _words(_PLACE),
    "status": _words("status lage atgardsstatus"),
    "status_reason": _words("skal orsak motivering statusorsak reason"),
    "owner": _words(
        "ansvarigforvaltningellerbolag "
        "ansvarig agare ansvarigforvaltning forvaltning ansvarigtbolag mottagare owner"
    ),
    "due_date": _words(
        "klartsenast klart senast forfallodatum forfaller slutdatum deadline atgardassenast duedate"
    ),
    "voices": _words("roster antalroster voices"),
    "source": _words("kalla source"),
    **{role: _words(words) for role, words in _FACTORS.items()},
    **_QUARANTINE,
}
_OBSERVATION_PATTERNS = {
    "seriousness": r"^allvar",
    "category": r"kategori",
    "latitude": r"latitud",
    "longitude": r"longitud",
    "northing": _INCIDENT_PATTERNS["northing"],
    "easting": _INCIDENT_PATTERNS["easting"],
    "place_name": r"stadsdel|bostadsomr|delomr|(omrade|plats).*namn",
}

_ACTIONS = {
    "source_id": _words(
        "radensid id atgardsid atgardid insatsid uuid lopnummer lopnr atgardsnummer"
    ),
    "title": _words("atgard insats rubrik titel atgardsnamn namn title measure name"),
    "theme": _words("tema prioriteratomrade prioriterat fokusomrade omrade theme"),
    "approach": _words("typ art socialellersituationell forebyggandetyp approach"),
    "goal": _words("mal malsattning syfte goal"),
    "direction": _words("inriktning riktning direction"),
    "owner": _words("ansvarig ansvarigforvaltning forvaltning agare owner"),
    "partners": _words("medverkande samverkan samverkanspart deltagare partners"),
    "activities": _words("aktiviteter aktivitet genomforande beskrivning activities"),
    "schedule": _words("tidsplan tid tidplan schedule"),
    "evaluation": _words("uppfoljning utvardering uppfoljningutvardering evaluation"),
    "place_name": _words(
        "omradesnamnellerplats stadsdel stadsdelar stadsdelsnamn plats platsnamn district place var"
    ),
    "valid_from": _words("gallerfran startdatum start borjar fran frandatum startar startdate"),
    "valid_to": _words("gallertill slutdatum slut slutar till tilldatum klart enddate"),
    "status": _words("status lage"),
    **_QUARANTINE,
}
_ACTION_PATTERNS = {
    "owner": r"^ansvar",
    "evaluation": r"uppfolj|utvarder",
    "partners": r"medverk|samverk",
}

NAMES = {
    TableKind.INCIDENTS: _INCIDENTS,
    TableKind.DISTRICTS: _DISTRICTS,
    TableKind.POPULATION: _POPULATION,
    TableKind.SURVEY: _SURVEY,
    TableKind.SURVEY_ANSWERS: _ANSWERS,
    TableKind.WALKS: _WALKS,
    TableKind.OBSERVATIONS: _OBSERVATIONS,
    TableKind.ACTIONS: _ACTIONS,
}
"""Known names by role; within a role the earlier one wins."""

PATTERNS = {
    TableKind.INCIDENTS: _INCIDENT_PATTERNS,
    TableKind.DISTRICTS: _DISTRICT_PATTERNS,
    TableKind.POPULATION: _POPULATION_PATTERNS,
    TableKind.SURVEY: _SURVEY_PATTERNS,
    TableKind.SURVEY_ANSWERS: _ANSWER_PATTERNS,
    TableKind.WALKS: _WALK_PATTERNS,
    TableKind.OBSERVATIONS: _OBSERVATION_PATTERNS,
    TableKind.ACTIONS: _ACTION_PATTERNS,
}
"""What is tried on columns whose whole name is not known."""
