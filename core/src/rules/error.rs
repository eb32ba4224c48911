//! Everything that can be wrong with an expression, its evaluation, a rule set or the facts.

crate::coded_errors! {
    /// Why an expression or a rule set was refused, or could not be evaluated.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum RuleError {
        /// An object has not exactly one key, or the operands are not a non-empty array.
        NotAnOperation => "rule_not_an_operation";
        /// The operator is not one of CertLogic's.
        UnknownOperator => "rule_unknown_operator";
        /// Too many or too few operands.
        OperandCount => "rule_operand_count";
        /// An amount, unit or index that must be written out is not.
        OperandNotLiteral => "rule_operand_not_literal";
        /// `null`, a fraction, or an integer beyond 2^53 - 1 as a literal.
        LiteralNotAllowed => "rule_literal_not_allowed";
        /// An empty part in the path of `var`, or no text at all.
        PathInvalid => "rule_path_invalid";
        /// Nested deeper than 64 levels.
        TooDeep => "rule_too_deep";
        /// More than 10,000 nodes.
        TooManyNodes => "rule_too_many_nodes";
        /// A text longer than 1,024 bytes.
        TextTooLong => "rule_text_too_long";
        /// A guard or an operand of `and` or `!` is neither truthy nor falsy.
        NeitherTruthyNorFalsy => "rule_neither_truthy_nor_falsy";
        /// An operand must be an integer.
        NotAnInteger => "rule_not_an_integer";
        /// An operand must be a date-time.
        NotADateTime => "rule_not_a_date_time";
        /// An operand must be an array.
        NotAnArray => "rule_not_an_array";
        /// An operand must be text.
        NotText => "rule_not_text";
        /// Not one of the allowed date formats, or no such day.
        DateInvalid => "rule_date_invalid";
        /// A date before the year 0 or after 9999.
        DateOutOfRange => "rule_date_out_of_range";
        /// A sum beyond 2^53 - 1.
        IntegerOutOfRange => "rule_integer_out_of_range";
        /// The evaluation took more steps than it may.
        BudgetSpent => "rule_budget_spent";
        /// A value made by the evaluation is nested deeper than 128 levels.
        ValueTooDeep => "rule_value_too_deep";
        /// Longer than 256 KiB.
        RuleSetTooLarge => "rule_set_too_large";
        /// Not JSON, a field missing, unknown or of the wrong kind.
        RuleSetMalformed => "rule_set_malformed";
        /// A field is outside its range: id, version, division, date, offset, number of rules.
        RuleSetFieldInvalid => "rule_set_field_invalid";
        /// Two rules share an id.
        RuleIdRepeated => "rule_id_repeated";
        /// The last rule is not the literal `true`, or an earlier one is.
        CatchAllMissing => "rule_catch_all_missing";
        /// Not a colour.
        UnknownColour => "rule_unknown_colour";
        /// Not a reason of the closed list.
        UnknownReason => "rule_unknown_reason";
        /// Today is outside the rule set's time of validity.
        RuleSetNotInForce => "rule_set_not_in_force";
        /// A date is malformed, or the numbers contradict each other.
        FactsInconsistent => "rule_facts_inconsistent";
        /// The evidence holds something that this version does not know: it cannot judge.
        FactUnknown => "rule_fact_unknown";
    }
}
