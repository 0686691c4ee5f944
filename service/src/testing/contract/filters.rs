//! Filters of lists, against what they should let through.
use super::{TestStore, model, world};
use crate::{
    ports::{Random, store::Store},
    testing::{builders as make, fakes::FakeRandom},
};
use domain::{
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, PaymentMethod, SeriesSlot, Split, Status},
    filter::{CategoryFilter, Filter, Query, Sort},
    ids::{AccountId, BudgetId, ImportId, SeriesId, UserId},
    merchant::merchant_key,
    money::Money,
    words::{self, Term},
};
use jiff::civil::date;

const MERCHANTS: [&str; 6] = ["REWE Markt 12", "Café Crème", "Amazon", "東京 ラーメン", "Straße 7", "100%_off"];
const TAGS: [&str; 5] = ["trip", "trip2", "a\"b", "x,\"trip", "Ä"];

/// A number below `limit`.
fn below(random: &FakeRandom, limit: usize) -> usize {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    u32::from_le_bytes(bytes) as usize % limit
}

fn pick<T: Copy>(random: &FakeRandom, from: &[T]) -> T {
    from[below(random, from.len())]
}

fn maybe<T>(random: &FakeRandom, value: T) -> Option<T> {
    (below(random, 2) == 0).then_some(value)
}

struct Corpus {
    user: UserId,
    budgets: [BudgetId; 2],
    account: AccountId,
    rows: Vec<Expense>,
}

/// A hundred and fifty rows of all sorts, the same each time.
async fn corpus(store: &dyn Store) -> Corpus {
    let (user, first) = world::owner(store, 1).await;
    let budgets = [first, world::budget(store, user, 2).await];
    let account = store.create_account(&make::write(user, 1), &make::account(user, 3)).await.unwrap().id;
    let random = FakeRandom::seeded(5);
    let mut corpus = Corpus { user, budgets, account, rows: Vec::new() };
    for n in 0..150 {
        let mut row = any_row(&random, &corpus, n);
        row.derive();
        corpus.rows.push(world::put(store, row).await);
    }
    corpus
}

fn any_row(random: &FakeRandom, corpus: &Corpus, n: u32) -> Expense {
    let budget = maybe(random, pick(random, &corpus.budgets));
    let minor = 1 + i64::try_from(below(random, 5_000)).unwrap();
    let mut row = make::expense(corpus.user, budget, n, minor);
    row.account_id = maybe(random, corpus.account);
    row.kind = pick(random, Kind::ALL);
    row.status = pick(random, &[Status::Cleared, Status::Cleared, Status::Reconciled, Status::Draft]);
    row.amount = Money::new(minor, pick(random, &[Currency::EUR, Currency::JPY, Currency::KWD]));
    row.base = maybe(random, make::base(Money::new(minor, Currency::EUR), row.date));
    row.merchant = maybe(random, pick(random, &MERCHANTS).to_owned());
    row.date = date(2026, 1 + i8::try_from(below(random, 12)).unwrap(), 1 + i8::try_from(below(random, 28)).unwrap());
    row.payment_method = maybe(random, pick(random, PaymentMethod::ALL));
    row.tags = TAGS.iter().filter(|_| below(random, 4) == 0).map(|&tag| tag.to_owned()).collect();
    row.import_id = maybe(random, ImportId(make::id(u32::try_from(below(random, 2)).unwrap())));
    row.category = None;
    if matches!(row.kind, Kind::Expense | Kind::Refund) {
        row.category = maybe(random, pick(random, &Category::ALL));
        row.subcategory = row.category.and_then(|_| maybe(random, "Bread".to_owned()));
        if minor > 10 && below(random, 4) == 0 {
            let split = |category, amount| Split { category, subcategory: None, amount, memo: None, member_id: None };
            row.splits = vec![
                split(maybe(random, pick(random, &Category::ALL)), minor - 3),
                Split { subcategory: Some("Bread".to_owned()), ..split(Some(Category::Savings), 3) },
            ];
        }
    }
    if below(random, 5) == 0 {
        let slot = date(2026, 1, 1).saturating_add(jiff::Span::new().days(n));
        row.recurring = Some(SeriesSlot { series_id: SeriesId(make::id(1)), slot });
    }
    if below(random, 4) == 0 {
        row.receipt = Some(make::receipt(n));
    }
    if below(random, 10) == 0 {
        row.deleted_at = Some(make::at(5));
    }
    row
}

