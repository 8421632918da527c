package dev.candles.core.candle;

/**
 * Where a version of a candle is from.
 *
 * @param evidence why it is believed
 * @param source how it reached us: {@code ws}, {@code rest} or {@code rollup}
 * @param revision 0 for the first version written, then counting up
 * @param receivedAtMs our market clock when it became known, epoch ms, UTC
 */
public record Provenance(Evidence evidence, String source, int revision, long receivedAtMs) {

  /** Of a version that nobody has numbered yet. */
  public static Provenance first(Evidence evidence, String source, long receivedAtMs) {
    return new Provenance(evidence, source, 0, receivedAtMs);
  }

  /** How it reached us, for people: the same words wherever it is told. */
  public String sourceWords() {
    return switch (source) {
      case "ws" -> "came by the venue's feed";
      case "rest" -> "came by the venue's REST";
      case "rollup" -> "made here of its minutes";
      default -> "of another program";
    };
  }
}
