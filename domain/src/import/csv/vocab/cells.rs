//! What banks write into the cells of a row, folded.

/// Announced, not booked.
pub(super) const PENDING: &str = "
    pending | authorised | authorized | authorisation | authorization | in progress | processing | scheduled |
    awaiting | reserved | on hold | not posted | unposted | vorgemerkt | ausstehend | reserviert | offen |
    en attente | a venir | in attesa | da contabilizzare | pendiente | pendente | retenido | oczekujaca |
    oczekujacy | w realizacji | blokada | cekajici | rezervace | blokace | nezauctovano | fuggoben | zarolt |
    reservert | reserverad | reserveret | rezervuota | broneering | broneeritud | katevaraus | gereserveerd |
    in behandeling | beklemede | provizyon | в обработке | ожидание | 等待付款 | 处理中 | 待处理 | 支付中 |
    未入账 | 処理中 |
    reserverat | varaus | preautorizacion | pre authorisation | preauth";

/// Allowed and taken from the account's balance, though the shop has not asked for it yet: it is on the list to stay.
pub(super) const AUTHORISED: &str = "
    autorizzato | autorizzata | autorizado | autorizada";

/// It did not happen, or was undone before it was booked.
pub(super) const CANCELLED: &str = "
    cancelled | canceled | cancel | declined | denied | failed | failure | reverted | rejected | refused | void |
    voided | expired | error | unsuccessful | returned to sender | abgelehnt | storniert | fehlgeschlagen |
    abgebrochen | refuse | annule | echoue | rifiutata | annullata | rechazado | rechazada | cancelado |
    cancelada | recusado | odrzucona | odrzucony | anulowana | zamitnuto | zruseno | elutasitva | geweigerd |
    geannuleerd | mislukt | avvist | annulleret | iptal | отклонено | отменен | отмена | 交易关闭 | 已关闭 |
    支付失败 | 交易失败 | 已撤销 | 已取消 | 失敗 | 취소";

/// A transaction that is on the list of booked ones although it is not settled.
pub(super) const UNSETTLED: &str = "
    transakcja nierozliczona";

/// Names of balances and turnovers, as whole cells.
pub(super) const BALANCES: &str = "
    opening balance | closing balance | balance brought forward | balance carried forward | brought forward |
    carried forward | beginning balance | ending balance | balance at start of period | balance at end of period |
    previous balance | balance forward | available balance | ledger balance | turnover | anfangssaldo | endsaldo |
    schlusssaldo | eroffnungssaldo | saldovortrag | alter saldo | neuer saldo | kontostand | kontostand am |
    umsatzsumme | abschlusssaldo | solde initial | solde final | ancien solde | nouveau solde | solde au |
    solde precedent | saldo iniziale | saldo finale | saldo inicial | saldo final | saldo anterior | saldo do dia |
    saldo poczatkowe | saldo koncowe | pocatecni zustatek | konecny zustatek | pociatocny zostatok |
    konecny zostatok | nyito egyenleg | zaro egyenleg | likutis pradziai | likutis pabaigai | apyvarta | algsaldo |
    loppsaldo | kaive | sakuma atlikums | beigu atlikums | apgrozijums | beginsaldo | eindsaldo | vorig saldo |
    nieuw saldo | ingaende saldo | utgaende saldo | inngaende saldo | primosaldo | ultimosaldo | devreden bakiye |
    acilis bakiyesi | kapanis bakiyesi | остаток | входящий остаток | исходящий остаток | 期初余额 | 期末余额 |
    上期余额 | 本期余额 | 前月繰越 | 繰越残高 | saldo | s a l d o | balance | solde";

/// Names of sums, as whole cells. Shops may be called so.
pub(super) const TOTALS: &str = "
    total | totals | grand total | subtotal | sub total | sum | total debits | total credits | total amount |
    summe | gesamt | gesamtsumme | gesamtbetrag | somme | totale | totaal | razem | suma | celkem | spolu |
    osszesen | summa | i alt | yhteensa | viso | kopa | kokku | toplam | итого | всего | 合计 | 总计 | 合計 |
    小計 | 합계";