/// One filter for each kind there is.
fn singles(corpus: &Corpus) -> Vec<Filter> {
    let none = Filter::default;
    let mut filters = vec![
        none(),
        Filter { account_id: Some(corpus.account), ..none() },
        Filter { account_id: Some(AccountId(make::id(99))), ..none() },
        Filter { category: Some(CategoryFilter::Uncategorised), ..none() },
        Filter { subcategory: Some("Bread".to_owned()), ..none() },
        Filter { start_date: Some(date(2026, 6, 15)), ..none() },
        Filter { end_date: Some(date(2026, 6, 15)), ..none() },
        Filter { min_amount: Some(20_000), ..none() },
        Filter { max_amount: Some(20_000), ..none() },
        Filter { import_id: Some(ImportId(make::id(1))), ..none() },
        Filter { has_receipt: Some(true), ..none() },
        Filter { has_receipt: Some(false), ..none() },
        Filter { recurring: Some(true), ..none() },
        Filter { recurring: Some(false), ..none() },
        Filter { unconverted: true, ..none() },
        Filter { tags: vec!["trip".to_owned(), "Ä".to_owned()], ..none() },
    ];
    filters.extend(corpus.budgets.map(|id| Filter { budget_id: Some(id), ..none() }));
    filters.extend(Category::ALL.map(|c| Filter { category: Some(CategoryFilter::Is(c)), ..none() }));
    filters.extend(
        [Currency::EUR, Currency::JPY, Currency::USD].map(|currency| Filter { currency: Some(currency), ..none() }),
    );
    filters.extend(MERCHANTS.map(|name| Filter { merchant: Some(merchant_key(name)), ..none() }));
    filters.extend(TAGS.map(|tag| Filter { tags: vec![tag.to_owned()], ..none() }));
    filters.extend(
        ["re", "creme caf", "12", "off", "東", "str", "rewe ", "京", "ラーメン", "strasse 7 "]
            .map(|q| Filter { words: words::query(q), ..none() }),
    );
    filters.extend(PaymentMethod::ALL.iter().map(|&method| Filter { payment_method: Some(method), ..none() }));
    filters.extend(Kind::ALL.iter().map(|&kind| Filter { kind: Some(kind), ..none() }));
    filters.extend(Status::ALL.iter().map(|&status| Filter { status: Some(status), ..none() }));
    filters
}

/// The store's answer is the model's, page by page and in number.
async fn check(store: &dyn Store, corpus: &Corpus, filter: Filter, sort: Sort) -> usize {
    let expected = model::listed(&corpus.rows, &filter, sort);
    let query = Query { filter: filter.clone(), sort, limit: 40, ..Query::default() };
    let page = world::page(store, corpus.user, &query).await;
    assert_eq!(page.total, expected.len() as u64, "{filter:?}");
    assert_eq!(world::walk(store, corpus.user, query).await, expected, "{filter:?}");
    expected.len()
}

pub async fn one_by_one(t: TestStore) {
    let corpus = corpus(&*t.store).await;
    let mut found = 0;
    for filter in singles(&corpus) {
        found += usize::from(check(&*t.store, &corpus, filter, Sort::default()).await > 0);
    }
    assert!(found > 40, "{found} filters found something");
}

pub async fn any_combination(t: TestStore) {
    let corpus = corpus(&*t.store).await;
    let random = FakeRandom::seeded(11);
    let singles = singles(&corpus);
    let mut found = 0;
    for round in 0..120 {
        let mut filter = Filter::default();
        for _ in 0..2 + round % 2 {
            let other = singles[below(&random, singles.len())].clone();
            filter = both(filter, other);
        }
        let sort = pick(&random, &Sort::WORDS).parse().unwrap();
        found += usize::from(check(&*t.store, &corpus, filter, sort).await > 0);
    }
    assert!(found > 30, "{found} combinations found something");
}

