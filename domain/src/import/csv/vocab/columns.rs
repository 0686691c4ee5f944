//! What banks call their columns, in the languages they come in. All folded: small letters, no accents, no signs.

/// The day of a transaction.
pub(super) const DATE: &str = "
    date | datetime | dates | datum | data | fecha | dato | datums | datu | kuupaev | paivamaara | paiva | datumi |
    kirjauspaiva | tarih | tarihi | дата | buchungstag | buchungsdatum | buchung | belegdatum | valutadatum |
    wertstellungstag | dato bokfort | bokforingsdag | bokforingsdatum | bokfort | transaktionsdag |
    transaktionsdatum | transactiedatum | boekdatum | boekingsdatum | rentedatum | valutadag | bogforingsdato |
    bokforingsdato | rentedato | konyveles datuma | konyvelesi datum | erteknap | operation date | trans date |
    posted on | post date | fecha operacion | fecha valor | f valor | f operacion | data contabile | data valuta |
    data mov | data movimento | data lancamento | data operacji | data ksiegowania | data transakcji |
    datum provedeni | datum zauctovani | datum transakce | datum uctovani | islem tarihi | valor tarihi |
    sanas datums | 日期 | 时间 | 交易日 | 记账日 | 入账日 | 起息日 | 日付 | 取引日 | 年月日 | 利用日 | 거래일 |
    일자 | 날짜 | 時間 | 記帳日 |
    *datum | *dato | *dag | *datums | *paiva | data tranzactiei | ημερομηνια | תאריך | วันที่ | ngay | ngay giao dich | tanggal |
    tarikh | dagsetning | transakcijas datums | operacijos data | datum knjizenja | txn date | tran date | value dat";

/// Names that are dates only if they are nothing else.
pub(super) const DATE_ALONE: &str = "
    day | tag | jour | dia | giorno | posted | posted on | zauctovano | provedeno | teljesites | booked |
    booked on | processed";

/// The same for days when the money counts. In some languages these words mean the currency or an amount: the values tell.
pub(super) const LATER_ALONE: &str = "
    valuta | wertstellung | wert | valeur | splatnost | value on";

/// Dates that say when the money counts, when an order was given: second choice.
pub(super) const LATER_DATE: &str = "
    value | valuta | valutadatum | valutadag | wertstellung | wertstellungstag | settlement | settle | settled |
    effective | interest | rentedatum | rentedato | valor | valeur | processed on | execution | provedeni | start |
    started | initiated | created | create | authorised | authorized | authorisation | authorization | order |
    ordered | entry | due | verrekening | erteknap | 起息日 | clearing | cleared |
    valuta* | wertstellungs* | rente* | verval* | vervaldatum | renteberekening | val";

/// Days that are of something else.
pub(super) const NOT_A_DATE: &str = "
    birth | expiry | expiration | statement | updated | update | download | modified | range | period | from | to |
    invoice | payment due | mandate | since | until";

/// Days on which a transaction was booked: it is not as long as there is none.
pub(super) const BOOKING: &str = "
    posted | posting | post | booking | booked | buchungsdatum | buchungstag | ksiegowania | zauctovani | contabile |
    bokforingsdag | bokforingsdatum | bokfort | boekdatum | 入账日 | 记账日";

/// What is left on the account.
pub(super) const BALANCE: &str = "
    balance | balances | runningbalance | saldo | saldi | solde | kontostand | kontosaldo | zustatek | zostatok |
    egyenleg | szamlaegyenleg | likutis | jaak | atlikums | bakiye | bakiyesi | остаток | залишок | sold |
    stan konta | balans | remaining | 余额 | 余額 | 结余 | 残高 | 잔액 | running total | beginsaldo | eindsaldo |
    saldo na | baki | balanco | saldo po | disponible | beschikbaar |
    *saldo | stanje | υπολοιπο | יתרה | ยอดคงเหลือ | so du | stada | салдо | баланс | bal | closing bal";

/// What is taken on top.
pub(super) const FEE: &str = "
    fee | fees | commission | commissions | gebuhr | gebuhren | entgelt | kosten | poplatek | poplatky | frais |
    comision | comisiones | commissione | commissioni | prowizja | oplata | taxa | dij | komisinis | komisja |
    tax | vat | mwst | btw | tva | iva | gst | 手续费 | 服务费 | 手数料 | kost | cashback | tip | surcharge";

/// Amounts and currencies of the shop, not of the account.
pub(super) const FOREIGN: &str = "
    original | originalbetrag | originalwahrung | foreign | local | instructed | fremdwahrung | fremdwaehrung |
    ursprungsbetrag | urspr | ursprunglicher | oorspronkelijk | oorspronkelijke | originele | origine | origin |
    originale | estera | divisa original | oryginalna | puvodni | povodna | eredeti | utlandsk | utenlandsk |
    valutabelopp | merchant currency | source | target | 交易地 | 外币 | 現地 | converted | exchange | counter |
    交易币种金额 | transakcji w walucie | in foreign | balance |
    intl | international | fx | fcy";

