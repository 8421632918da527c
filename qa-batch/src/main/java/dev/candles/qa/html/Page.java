package dev.candles.qa.html;

import dev.candles.core.coverage.StreamAccount;
import java.util.List;

/**
 * What the page tells, without the candles.
 *
 * @param lake name of the lake, as the user gave it
 * @param generatedAtMs epoch ms, UTC
 * @param accounts one per stream, all over the range of the report
 */
public record Page(
    String lake,
    long generatedAtMs,
    List<CheckLine> checks,
    List<FindingLine> findings,
    List<StreamAccount> accounts) {}
