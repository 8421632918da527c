package dev.candles.core.repair;

import dev.candles.core.proof.AnswerAge;
import dev.candles.text.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param status HTTP status; 0 if nobody answered
 * @param dateMs the server's clock at the answer, epoch ms, or {@link AnswerAge#UNSAID}
 * @param asOfMs what time the answer says it is of, epoch ms, or {@link AnswerAge#UNSAID}
 * @param retryAfterMs market milliseconds that the answer asks to wait, below zero if it does not
 * @param body null if nobody answered
 * @param error why nobody answered, one short line, else empty
 */
public record RepairAnswer(
    RepairRequest request,
    int status,
    long dateMs,
    long asOfMs,
    long retryAfterMs,
    @Nullable Body body,
    String error) {

  /** Cuts what a server or a library could make long. */
  public RepairAnswer {
    error = OneLine.of(error);
  }

  /** The text of an answer, decoded when the venue's time is known. */
  public interface Body {
    /**
     * Never throws on what a server could send.
     *
     * @param nowMs the venue's time, epoch ms
     */
    RestAnswer decode(long nowMs);
  }

  /** Nobody answered. */
  public static RepairAnswer none(RepairRequest request, String error) {
    return new RepairAnswer(request, 0, AnswerAge.UNSAID, AnswerAge.UNSAID, -1, null, error);
  }
}