fn both(a: Filter, b: Filter) -> Filter {
    Filter {
        budget_id: b.budget_id.or(a.budget_id),
        account_id: b.account_id.or(a.account_id),
        category: b.category.or(a.category),
        subcategory: b.subcategory.or(a.subcategory),
        start_date: b.start_date.or(a.start_date),
        end_date: b.end_date.or(a.end_date),
        min_amount: b.min_amount.or(a.min_amount),
        max_amount: b.max_amount.or(a.max_amount),
        currency: b.currency.or(a.currency),
        merchant: b.merchant.or(a.merchant),
        words: [a.words, b.words].concat(),
        tags: [a.tags, b.tags].concat(),
        payment_method: b.payment_method.or(a.payment_method),
        kind: b.kind.or(a.kind),
        status: b.status.or(a.status),
        import_id: b.import_id.or(a.import_id),
        has_receipt: b.has_receipt.or(a.has_receipt),
        recurring: b.recurring.or(a.recurring),
        unconverted: a.unconverted || b.unconverted,
    }
}

/// The merchants of the rows that a search finds, in order.
async fn search(store: &dyn Store, user: UserId, words: &[&str]) -> Vec<String> {
    let words = words.iter().map(|&word| Term { word: word.to_owned(), prefix: true }).collect();
    searched(store, user, words).await
}

async fn searched(store: &dyn Store, user: UserId, words: Vec<Term>) -> Vec<String> {
    let filter = Filter { words, ..Filter::default() };
    let rows = world::walk(store, user, Query { filter, ..Query::default() }).await;
    let mut merchants: Vec<String> = rows.into_iter().filter_map(|row| row.merchant).collect();
    merchants.sort();
    merchants
}

/// Rows with these merchants and no description.
async fn shops(store: &dyn Store, merchants: &[&str]) -> UserId {
    let ada = world::person(store, 1).await;
    for (n, &merchant) in (0..).zip(merchants) {
        let mut row = make::expense(ada, None, n, 100);
        (row.merchant, row.description) = (Some(merchant.to_owned()), None);
        row.derive();
        world::put(store, row).await;
    }
    ada
}

pub async fn search_finds_beginnings_of_words(t: TestStore) {
    let ada = shops(&*t.store, &["Café Crème", "Scaffold", "cafeteria west", "Ærø Kaffe"]).await;
    assert_eq!(search(&*t.store, ada, &["caf"]).await, ["Café Crème", "cafeteria west"]);
    assert_eq!(search(&*t.store, ada, &["west", "cafet"]).await, ["cafeteria west"]);
    assert_eq!(search(&*t.store, ada, &["aero"]).await, ["Ærø Kaffe"]);
    assert_eq!(search(&*t.store, ada, &["caf", "kaf"]).await, [""; 0]);
}

/// In each language the store finds what the tokeniser says, and nothing else.
pub async fn search_speaks_all_languages(t: TestStore) {
    let shops_there = [
        "Joe's Diner",
        "Bäckerei Müller",
        "L'Épicerie du Coin",
        "Peluquería Niño",
        "東京都交通局",
        "カフェ・ド・パリ",
        "चाय की दुकान",
        "Кафе Пушкин",
        "ร้านกาแฟ",
        "Ｆｕｌｌ width 12",
        "4711 Echt",
    ];
    let ada = shops(&*t.store, &shops_there).await;
    for asked in [
        "joes",
        "joe's",
        "joe ",
        "joe",
        "diner joe",
        "backerei",
        "baeckerei",
        "mül",
        "mueller ",
        "epicerie",
        "l'epi",
        "coin ",
        "coi ",
        "peluqueria",
        "nino",
        "東京",
        "京都",
        "都",
        "東京 交通",
        "交",
        "かふぇ",
        "カフェ",
        "パリ",
        "चाय",
        "दुकान ",
        "दु",
        "кафе",
        "пушк",
        "กาแฟ",
        "full",
        "12 ",
        "1 ",
        "47",
        "471 ",
        "4711 ",
        "nothing",
        "joe backerei",
    ] {
        let mut expected: Vec<&str> = shops_there.iter().copied().filter(|name| words::is_found(name, asked)).collect();
        expected.sort_unstable();
        assert_eq!(searched(&*t.store, ada, words::query(asked)).await, expected, "{asked:?}");
    }
}