/// How a currency becomes another one, how many, and other numbers that are no money of this account.
pub(super) const NO_AMOUNT: &str = "
    rate | kurs | koers | wechselkurs | umrechnungskurs | taux | tipo de cambio | cambio | 汇率 | レート |
    quantity | shares | units | price | unit | limit | points | miles | count | percent | due | minimum | stuck |
    anzahl | prix | interest | split amount";

/// The amount of a transaction.
pub(super) const AMOUNT: &str = "
    amount | amounts | amt | betrag | umsatz | bedrag | montant | importe | importo | import | kwota | castka |
    ciastka | suma | summa | sum | belopp | belob | belop | osszeg | tutar | tutari | сумма | сума | 金额 | 金額 |
    발생금액 | 거래금액 | valor | valore | quantia | quantidade | suma operacji | betrag eur | maara | iznos |
    znesek | suma platby | objem | gross | net | netto | nettobetrag | brutto | total | value | paid | cost |
    kaufumsatz | transaktionsbelopp | transaktionsbetrag | transaktsioon | transactiebedrag | summ | bedrag eur |
    movimiento | cuantia |
    *betrag | *bedrag | *belopp | *belop | *belob | *summe | *osszeg | iznos | znesek | suma tranzactiei | ποσο | סכום | จำนวนเงิน |
    so tien | jumlah | nominal | mutasi | upphaed | upphaeth | intrare iesire | cantidad | 거래 금액";

/// Amounts that are chosen last.
pub(super) const WEAK_AMOUNT: &str = "
    gross | brutto | total | value | paid | cost | sum | umsatz | movimiento | import";

/// With these words a column is about an amount, but is none.
pub(super) const NO_AMOUNT_NAME: &str = "
    id | type | description | text | name | date";

/// How a currency becomes another one.
pub(super) const RATE: &str = "
    rate | exchange rate | koers | kurs | wechselkurs | umrechnungskurs | taux | taux de change | tipo de cambio";

/// Money out.
pub(super) const DEBIT: &str = "
    debit | debits | withdrawal | withdrawals | withdraw | withdrawn | money out | paid out | outflow | outgoing |
    outgoings | spent | spend | expense | expenses | soll | lastschrift | belastung | belastungen | abgang |
    ausgabe | ausgaben | ausgang | auszahlung | debet | uitgaven | uitgave | bedrag af | depense | depenses |
    debito | debitos | addebito | addebiti | uscita | uscite | cargo | cargos | retiro | retiros | egreso |
    egresos | gasto | gastos | salida | salidas | saida | saidas | despesa | despesas | obciazenie | obciazenia |
    wydatki | wydatek | wyplata | winien | vydaje | vydaj | debetni | odchozi | na tarchu | terheles | kiadas |
    uttag | ut av konto | ut fra konto | haevet | debets | valjaminek | deebet | gider | borc | расход | расходы |
    списание | дебет | видаток | витрати | 支出 | 借方 | 转出 | 支取 | 出金 | 引出 | 支払 | 출금 | 출금액 |
    nostot | pago | pagos | debited |
    isplata | isplate | breme | χρεωση | חובה | ถอน | ถอนเงิน | ghi no | ghi no debit | pengeluaran | uttektarhlid | terhele | дебит | платежи | raskhod | utgift | utgifter | kiadasok |
    maksut | money paid out | debe";

/// The same, only as the whole name.
pub(super) const DEBIT_ALONE: &str = "
    out | af | uit | ut | ud | dr | dare | dr amount | dr amt | minus";

/// Money in.
pub(super) const CREDIT: &str = "
    credit | credits | deposit | deposits | money in | paid in | inflow | incoming | incomings | received |
    receipt | receipts | income | haben | gutschrift | gutschriften | zugang | einnahme | einnahmen | eingang |
    einzahlung | inkomsten | bedrag bij | recette | recettes | credito | creditos | accredito | accrediti |
    entrata | entrate | abono | abonos | deposito | depositos | ingreso | ingresos | haber | entrada | entradas |
    receita | receitas | uznanie | uznania | wplywy | wplyw | wplata | prijmy | prijem | kreditni | prichozi |
    v prospech | jovairas | bevetel | insattning | insattningar | inn pa konto | indsat | kredit | kredits |
    kreedit | sissetulek | gelir | alacak | приход | поступление | зачисление | кредит | надходження | 收入 |
    贷方 | 存入 | 转入 | 入金 | 預入 | 預り | お預り | 입금 | 입금액 | panot | deposited | credited | abonado |
    uplata | uplate | dobro | πιστωση | זכות | ฝาก | ฝากเงิน | ghi co | pemasukan | inntekt | inntekter | bevetelek | jovairt | tulot | money paid in | innskot | credited amount";

