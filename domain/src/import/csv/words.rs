//! What the words in the cells of a row say: pending, declined, a balance, money out or in.
use crate::import::{
    amount::Side,
    text::{has_phrase, words},
};

/// Whether a transaction has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Booked,
    Pending,
    Cancelled,
}

/// What a word for the direction says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Side(Side),
    /// Counted neither as out nor as in.
    Neither,
}

const PENDING: &[&str] = &[
    "pending", "authorised", "authorized", "authorisation", "authorization", "in progress", "processing", "scheduled", "awaiting", "reserved", "on hold", "not posted",
    "unposted", "vorgemerkt", "ausstehend", "reserviert", "offen", "en attente", "a venir", "in attesa", "da contabilizzare", "pendiente", "pendente", "retenido", "oczekujaca",
    "oczekujacy", "w realizacji", "blokada", "cekajici", "rezervace", "blokace", "nezauctovano", "fuggoben", "zarolt", "reservert", "reserverad", "reserveret", "rezervuota", "broneering", "broneeritud",
    "katevaraus", "gereserveerd", "in behandeling", "beklemede", "provizyon", "в обработке", "ожидание", "等待付款", "处理中", "待处理", "支付中", "未入账", "処理中",
];
const CANCELLED: &[&str] = &[
    "cancelled", "canceled", "cancel", "declined", "denied", "failed", "failure", "reverted", "rejected", "refused", "void", "voided", "expired", "error", "unsuccessful", "returned to sender",
    "abgelehnt", "storniert", "fehlgeschlagen", "abgebrochen", "refuse", "annule", "echoue", "rifiutata", "annullata", "rechazado", "rechazada", "cancelado", "cancelada", "recusado",
    "odrzucona", "odrzucony", "anulowana", "zamitnuto", "zruseno", "elutasitva", "geweigerd", "geannuleerd", "mislukt", "avvist", "annulleret", "iptal", "отклонено", "отменен", "отмена",
    "交易关闭", "已关闭", "支付失败", "交易失败", "已撤销", "已取消", "失敗", "취소",
];
/// A transaction that is on the list of booked ones although it is not settled.
const UNSETTLED: &[&str] = &["transakcja nierozliczona"];

const BALANCES: &[&str] = &[
    "opening balance", "closing balance", "balance brought forward", "balance carried forward", "brought forward", "carried forward", "beginning balance", "ending balance",
    "balance at start of period", "balance at end of period", "previous balance", "balance forward", "available balance", "ledger balance", "turnover",
    "anfangssaldo", "endsaldo", "schlusssaldo", "eroffnungssaldo", "saldovortrag", "alter saldo", "neuer saldo", "kontostand", "kontostand am", "umsatzsumme", "abschlusssaldo",
    "solde initial", "solde final", "ancien solde", "nouveau solde", "solde au", "solde precedent", "saldo iniziale", "saldo finale", "saldo inicial", "saldo final", "saldo anterior", "saldo do dia",
    "saldo poczatkowe", "saldo koncowe", "pocatecni zustatek", "konecny zustatek", "pociatocny zostatok", "konecny zostatok", "nyito egyenleg", "zaro egyenleg",
    "likutis pradziai", "likutis pabaigai", "apyvarta", "algsaldo", "loppsaldo", "kaive", "sakuma atlikums", "beigu atlikums", "apgrozijums", "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo",
    "ingaende saldo", "utgaende saldo", "inngaende saldo", "primosaldo", "ultimosaldo", "devreden bakiye", "acilis bakiyesi", "kapanis bakiyesi", "остаток", "входящий остаток", "исходящий остаток",
    "期初余额", "期末余额", "上期余额", "本期余额", "前月繰越", "繰越残高", "saldo", "s a l d o", "balance", "solde",
];
const TOTALS: &[&str] = &[
    "total", "totals", "grand total", "subtotal", "sub total", "sum", "total debits", "total credits", "total amount", "summe", "gesamt", "gesamtsumme", "gesamtbetrag", "somme", "totale", "totaal",
    "razem", "suma", "celkem", "spolu", "osszesen", "summa", "i alt", "sum", "yhteensa", "viso", "kopa", "kokku", "toplam", "итого", "всего", "合计", "总计", "合計", "小計", "합계",
];

