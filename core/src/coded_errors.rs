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
    /// Text for people.
    pub text: fn(Language) -> &'static str,
}

/// Declares an error enum: `Variant { field: Type } => "code";` with the texts of each code in `core/src/words`.
///
/// `describe as NAME;` first makes it a type that apps see (`app_types!`).
///
/// A program outside of the core gives its texts along: `=> "code", "English", "中文";`
///
/// Made for each: `code()`, `text(language)`, `Display` (the code, then the English text), `std::error::Error`, and
/// `ENTRIES`, its rows of the table.
#[macro_export]
#[doc(hidden)]
macro_rules! coded_errors {
    (
        $( describe as $describe:ident; )?
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $( $(#[$fmeta:meta])* $field:ident : $ftype:ty ),* $(,)? })?
                    => $code:literal $(, $en:literal, $zh:literal)?;
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
                    text: |language| $crate::coded_errors!(@text $code, language $(, $en, $zh)?),
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
                match self {
                    $( Self::$variant { .. } => $crate::coded_errors!(@text $code, language $(, $en, $zh)?) ),*
                }
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
    (@text $code:literal, $language:ident) => {
        $crate::words::text($code, $language).unwrap_or($code)
    };
    (@text $code:literal, $language:ident, $en:literal, $zh:literal) => {
        match $language {
            $crate::words::Language::Chinese => $zh,
            $crate::words::Language::English => $en,
        }
    };
}