/// Words for money out, as whole cells.
pub(super) const OUT: &str = "
    d | dr | db | dt | deb | debit | debits | debet | debito | debitering | deebet | debets | debetas |
    withdrawal | out | outgoing | expense | expenses | spending | spent | outflow | af | s | soll | lastschrift |
    belastung | ausgabe | ausgaben | uitgave | uitgaven | depense | uscita | uscite | dare | cargo | gasto |
    egreso | salida | despesa | saida | wn | winien | obciazenie | wydatek | vydaj | odchozi | t | terheles |
    kiadas | borc | gider | расход | списание | дебет | дт | видаток | витрата | 支出 | 支 | 借 | 借方 | 转出 |
    出金 | 출금 | transfer out | money out | sent | paid out | minus | uttag | haevet";

/// Words for money in.
pub(super) const IN: &str = "
    c | cr | ct | cre | cred | credit | credits | kredit | kreedit | kredits | kreditas | k | kt | credito |
    deposit | in | incoming | income | inflow | bij | h | haben | gutschrift | einnahme | einnahmen | inkomsten |
    recette | revenu | entrata | entrate | avere | abono | ingreso | entrada | receita | ma | uznanie | wplyw |
    prijem | prichozi | j | jovairas | bevetel | alacak | gelir | приход | зачисление | поступление | кредит | кт |
    надходження | дохід | доход | 收入 | 收 | 贷 | 贷方 | 转入 | 存入 | 入金 | 입금 | transfer in | money in |
    received | paid in | plus | insattning | indsat | topup";

/// Counted neither as out nor as in.
pub(super) const NEITHER: &str = "
    不计收支 | 其他 | 中性交易 | neutral | 不计入";

/// Words by which a card's bank says that it was paid: money in.
pub(super) const PAID_TO_CARD: &str = "
    payment received | payment thank you | thank you | payment thankyou | autopay payment | automatic payment |
    online payment | mobile payment | payment made | payment processed | bill payment received | zahlung erhalten |
    zahlung eingegangen | ihre zahlung | einzahlung | uberweisung erhalten | paiement recu | merci |
    votre paiement | pago recibido | su pago | gracias | pagamento ricevuto | pagamento recebido |
    pagamento efetuado | betaling ontvangen | splata karty | wplata | 还款 | 還款 | お支払い |
    direct debit payment | credit card payment | cc payment | payment from | autopay";

/// Those of them that no current account has.
pub(super) const THANKS: &str = "
    payment received thank you | payment thank you | thank you | payment received | zahlung erhalten | merci |
    paiement recu |
    pagamento recebido | pagamento ricevuto | pago recibido | betaling ontvangen | zahlung eingegangen | payment thankyou | internet payment thank you |
    payments and credits";

/// Categories of money in.
pub(super) const INCOME: &str = "
    income | salary | paycheck | paychecks | wage | wages | payroll | gehalt | lohn | einkommen | salaire | nomina |
    stipendio | salario | loon | inkomen | wynagrodzenie | plat | mzda";

/// Words about credit cards.
pub(super) const CARD: &str = "
    credit card | creditcard | kreditkarte | kreditkarten | kreditkartenumsatze | carte de credit |
    tarjeta de credito | carta di credito | cartao de credito | karta kredytowa | kreditni karta | kredietkaart |
    kreditkort | luottokortti | hitelkartya | kreditine kortele | krediitkaart | kredi karti | кредитная карта |
    visa | mastercard | amex | american express | 信用卡 | クレジットカード | card member | cardmember |
    cardholder | cardholder name";

/// Words for currency that stand in front of one, above the table.
pub(super) const CURRENCY_WORD: &str = "
    currency | wahrung | waehrung | devise | valuta | munt | mena | waluta | devizanem | divisa | moneda | moeda | valiuta |
    币种 | 币别 | 通貨 | валюта | account currency | kontowahrung";

/// Kinds of movements that are money out.
pub(super) const SPENDING: &str = "
    purchase | card purchase | card payment | pos purchase | sale | kauf | kartenzahlung | lastschrift | achat | compra |
    acquisto | pagamento pos | aankoop | betaalautomaat | nakup | zakup | zakup przy uzyciu karty | varekjop | kortkop |
    korttiosto | vasarlas | pirkinys | 消费";
