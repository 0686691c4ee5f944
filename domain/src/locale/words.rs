//! Names of months and days, and the three days that have names of their own (Unicode CLDR 48).

/// From January and from Monday.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) months: [&'static str; 12],
    pub(super) months_short: [&'static str; 12],
    pub(super) weekdays: [&'static str; 7],
    pub(super) weekdays_short: [&'static str; 7],
    pub(super) today: &'static str,
    pub(super) yesterday: &'static str,
    pub(super) tomorrow: &'static str,
}

pub(super) static EN: Words = ENGLISH;

#[rustfmt::skip]
const ENGLISH: Words = Words {
    months: [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ],
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    weekdays_short: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    today: "Today",
    yesterday: "Yesterday",
    tomorrow: "Tomorrow",
};

#[rustfmt::skip]
pub(super) static EN_GB: Words = Words {
    months_short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
    ..ENGLISH
};

pub(super) static DE: Words = GERMAN;

#[rustfmt::skip]
const GERMAN: Words = Words {
    months: [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ],
    months_short: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    weekdays_short: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    today: "Heute",
    yesterday: "Gestern",
    tomorrow: "Morgen",
};

#[rustfmt::skip]
pub(super) static DE_AT: Words = Words {
    months: [
        "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ],
    months_short: [
        "Jän.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.",
    ],
    ..GERMAN
};

#[rustfmt::skip]
pub(super) static FR: Words = Words {
    months: [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ],
    months_short: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    weekdays_short: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    today: "Aujourd’hui",
    yesterday: "Hier",
    tomorrow: "Demain",
};

#[rustfmt::skip]
pub(super) static ES: Words = Words {
    months: [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ],
    months_short: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    weekdays_short: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    today: "Hoy",
    yesterday: "Ayer",
    tomorrow: "Mañana",
};

/// CLDR has one word for yesterday and tomorrow; in a ledger they have to differ.
#[rustfmt::skip]
pub(super) static HI: Words = Words {
    months: [
        "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
    ],
    months_short: [
        "जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून", "जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰",
    ],
    weekdays: ["सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"],
    weekdays_short: ["सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि"],
    today: "आज",
    yesterday: "बीता कल",
    tomorrow: "आने वाला कल",
};

#[rustfmt::skip]
pub(super) static JA: Words = Words {
    months: JAPANESE_MONTHS,
    months_short: JAPANESE_MONTHS,
    weekdays: ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
    weekdays_short: ["月", "火", "水", "木", "金", "土", "日"],
    today: "今日",
    yesterday: "昨日",
    tomorrow: "明日",
};

#[rustfmt::skip]
const JAPANESE_MONTHS: [&str; 12] =
    ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];
