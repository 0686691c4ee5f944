//! What surrounds a merchant's name in a bank's print: processors, booking words, legal forms, countries, cities.
//! All folded ([`fold`](super::fold)), divided by `|`; several words stand with single spaces between them.
use std::{collections::HashSet, sync::LazyLock};

/// A list of words, looked up as a set.
pub(super) struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    /// Whether the text is one of them.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.0.contains(text)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {$(
        $(#[$doc])*
        pub(super) static $name: Words = Words(LazyLock::new(|| $text.split('|').collect()));
    )+};
}

/// Words after which the shop's name begins, wherever they stand.
pub(super) const BEGINNINGS: [&str; 12] = [
    "ihr einkauf bei",
    "einkauf bei",
    "your purchase at",
    "votre achat chez",
    "su compra en",
    "tu compra en",
    "acquisto presso",
    "uw aankoop bij",
    "svwz",
    "payee",
    "beneficiary",
    "empfanger",
];

words! {
    /// What payment processors put before the `*` (or `/`, `_`) that precedes the shop's own name.
    PROCESSORS = "\
        2checkout|2co|adyen|airbnb pay|alipay|apay|apple pay|bbm|bkg|ccv|cke|clover|ct|eb|ebanx|epay|ezv|fs|fsi|\
        google|google pay|gpay|ic|iyzico|iz|izettle|klarna|klarna ab|loyverse|lsp|mercadolibre|mercadopago|\
        mercpago|mollie|mp|nyx|paddle|pag|pagseguro|param|paypal|payu|pp|ppro|py|revolut|shopify|sp|sq|square|\
        stripe|sumup|toast|tst|wechat pay|worldpay|wpy|yoco|zeffy|zettle";
    /// What banks write before the name: kinds of booking, in the languages of statements.
    BOOKING = "\
        aankoop|ach|ach debit|achat carte|achat cb|achat par carte|addebito|addebito diretto|apple pay|avtale|\
        bancontact|basislastschrift|bea|betaalautomaat|betaalpas|betalning|bill payment|card payment|\
        card payment to|card purchase|carta|carte|carte bancaire|cb|check card|check card purchase|checkcard|\
        chk card|compra|compra cartao|compra con tarjeta|compra en|compra no debito|compra tarj|compra tarjeta|\
        contactless|contactless payment|credit card payment|dbt crd|dbt purchase|dd|debit|debit card|\
        debit card purchase|debit purchase|debitcard|debitkarte|direct debit|direct debit to|directdebit|\
        domiciliacion|domiciliation|domiciliazione|ec karte|ec kartenzahlung|eft|eft pos|eftpos|\
        electronic payment|elv|erstlastschrift|facture carte|folgelastschrift|gea|girocard|google pay|\
        gutschrift|incasso|internet payment|intl|kartenverfugung|kartenzahlung|karttaosto|kartyas vasarlas|\
        kortbetaling|kortkob|kortkop|kreditkarte|lastschrift|lastschrifteinzug|maestro|mastercard|nakup|nfc|\
        non sterling|online payment|ostos|pagamento|pagamento pos|pago|pago con tarjeta|pago en|paiement|\
        paiement carte|paiement cb|paiement par carte|payment|payment to|platba kartou|platnosc karta|\
        point of sale|pos|pos debit|pos purchase|pos transaction|pos withdrawal|pre auth|preauthorized debit|\
        prelevement|prlv|prlv sepa|purchase|purchase authorized on|recibo|recurring|recurring payment|sepa|\
        sepa direct debit|sepa elv lastschrift|sepa lastschrift|transaction|vasarlas|virement|visa|visa debit|\
        zakup|zakup przy uzyciu karty";
    /// Words after which the shop's name has ended (thanks, card data, references).
    ENDINGS = "\
        abwa|apple pay|bic|card no|carte|cred|dankt|eref|folgenr|iban|karte|kartennr|kref|kundenreferenz|mandat|\
        mandatsref|mref|nr karty|pasvolgnr|rcur|ref|ref no|reference|referenz|sagt danke|sagt vielen dank|\
        terminal|thank you|tid|transactie|uhr|valutadatum|verfalld|vielen dank";
    /// Words before a number of a shop, which go with it.
    NUMBERED = "\
        agence|branch|fil|filial|filiale|kasse|loc|location|mag|magasin|n|no|nr|num|number|oddz|outlet no|pos|\
        shop no|st|store|str|suc|sucursal|terminal|unit";
    /// Legal forms at the end of a name.
    LEGAL = "\
        & cie|& co|& co kg|a s|a/s|ab|ag|ag & co kg|and co|aps|as|asa|b v|bv|bvba|co kg|coltd|corp|corporation|\
        d d|d o o|doo|e g|e k|e v|eg|eirl|ek|eood|eurl|ev|gbr|ges m b h|gesmbh|gmbh|gmbh & co|gmbh & co kg|\
        gmbh & co ohg|gmbh co kg|inc|incorporated|jsc|k k|kft|kg|kgaa|kk|lda|limited|limited company|llc|llp|\
        ltd|ltd sti|ltda|ltda me|n v|nv|ohg|ood|oy|oyj|pjsc|plc|private limited|pte|pte ltd|pty|pty ltd|pvt ltd|\
        s a|s a r l|s a s|s c a|s l|s l u|s p a|s r l|s r o|sa|sa de cv|sagl|sarl|sas|sca|sdn bhd|se|sl|slu|\
        sp k|sp z o o|spa|spol s r o|sprl|srl|srls|sro|uab|ug|ug haftungsbeschrankt|ulc|vof|zrt|ад|ао|еад|еоод|\
        зао|ип|оао|оод|ооо|пао|тов|фоп|чп|ش م م|有限会社|有限公司|株式会社|股份有限公司|주식회사";
    /// Codes and names of countries that end a print (codes of two letters count only in capitals).
    COUNTRIES = "\
        ae|ar|at|au|aus|australia|austria|aut|be|bel|belgie|belgique|bg|br|bra|brasil|ca|can|canada|\
        ceska republika|ch|che|cl|cn|co|cy|cz|cze|danmark|de|deu|deutschland|dk|dnk|ee|es|esp|espana|fi|fin|fr|\
        fra|france|gb|gbr|ger|germany|gr|great britain|hk|hr|hu|hun|ie|il|in|ind|india|ireland|irl|is|it|ita|\
        italia|italy|jp|jpn|kr|li|lt|lu|lux|luxembourg|lv|mex|mexico|mt|mx|my|nederland|nl|nld|no|nor|nz|nzl|\
        osterreich|ph|pl|pol|polska|portugal|prt|pt|ro|rs|ru|sa|schweiz|se|sg|sgp|si|sk|spain|sverige|swe|\
        switzerland|th|tr|tw|ua|uk|united kingdom|united states|us|usa|za|zaf";
    /// States and provinces of two letters, as cards of the United States, Canada and Australia are printed.
    STATES = "\
        ab|act|ak|al|ar|az|bc|ca|co|ct|dc|de|fl|ga|hi|ia|id|il|in|ks|ky|la|ma|mb|md|me|mi|mn|mo|ms|mt|nb|nc|nd|\
        ne|nh|nj|nl|nm|ns|nsw|nt|nu|nv|ny|oh|ok|on|or|pa|pe|pr|qc|qld|ri|sc|sd|sk|tas|tn|tx|ut|va|vic|vt|wa|wi|\
        wv|wy|yt";
    /// Codes that are words as well: they end a print only behind a city or a number.
    CODES_THAT_ARE_WORDS = "\
        act|al|am|as|at|be|by|co|de|do|es|go|hi|id|in|is|it|la|ma|me|mi|mo|my|no|oh|ok|on|or|pa|se|si|so|to|us";
    /// Cities large enough to stand behind many shops' names.
    CITIES = "\
        aachen|aarhus|adelaide|albuquerque|alicante|almere|amersfoort|amsterdam|anaheim|ankara|antwerp|\
        antwerpen|athens|atlanta|auckland|augsburg|austin|bakersfield|baltimore|bangalore|bangkok|barcelona|\
        bari|basel|beijing|belfast|belgrade|bellevue|bengaluru|bergen|berkeley|berlin|bern|bielefeld|bilbao|\
        birmingham|bochum|bogota|boise|bologna|bonn|bordeaux|boston|bradford|bratislava|braunschweig|breda|\
        bremen|brighton|brisbane|bristol|brno|brooklyn|brugge|brussel|brussels|bruxelles|bucharest|bucuresti|\
        budapest|buenos aires|buffalo|bydgoszcz|calgary|cambridge|canberra|cape town|cardiff|catania|charlotte|\
        chemnitz|chennai|chicago|christchurch|cincinnati|ciudad de mexico|cleveland|cluj napoca|cologne|\
        colorado springs|columbus|copenhagen|cordoba|cork|coventry|cupertino|curitiba|dallas|darmstadt|delhi|\
        den haag|denver|derby|detroit|dortmund|dresden|dubai|dublin|duesseldorf|duisburg|durban|dusseldorf|\
        edinburgh|edmonton|eindhoven|el paso|erfurt|espoo|essen|firenze|florence|fort lauderdale|fort worth|\
        frankfurt|frankfurt am main|frankfurt main|freiburg|freiburg im breisgau|fresno|gdansk|gdynia|geneva|\
        geneve|genova|gent|ghent|glasgow|goteborg|gothenburg|gottingen|granada|graz|grenoble|groningen|\
        guadalajara|haarlem|hague|halifax|halle|hamburg|hamilton|hannover|hanover|heidelberg|helsinki|hong kong|\
        honolulu|houston|hyderabad|indianapolis|innsbruck|istanbul|izmir|jacksonville|jakarta|johannesburg|\
        kansas city|karlsruhe|kassel|katowice|kiel|kobe|kobenhavn|koblenz|koeln|kolkata|koln|kosice|krakow|\
        krefeld|kuala lumpur|kyiv|kyoto|las palmas|las vegas|lausanne|leeds|leicester|leiden|leipzig|liege|\
        lille|lima|limerick|linz|lisboa|lisbon|liverpool|ljubljana|lodz|london|long beach|los angeles|\
        louisville|lubeck|lublin|luxembourg|luzern|lyon|maastricht|madison|madrid|magdeburg|mainz|malaga|malmo|\
        manchester|manila|mannheim|marseille|melbourne|memphis|mexico city|miami|miami beach|milan|milano|\
        milwaukee|minneapolis|monchengladbach|monterrey|montpellier|montreal|moscow|mountain view|muenchen|\
        muenster|mumbai|munchen|munich|munster|murcia|nantes|napoli|nashville|new delhi|new orleans|new york|\
        newark|newcastle|newcastle upon tyne|nijmegen|nottingham|nuernberg|nurnberg|oakland|odense|\
        oklahoma city|omaha|orlando|osaka|oslo|ostrava|ottawa|oxford|padova|palermo|palma|palma de mallorca|\
        palo alto|paris|perth|philadelphia|phoenix|pittsburgh|plymouth|plzen|portland|porto|potsdam|poznan|prag|\
        prague|praha|pretoria|providence|puebla|quebec|raleigh|redmond|regensburg|rennes|reykjavik|richmond|\
        riga|rio de janeiro|rochester|roma|rome|rostock|rotterdam|saarbrucken|sacramento|saint louis|saint paul|\
        salt lake city|salzburg|san antonio|san diego|san francisco|san jose|san mateo|santa monica|santiago|\
        santiago de chile|sao paulo|scottsdale|seattle|seoul|sevilla|shanghai|sheffield|shenzhen|singapore|\
        sofia|southampton|spokane|st louis|stockholm|strasbourg|stuttgart|sydney|szczecin|szeged|taipei|tallinn|\
        tampa|tel aviv|the hague|tilburg|tokyo|torino|toronto|toulouse|trier|trondheim|tucson|tulsa|turin|turku|\
        ulm|uppsala|utrecht|valencia|valladolid|vancouver|venezia|verona|vienna|vigo|vilnius|virginia beach|\
        warsaw|warszawa|washington|wellington|wien|wiesbaden|winnipeg|winterthur|wolfsburg|wroclaw|wuppertal|\
        wurzburg|yokohama|york|zagreb|zaragoza|zuerich|zurich";
}
