//! Proof of identity: which proofs count, whether one is good, and what follows from it: who is registered, and who moves.
//!
//! Invariant: a proof is judged before anybody looks whether its document is registered. It stands for one citizen: the person that an
//! issuer names, and a code, are taken before the citizen is written, as documents are. What two good proofs say against each other
//! goes to the desk. Decides no colour.
//!
//! | file | what it does |
//! |---|---|
//! | `policy` | what counts here: a file of the settings, of which a part is published |
//! | `keys`, `tokens` | tokens of a login and of the app around this one |
//! | `codes`, `orders` | activation codes, and what a desk's officer signs about them |
//! | `proofs` | whether a registration's proof is good, and what it takes |
//! | `moving` | a proof for a document that is registered with another device |

mod codes;
mod keys;
mod moving;
mod orders;
mod policy;
mod proofs;
mod tokens;
#[cfg(test)]
mod tokens_tests;

pub(crate) use keys::TokenKeys;
pub use orders::{CodeAct, CodeEntry, CodeOrder, CodesAnswer, SignedCodeOrder, sign_code_order};
pub(crate) use policy::ProofPolicy;
pub(crate) use proofs::{GoodProof, ProofRecord, assurance};

/// Attempts where something left over is in the way.
const TRIES: usize = 4;

/// Kinds of unique things.
pub(crate) mod spaces {
    /// Persons as issuers of tokens name them: whose proof one is.
    pub(crate) const PERSON: u8 = 9;
    /// Activation codes: in whose partition one is.
    pub(crate) const CODE: u8 = 10;
    /// Activation codes: who used one, or struck it off.
    pub(crate) const CODE_USE: u8 = 11;
}

/// Namespaces of ids of acts.
mod acts {
    pub(super) const MAKE_CODE: u8 = 100;
    pub(super) const STRIKE_OFF_CODE: u8 = 101;
    pub(super) const NOTE_USE_OF_CODE: u8 = 102;
}
