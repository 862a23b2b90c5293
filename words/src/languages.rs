//! Words: the languages that are spoken. Each is a file, and a line here in each of the two lists: of files, and of languages.

mod en;
mod fr;
#[cfg(feature = "pseudo")]
#[rustfmt::skip]
mod xa;

use joint_events_model::same_language;

use crate::later::Words;
use crate::strings::Strings;

/// Makes the languages of a table: a name and its file.
macro_rules! languages {
    ($($(#[doc = $about:literal])+ $(#[cfg($when:meta)])? $name:ident: $file:ident,)+) => {
        /// The languages that are spoken.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Language {
            $($(#[doc = $about])+ $(#[cfg($when)])? $name,)+
        }

        impl Language {
            /// All of them. What is in none of them is said in the last.
            pub const ALL: &[Self] = &[$($(#[cfg($when)])? Self::$name,)+];

            /// Its words.
            pub fn strings(self) -> &'static Strings {
                match self {
                    $($(#[cfg($when)])? Self::$name => &$file::STRINGS,)+
                }
            }

            /// Those that come later: [`crate::later::words`] gives them.
            pub(crate) fn later(self) -> &'static Words {
                match self {
                    $($(#[cfg($when)])? Self::$name => &$file::later::WORDS,)+
                }
            }
        }
    };
}

impl Language {
    /// The language of a BCP 47 tag: the first of the same primary language, else the last that there is.
    ///
    /// ```
    /// use joint_events_words::strings::Language;
    ///
    /// assert_eq!(Language::of("fr"), Language::French);
    /// assert_eq!(Language::of("FR-be"), Language::French);
    /// assert_eq!(Language::of("frr"), Language::English);
    /// ```
    pub fn of(tag: &str) -> Self {
        let mut found = Self::French;
        for language in Self::ALL {
            found = *language;
            if same_language(tag, found.tag()) {
                break;
            }
        }
        found
    }

    /// The BCP 47 tag by which `Intl` says dates, numbers and money: `fr-CA`.
    pub fn tag(self) -> &'static str {
        self.strings().tag
    }
}

languages! {
    /// `fr-CA`.
    French: fr,
    /// `en-XA`, the pseudo-locale of the tests: English with accents and longer, in English's place.
    #[cfg(feature = "pseudo")]
    Pseudo: xa,
    /// `en-CA`.
    English: en,
}
