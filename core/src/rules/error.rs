//! Everything that can be wrong with an expression, its evaluation, a rule set or the facts.

crate::coded_errors! {
    /// Why an expression or a rule set was refused, or could not be evaluated.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum RuleError {
        /// An object has not exactly one key, or the operands are not a non-empty array.
        NotAnOperation => "rule_not_an_operation", "A rule contains something that is not an operation.", "规则中含有不符合运算格式的内容。";
        /// The operator is not one of CertLogic's.
        UnknownOperator => "rule_unknown_operator", "A rule uses an unknown operator.", "规则使用了未知的运算符。";
        /// Too many or too few operands.
        OperandCount => "rule_operand_count", "An operation has too many or too few operands.", "运算的操作数数量不正确。";
        /// An amount, unit or index that must be written out is not.
        OperandNotLiteral => "rule_operand_not_literal", "An amount, unit or index in a rule is not a plain value.", "规则中的数量、单位或序号不是字面值。";
        /// `null`, a fraction, or an integer beyond 2^53 - 1 as a literal.
        LiteralNotAllowed => "rule_literal_not_allowed", "A rule contains a value that may not be written out.", "规则中含有不允许直接书写的值。";
        /// An empty part in the path of `var`, or no text at all.
        PathInvalid => "rule_path_invalid", "A rule names its data by an invalid path.", "规则引用数据的路径无效。";
        /// Nested deeper than 64 levels.
        TooDeep => "rule_too_deep", "A rule is nested too deeply.", "规则嵌套过深。";
        /// More than 10,000 nodes.
        TooManyNodes => "rule_too_many_nodes", "A rule is too large.", "规则过大。";
        /// A text longer than 1,024 bytes.
        TextTooLong => "rule_text_too_long", "A text in a rule is too long.", "规则中的文本过长。";
        /// A guard or an operand of `and` or `!` is neither truthy nor falsy.
        NeitherTruthyNorFalsy => "rule_neither_truthy_nor_falsy", "A condition is neither true nor false.", "条件的结果既非真也非假。";
        /// An operand must be an integer.
        NotAnInteger => "rule_not_an_integer", "A rule needs a whole number and found something else.", "规则需要整数，但得到其他类型的值。";
        /// An operand must be a date-time.
        NotADateTime => "rule_not_a_date_time", "A rule needs a date and found something else.", "规则需要日期，但得到其他类型的值。";
        /// An operand must be an array.
        NotAnArray => "rule_not_an_array", "A rule needs a list and found something else.", "规则需要列表，但得到其他类型的值。";
        /// An operand must be text.
        NotText => "rule_not_text", "A rule needs a text and found something else.", "规则需要文本，但得到其他类型的值。";
        /// Not one of the allowed date formats, or no such day.
        DateInvalid => "rule_date_invalid", "A date cannot be read.", "日期无法识别。";
        /// A date before the year 0 or after 9999.
        DateOutOfRange => "rule_date_out_of_range", "A date is out of range.", "日期超出范围。";
        /// A sum beyond 2^53 - 1.
        IntegerOutOfRange => "rule_integer_out_of_range", "A number is out of range.", "数值超出范围。";
        /// The evaluation took more steps than it may.
        BudgetSpent => "rule_budget_spent", "Evaluating a rule took too many steps.", "规则计算步数过多。";
        /// A value made by the evaluation is nested deeper than 128 levels.
        ValueTooDeep => "rule_value_too_deep", "A rule produced a value that is nested too deeply.", "规则产生的值嵌套过深。";
        /// Longer than 256 KiB.
        RuleSetTooLarge => "rule_set_too_large", "The rule set is too large.", "规则集过大。";
        /// Not JSON, a field missing, unknown or of the wrong kind.
        RuleSetMalformed => "rule_set_malformed", "The rule set cannot be read.", "规则集无法读取。";
        /// A field is outside its range: id, version, division, date, offset, number of rules.
        RuleSetFieldInvalid => "rule_set_field_invalid", "A field of the rule set is invalid.", "规则集的字段无效。";
        /// Two rules share an id.
        RuleIdRepeated => "rule_id_repeated", "Two rules have the same id.", "两条规则的编号相同。";
        /// The last rule is not the literal `true`, or an earlier one is.
        CatchAllMissing => "rule_catch_all_missing", "The rule set does not end in a rule for everyone else.", "规则集末尾缺少兜底规则。";
        /// Not a colour.
        UnknownColour => "rule_unknown_colour", "A rule names an unknown colour.", "规则使用了未知的颜色。";
        /// Not a reason of the closed list.
        UnknownReason => "rule_unknown_reason", "A rule names an unknown reason.", "规则使用了未知的原因代码。";
        /// Today is outside the rule set's time of validity.
        RuleSetNotInForce => "rule_set_not_in_force", "The rule set is not in force on this day.", "规则集在当日未生效。";
        /// A date is malformed, or the numbers contradict each other.
        FactsInconsistent => "rule_facts_inconsistent", "The facts contradict each other.", "事实数据自相矛盾。";
        /// The evidence holds something that this version does not know: it cannot judge.
        FactUnknown => "rule_fact_unknown", "The decision counts something that this version does not know.", "判定依据中含有本版本无法识别的内容。";
    }
}
