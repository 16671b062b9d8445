//! The languages.

/// A language that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
    /// Persian.
    Fa,
    /// Hebrew.
    He,
}

impl Lang {
    /// Every language; the first is the one that the others are compared with.
    pub const ALL: [Self; 6] = [Self::En, Self::Fr, Self::Ru, Self::Ar, Self::Fa, Self::He];

    /// Its code in BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::He => "he",
        }
    }

    /// The language of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Its place in [`Self::ALL`].
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or_default()
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self, Self::Ar | Self::Fa | Self::He)
    }

    /// The direction of its script, as HTML writes it.
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// The first language of an Accept-Language header that we write; English without one. The order in which a browser lists
    /// them is its order of preference.
    pub fn wanted(header: &str) -> Self {
        let codes = header.split(',').filter_map(|part| part.split([';', '-']).next());
        codes.map(str::trim).find_map(Self::of).unwrap_or(Self::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_known_language_is_taken() {
        assert_eq!(Lang::wanted("de-DE,ar;q=0.8,en"), Lang::Ar);
        assert_eq!(Lang::wanted("ru-RU"), Lang::Ru);
        assert_eq!(Lang::wanted(""), Lang::En);
    }

    #[test]
    fn a_language_is_found_by_its_code_and_stands_in_its_place() {
        for (place, lang) in Lang::ALL.into_iter().enumerate() {
            assert_eq!((Lang::of(lang.code()), lang.place()), (Some(lang), place));
        }
        assert_eq!(Lang::of("tlh"), None);
    }
}
