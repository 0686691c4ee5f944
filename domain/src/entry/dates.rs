//! Finds the day in a line: `yesterday`, `vor 3 Tagen`, `last Friday`, `1. Nov`, `2026-11-01`, `11月3日`.
use super::{
    Alternatives, Field, Reason,
    calendar::{Days, Style, numeric, small_number, without_year, year_number},
    lex::Token,
    line::Line,
    vocab::{Vocabulary, is_one_of, vocabularies},
};
use crate::{Date, locale::Locale, recurrence::DateKey, words};
use jiff::Span;
use std::{collections::HashMap, ops::Range, sync::LazyLock};

/// Names of months in all languages, folded and without points. Made once, since lines are read while they are typed.
static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for month in 1..=12_i8 {
        let index = usize::from(month.unsigned_abs()) - 1;
        let more = vocabularies(Locale::EN_US).flat_map(|vocabulary| vocabulary.months[index].split('|'));
        let names = Locale::all().flat_map(|locale| [locale.month_name(month), locale.month_short(month)]);
        for name in names.chain(more).filter(|name| !name.is_empty()) {
            months.entry(words::folded(name).trim_end_matches(['.', '॰']).to_owned()).or_insert(month);
        }
    }
    months
});

/// A day that was found at some tokens.
type Found = (Range<usize>, Days);

