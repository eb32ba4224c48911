//! The rule sets that come with the product.
//!
//! They are modelled on what was published about the codes of Hangzhou, Hubei and Zhejiang in 2020. None is an
//! official text; an authority signs and publishes its own.

/// Modelled on Hangzhou's code: yellow until 7, red until 14 consecutive daily check-ins.
pub const HANGZHOU: &str = include_str!("../../data/rules/hangzhou.json");
/// Modelled on Hubei's code: red for four categories, yellow for close contacts.
pub const HUBEI: &str = include_str!("../../data/rules/hubei.json");

/// Modelled on Zhejiang's international code: orange and yellow for arrivals from abroad until 14 declarations or a test.
pub const VISITORS: &str = include_str!("../../data/rules/visitors.json");

/// Id and JSON of each rule set that comes with the product; [`super::RuleSet::from_json`] reads the JSON.
#[must_use]
pub const fn shipped() -> [(&'static str, &'static str); 3] {
    [
        ("hangzhou", HANGZHOU),
        ("hubei", HUBEI),
        ("visitors", VISITORS),
    ]
}