const OUT: &[&str] = &[
    "d", "dr", "db", "dt", "deb", "debit", "debits", "debet", "debito", "debitering", "deebet", "debets", "debetas", "withdrawal", "out", "outgoing", "expense", "expenses", "spending", "spent", "outflow", "af", "s", "soll", "lastschrift",
    "belastung", "ausgabe", "ausgaben", "uitgave", "uitgaven", "depense", "uscita", "uscite", "dare", "cargo", "gasto", "egreso", "salida", "despesa", "saida", "wn", "winien", "obciazenie", "wydatek", "vydaj", "odchozi",
    "t", "terheles", "kiadas", "borc", "gider", "расход", "списание", "дебет", "дт", "видаток", "витрата", "支出", "支", "借", "借方", "转出", "出金", "출금", "transfer out", "money out", "sent", "paid out", "minus", "uttag", "haevet",
];
const IN: &[&str] = &[
    "c", "cr", "ct", "cre", "cred", "credit", "credits", "kredit", "kreedit", "kredits", "kreditas", "k", "kt", "credito", "deposit", "in", "incoming", "income", "inflow", "bij", "h", "haben", "gutschrift", "einnahme", "einnahmen",
    "inkomsten", "recette", "revenu", "entrata", "entrate", "avere", "abono", "ingreso", "entrada", "receita", "ma", "uznanie", "wplyw", "prijem", "prichozi", "j", "jovairas", "bevetel", "alacak", "gelir", "приход",
    "зачисление", "поступление", "кредит", "кт", "надходження", "дохід", "доход", "收入", "收", "贷", "贷方", "转入", "存入", "入金", "입금", "transfer in", "money in", "received", "paid in", "plus", "insattning", "indsat", "topup",
];
const NEITHER: &[&str] = &["不计收支", "其他", "中性交易", "neutral", "不计入"];

/// Words by which a card's bank says that it was paid: money in.
const PAID_TO_CARD: &[&str] = &[
    "payment received", "payment thank you", "thank you", "payment thankyou", "autopay payment", "automatic payment", "online payment", "mobile payment", "payment made", "payment processed", "bill payment received",
    "zahlung erhalten", "zahlung eingegangen", "ihre zahlung", "einzahlung", "uberweisung erhalten", "paiement recu", "merci", "votre paiement", "pago recibido", "su pago", "gracias", "pagamento ricevuto", "pagamento recebido", "pagamento efetuado",
    "betaling ontvangen", "splata karty", "wplata", "还款", "還款", "お支払い", "direct debit payment", "credit card payment", "cc payment", "payment from", "autopay",
];
/// Those of them that no current account has.
const THANKS: &[&str] = &["payment received thank you", "payment thank you", "thank you", "payment received", "zahlung erhalten", "merci", "paiement recu"];
const CARD: &[&str] = &[
    "credit card", "creditcard", "kreditkarte", "kreditkarten", "kreditkartenumsatze", "carte de credit", "tarjeta de credito", "carta di credito", "cartao de credito", "karta kredytowa", "kreditni karta", "kredietkaart", "kreditkort",
    "luottokortti", "hitelkartya", "kreditine kortele", "krediitkaart", "kredi karti", "кредитная карта", "visa", "mastercard", "amex", "american express", "信用卡", "クレジットカード", "card member", "cardmember", "cardholder", "cardholder name",
];

/// What the word in a column of states says; anything unknown is booked.
pub(super) fn state(cell: &str) -> State {
    let words = words(cell);
    if has(&words, CANCELLED) {
        State::Cancelled
    } else if has(&words, PENDING) && !has_phrase(&words, "completed") {
        State::Pending
    } else {
        State::Booked
    }
}

