//! International: who gets a code of the international scheme, and by which rules.
//!
//! Invariant: policy is data of the settings; visitors' days are everybody's, so that nobody has two of them. What a visitor
//! declares is a declaration like any other.

use health_code_core::rules::RuleSet;

use crate::cases::definitions::Visitors;

/// The visitors of the settings: holders of these kinds of documents, by `rule_set`.
///
/// # Errors
/// The code of a rule set in another time zone than the `domestic` one, or of another content under its name.
pub(crate) fn visitors(
    documents: &[String],
    rule_set: RuleSet,
    domestic: &RuleSet,
) -> Result<Visitors, &'static str> {
    let is_another = rule_set.id == domestic.id && rule_set != *domestic;
    if is_another || rule_set.utc_offset_minutes != domestic.utc_offset_minutes {
        return Err("rule_set_field_invalid");
    }
    Ok(Visitors {
        documents: documents.to_vec(),
        rule_set,
    })
}

#[cfg(test)]
mod tests {
    use health_code_core::rules::{HANGZHOU, HUBEI, RuleSet, VISITORS};

    use super::visitors;

    fn rules(json: &str) -> RuleSet {
        RuleSet::from_json(json.as_bytes()).expect("rules")
    }

    #[test]
    fn visitors_have_the_days_of_everybody() {
        let domestic = rules(HANGZHOU);
        let of = |rules: RuleSet| {
            visitors(&["passport".to_owned()], rules, &domestic).map(|it| it.rule_set.id)
        };
        assert_eq!(of(rules(VISITORS)).as_deref(), Ok("visitors"));
        assert_eq!(of(rules(HUBEI)).as_deref(), Ok("hubei"));
        assert_eq!(of(domestic.clone()).as_deref(), Ok("hangzhou"));
        let elsewhere = VISITORS.replace("\"utcOffsetMinutes\": 480", "\"utcOffsetMinutes\": 540");
        assert!(of(rules(&elsewhere)).is_err());
        let same_name = VISITORS.replace("\"id\": \"visitors\"", "\"id\": \"hangzhou\"");
        assert!(of(rules(&same_name)).is_err());
    }
}
