//! Records and enums that apps see: declared once, here in the core, and described from the same tokens in the bindings.
//!
//! Invariant: what an app sees has one definition. This file knows no foreign language and no tool that makes one.

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

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $describe {
            () => {
                $( describe! { $kind { $(#[$($meta)*])* pub $kind $name $body } } )*
            };
        }
    };
}
