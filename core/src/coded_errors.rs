//! One way to declare errors: a variant, its stable code, its text in English and Chinese.
//!
//! Invariant: a code, once released, never changes its meaning. Texts may.
//! Texts carry no personal data and no dependency's error text: they may be shown and logged.

/// One row of the table of error codes (`docs/ERROR_CODES.md` is made from these).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The enum that holds the error.
    pub group: &'static str,
    /// Stable snake_case code, unique in the product.
    pub code: &'static str,
    /// Text for people, English.
    pub text_en: &'static str,
    /// Text for people, Simplified Chinese.
    pub text_zh: &'static str,
}

/// Declares an error enum: `Variant { field: Type } => "code", "English", "中文";`
///
/// Made for each: `code()`, `text_en()`, `text_zh()`, `Display` (the code, then the English text),
/// `std::error::Error`, and `ENTRIES`, its rows of the table.
#[macro_export]
#[doc(hidden)]
macro_rules! coded_errors {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $( $(#[$fmeta:meta])* $field:ident : $ftype:ty ),* $(,)? })?
                    => $code:literal, $en:literal, $zh:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $( $(#[$vmeta])* $variant $({ $( $(#[$fmeta])* $field: $ftype ),* })? ),*
        }
        impl $name {
            /// Rows of the table of error codes.
            pub const ENTRIES: &'static [$crate::coded_errors::ErrorEntry] = &[
                $( $crate::coded_errors::ErrorEntry {
                    group: stringify!($name), code: $code, text_en: $en, text_zh: $zh,
                } ),*
            ];
            /// Stable code.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $code ),* }
            }
            /// Text for people, English.
            #[must_use]
            pub const fn text_en(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $en ),* }
            }
            /// Text for people, Simplified Chinese.
            #[must_use]
            pub const fn text_zh(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $zh ),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}: {}", self.code(), self.text_en())
            }
        }
        impl std::error::Error for $name {}
    };
}