/// The same, only as the whole name.
pub(super) const CREDIT_ALONE: &str = "
    in | bij | ma | inn | ind | cr | avere | cr amount | cr amt | plus";

/// With these words a column is about a card, a limit or an order, not about money out or in.
pub(super) const NO_SIDE: &str = "
    card | limit | number | no | nr | reference | ref | mandate | account | name | date | type | iban | id |
    creditor | karte | plan | score | currency | iso | interest | method | rating | category";

/// A word that says whether money went out or in, or both words in one name.
pub(super) const DIRECTION: &str = "
    credit debit | debit credit | creditdebet | creditdebit | debitcredit | debetcredit | debet credit |
    credit debet | d c | c d | d k | k d | dr cr | cr dr | dc | cd | af bij | bij af | soll haben | haben soll |
    s h | h s | sh | dare avere | cargo abono | 收 支 | 收支 | 借贷 | direction | richting | indicator |
    debit or credit | credit or debit | debit credit indicator | credit debit indicator | credit debit code |
    balance impact | in out | income expense | expense income | sign | znak | deebet kreedit | debets kredits |
    debetas kreditas | wn ma | transaction type | drcr | crdr | in or out | flow | b a | t j | terheles jovairas |
    类型 | 收支类型 | 入出金 | кредит дебет | dc kennzeichen | soll haben kennzeichen";

/// ISO codes of rows.
pub(super) const CURRENCY: &str = "
    currency | currencies | currency code | ccy | curr | wahrung | waehrung | buchungswahrung | kontowahrung |
    devise | munt | muntsoort | valutacode | valuta | mena | waluta | devizanem | penznem | devizanev | divisa |
    moneda | moeda | valiuta | valuut | 币种 | 币别 | 통화 | 通貨 | валюта | para birimi | doviz | monnaie |
    valyuta | currencycode | mena uctu | 幣別 | commodity |
    devies | deviza | νομισμα | מטבע | tien te | mata uang | valuta rekening | valuta konta | gjaldmidill";

/// Booked, pending, declined.
pub(super) const STATE: &str = "
    status | state | stav | estado | statut | stato | durum | статус | tila | 交易状态 | 当前状态 | 状态 |
    booking status | buchungsstatus | umsatzstatus | reservierung | transaction status | oleks | cleared |
    reconciled | reconcile";

/// A category.
pub(super) const CATEGORY: &str = "
    category | categories | kategorie | kategoria | kategoria transakcji | categorie | categoria | kategoriat |
    kategori | kategorija | категория | 交易分类 | 分类 | categoria gasto | subcategory | kategorie transakce |
    merchant category | spending category | mcc | sub category";

/// The other party.
pub(super) const PAYEE: &str = "
    payee | name | merchant | merchant name | counterparty | counterparty name | beneficiary | payer | recipient |
    partner name | partner | description payee | paid to | sender | empfanger | empfaenger | auftraggeber |
    begunstigter | beguenstigter | zahlungsempfanger | zahlungspflichtiger | zahlungsbeteiligter |
    name zahlungsbeteiligter | gegenpartei | handelaar | tegenpartij | naam | naam tegenpartij |
    tegenrekeninghouder | naam tegenrekening | beneficiaire | tiers | emetteur | beneficiario | ordinante |
    nadawca | odbiorca | kontrahent | nazwa kontrahenta | nazev protiuctu | protistrana | obchodnik |
    partner neve | kedvezmenyezett | moketojas | gavejas | moketojas gavejas | saaja | maksaja | saaja maksaja |
    saaja maksaja nimi | mottaker | mottagare | modtager | avsandare | 交易对方 | 对方户名 | 对方名称 | 商户 |
    商户名称 | 利用店名 | получатель | контрагент | alici | gonderen | name of counterparty | betaler | shop |
    vendor | destination name | source destination | saanemaja | sanemejs | maksataja |
    naam van de tegenpartij | beneficiar | platitor | primalac | primatelj | platitelj | δικαιουχος | przelew do | mottagare avsandare | nosaukums | sanemejs maksatajs";

/// With these words a column says something about the other party that is not its name.
pub(super) const NO_PARTY: &str = "
    iban | bic | swift | number | no | nr | szama | szamla | bankkodja | account | konto | rekening | kontonummer |
    address | adresse | adres | cime | id | code | bank | country | reference | type | currency | 账号 | city | institution";

