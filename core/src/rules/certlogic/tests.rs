use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Expression, MAX_DEPTH, MAX_NODES, MAX_TEXT_BYTES, evaluate, holds};
use crate::rules::RuleError;

const VECTORS: &str = include_str!("../../../../tests/vectors/certlogic.json");

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    expression: Value,
    data: Value,
    #[serde(default, deserialize_with = "present")]
    expected: Option<Value>,
    error: Option<String>,
}

/// `null` is an expected value, not a missing one.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn run(expression: &Value, data: &Value) -> Result<Value, RuleError> {
    evaluate(&Expression::parse(expression)?, data)
}

#[test]
fn vectors() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    assert!(vectors.cases.len() >= 400, "cases were lost");
    for case in vectors.cases {
        let outcome = run(&case.expression, &case.data);
        match (case.expected, case.error) {
            (Some(expected), None) => assert_eq!(outcome, Ok(expected), "{}", case.name),
            (None, Some(code)) => {
                assert_eq!(
                    outcome.map_err(|error| error.code()),
                    Err(code.as_str()),
                    "{}",
                    case.name
                );
            }
            _ => panic!("{}: needs either expected or error", case.name),
        }
    }
}

#[test]
fn holds_is_the_truthiness_of_the_value() {
    let guard = Expression::parse(&json!({"var": "x"})).unwrap();
    assert_eq!(holds(&guard, &json!({"x": "0"})), Ok(true));
    assert_eq!(holds(&guard, &json!({"x": []})), Ok(false));
    assert_eq!(
        holds(&guard, &json!({"x": 0.5})),
        Err(RuleError::NeitherTruthyNorFalsy)
    );
}

#[test]
fn depth_is_capped() {
    let nested = |levels: usize| (0..levels).fold(json!("x"), |inner, _| json!([inner]));
    assert!(run(&nested(MAX_DEPTH), &Value::Null).is_ok());
    assert_eq!(
        run(&nested(MAX_DEPTH + 1), &Value::Null),
        Err(RuleError::TooDeep)
    );
    // An operation is two levels: the object and its array.
    let negated = |levels: usize| (0..levels).fold(json!(true), |inner, _| json!({"!": [inner]}));
    assert_eq!(run(&negated(MAX_DEPTH / 2), &Value::Null), Ok(json!(true)));
    assert_eq!(
        run(&negated(MAX_DEPTH / 2 + 1), &Value::Null),
        Err(RuleError::TooDeep)
    );
}

#[test]
fn nodes_are_capped() {
    let wide = |items: usize| Value::from(vec![json!(1); items]);
    assert!(run(&wide(MAX_NODES - 1), &Value::Null).is_ok());
    assert_eq!(
        run(&wide(MAX_NODES), &Value::Null),
        Err(RuleError::TooManyNodes)
    );
}

#[test]
fn texts_are_capped() {
    let text = |bytes: usize| json!("x".repeat(bytes));
    let path = |bytes: usize| json!({"var": "x".repeat(bytes)});
    for expression in [text(MAX_TEXT_BYTES), path(MAX_TEXT_BYTES)] {
        assert!(run(&expression, &Value::Null).is_ok());
    }
    for expression in [text(MAX_TEXT_BYTES + 1), path(MAX_TEXT_BYTES + 1)] {
        assert_eq!(run(&expression, &Value::Null), Err(RuleError::TextTooLong));
    }
}

#[test]
fn large_data_are_charged_for() {
    let data = json!({ "list": vec![0; 200_000], "text": "x".repeat(10_000_000), "same": "x".repeat(10_000_000) });
    assert_eq!(
        run(&json!({"in": [1, {"var": "list"}]}), &data),
        Err(RuleError::BudgetSpent)
    );
    assert_eq!(
        run(&json!({"var": "list"}), &data),
        Err(RuleError::BudgetSpent)
    );
    assert_eq!(
        run(&json!({"===": [{"var": "text"}, {"var": "same"}]}), &data),
        Err(RuleError::BudgetSpent)
    );
    assert_eq!(
        run(&json!({"extractFromUVCI": [{"var": "text"}, 0]}), &data),
        Err(RuleError::BudgetSpent)
    );
    assert_eq!(
        run(&json!({"var": "list.199999"}), &data),
        Ok(json!(0)),
        "reading one element is cheap"
    );
}