/// Whether the text says of a listed transaction that it is not settled.
pub(super) fn is_unsettled(cell: &str) -> bool {
    !cell.is_empty() && UNSETTLED.iter().any(|phrase| cell.contains(phrase))
}

/// Whether the cell is nothing but the name of a balance or turnover.
pub(super) fn is_balance(cell: &str) -> bool {
    is_one_of(cell, BALANCES)
}

/// The same, or the name of a total. A shop may be called so: only for rows without a date.
pub(super) fn is_total(cell: &str) -> bool {
    is_one_of(cell, BALANCES) || is_one_of(cell, TOTALS)
}

fn is_one_of(cell: &str, phrases: &[&str]) -> bool {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 80 {
        return false;
    }
    let words = words(cell);
    // `Closing balance 31/01/2026 EUR`
    let is_detail = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() <= 3;
    let is_all = |rest: &str| rest.is_empty() || rest.starts_with(' ') && rest.split_whitespace().all(is_detail);
    phrases.iter().any(|phrase| words.strip_prefix(phrase).is_some_and(is_all))
}

/// What a word for the direction says. None: it is no such word.
pub(super) fn direction(cell: &str) -> Option<Direction> {
    match cell.trim() {
        "-" | "−" => return Some(Direction::Side(Side::Out)),
        "+" => return Some(Direction::Side(Side::In)),
        "/" => return Some(Direction::Neither),
        _ => {}
    }
    let words = words(cell);
    if OUT.contains(&words.as_str()) {
        Some(Direction::Side(Side::Out))
    } else if IN.contains(&words.as_str()) {
        Some(Direction::Side(Side::In))
    } else {
        NEITHER.contains(&words.as_str()).then_some(Direction::Neither)
    }
}

/// Whether the text says that the card was paid; true for words that current accounts have, too, only with `card`.
pub(super) fn is_payment_to_card(cell: &str, card: bool) -> bool {
    let words = words(cell);
    has(&words, if card { PAID_TO_CARD } else { THANKS })
}

/// Whether the text is about a credit card.
pub(super) fn is_about_card(cell: &str) -> bool {
    has(&words(cell), CARD)
}

fn has(words: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has_phrase(words, phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states() {
        for (cell, expected) in [
            ("COMPLETED", State::Booked), ("Cleared", State::Booked), ("Uncleared", State::Booked), ("Not cleared", State::Booked), ("等待确认收货", State::Booked),
            ("PENDING", State::Pending), ("vorgemerkt", State::Pending), ("交易关闭", State::Cancelled), ("REVERTED", State::Cancelled), ("", State::Booked),
        ] {
            assert_eq!(state(cell), expected, "{cell}");
        }
    }

    #[test]
    fn balances_are_whole_cells() {
        assert!(is_balance("Likutis pradžiai") && is_balance("Closing balance 31/01/2026") && is_balance("Balance at end of period"));
        assert!(!is_balance("New Balance Store") && !is_balance("Starting Balance") && !is_balance("") && !is_balance("Total"));
        assert!(is_total("TOTAL:") && !is_total("Total Energies 12"));
    }

    #[test]
    fn directions() {
        use Direction::{Neither, Side as To};
        for (cell, expected) in [
            ("D", Some(To(Side::Out))), ("K", Some(To(Side::In))), ("Af", Some(To(Side::Out))), ("debit", Some(To(Side::Out))), ("收入", Some(To(Side::In))),
            ("不计收支", Some(Neither)), ("/", Some(Neither)), ("+", Some(To(Side::In))), ("Card payment", None), ("", None),
        ] {
            assert_eq!(direction(cell), expected, "{cell}");
        }
    }

    #[test]
    fn cards() {
        assert!(is_payment_to_card("PAYMENT RECEIVED - THANK YOU", false));
        assert!(!is_payment_to_card("掌上生活还款", false) && is_payment_to_card("掌上生活还款", true));
        assert!(is_about_card("招商银行信用卡对账单"));
    }
}
