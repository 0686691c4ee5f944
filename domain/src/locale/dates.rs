//! Writing days and months.
use super::{
    Locale,
    table::{DatePattern, MonthPattern},
};
use jiff::civil::{Date, Weekday};

impl Locale {
    /// A day of this year, with its weekday: `Tue 3 Nov`, `Tue, Nov 3` (en-US), `Di 3. Nov.`.
    pub fn format_date_short(self, date: Date) -> String {
        let weekday = self.weekday_short(date.weekday());
        let (month, day) = (self.month_short(date.month()), date.day());
        match self.format().dates {
            DatePattern::MonthFirst => format!("{weekday}, {month} {day}"),
            DatePattern::DayFirst { after_weekday, after_day } => {
                format!("{weekday}{after_weekday}{day}{after_day}{month}")
            }
            DatePattern::Japanese => format!("{month}{day}日({weekday})"),
        }
    }

    /// A day of any year: `3 Nov 2026`, `Nov 3, 2026` (en-US), `3. Nov. 2026`.
    pub fn format_date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), self.month_short(date.month()), date.day());
        match self.format().dates {
            DatePattern::MonthFirst => format!("{month} {day}, {year}"),
            DatePattern::DayFirst { after_day, .. } => format!("{day}{after_day}{month} {year}"),
            DatePattern::Japanese => format!("{year}年{month}{day}日"),
        }
    }

    /// As people say it: Today, Yesterday, Tomorrow, else the short form, with the year (and no weekday) in another year.
    pub fn format_date_relative(self, date: Date, today: Date) -> String {
        let words = self.format().words;
        if date == today {
            words.today.to_owned()
        } else if date.tomorrow().is_ok_and(|next| next == today) {
            words.yesterday.to_owned()
        } else if date.yesterday().is_ok_and(|last| last == today) {
            words.tomorrow.to_owned()
        } else if date.year() == today.year() {
            self.format_date_short(date)
        } else {
            self.format_date(date)
        }
    }

    /// Whether `1/2` is the second of January there.
    pub fn is_month_first(self) -> bool {
        matches!(self.format().dates, DatePattern::MonthFirst | DatePattern::Japanese)
    }

    /// A month of a year (1 to 12): `November 2026`.
    pub fn format_month(self, year: i16, month: i8) -> String {
        let name = self.month_name(month);
        match self.format().months {
            MonthPattern::MonthYear(between) => format!("{name}{between}{year}"),
            MonthPattern::Japanese => format!("{year}年{name}"),
        }
    }

    /// The full name of month 1 to 12 (others are taken for the nearest).
    pub fn month_name(self, month: i8) -> &'static str {
        self.format().words.months[month_index(month)]
    }

    /// The name of month 1 to 12 for narrow places: `Nov`, `Nov.`.
    pub fn month_short(self, month: i8) -> &'static str {
        self.format().words.months_short[month_index(month)]
    }

    /// The full name of a weekday.
    pub fn weekday_name(self, weekday: Weekday) -> &'static str {
        self.format().words.weekdays[weekday_index(weekday)]
    }

    /// The name of a weekday for narrow places: `Tue`, `Di`.
    pub fn weekday_short(self, weekday: Weekday) -> &'static str {
        self.format().words.weekdays_short[weekday_index(weekday)]
    }
}

fn month_index(month: i8) -> usize {
    usize::try_from(month.clamp(1, 12) - 1).unwrap_or_default()
}

fn weekday_index(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn short_and_full() {
        let day = date(2026, 11, 3);
        for (tag, short, full, month) in [
            ("en-US", "Tue, Nov 3", "Nov 3, 2026", "November 2026"),
            ("en-GB", "Tue 3 Nov", "3 Nov 2026", "November 2026"),
            ("en-IN", "Tue, 3 Nov", "3 Nov 2026", "November 2026"),
            ("de-DE", "Di 3. Nov.", "3. Nov. 2026", "November 2026"),
            ("fr-FR", "mar. 3 nov.", "3 nov. 2026", "novembre 2026"),
            ("es-ES", "mar, 3 nov", "3 nov 2026", "noviembre de 2026"),
            ("ja-JP", "11月3日(火)", "2026年11月3日", "2026年11月"),
        ] {
            let locale = Locale::from_tag(tag);
            assert_eq!(locale.format_date_short(day), short);
            assert_eq!(locale.format_date(day), full);
            assert_eq!(locale.format_month(2026, 11), month);
        }
    }

    #[test]
    fn near_days_have_names() {
        let german = Locale::from_tag("de");
        let today = date(2026, 1, 1);
        for (day, text) in [
            (date(2026, 1, 1), "Heute"),
            (date(2025, 12, 31), "Gestern"),
            (date(2026, 1, 2), "Morgen"),
            (date(2026, 1, 3), "Sa 3. Jan."),
            (date(2025, 12, 30), "30. Dez. 2025"),
        ] {
            assert_eq!(german.format_date_relative(day, today), text);
        }
        assert_eq!(german.format_date_relative(Date::MAX, today), "31. Dez. 9999");
        assert_eq!(german.format_date_relative(Date::MIN, Date::MAX), "1. Jan. -9999");
    }

    #[test]
    fn names() {
        let austrian = Locale::from_tag("de-AT");
        assert_eq!(austrian.month_name(1), "Jänner");
        assert_eq!(austrian.month_name(0), "Jänner");
        assert_eq!(austrian.weekday_name(Weekday::Sunday), "Sonntag");
    }
}
