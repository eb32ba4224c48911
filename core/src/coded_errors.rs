//! One way to declare errors: a variant and its stable code. What people read stands in [`crate::words`].
//!
//! Invariant: a code, once released, never changes its meaning. Texts may.
//! Texts carry no personal data and no dependency's error text: they may be shown and logged.

use crate::words::Language;

/// One row of the table of error codes (`docs/ERROR_CODES.md` is made from these).
#[derive(Clone, Copy, Debug)]
pub struct ErrorEntry {
    /// The enum that holds the error.
    pub group: &'static str,
    /// Stable snake_case code, unique in the product.
    pub code: &'static str,
    #[doc(hidden)]
    pub find: fn(&str, Language) -> Option<&'static str>,
}

impl ErrorEntry {
    /// Text for people.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        (self.find)(self.code, language).unwrap_or(self.code)
    }
}

/// Declares an error enum: `Variant { field: Type } => "code";` with the texts of each code in `core/src/words`.
///
/// `describe as NAME;` first makes it a type that apps see (`app_types!`).
///
/// `words in CATALOGUE;` first: the texts stand in that catalogue of a program around the core.
///
/// Made for each: `code()`, `text(language)`, `Display` (the code, then the English text), `std::error::Error`, and
/// `ENTRIES`, its rows of the table.
#[macro_export]
#[doc(hidden)]
macro_rules! coded_errors {
    (
        $( describe as $describe:ident; )?
        $( words in $words:path; )?
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $( $(#[$fmeta:meta])* $field:ident : $ftype:ty ),* $(,)? })?
                    => $code:literal;
            )*
        }
    ) => {
        $crate::coded_errors!(
            @enum [$($describe)?]
            $(#[$meta])*
            pub enum $name {
                $( $(#[$vmeta])* $variant $({ $( $(#[$fmeta])* $field: $ftype ),* })? ),*
            }
        );
        impl $name {
            /// Rows of the table of error codes.
            pub const ENTRIES: &'static [$crate::coded_errors::ErrorEntry] = &[
                $( $crate::coded_errors::ErrorEntry {
                    group: stringify!($name),
                    code: $code,
                    find: Self::find,
                } ),*
            ];
            /// Stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code ),* }
            }
            /// Text for people.
            #[must_use]
            pub fn text(&self, language: $crate::words::Language) -> &'static str {
                Self::find(self.code(), language).unwrap_or(self.code())
            }
            fn find(code: &str, language: $crate::words::Language) -> Option<&'static str> {
                $crate::coded_errors!(@words $($words)?).text(code, language)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}: {}", self.code(), self.text($crate::words::Language::English))
            }
        }
        impl std::error::Error for $name {}
    };
    (@enum [] $($item:tt)*) => { $($item)* };
    (@enum [$describe:ident] $($item:tt)*) => {
        $crate::app_types! { describe as $describe; $($item)* }
    };
    (@words) => { $crate::words::CORE };
    (@words $words:path) => { $words };
}
