//! Expressions, rule sets and evidence from outside: never a panic, always the same answer, and a rule set that was
//! accepted decides about someone of whom nothing is known.
#![no_main]

use std::sync::LazyLock;

use health_code_core::rules::{Evidence, Expression, RuleSet, evaluate, holds, shipped};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static SHIPPED: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    shipped()
        .map(|(_, json)| RuleSet::from_json(json.as_bytes()).expect("shipped"))
        .into()
});

fuzz_target!(|input: &[u8]| {
    if let Ok(rule_set) = RuleSet::from_json(input) {
        let decision = rule_set.decide(&Evidence::empty(&rule_set.valid_from));
        assert!(decision.is_ok());
    }
    let Ok(json) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    if let Ok(evidence) = Evidence::from_value(&json) {
        for rule_set in SHIPPED.iter() {
            let decision = rule_set.decide(&evidence);
            let received = Evidence::from_value(&evidence.to_value());
            assert_eq!(
                Ok(decision),
                received.map(|received| rule_set.decide(&received))
            );
        }
    }
    let Ok(expression) = Expression::parse(&json["expression"]) else {
        return;
    };
    let value = evaluate(&expression, &json["data"]);
    assert_eq!(value, evaluate(&expression, &json["data"]));
    let _ = holds(&expression, &json["data"]);
});