/// Words that many rows have are found on another way than those that few have.
pub async fn search_finds_what_many_have(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    for n in 0..120 {
        let mut row = make::expense(ada, None, n, 100);
        let name = if n % 3 == 0 { "Common Market" } else { "Common Shop" };
        (row.merchant, row.description) = (Some(name.to_owned()), Some(format!("nr {n}")));
        row.derive();
        world::put(&*t.store, row).await;
    }
    let count = async |asked: &str, limit: u32| {
        let filter = Filter { words: words::query(asked), ..Filter::default() };
        let page = world::page(&*t.store, ada, &Query { filter, limit, ..Query::default() }).await;
        (page.total, page.items.len(), page.more)
    };
    assert_eq!(count("common", 10).await, (120, 10, true));
    assert_eq!(count("common mark", 10).await, (40, 10, true));
    assert_eq!(count("common 7 ", 10).await, (1, 1, false));
    assert_eq!(count("nr 11", 5).await, (11, 5, true), "11 and 110 to 119");
    assert_eq!(count("comm nowhere", 10).await, (0, 0, false));
}

pub async fn signs_in_a_search_are_literal(t: TestStore) {
    let ada = shops(&*t.store, &["abc", "a b", "1000"]).await;
    for signs in ["%", "_", "a%c", "a_c", "\\", "*", "?", "(a+)+$", "'", "a*"] {
        assert_eq!(search(&*t.store, ada, &[signs]).await, [""; 0], "{signs}");
    }
}

pub async fn a_tag_is_matched_whole(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let sets: [&[&str]; 7] =
        [&["trip"], &["trip2"], &["a,\"trip"], &["x\"trip\"y"], &["foo,", "bar"], &[","], &["Trip", "b\\"]];
    for (n, tags) in (0..).zip(sets) {
        let mut row = make::expense(ada, None, n, 100);
        row.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        world::put(&*t.store, row).await;
    }
    for (tag, count) in [("trip", 1), ("Trip", 1), ("tri", 0), (",", 1), ("foo,", 1), ("b\\", 1), ("b", 0), ("", 0)] {
        let filter = Filter { tags: vec![tag.to_owned()], ..Filter::default() };
        let page = world::page(&*t.store, ada, &Query { filter, ..Query::default() }).await;
        assert_eq!(page.total, count, "{tag}");
    }
}

pub async fn splits_are_found_by_their_categories(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let split = |category, amount| Split { category, subcategory: None, amount, memo: None, member_id: None };
    let mut row = make::expense(ada, None, 1, 100);
    (row.category, row.splits) = (None, vec![split(Some(Category::Housing), 60), split(Some(Category::Food), 40)]);
    world::put(&*t.store, row.clone()).await;
    let count = async |category| {
        let filter = Filter { category: Some(category), ..Filter::default() };
        world::page(&*t.store, ada, &Query { filter, ..Query::default() }).await.total
    };
    assert_eq!(count(CategoryFilter::Is(Category::Housing)).await, 1);
    assert_eq!(count(CategoryFilter::Is(Category::Food)).await, 1);
    assert_eq!(count(CategoryFilter::Is(Category::Savings)).await, 0);
    assert_eq!(count(CategoryFilter::Uncategorised).await, 0);
    world::change(&*t.store, &row, |row| row.splits[1].category = None).await;
    assert_eq!(count(CategoryFilter::Is(Category::Food)).await, 0);
    assert_eq!(count(CategoryFilter::Uncategorised).await, 1);
}
