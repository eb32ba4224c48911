//! Dependants: who comes into whose care, by whose word, and how that ends.
//!
//! A dependant is a citizen of its own (`cases::subjects`); all else that a citizen has (colour, orders, declarations, codes)
//! is had by the same use cases, whoever's phone asks.
//! Invariant: nobody comes into somebody's care by name and number alone, and no answer tells whether a document is known:
//! what is missing (a code, the right one, the desk's word, the right document) is refused in the same words. An act on two
//! partitions writes the carer's list first and the dependant's last, which counts; what is left over by one that was cut short is nobody.
//!
//! | file | what it does |
//! |---|---|
//! | `take_in` | a carer takes somebody into care |
//! | `agreement` | codes that the dependant's side shows |
//! | `hand_over` | a dependant's own phone registers |
//! | `leave` | a carer stops, and what becomes of the dependant then |
//! | `list` | a carer's list |
//! | `moving` | a carer goes on with another phone |
//! | `order` | the desk agrees |
//! | `standing` | what is told of a care |

mod agreement;
mod hand_over;
mod leave;
mod list;
mod moving;
mod order;
mod standing;
mod take_in;

pub(crate) use agreement::{ENDS, OFFERS};
pub(crate) use moving::ListToMove;
pub(crate) use standing::STANDING;
pub(crate) use take_in::AskedCare;
