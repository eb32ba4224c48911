/// How something stands that goes on with the authority: drawn as a clock, a triangle with a mark, a written sheet, a question
/// mark, a dash, beside the words that say the same. None is a verdict.
public enum StatusSign: String, CaseIterable, Sendable { case waiting, attention, done, unclear, past }