impl Line<'_> {
    /// Finds the days that are named, takes the first, and asks where there are more.
    pub(super) fn find_dates(&mut self) {
        let mut found: Vec<Found> = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            if let Some((tokens, days)) = self.date_at(index) {
                index = tokens.end;
                self.use_up(self.with_words_before(&tokens));
                self.add_piece(&tokens, Field::Date);
                found.push((tokens, days));
            } else {
                index += 1;
            }
        }
        let Some((tokens, days)) = found.first() else { return };
        self.draft.date = days.days[0];
        let others = |found: &[Found]| found.iter().any(|(_, other)| other.days[0] != days.days[0]);
        let (place, mut ways, reason) = (tokens.clone(), days.days.clone(), days.reason);
        if others(&found) {
            let last = found.last().map_or(place.end, |(tokens, _)| tokens.end);
            ways.extend(found.iter().skip(1).flat_map(|(_, days)| days.days.clone()));
            self.ask_for_day(&(place.start..last), Reason::SeveralDates, ways);
        } else if let Some(reason) = reason {
            self.ask_for_day(&place, reason, ways);
        }
    }

    fn ask_for_day(&mut self, place: &Range<usize>, reason: Reason, days: Vec<Date>) {
        let mut ways: Vec<DateKey> = Vec::new();
        for day in days.into_iter().map(DateKey) {
            if !ways.contains(&day) {
                ways.push(day);
            }
        }
        self.ask(place, reason, Alternatives::Dates(ways));
    }

    /// The words `on the` before a date belong to it.
    fn with_words_before(&self, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        let is = |index: usize, words: fn(&Vocabulary) -> &'static str| {
            self.vocabularies().any(|vocabulary| self.word_is(index, words(vocabulary)))
        };
        if start > 1 && is(start - 1, |v| v.articles) && is(start - 2, |v| v.on) {
            start -= 1;
        }
        if start > 0 && is(start - 1, |v| v.on) {
            start -= 1;
        }
        start..tokens.end
    }

    fn date_at(&self, index: usize) -> Option<Found> {
        if !self.is_free(index) {
            return None;
        }
        self.relative_day(index)
            .or_else(|| self.days_ago(index))
            .or_else(|| self.vague_day(index))
            .or_else(|| self.weekday(index))
            .or_else(|| self.japanese_date(index))
            .or_else(|| self.digits_only(index))
            .or_else(|| self.day_and_month(index))
            .or_else(|| self.day_of_month(index))
    }

    fn shifted(&self, days: i32) -> Option<Date> {
        self.context.today.checked_add(Span::new().try_days(days).ok()?).ok()
    }

    fn relative_day(&self, index: usize) -> Option<Found> {
        let shifts = |phrase: &str| {
            let mut all = self.vocabularies().flat_map(|vocabulary| vocabulary.days);
            all.find(|(words, _)| is_one_of(phrase, words)).map(|(_, shifts)| *shifts)
        };
        let (count, shifts) = self.phrase(index, shifts)?;
        let days: Vec<Date> = shifts.iter().filter_map(|shift| self.shifted(*shift)).collect();
        let reason = (days.len() > 1).then_some(Reason::PastOrFuture);
        (!days.is_empty()).then_some((index..index + count, Days { days, reason }))
    }

    /// `3 days ago`, `vor einer Woche`, `3日前`.
    fn days_ago(&self, index: usize) -> Option<Found> {
        self.vocabularies().find_map(|vocabulary| {
            let before = if vocabulary.ago_before.is_empty() {
                0
            } else {
                self.phrase(index, |phrase| is_one_of(phrase, vocabulary.ago_before).then_some(()))?.0
            };
            let number = index + before;
            let count = if self.is_free(number) && self.tokens[number].is_number() {
                i32::from(small_number(self.raw(number))?)
            } else if self.word_is(number, vocabulary.one) {
                1
            } else {
                let word = vocabulary.numbers.split('|').position(|name| self.word_is(number, name))?;
                i32::try_from(word).ok()? + 2
            };
            let unit = vocabulary.units.iter().find(|(words, _)| self.word_is(number + 1, words))?.1;
            let has_after = !vocabulary.ago_after.is_empty();
            if has_after && !self.word_is(number + 2, vocabulary.ago_after) {
                return None;
            }
            let end = number + 2 + usize::from(has_after);
            Some((index..end, Days::sure(self.shifted(-count * unit)?)))
        })
    }

    /// `last week`: the same weekday, or any other of that week; `last month`: the same day, or the first or the last one.
    fn vague_day(&self, index: usize) -> Option<Found> {
        let is_month = |phrase: &str| {
            self.vocabularies().find_map(|vocabulary| match phrase {
                week if is_one_of(week, vocabulary.last_week) => Some(false),
                month if is_one_of(month, vocabulary.last_month) => Some(true),
                _ => None,
            })
        };
        let (count, is_month) = self.phrase(index, is_month)?;
        let today = self.context.today;
        let days = if is_month {
            let last = today.first_of_month().yesterday().ok()?;
            let same = Date::new(last.year(), last.month(), today.day().min(last.day())).ok()?;
            vec![same, last.first_of_month(), last]
        } else {
            let monday = -7 - i32::from(today.weekday().to_monday_zero_offset());
            std::iter::once(-7).chain(monday..monday + 7).filter_map(|shift| self.shifted(shift)).collect()
        };
        Some((index..index + count, Days { days, reason: Some(Reason::VagueDay) }))
    }

    /// `Friday`, `last Friday`, `nächsten Freitag`, `viernes pasado`: the last one, unless the next is said.
    fn weekday(&self, index: usize) -> Option<Found> {
        self.vocabularies().find_map(|vocabulary| {
            let is_last = self.phrase(index, |phrase| is_one_of(phrase, vocabulary.last).then_some(()));
            let is_next = self.phrase(index, |phrase| is_one_of(phrase, vocabulary.next).then_some(()));
            let at = index + is_last.or(is_next).map_or(0, |(count, ())| count);
            let day = vocabulary.weekdays.iter().position(|names| self.word_is(at, names))?;
            let is_sure = at > index || index > 0 && self.word_is(index - 1, vocabulary.on);
            if !is_sure && !self.is_plain_weekday(at, vocabulary) {
                return None;
            }
            let last_after = self.word_is(at + 1, vocabulary.last) && !vocabulary.last.is_empty();
            let next_after = self.word_is(at + 1, vocabulary.next);
            let end = at + 1 + usize::from(last_after || next_after);
            let today = i32::from(self.context.today.weekday().to_monday_zero_offset());
            let back = (today - i32::try_from(day).ok()?).rem_euclid(7);
            let days = match (is_next.is_some() || next_after, is_last.is_some() || last_after, back) {
                (true, _, _) => Days::sure(self.shifted(7 - back)?),
                (_, true, 0) => Days::sure(self.shifted(-7)?),
                (_, false, 0) => {
                    Days { days: vec![self.context.today, self.shifted(-7)?], reason: Some(Reason::Weekday) }
                }
                _ => Days::sure(self.shifted(-back)?),
            };
            Some((index..end, days))
        })
    }

    /// Short names (`sun`, `So`) are other words too: only in the region's language, and with no word behind.
    fn is_plain_weekday(&self, at: usize, vocabulary: &Vocabulary) -> bool {
        let token = &self.tokens[at];
        if !token.folded.is_ascii() || token.folded.len() > 5 {
            return true;
        }
        let is_capital = |index: usize| self.raw(index).starts_with(char::is_uppercase);
        // `Fr. 12.50` are Swiss francs where these are used.
        let is_franc = token.folded == "fr"
            && [self.context.currency, self.context.locale.guess_currency()].contains(&crate::currency::Currency::CHF);
        // `Mo Mittag`, but `So ein Mist`
        let has_word_behind = self.tokens.get(at + 1).is_some_and(Token::is_word);
        self.is_own(vocabulary)
            && !is_franc
            && (!has_word_behind || vocabulary.noun_capitals && is_capital(at + 1))
            && (is_capital(at) || !vocabulary.noun_capitals)
    }

    /// `2026年11月3日`, `11月3日`.
    fn japanese_date(&self, index: usize) -> Option<Found> {
        let unit = |at: usize, name: &str| self.word_is(at, name);
        let (year, at) = match year_number(self.raw(index)) {
            Some(year) if unit(index + 1, "年") => (Some(year), index + 2),
            _ => (None, index),
        };
        let (month, day) = (small_number(self.raw(at))?, small_number(self.raw(at + 2))?);
        if !unit(at + 1, "月") || !unit(at + 3, "日") {
            return None;
        }
        let days = match year {
            Some(year) => Days::sure(Date::new(year, month, day).ok()?),
            None => without_year(day, month, self.context.today)?,
        };
        Some((index..at + 4, days))
    }

    fn digits_only(&self, index: usize) -> Option<Found> {
        if !self.tokens[index].is_number() || index > 0 && self.is_glued(index) && !self.tokens[index - 1].is_sign('(')
        {
            return None;
        }
        let is_on = index > 0 && self.vocabularies().any(|vocabulary| self.word_is(index - 1, vocabulary.on));
        let start = self.tokens[index].range.start;
        let locale = self.context.locale;
        let points = locale.decimal_mark() != '.';
        // Beside `89,00` a `15.11` is no amount.
        let has_decimals = |token: &Token| token.is_number() && token.folded.contains(locale.decimal_mark());
        let after_on = is_on || points && self.tokens.iter().any(has_decimals);
        let style = Style { month_first: locale.is_month_first(), points, after_on };
        let (length, days) = numeric(&self.text[start..], self.context.today, style)?;
        let end = index + self.tokens[index..].iter().take_while(|token| token.range.start < start + length).count();
        // A token must not be cut in two.
        (self.tokens[end - 1].range.end <= start + length).then_some((index..end, days))
    }

    /// `1 Nov 2025`, `1. November`, `Nov 1st, 2025`, `1 de noviembre de 2025`.
    fn day_and_month(&self, index: usize) -> Option<Found> {
        let (day, month, mut end) = if self.tokens[index].is_number() {
            let day = self.whole_day(index).filter(|_| !self.is_price_before_a_date(index))?;
            let at = self.skip_ordinal(index + 1);
            let at = at + usize::from(self.word_is(at, "de|of"));
            (day, self.month(at)?, at + 1)
        } else {
            let month = self.month(index)?;
            let at = index + 1 + usize::from(self.is_point(index + 1));
            let at = at + usize::from(self.word_is(at, "the"));
            let day = self.whole_day(at).filter(|_| !self.is_priced(at))?;
            (day, month, self.skip_ordinal(at + 1))
        };
        end += usize::from(self.is_point(end));
        let at = end
            + usize::from(self.word_is(end, "de|del") || self.tokens.get(end).is_some_and(|token| token.is_sign(',')));
        let year = year_number(self.raw(at)).filter(|_| self.is_free(at) && !self.is_priced(at));
        let days = match year {
            Some(year) => {
                end = at + 1;
                Days::sure(Date::new(year, month, day).ok()?)
            }
            None => without_year(day, month, self.context.today)?,
        };
        Some((index..end, days))
    }

    /// Whether a number before a month's name is an amount: `$30 Nov 3`, `30 Nov 3rd`, `30 Dec 24, 2024`; where months come
    /// first also `30 Dec 24`.
    fn is_price_before_a_date(&self, index: usize) -> bool {
        let has_sign = index > 0 && self.sign(index - 1, true).is_some();
        let month = self.skip_ordinal(index + 1);
        let at = month + 1 + usize::from(self.is_point(month + 1));
        if self.month(month).is_none() || self.whole_day(at).is_none() || self.is_priced(at) {
            return has_sign;
        }
        let end = self.skip_ordinal(at + 1);
        let year = end + usize::from(self.tokens.get(end).is_some_and(|token| token.is_sign(',')));
        has_sign || end > at + 1 || year_number(self.raw(year)).is_some() || self.context.locale.is_month_first()
    }

    /// `on the 3rd`, `am 3.`: the last one.
    fn day_of_month(&self, index: usize) -> Option<Found> {
        let day = self.whole_day(index)?;
        let end = self.skip_ordinal(index + 1);
        let before = self.with_words_before(&(index..end));
        if end == index + 1 || before.start == index {
            return None;
        }
        let today = self.context.today;
        let mut months = (0..=12_i32).filter_map(|back| {
            let number = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 - back;
            Date::new(i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12)).ok()? + 1, day)
                .ok()
        });
        Some((index..end, Days::sure(months.find(|date| *date <= today)?)))
    }

    fn whole_day(&self, index: usize) -> Option<i8> {
        small_number(self.raw(index)).filter(|day| (1..=31).contains(day) && self.is_free(index))
    }

    /// Whether the point of a shortened name is at a token.
    fn is_point(&self, at: usize) -> bool {
        self.is_glued(at) && self.tokens.get(at).is_some_and(|token| token.is_sign('.') || token.is_sign('॰'))
    }

    /// After `st`, `th` or the point of an ordinal number.
    fn skip_ordinal(&self, at: usize) -> usize {
        let is_ordinal = self.is_glued(at)
            && (self.word_is(at, "st|nd|rd|th|er") || self.tokens.get(at).is_some_and(|token| token.is_sign('.')));
        at + usize::from(is_ordinal)
    }

    /// Whether a currency or a mark follows a number, so that it is an amount.
    fn is_priced(&self, index: usize) -> bool {
        self.tokens.get(index + 1).is_some_and(|token| match token.kind {
            super::lex::Kind::Sign(sign) => super::vocab::is_currency_sign(sign) || matches!(sign, '*' | '+'),
            super::lex::Kind::Word => {
                super::vocab::may_follow_a_number(&token.folded) && !self.word_is(index + 1, "st|nd|rd|th|er")
            }
            super::lex::Kind::Number(_) => false,
        })
    }

    /// The month that a word names, in any language.
    pub(super) fn month(&self, index: usize) -> Option<i8> {
        if !self.is_free_word(index) {
            return None;
        }
        let word = self.tokens[index].folded.as_str();
        MONTHS.get(word).copied()
    }
}
