//! Everything that can be wrong with a certificate, a list of keys and the rules about certificates, one code each.

crate::coded_errors! {
    /// Why a certificate is not read, or does not hold.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum DccError {
        /// Longer than the largest QR code holds.
        TextTooLong => "dcc_text_too_long";
        /// Does not begin with `HC1:`.
        NotACertificate => "dcc_not_a_certificate";
        /// Not base45 after the prefix.
        TextDamaged => "dcc_text_damaged";
        /// Not a zlib stream, or one that is cut off or fails its check.
        CompressionDamaged => "dcc_compression_damaged";
        /// Inflates to more than a certificate may have.
        TooLarge => "dcc_too_large";
        /// Bytes after the end of the zlib stream.
        CompressionTrailing => "dcc_compression_trailing";
        /// Not CBOR, or cut off.
        CborDamaged => "dcc_cbor_damaged";
        /// Bytes after the end of the CBOR.
        CborTrailing => "dcc_cbor_trailing";
        /// An array, map or string of indefinite length.
        LengthIndefinite => "dcc_length_indefinite";
        /// A key twice in one map.
        KeyRepeated => "dcc_key_repeated";
        /// Nested deeper, or with more members, than a certificate may be.
        TooDeep => "dcc_too_deep";
        /// A kind of value that no certificate has: a number beyond 64 bits, `undefined`, a simple value.
        ValueUnknown => "dcc_value_unknown";
        /// A tag where there is none to be, or another one.
        TagWrong => "dcc_tag_wrong";
        /// Not the four parts of a COSE_Sign1.
        NotSigned => "dcc_not_signed";
        /// A header that must be understood and is not.
        HeaderCritical => "dcc_header_critical";
        /// No algorithm is named.
        AlgorithmMissing => "dcc_algorithm_missing";
        /// Neither ES256 nor PS256.
        AlgorithmNotAllowed => "dcc_algorithm_not_allowed";
        /// No id of a key, or one that is none.
        KidMissing => "dcc_kid_missing";
        /// Signed, but not with the content in it.
        ContentMissing => "dcc_content_missing";
        /// An ES256 signature in ASN.1, not as two numbers.
        SignatureEncoded => "dcc_signature_encoded";
        /// A signature of a length that the algorithm does not have.
        SignatureLength => "dcc_signature_length";
        /// The content is not a map of claims.
        ClaimsMalformed => "dcc_claims_malformed";
        /// The issuer is not a country of two letters.
        IssuerInvalid => "dcc_issuer_invalid";
        /// A time of issue or of expiry that is missing, or none.
        TimeInvalid => "dcc_time_invalid";
        /// Expires before it was issued.
        TimesContradict => "dcc_times_contradict";
        /// No health certificate among the claims.
        CertificateMissing => "dcc_certificate_missing";
        /// A version of the schema other than 1.
        VersionUnknown => "dcc_version_unknown";
        /// Neither a vaccination nor a test nor a recovery.
        KindMissing => "dcc_kind_missing";
        /// More than one vaccination, test or recovery.
        SeveralEntries => "dcc_several_entries";
        /// A member that must be there is not.
        FieldMissing => "dcc_field_missing";
        /// A member of another type, too long, or with characters that it cannot have.
        FieldInvalid => "dcc_field_invalid";
        /// A name of other characters than machine-readable ones, or none.
        NameInvalid => "dcc_name_invalid";
        /// A date of birth that cannot be.
        BirthDateInvalid => "dcc_birth_date_invalid";
        /// A date or time that cannot be.
        DateInvalid => "dcc_date_invalid";
        /// About another disease.
        DiseaseOther => "dcc_disease_other";
        /// There is no list of keys yet.
        NoTrustList => "dcc_no_trust_list";
        /// No key of this id is on the list.
        KeyUnknown => "dcc_key_unknown";
        /// The key was on the list when the certificate was stored, and is not any more.
        KeyWithdrawn => "dcc_key_withdrawn";
        /// The key is another country's.
        KeyOfAnotherCountry => "dcc_key_of_another_country";
        /// The key is for another algorithm.
        KeyOfAnotherAlgorithm => "dcc_key_of_another_algorithm";
        /// The signature is not the key's.
        SignatureWrong => "dcc_signature_wrong";
        /// Issued, or looked at, outside of the key's validity.
        KeyNotValid => "dcc_key_not_valid";
        /// The key is not for certificates of this kind.
        KeyNotForKind => "dcc_key_not_for_kind";
        /// Issued in the future.
        IssuedInFuture => "dcc_issued_in_future";
        /// Past its time.
        Expired => "dcc_expired";
        /// There are no rules about certificates yet.
        NoRules => "dcc_no_rules";
        /// By the rules it does not count.
        NotAccepted => "dcc_not_accepted";
        /// A rule cannot be evaluated on it.
        RuleFailed => "dcc_rule_failed";
        /// Somebody else presented it before.
        PresentedByAnother => "dcc_presented_by_another";
        /// Names differ, and the citizen did not say that it is theirs all the same.
        NamesNotConfirmed => "dcc_names_not_confirmed";
        /// As many certificates as are kept are there.
        TooMany => "dcc_too_many";
        /// There is none with this id.
        Unknown => "dcc_unknown";
        /// Names of it wait for no decision.
        NothingToDecide => "dcc_nothing_to_decide";
        /// What the authority says of certificates cannot be read.
        PartUnreadable => "dcc_part_unreadable";
    }
}

crate::coded_errors! {
    /// Why keys or rules cannot be published.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DccListError {
        /// No JSON, a member missing, unknown or of the wrong type.
        Malformed => "dcc_list_malformed";
        /// An id or a version that cannot be, too many entries, or one twice.
        ValueInvalid => "dcc_list_value_invalid";
        /// A key that is neither P-256 nor RSA of 2,048 to 8,192 bits, with a country, a validity and known uses.
        KeyInvalid => "dcc_list_key_invalid";
        /// A rule that is not of the known form, or whose CertLogic is none.
        RuleInvalid => "dcc_list_rule_invalid";
        /// A text that is blank, too long, or missing in English or Chinese.
        TextInvalid => "dcc_list_text_invalid";
    }
}
