//! CertLogic and the colour rules: pure.
