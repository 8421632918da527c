package dev.candles.lake.view;

import dev.candles.core.coverage.StreamDays;
import java.util.List;

/**
 * What a look at a lake found.
 *
 * @param streams by name
 * @param nowMs market time when all was read, epoch ms, UTC: what was written meanwhile is not of
 *     the future
 * @param unreadableFiles files that are no good, and count as absent
 */
public record LakeLook(List<StreamDays> streams, long nowMs, long unreadableFiles) {}