/// Texts of the bank or of who paid.
pub(super) const MEMO: &str = "
    description | descriptions | details | detail | narrative | narration | particulars | memo | note | notes |
    comment | comments | message | label | transaction description | transaction details | activity | action |
    remark | remarks | additional info | buchungstext | umsatztext | verwendungszweck | vorgang | text |
    beschreibung | bezeichnung | zahlungsreferenz | mitteilung | omschrijving | mededeling | mededelingen |
    libelle | remarque | commentaire | communication | description operation | descripcion | concepto |
    observaciones | descrizione | causale | descricao | historico | opis | opis operacji | tytul | tytulem |
    popis | zprava | poznamka | sprava | kozlemeny | megjegyzes | konyvelesi informaciok | paskirtis |
    paaiskinimai | paaiskinimas | mokejimo paskirtis | selgitus | selite | viesti | tekst | meddelande | rubrik |
    transaktion | beskrivelse | aciklama | описание | назначение | комментарий | призначення | 摘要 | 商品说明 |
    商品 | 备注 | 用途 | 附言 | 内容 | 적요 | 내용 | メモ | toelichting | reference text | maksajuma merkis |
    informacija | transakcijas detalas | comment text | payment details | payment reference |
    customer reference text | original description | extended details | memo description |
    title | forklaring | reference and description |
    descriere | detalii | detalii tranzactie | opis placanja | namen | svrha | αιτιολογια | περιγραφη | תיאור | รายการ | mo ta | noi dung | dien giai | keterangan | deskripsi | skyring | основание |
    informacija par maksajumu | maksajuma informacija | vrij mededeling | vrije mededeling | gestructureerde mededeling | toelichting bij | libelle complementaire";

/// The bank's own identification: it must be the same at the next export.
pub(super) const ID: &str = "
    transaction id | transactionid | txn id | trans id | id | fitid | unique id | uuid | record id | id transakce |
    transaktions id | transactie id | transaction number | transaction no | operation number | operation id |
    wallet txn id | reference number | transaction reference | transaction reference number | bank reference |
    archivierungsreferenz | referencenumber | 交易订单号 | 交易单号 | 流水号 | 交易流水号 | numero operacion |
    id operacji | numer transakcji | tranzakcioazonosito | journal id | entry reference | iraso nr |
    arhiveerimistunnus | reference | referentie | ref no | ref | ref number";

/// Those that can be nothing else.
pub(super) const CERTAIN_ID: &str = "
    transaction id | transactionid | fitid | unique id | uuid | txn id | id transakce | journal id";

/// The account that the row belongs to.
pub(super) const ACCOUNT: &str = "
    account | account name | account number | account no | account id | konto | kontonummer | auftragskonto |
    iban auftragskonto | rekening | rekeningnummer | compte | cuenta | conto | rachunek | cislo uctu | szamlaszam |
    saskaitos nr | kliendi konto | konta numurs | own account | card | card number | first bank card |
    kartennummer | card no | card last 4 digits | my account | kontobezeichnung | 卡号末四位 | 账号 | 卡号 |
    account code";

/// With these words an account is the other party's.
pub(super) const COUNTER: &str = "
    counter | tegen | gegen | protiuctu | partner | beneficiary | payee | recipient | destination | source |
    kontrahenta | other | to | from | 对方 | counterparty | empfanger | begunstigter | type | currency |
    tegenrekening | tegenrekeningnummer | gegenkonto | remitter | holder";

/// Number of a cheque.
pub(super) const CHECK: &str = "
    check | check number | check no | check num | cheque | cheque number | cheque no | chq no | chq | checknum |
    chequenumber | slip number | check or slip | chq ref no";

/// What kind of movement it is.
pub(super) const KIND: &str = "
    type | typ | kind | transaction type | trans type | art | buchungsart | umsatzart | tipo | betaalwijze |
    soort | mutatiesoort | code | typ transakce | rodzaj | rodzaj operacji | transaktionstyp | activity type |
    交易类型 | tranzakcio tipusa | 类型";

/// Languages that don't write the month first: words that English headers don't have.
pub(super) const NOT_ENGLISH: &str = "
    datum | data | fecha | dato | datums | kuupaev | paivamaara | tarih | дата | buchungstag | buchungsdatum |
    buchung | montant | libelle | betrag | bedrag | importe | importo | kwota | castka | suma | summa | belopp |
    belob | belop | osszeg | tutar | сумма | valor | transactiedatum | umsatz | omschrijving | remarque |
    concepto | descripcion | causale | verwendungszweck | selgitus | kirjauspaiva | maara | bokforingsdag |
    transaktionsdatum | dare | avere | debito | credito | solde | saldo | kontostand | wahrung | devise | munt |
    boekdatum |
    *datum | *bedrag | *betrag | *belopp | iznos | znesek | ημερομηνια | uitvoeringsdatum | tanggal | ngay | dagsetning";
