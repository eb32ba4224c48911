//! `Debug` that prints a type's name and nothing else: for whatever holds something of somebody's.
//!
//! Invariant: what is printed does not depend on the value. Which types must have it, `tests/tests/printing.rs` watches over.

/// Implements `Debug` as `Name(hidden)` for each.
#[macro_export]
#[doc(hidden)]
macro_rules! hidden_debug {
    ($( $name:ident $(<$life:lifetime>)? ),* $(,)?) => { $(
        impl ::std::fmt::Debug for $name $(<$life>)? {
            /// Personal data never reaches a log.
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )* };
}