#[test]
fn deep_data_do_not_exhaust_the_stack() {
    let deep = (0..1_000).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(
        run(&json!({"var": ""}), &deep),
        Err(RuleError::ValueTooDeep)
    );
    assert_eq!(
        run(&json!({"===": [{"var": ""}, {"var": ""}]}), &deep),
        Err(RuleError::ValueTooDeep)
    );
}

#[test]
fn a_scope_that_holds_the_scope_before_is_stopped() {
    let expression =
        json!({"reduce": [vec![0; 1_000], {"reduce": [[0], {"var": ""}, {"var": ""}]}, 0]});
    assert_eq!(run(&expression, &Value::Null), Err(RuleError::ValueTooDeep));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-3_i64..40).prop_map(Value::from),
        "[a-z.0-9]{0,6}".prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,4})?(Z|[+-][0-9:]{1,5})?)?"
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-c]|[0-9]|accumulator|current|data", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Mostly well-formed expressions, so that evaluation is reached.
fn any_expression() -> impl Strategy<Value = Value> {
    let operators = prop::sample::select(vec![
        "if",
        "and",
        "!",
        "===",
        "in",
        "+",
        "<",
        ">",
        "<=",
        ">=",
        "before",
        "after",
        "not-after",
        "not-before",
        "plusTime",
        "dccDateOfBirth",
        "reduce",
        "extractFromUVCI",
    ]);
    let path =
        "(|[a-c]|[0-9]|accumulator|current|data)(\\.([a-c]|[0-9]|accumulator|current|data)){0,2}";
    let leaf = prop_oneof![any_json(), path.prop_map(|path| json!({ "var": path }))];
    let unit = prop::sample::select(vec!["year", "month", "day", "hour"]);
    leaf.prop_recursive(6, 80, 4, move |inner| {
        prop_oneof![
            4 => (operators.clone(), prop::collection::vec(inner.clone(), 1..4)).prop_map(|(operator, operands)| {
                Value::Object(Map::from_iter([(operator.to_owned(), Value::from(operands))]))
            }),
            1 => (inner.clone(), any::<i32>(), unit.clone())
                .prop_map(|(date, amount, unit)| json!({ "plusTime": [date, amount, unit] })),
            1 => (inner, any::<i8>()).prop_map(|(uvci, index)| json!({ "extractFromUVCI": [uvci, index] })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn arbitrary_json_never_panics(expression in any_json(), data in any_json()) {
        let _ = run(&expression, &data);
    }

    #[test]
    fn arbitrary_expressions_never_panic_and_agree_with_themselves(expression in any_expression(), data in any_json()) {
        if let Ok(expression) = Expression::parse(&expression) {
            let value = evaluate(&expression, &data);
            prop_assert_eq!(&value, &evaluate(&expression, &data));
            if let Ok(value) = value {
                // Not for equality: serde_json's reader is off by a bit on some fractions.
                let text = serde_json::to_string(&value).unwrap();
                prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
            }
        }
    }

    #[test]
    fn adding_days_is_adding_hours(day in -300_000_i64..300_000, amount in -3_000_i64..3_000) {
        let date = json!({"plusTime": ["2020-02-29", day, "day"]});
        let Ok(Value::String(date)) = run(&date, &Value::Null) else { panic!("within range") };
        let by_days = run(&json!({"plusTime": [date, amount, "day"]}), &Value::Null);
        let by_hours = run(&json!({"plusTime": [date, amount * 24, "hour"]}), &Value::Null);
        prop_assert!(by_days.is_ok());
        prop_assert_eq!(by_days, by_hours);
    }
}
