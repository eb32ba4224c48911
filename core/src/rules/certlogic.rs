//! CertLogic: the small expression language of colour rules and form conditions.
//!
//! What is implemented is the published specification, version 1.3.2
//! (ehn-dcc-development, eu-dcc-business-rules, `certlogic/specification`).
//! Our own cases are in `tests/vectors/certlogic.json`.
//!
//! Invariant: evaluation is a pure function of expression and data that always ends, within a budget of
//! [`MAX_STEPS`], in a value or a named error. It never panics, whatever expression and data are.
//! It does not look at a clock: "today" is data.
//!
//! # Truthy and falsy
//! | value | is |
//! |---|---|
//! | `false`, `null`, `""`, `0`, `[]`, `{}` | falsy |
//! | `true`, any other text (also `"0"` and `"false"`), any other integer, any other array or object | truthy |
//! | a date-time; a number that is no integer | neither: a guard, `and` or `!` that meets it is an error |
//!
//! # Values
//! - An integer is a JSON number with an integral value between -(2^53 - 1) and 2^53 - 1; `1.0` is `1`.
//!   Any other number may come in with the data and be compared with `===` and `in`, nothing else.
//! - Literals are text, integers, booleans and arrays; `null`, objects and fractions are refused.
//! - A date-time has millisecond precision and comes only from `plusTime` and `dccDateOfBirth`.
//!   As a final result it is text, `2020-02-29T00:00:00.000Z`.
//!
//! # Operations
//! | operation | operands | result |
//! |---|---|---|
//! | `var` | a path, not in an array | the data there; missing is `null`. `""` is all. A part of digits indexes an array, and only that |
//! | `if` | 3 | second or third operand; only the one needed is evaluated |
//! | `and` | 2 or more | the first falsy operand, else the last; later ones are not evaluated |
//! | `!` | 1 | `true` for falsy, `false` for truthy |
//! | `===` | 2 | equality without conversion; arrays and objects by content, date-times by instant |
//! | `in` | 2 | whether the second, an array, holds the first (as `===`) |
//! | `+` | 2 | the sum of integers |
//! | `<` `>` `<=` `>=` | 2 or 3 | integers compared; of three, both neighbouring pairs |
//! | `before` `after` `not-after` `not-before` | 2 or 3 | the same for date-times: `<`, `>`, `<=`, `>=` |
//! | `plusTime` | 3 | text of a date, literal amount, literal `year`, `month`, `day` or `hour` |
//! | `dccDateOfBirth` | 1 | text of a date that may be partial |
//! | `reduce` | 3 | left fold; `null` counts as `[]`. The lambda sees `current` and `accumulator`, and, by the extension that the specification announces, `data`: the data outside of the `reduce` |
//! | `extractFromUVCI` | 2 | the fragment with a literal index after `URN:UVCI:`; `null` for `null` and for no such fragment |
//!
//! # Dates
//! `YYYY` and `YYYY-MM` mean their last day; a missing time is midnight; a missing offset is UTC; digits
//! behind the third decimal are cut off. Formats: `YYYY-MM-DDThh:mm:ss`, then optionally `.` and decimals,
//! then optionally `Z` or `+`/`-` with `h`, `hh`, `hmm`, `hhmm`, `h:mm` or `hh:mm`.
//! Adding years or months keeps the day of the month and lets it overflow, as JavaScript's `Date` does:
//! 2020-02-29 plus a year is 2021-03-01, 2021-01-31 plus a month is 2021-03-03.

mod date_time;
mod evaluate;
mod expression;
mod operand;

pub(super) use date_time::{TimeUnit, parse_day};
pub(super) use evaluate::evaluate_date;
pub use evaluate::{MAX_STEPS, evaluate, holds};
pub use expression::{Expression, MAX_DEPTH, MAX_NODES, MAX_TEXT_BYTES};
pub(super) use expression::{Fragment, Node, Order};

#[cfg(test)]
mod tests;
