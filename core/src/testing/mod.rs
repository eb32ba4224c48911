//! Fakes for clock, entropy and faults; the store contract suite. Never in a shipped build.
