//! Questionnaires as data: schema, answers, validation, check-in streak: pure.
