//! The citizen's use cases, nothing else.
