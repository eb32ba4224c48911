//! Records and enums that apps see: declared once, here in the core, and described from the same tokens in the bindings.
//!
//! Invariant: what an app sees has one definition. This file knows no foreign language and no tool that makes one.

/// A text of the core's own, in a type that apps see.
pub type StaticText = &'static str;

/// Does not compile for a type without JSON: whatever an app sees, a mini program can be given.
#[doc(hidden)]
pub const fn must_serialize<T: serde::Serialize>() {}

/// Declares types as they stand, and a macro `$describe` that hands each definition on: `$describe!(with_attribute)`
/// calls `with_attribute!(struct { the struct })` or `with_attribute!(enum { the enum })` for each.
#[macro_export]
#[doc(hidden)]
macro_rules! app_types {
    (
        describe as $describe:ident;
        $( $(#[$($meta:tt)*])* pub $kind:ident $name:ident $body:tt )*
    ) => {
        $( $(#[$($meta)*])* pub $kind $name $body )*
        $( const _: () = $crate::app_types::must_serialize::<$name>(); )*

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $describe {
            () => {
                $( describe! { $kind { $(#[$($meta)*])* pub $kind $name $body } } )*
            };
        }
    };
}
